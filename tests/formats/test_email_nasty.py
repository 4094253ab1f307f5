"""Whatever comes in, something comes out."""

import base64
import re
from collections.abc import Callable
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.formats.email import Automatic, IncomingEmail, parse, parsing
from tests.formats.mail import NAMES, mail, raw

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def check(found: IncomingEmail) -> None:
    """Assert what holds for every mail that was ever parsed."""
    lines = [
        found.subject,
        found.sender.name,
        found.sender.email,
        found.message_id,
        found.in_reply_to,
        *found.references,
    ]
    lines += [file.filename for file in found.attachments] + [file.content_type for file in found.attachments]
    lines += [address.email for address in (*found.to, *found.cc)] + [*found.delivered_to, *found.problems]
    assert not any(CONTROL.search(line) or "\n" in line for line in lines)
    assert not CONTROL.search(found.text + found.own_text + found.html)
    assert all(file.filename and "/" not in file.filename for file in found.attachments)
    assert found.date is None or found.date.astimezone(UTC) == found.date
    assert bool(found.own_text) == bool(found.text.strip())
    assert (found.bounce is not None) == (found.automatic is Automatic.BOUNCE)
    (found.text + found.html + found.subject).encode("utf-8")


@given(st.binary(max_size=2000))
def test_any_bytes(data: bytes) -> None:
    check(parse(data))


