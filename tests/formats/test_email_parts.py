"""How headers, addresses, dates, ids, charsets and parts are read, one by one."""

from datetime import UTC, datetime

import pytest

from amends.formats.email import (
    Address,
    IncomingEmail,
    find_tokens,
    message_id,
    normalise_address,
    normalise_message_id,
    parse,
    parse_addresses,
    read_message_id,
    reply_subject,
    split_message_ids,
)
from amends.formats.email.charsets import decode, one_line
from amends.formats.email.filenames import file_name
from amends.formats.email.flowed import unflow
from amends.formats.email.headers import decode_words, read_parameters
from tests.formats.mail import mail


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("Jo <jo@x.example>", [("Jo", "jo@x.example")]),
        ("jo@X.Example", [("", "jo@x.example")]),
        ('"Smith, Jo" <jo@x.example>', [("Smith, Jo", "jo@x.example")]),
        ("Smith, Jo <jo@x.example>", [("Smith, Jo", "jo@x.example")]),
        ("jo@x.example (Jo S)", [("Jo S", "jo@x.example")]),
        ("undisclosed-recipients:;", []),
        (
            "friends: a@x.example, B <b@x.example>;, c@x.example",
            [("", "a@x.example"), ("B", "b@x.example"), ("", "c@x.example")],
        ),
        ("=?utf-8?Q?M=C3=BCller=2C_Jan?= <a@b.example>", [("Müller, Jan", "a@b.example")]),
        ('"=?utf-8?B?TcO8bGxlcg==?=" <a@b.example>', [("Müller", "a@b.example")]),
        ("<jo@x.example", [("", "jo@x.example")]),
        ("jo@x.example <jo@x.example>", [("", "jo@x.example")]),
        ('"boss@shop.example" <evil@x.example>', [("boss@shop.example", "evil@x.example")]),
        ("mailto:jo@x.example", [("", "jo@x.example")]),
        ("Jo jo@x.example", [("Jo", "jo@x.example")]),
        ("Jo <jo @x.example>", [("Jo", "jo@x.example")]),
        ("a@x.example; b@x.example", [("", "a@x.example"), ("", "b@x.example")]),
        ("jörg@münchen.example", [("", "jörg@münchen.example")]),
        ("Jo <>", [("Jo", "")]),
        ("Jo", [("Jo", "")]),
        ("a@b@c.example", [("a@b@c.example", "")]),
        ('"kim lee"@x.example', [('kim lee"@x.example', "")]),
        ("", []),
        (",,;", []),
    ],
)
def test_addresses(field: str, found: list[tuple[str, str]]) -> None:
    assert [(address.name, address.email) for address in parse_addresses(field)] == found


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" Kim.Lee@SHOP.Example ", "Kim.Lee@shop.example"),
        ("<kim@shop.example>", "kim@shop.example"),
        ("MAILTO:kim@shop.example", "kim@shop.example"),
        ("kim@shop.example.", "kim@shop.example"),
        ("kim@[192.0.2.1]", "kim@[192.0.2.1]"),
        ("kim", ""),
        ("kim@", ""),
        ("@shop.example", ""),
        ("kim@shop.example\r\nBcc: x@y.example", ""),
        ("kim@-shop.example", ""),
        ("k" * 400 + "@shop.example", ""),
    ],
)
def test_normal_addresses(written: str, normal: str) -> None:
    assert normalise_address(written) == normal


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?Q?Ger=C3=A4t?= =?utf-8?Q?_kaputt?=", "Gerät kaputt"),
        ("=?UTF-8?B?4oI=?= =?UTF-8?B?rA==?=", "€"),
        ("=?iso-8859-1*de?q?Gr=FC=DFe?= und mehr", "Grüße und mehr"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?Q?one two?=", "one two"),
        ("=?utf-8?B?YWJj", "=?utf-8?B?YWJj"),
        ("=?utf-8?B?!!!?=", ""),
        ("=?no-such?q?caf=E9?=", "café"),
        ("=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        ("=?utf-8?q?=C3=A4?= =?iso-8859-1?q?=F6?=", "äö"),
        ("plain", "plain"),
    ],
)
def test_encoded_words(written: str, read: str) -> None:
    assert decode_words(written) == read


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("attachment; filename=a.pdf", "a.pdf"),
        ('attachment; filename="a; b.pdf"', "a; b.pdf"),
        (r'attachment; filename="a\"b.pdf"', 'a"b.pdf'),
        ("attachment; filename*=utf-8''R%C3%A9sum%C3%A9.pdf", "Résumé.pdf"),
        ("attachment; filename*0*=utf-8''R%C3%A9; filename*1=sum.pdf", "Résum.pdf"),
        ("attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
        ('attachment; filename="=?utf-8?B?w6QucGRm?="', "ä.pdf"),
        ("attachment; filename=", ""),
        ('attachment; filename="open', "open"),
    ],
)
def test_parameters(written: str, name: str) -> None:
    kind, parameters = read_parameters(written)
    assert (kind, parameters["filename"]) == ("attachment", name)


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Grüße €".encode(), "utf-8", "Grüße €"),
        ("Grüße €".encode("cp1252"), "iso-8859-1", "Grüße €"),
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Grüße".encode("latin-1"), "utf-8", "Grüße"),
        ("Grüße".encode("latin-1"), "us-ascii", "Grüße"),
        ("Grüße".encode("latin-1"), "", "Grüße"),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет"),
        ("こんにちは".encode("iso-2022-jp"), "ISO-2022-JP", "こんにちは"),
        ("你好".encode("gb18030"), "gb2312", "你好"),
        (b"caf\xe9", "punycode", "café"),
        (b"caf\xe9", "zip", "café"),
        (b"caf\xe9", "\x00", "café"),
    ],
)
def test_charsets(data: bytes, charset: str, text: str) -> None:
    assert decode(data, charset)[0] == text


