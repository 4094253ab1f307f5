"""Mails that go out."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.formats.email import (
    Address,
    Attachment,
    Automatic,
    OutgoingEmail,
    SentBy,
    Unsendable,
    compose,
    parse,
)

MAIL = OutgoingEmail(
    sender=Address("Help at Shop", "help@shop.example"),
    to=(Address("Maya Okafor", "maya@mail.example"),),
    reply_to=Address("Help at Shop", "help+Wc3_tok-42@shop.example"),
    subject="Re: Your kettle",
    text="Hello Maya,\n\nwe hear you: https://shop.example/c/1?a=1&b=2\n",
    message_id="<case7.3@shop.example>",
    date=datetime(2025, 11, 3, 14, 30, tzinfo=timezone(timedelta(hours=1))),
    in_reply_to="<CAF3@Mail.Example>",
    references=("<case7.1@shop.example>", "<case7.2@shop.example>"),
)


def test_a_mail_comes_back_as_it_went() -> None:
    found = parse(compose(MAIL).as_bytes())
    assert (found.sender, found.to, found.reply_to, found.cc) == (MAIL.sender, MAIL.to, MAIL.reply_to, ())
    assert (found.subject, found.message_id, found.in_reply_to) == (MAIL.subject, MAIL.message_id, MAIL.in_reply_to)
    assert found.references == (*MAIL.references, MAIL.in_reply_to)
    assert (found.date, found.text, found.problems) == (MAIL.date, MAIL.text.strip(), ())
    assert found.automatic is Automatic.NO
    assert '<a href="https://shop.example/c/1?a=1&amp;b=2"' in found.html


def test_a_mail_to_several_that_answers_nothing() -> None:
    several = (Address("", "a@b.example"), Address("Cy", "c@d.example"))
    message = compose(replace(MAIL, cc=several, reply_to=None, in_reply_to="", references=()))
    assert parse(message.as_bytes()).cc == several
    assert {"Reply-To", "In-Reply-To", "References"} & set(message.keys()) == set()


def test_the_same_mail_makes_the_same_bytes() -> None:
    several = replace(MAIL, attachments=(Attachment(filename="a.txt", content_type="text/plain", content=b"x"),))
    assert compose(several).as_bytes() == compose(several).as_bytes()


def test_other_mails_have_other_boundaries() -> None:
    assert compose(MAIL).get_boundary() != compose(replace(MAIL, message_id="<case7.4@shop.example>")).get_boundary()


@pytest.mark.parametrize("sent_by", [SentBy.AUTO_REPLY, SentBy.MACHINE])
def test_machines_are_told_not_to_answer(sent_by: SentBy) -> None:
    message = compose(replace(MAIL, sent_by=sent_by))
    assert (message["Auto-Submitted"], message["X-Auto-Response-Suppress"]) == (sent_by.value, "All")
    assert parse(message.as_bytes()).automatic is Automatic.REPLY


def test_a_person_sends_no_such_fields() -> None:
    assert {"Auto-Submitted", "X-Auto-Response-Suppress", "List-Unsubscribe"} & set(compose(MAIL).keys()) == set()


def test_of_many_references_the_first_and_the_last_twenty_stay() -> None:
    ids = tuple(f"<{'r' * 90}{number}@Mail.Example>" for number in range(60))
    found = parse(compose(replace(MAIL, references=ids)).as_bytes())
    assert found.references == (ids[0], *ids[-19:], MAIL.in_reply_to)


def test_a_way_out_of_the_list() -> None:
    address = "https://shop.example/u/" + "t" * 200
    raw = compose(replace(MAIL, list_unsubscribe=address)).as_bytes()
    assert f"List-Unsubscribe: <{address}>\r\n".encode() in raw


def test_files_and_pictures() -> None:
    files = (
        Attachment(filename="Größe.pdf", content_type="application/pdf", content=b"%PDF\x00\xff"),
        Attachment(filename="p.png", content_type="image/png", content=b"\x89PNG", inline=True, content_id="p@shop"),
        Attachment(filename="old.eml", content_type="message/rfc822", content=b"Subject: x\n\ny"),
        Attachment(filename="../x", content_type="no type", content=b""),
    )
    found = parse(compose(replace(MAIL, html='<p>Hi<img src="cid:p@shop"></p>', attachments=files)).as_bytes())
    by_name = {file.filename: file for file in found.attachments}
    assert set(by_name) == {"Größe.pdf", "p.png", "old.eml", "x"}
    assert (by_name["Größe.pdf"].content, by_name["p.png"].content_id) == (b"%PDF\x00\xff", "p@shop")
    assert [name for name, file in by_name.items() if file.inline] == ["p.png"]
    assert by_name["old.eml"].content_type == by_name["x"].content_type == "application/octet-stream"
    assert found.text == MAIL.text.strip()


def test_html_of_ones_own_is_sent_as_it_is() -> None:
    message = compose(replace(MAIL, html="<p>Hi <b>Maya</b></p>"))
    page = message.get_body(("html",))
    assert page is not None
    assert page.get_content().strip() == "<p>Hi <b>Maya</b></p>"


def test_html_made_from_text_is_escaped_and_has_no_styles_in_tags() -> None:
    page = compose(replace(MAIL, text="<script>go()</script>")).get_body(("html",))
    assert page is not None
    assert "&lt;script&gt;go()&lt;/script&gt;" in page.get_content()
    assert "style=" not in page.get_content()


INJECTED = "Kettle\r\nBcc: evil@x.example\r\n\r\n<script>"


def test_no_fields_can_be_slipped_in() -> None:
    names = set(compose(MAIL).keys())
    message = compose(
        replace(
            MAIL,
            subject=INJECTED,
            sender=Address(INJECTED, "help@shop.example"),
            to=(Address(INJECTED, "a@b.example"),),
        )
    )
    again = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    assert set(again.keys()) == names
    assert "evil@x.example" not in [address.addr_spec for field in ("From", "To") for address in again[field].addresses]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (replace(MAIL, date=datetime(2025, 11, 3)), "no time zone"),  # noqa: DTZ001 - that is what is refused
        (replace(MAIL, to=()), "nobody to send it to"),
        (replace(MAIL, to=(Address("x", ""),)), "no address"),
        (replace(MAIL, to=(Address("x", "a@b.example\r\nBcc: c@d.example"),)), "no address"),
        (replace(MAIL, to=(Address("x", "jörg@b.example"),)), "no address"),
        (replace(MAIL, to=(Address("x", "a@b.example, c@d.example"),)), "no address"),
        (replace(MAIL, sender=Address("x", "a@" + "ü" * 70 + ".example")), "no address"),
        (replace(MAIL, message_id="no id"), "message id"),
        (replace(MAIL, list_unsubscribe="javascript:go()"), "unsubscribe"),
        (replace(MAIL, list_unsubscribe="https://x.example/\r\nBcc: a@b.example"), "unsubscribe"),
        (
            replace(
                MAIL,
                attachments=(
                    Attachment(filename="a", content_type="image/png", content=b"", inline=True, content_id="a b"),
                ),
            ),
            "content id",
        ),
    ],
)
def test_what_cannot_be_sent_is_refused_with_the_reason(broken: OutgoingEmail, words: str) -> None:
    with pytest.raises(Unsendable, match=words):
        compose(broken)


def test_domains_beyond_ascii_are_written_as_servers_know_them() -> None:
    message = compose(replace(MAIL, to=(Address("", "jo@münchen.example"),)))
    assert message["To"] == "jo@xn--mnchen-3ya.example"


LONG_NAME = 'Shop, Inc. "the best" of All the Shops on a Street with a Very Long Name Indeed, and More'


@pytest.mark.parametrize(
    "name",
    [
        LONG_NAME,
        "Müller, Jan",
        "=?utf-8?q?not_encoded?=",
        "x@y.example",
        'say "hi" \\',
        "名前" * 40,
        "x" * 140,
        "(comment)",
        "<b>",
    ],
)
def test_names_come_back_whole_for_us_and_for_others(name: str) -> None:
    raw = compose(replace(MAIL, to=(Address(name, "a@b.example"), Address(name, "c@d.example")))).as_bytes()
    assert [address.email for address in parse(raw).to] == ["a@b.example", "c@d.example"]
    assert {address.name for address in parse(raw).to} == {name.strip("\"' ")}
    theirs = email.message_from_bytes(raw, policy=email.policy.default)["To"].addresses
    assert [address.addr_spec for address in theirs] == ["a@b.example", "c@d.example"]
    # The standard library reads a space between encoded words, where there is none.
    assert {"".join(address.display_name.split()) for address in theirs} == {"".join(name.split())}


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"]), max_size=120).map(
    lambda text: " ".join(text.split())
)
lines = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"]), max_size=1500)


@given(name=words, subject=words, text=st.lists(lines, min_size=1, max_size=6).map("\n".join))
def test_anything_comes_back(name: str, subject: str, text: str) -> None:
    out = replace(
        MAIL,
        sender=Address(name, "help@shop.example"),
        subject=subject,
        text=text,
        date=datetime(2025, 1, 1, tzinfo=UTC),
    )
    raw = compose(out).as_bytes()
    found = parse(raw)
    assert found.subject == subject
    assert found.sender.name == name.strip("\"' ")
    assert found.text == text.strip("\n")
    assert found.problems == ()
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