PIECES = [
    b"From: ", b"Content-Type: ", b"multipart/mixed; boundary=b", b"multipart/alternative; boundary=b", b"--b\r\n", b"--b--", b"\r\n",
    b"\r\n\r\n", b"\n", b"text/plain; charset=", b"text/html", b"utf-8", b"idna", b"=?utf-8?q?", b"?=", b"Content-Transfer-Encoding: ",
    b"base64", b"quoted-printable", b"message/rfc822", b"message/delivery-status", b"=C3", b"\xff\xfe", b"\x00", b"<a@b.example>", b'"',
    b"Content-Disposition: attachment; filename*0*=", b"''%F0%9F", b"Date: ", b"Mon, 3 Nov 2025", b" ", b"\t", b"<div>", b"<img src=",
    b"References: ", b"Subject: ", b"On 1 a@b wrote:", b"> ", b"-- ", b"report-type=delivery-status", b"Final-Recipient: rfc822;",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_pieces_of_mails_in_any_order(pieces: list[bytes]) -> None:
    check(parse(b"".join(pieces)))


DAMAGE = st.tuples(
    st.floats(0, 1),
    st.sampled_from([0, 1, 3, 40, 400]),
    st.sampled_from([b"", b"\x00", b"\xff", b"\r\n", b"\n\n", b"--", b'"', b"<", b"=", b"Content-Type: ", b"\r\n\r\n"]),
)


@settings(max_examples=200)
@given(name=st.sampled_from(NAMES), damage=st.lists(DAMAGE, min_size=1, max_size=12))
def test_stored_mails_with_damage(name: str, damage: list[tuple[float, int, bytes]]) -> None:
    data = raw(name)
    for place, length, instead in damage:
        start = int(place * len(data))
        data = data[:start] + instead + data[start + length :]
    check(parse(data))


@pytest.mark.parametrize("name", NAMES)
def test_stored_mails_that_break_off(name: str) -> None:
    whole = raw(name)
    for end in range(0, len(whole), max(1, len(whole) // 25)):
        check(parse(whole[:end]))


def nested(depth: int) -> bytes:
    """Return multiparts within multiparts."""
    open_ = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return mail(open_.partition("\n")[2].lstrip("\n") + "\ninnermost", headers=open_.partition("\n")[0])


NASTY: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one_nul": lambda: b"\x00",
    "line_feeds": lambda: b"\n" * 300_000,
    "one_long_line": lambda: mail("x" * 5_000_000),
    "one_long_line_without_header": lambda: b"x" * 5_000_000,
    "one_long_header": lambda: mail("Hi", headers="Subject: " + "x " * 500_000),
    "many_headers": lambda: mail("Hi", headers="X-A: b\n" * 50_000),
    "many_receivers": lambda: mail("Hi", headers="Cc: " + ", ".join(f"a{n}@x.example" for n in range(20_000))),
    "quotes": lambda: mail("Hi", headers='Cc: "' + '\\"' * 5_000),
    "brackets": lambda: mail("Hi", headers="Cc: " + "(" * 60_000 + "<" * 60_000),
    "encoded_words": lambda: mail("Hi", headers="Subject: " + "=?utf-8?q?a?= " * 10_000),
    "nested": lambda: nested(1_000),
    "parts": lambda: mail("--b\n\nx\n" * 100_000, headers="Content-Type: multipart/mixed; boundary=b"),
    "empty_parts": lambda: mail("--b\n" * 100_000, headers="Content-Type: multipart/mixed; boundary=b"),
    "boundary_that_repeats": lambda: mail("-" * 300_000, headers='Content-Type: multipart/mixed; boundary="----"'),
    "mail_in_mail_in_mail": lambda: mail(
        "Content-Type: message/rfc822\n\n" * 5_000, headers="Content-Type: message/rfc822"
    ),
    "html": lambda: mail("<div>" * 300_000, headers="Content-Type: text/html"),
    "tags": lambda: mail("<" * 100_000, headers="Content-Type: text/html"),
    "idna": lambda: mail("xn--" * 50_000, headers="Content-Type: text/plain; charset=idna"),
    "punycode": lambda: mail("a-" * 50_000, headers="Content-Type: text/plain; charset=punycode"),
    "utf_7": lambda: mail("+2AA-" * 10_000, headers="Content-Type: text/plain; charset=utf-7"),
    "parameters": lambda: mail("Hi", headers="Content-Type: text/plain" + "; a*1*='" * 10_000),
    "backslashes": lambda: mail("Hi", headers='Content-Type: text/plain; a="' + "\\" * 50_000),
    "quoted_printable": lambda: mail("=" * 500_000, headers="Content-Transfer-Encoding: quoted-printable"),
    "base64": lambda: mail("A=" * 250_000, headers="Content-Transfer-Encoding: base64"),
    "flowed": lambda: mail("> \n" * 100_000, headers="Content-Type: text/plain; format=flowed"),
}


@pytest.mark.parametrize("name", NASTY)
def test_nasty(name: str) -> None:
    check(parse(NASTY[name]()))


def test_a_reader_that_fails_does_not_lose_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> str:
        raise RuntimeError(text)

    monkeypatch.setattr(parsing, "own_words", fail)
    found = parse(b"From: jo@x.example\n\nWhere is it?\x00")
    assert found.own_text == "From: jo@x.example\n\nWhere is it?"
    assert found.problems == ("The mail could not be understood; all of it is shown as text.",)


def test_headers_cannot_be_slipped_in() -> None:
    found = parse(mail("Hi", headers="Subject: =?utf-8?Q?Hi=0D=0ABcc=3A_x=40y.example?="))
    assert found.subject == "Hi Bcc: x@y.example"
    assert found.cc == ()


def test_forty_three_pictures() -> None:
    picture = base64.b64encode(b"\x89PNG picture").decode()
    parts = "".join(
        f"--b\nContent-Type: image/png\nContent-ID: <p{n}@x>\nContent-Transfer-Encoding: base64\n\n{picture}\n"
        for n in range(43)
    )
    html = "".join(f'<img src="cid:p{n}@x">' for n in range(43))
    found = parse(
        mail(
            f"--b\nContent-Type: text/html\n\n{html}\n{parts}--b--\n",
            headers="Content-Type: multipart/related; boundary=b",
        )
    )
    assert [file.content_id for file in found.attachments if file.inline] == [f"p{n}@x" for n in range(43)]
    assert (found.problems, found.blocked_images) == ((), 0)


def attached(content: bytes, *, encoding: str = "base64") -> bytes:
    """Return a mail with one file."""
    body = base64.encodebytes(content) if encoding == "base64" else content
    top = mail("--b\n\nSee the film.\n--b\n", headers="Content-Type: multipart/mixed; boundary=b")
    head = f'Content-Type: video/mp4\nContent-Disposition: attachment; filename="film.mp4"\nContent-Transfer-Encoding: {encoding}\n\n'
    return top + head.encode() + body + b"\n--b--\n"


@pytest.mark.parametrize("encoding", ["base64", "binary"])
def test_a_file_over_the_limit_is_listed_without_its_content(encoding: str) -> None:
    found = parse(attached(b"x" * 3_000_000, encoding=encoding), max_attachment=2_000_000)
    (file,) = found.attachments
    assert (file.filename, file.content, file.dropped) == ("film.mp4", b"", True)
    assert found.problems == ("The file “film.mp4” is larger than 2 MB and was left out; it is in the original mail.",)
    assert found.text == "See the film."


def test_a_file_at_the_limit_is_kept() -> None:
    found = parse(attached(b"x" * 2_000), max_attachment=2_000)
    assert (found.attachments[0].content, found.problems) == (b"x" * 2_000, ())


def test_a_very_large_file_is_kept_when_allowed() -> None:
    content = bytes(range(256)) * 20_000
    (file,) = parse(attached(content)).attachments
    assert file.content == content


@pytest.mark.parametrize(
    ("body", "content", "problems"),
    [
        ("aGVsbG8=", b"hello", ()),
        ("aGVs\nbG8", b"hello", ()),
        ("aGVsbG8=\n", b"hello", ()),
        ("aG*Vsb-G8=", b"hello", ("The file “a.bin” may be damaged.",)),
        ("aGVsbG8==\nlist footer", b"hello", ("The file “a.bin” may be damaged.",)),
        ("aGVsbG8hA", b"hello!", ("The file “a.bin” may be damaged.",)),
        ("", b"", ()),
    ],
)
def test_broken_base64(body: str, content: bytes, problems: tuple[str, ...]) -> None:
    found = parse(
        mail(body, headers="Content-Type: application/octet-stream; name=a.bin\nContent-Transfer-Encoding: base64")
    )
    assert (found.attachments[0].content, found.problems) == (content, problems)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"just words", "The mail has no header; all of it was taken as text."),
        (b"From: jo@x.example\n\nHi", "The mail carries no date."),
        (b"Subject: Hi\n\nHi", "The mail names no sender."),
        (b"From: nobody\n\nHi", "The sender address could not be read."),
        (b"From: nobody\nReply-To: jo@x.example\n\nHi", "The sender was taken from the field Reply-To instead."),
        (b"From: a@x.example, b@x.example\n\nHi", "The mail names several senders; the first one was taken."),
        (mail("Hi", headers="Reply-To: nobody"), "The address to answer to could not be read."),
        (mail("Hi", headers="Cc: nobody"), "The address of a receiver could not be read."),
        (mail("Hi", headers="what is this"), "Some lines of the mail's header could not be read."),
        (
            mail("--b\n\nHi", headers="Content-Type: multipart/mixed; boundary=b"),
            "The mail breaks off before its end, or was put together badly.",
        ),
        (
            mail("Hi", headers="Content-Type: multipart/mixed; boundary=b"),
            "The mail says that it has several parts, but none could be found.",
        ),
        (nested(30), "Parts of the mail are nested more than 20 deep; the innermost were not opened."),
        (
            mail("--b\n\nx\n" * 600 + "--b--", headers="Content-Type: multipart/mixed; boundary=b"),
            "The mail has more than 500 parts; the others were left out.",
        ),
        (
            mail("Hi", headers="Content-Type: application/pkcs7-mime; name=smime.p7m"),
            "The mail is encrypted and could not be read here.",
        ),
        (
            mail("x", headers="Content-Type: application/ms-tnef; name=winmail.dat"),
            "The file “winmail.dat” is in a form that only Outlook can open; other files may be within it.",
        ),
        (
            mail("x" * 600_000),
            "The text is very long; only its beginning is shown. All of it is in the original mail.",
        ),
        (
            mail("x", headers="Content-Transfer-Encoding: x-uuencode"),
            "A part of the mail is packed in a way that is not known here.",
        ),
    ],
)
def test_problems_are_said_in_words(data: bytes, problem: str) -> None:
    assert problem in parse(data).problems