def test_an_unknown_charset_is_said() -> None:
    assert decode(b"x", "klingon")[1] == "The text says that its character set is “klingon”, which is not known here."


@pytest.mark.parametrize(
    ("field", "date", "problem"),
    [
        ("Mon, 3 Nov 2025 14:22:01 +0100", datetime(2025, 11, 3, 13, 22, 1, tzinfo=UTC), None),
        ("3 Nov 2025 13:22 GMT", datetime(2025, 11, 3, 13, 22, tzinfo=UTC), None),
        ("Mon, 03 Nov 2025 14:22:01 +0100 (CET)", datetime(2025, 11, 3, 13, 22, 1, tzinfo=UTC), None),
        ("Mon, 3 Nov 2025 13:22:01 -0000", datetime(2025, 11, 3, 13, 22, 1, tzinfo=UTC), None),
        ("2025-11-03T14:22:01+01:00", datetime(2025, 11, 3, 13, 22, 1, tzinfo=UTC), None),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None, "The date of the mail is 1970, which cannot be right."),
        ("Thu, 1 Jan 2105 00:00:00 +0000", None, "The date of the mail is 2105, which cannot be right."),
        ("yesterday", None, "The date of the mail could not be read."),
        ("Mon, 33 Nov 2025 14:22:01 +0100", None, "The date of the mail could not be read."),
        ("Mon, 3 Nov 2025 14:22:01 +9999", None, "The date of the mail could not be read."),
        ("Fri, 31 Dec 9999 23:59:59 -2300", None, "The date of the mail could not be read."),
    ],
)
def test_dates(field: str, date: datetime | None, problem: str | None) -> None:
    found = parse(f"From: jo@x.example\nDate: {field}\n\nHi".encode())
    assert found.date == date
    assert found.problems == (() if problem is None else (problem,))


def test_a_date_is_always_aware() -> None:
    date = parse(mail()).date
    assert date is not None
    assert date.tzinfo is not None


def test_ids() -> None:
    assert message_id("case7.3", "Shop.Example") == "<case7.3@shop.example>"
    assert read_message_id("<Ab@Mail.Example> (x)") == "<Ab@Mail.Example>"
    assert read_message_id("Ab@Mail.Example") == "<Ab@Mail.Example>"
    assert normalise_message_id("<Ab@Mail.Example>") == normalise_message_id("Ab@MAIL.example")
    assert read_message_id("nothing") == read_message_id("") == normalise_message_id("<>") == ""
    assert split_message_ids("<a@x> text <b@x><a@x>\t<c@x>") == ("<a@x>", "<b@x>", "<c@x>")


def test_of_very_many_references_the_first_and_the_last_stay() -> None:
    ids = [f"<{number}@x.example>" for number in range(5000)]
    kept = split_message_ids(" ".join(ids))
    assert (len(kept), kept[0], kept[-1]) == (100, ids[0], ids[-1])


@pytest.mark.parametrize(
    ("unique", "domain"), [("", "x"), ("a", ""), ("a b", "x"), ("a>", "x"), ("a@b", "x"), ("a\n", "x")]
)
def test_ids_that_would_be_none_are_refused(unique: str, domain: str) -> None:
    with pytest.raises(ValueError, match="cannot be a message id"):
        message_id(unique, domain)


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Parcel", "Re: Parcel"),
        ("Re: Parcel", "Re: Parcel"),
        ("RE: AW: Antw: re[2]: FW: Parcel", "Re: Parcel"),
        ("Regarding: Parcel", "Re: Regarding: Parcel"),
        ("Ref: 4711", "Re: Ref: 4711"),
        ("", "Re: your message"),
        ("Re: ", "Re: your message"),
        ("Parcel\r\nBcc: x@y.example", "Re: Parcel Bcc: x@y.example"),
    ],
)
def test_subjects_of_answers(subject: str, answer: str) -> None:
    assert reply_subject(subject) == answer
    assert reply_subject(answer) == answer


def test_tokens_are_found_where_answers_carry_them() -> None:
    found = find_tokens(
        IncomingEmail(
            subject="Re: [#in_subject] and [#no] and [#in_subject]",
            to=(Address("", "help+in-to-123@shop.example"), Address("", "jo@x.example")),
            cc=(Address("", "help+in_cc_456@shop.example"),),
            delivered_to=("help+delivered@shop.example",),
        )
    )
    assert found == ("delivered", "in-to-123", "in_cc_456", "in_subject")


@pytest.mark.parametrize("subject", ["[#short]", "[# spaced]", "[#" + "x" * 65 + "]", "#no_brackets", "[#smile😀y]"])
def test_what_only_looks_like_a_token_is_none(subject: str) -> None:
    assert find_tokens(IncomingEmail(subject=subject)) == ()


def test_flowed_text_of_another_depth_begins_a_new_line() -> None:
    assert unflow("> asked \nanswered \n>> older") == "> asked \nanswered \n>> older"


def test_flowed_text_with_joined_words() -> None:
    assert unflow("On and \non.\n> quo \n> ted\n own", joined_words=True) == "On andon.\n> quoted\nown"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jo\\a.pdf", "a.pdf"),
        ("a\x00b\r\n.pdf", "a b .pdf"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("...", "attachment-3.png"),
        ("", "attachment-3.png"),
        ("x" * 300 + ".jpeg", "x" * 145 + ".jpeg"),
        ("x" * 300, "x" * 150),
    ],
)
def test_names_of_files(name: str, safe: str) -> None:
    assert file_name(name, content_type="image/png", number=3) == safe


def test_one_line() -> None:
    assert one_line(" a\r\n\tb\x00\u2028c\u202e ") == "a b c"