def test_a_multipart_that_forgot_its_boundary_is_read_all_the_same() -> None:
    found = parse(mail("--xyz\nContent-Type: text/plain\n\nHi\n--xyz--\n", headers="Content-Type: multipart/mixed"))
    assert found.text == "Hi"


def test_boundaries_that_begin_alike_are_told_apart() -> None:
    inner = "Content-Type: multipart/alternative; boundary=ab\n\n--ab\n\nHi\n--ab--\n"
    found = parse(mail(f"--a\n{inner}\n--a--\n", headers="Content-Type: multipart/mixed; boundary=a"))
    assert (found.text, found.problems) == ("Hi", ())


def test_html_stands_in_for_an_empty_text() -> None:
    body = "--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>Hi</p>\n--b--\n"
    assert parse(mail(body, headers="Content-Type: multipart/alternative; boundary=b")).own_text == "Hi"


def test_a_broken_charset_is_said_once() -> None:
    found = parse(mail("caf\xe9 und mehr", headers="Content-Type: text/html; charset=klingon", encoding="latin-1"))
    assert found.own_text == "café und mehr"
    assert found.problems == ("The text says that its character set is “klingon”, which is not known here.",)


def test_an_invitation_is_a_file() -> None:
    body = "--b\n\nHi\n--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--b--\n"
    found = parse(mail(body, headers="Content-Type: multipart/alternative; boundary=b"))
    assert (found.text, found.attachments[0].filename) == ("Hi", "attachment-1.ics")
