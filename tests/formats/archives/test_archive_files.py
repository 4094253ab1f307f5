"""Amends' own archives, tables and mails, and which codec is chosen for a file."""

import io
from functools import partial

import pytest

from amends.formats.archives import Broken, codec
from amends.formats.archives.jsonfiles import LONGEST_LINE
from amends.formats.archives.mails import eml, mbox
from amends.formats.archives.native import array, jsonl
from amends.formats.archives.tables import table
from tests.formats.archives.files import NAMES, broken, check, conversations, found, notes, raw, read, said


def test_own_archive() -> None:
    results = read("own.jsonl")
    check(results)
    first, second = conversations(results)
    assert said(first) == [
        ("10:00", "customer", "Where is my parcel?"),
        ("10:05", "agent*", "It is on its way."),
        ("10:20", "customer", "Still nothing.\n> It is on its way."),
    ]
    assert [one.id for one in first.messages] == ["1", "2", "3"]
    assert (first.id, first.channel, str(first.closed_at)) == ("7", "chat", "2024-05-03 09:00:00+02:00")
    assert first.messages[0].author == "Jo Lee"
    assert [one.id for one in second.messages] == ["1", "2"]
    assert [place for place, _ in broken(results)] == ["line 3", "line 4", "line 5"]


def test_own_archive_as_one_array_over_several_lines() -> None:
    text = '[\n{"id": 1, "messages": [{"role": "agent", "text": "Hi"}]},\n7]'
    chosen = codec("all.json", text.encode())
    assert chosen is array
    results = found(chosen, text)
    assert [one.id for one in conversations(results)] == ["1"]
    assert [place for place, _ in broken(results)] == ["record 2"]


def test_ids_that_come_twice_are_told_apart() -> None:
    messages = [{"turn": turn, "role": "agent", "text": "Hi"} for turn in (7, 7, "7.2", 7)]
    [one] = conversations(found(jsonl, ({"id": "1", "messages": messages},)))
    assert [message.id for message in one.messages] == ["7", "7.3", "7.2", "7.4"]


def test_a_line_that_is_too_long_is_skipped_without_being_held() -> None:
    class Watched(io.BytesIO):
        largest = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            self.largest = max(self.largest, len(line))
            return line

    good = b'{"id": 1, "messages": [{"role": "agent", "text": "Hi"}]}\n'
    stream = Watched(good + b'{"id": "' + b"x" * (2 * LONGEST_LINE) + b'"}\n' + good)
    results = list(jsonl(stream, "long.jsonl"))
    assert len(conversations(results)) == 2
    assert broken(results) == [("line 2", "It is longer than 16 MiB; split it into several records.")]
    assert stream.largest <= LONGEST_LINE + 1


def test_table() -> None:
    results = read("tickets.csv")
    check(results)
    first, second = conversations(results)
    assert said(first) == [
        ("10:00", "customer", "Where is my parcel?"),
        ("", "agent*", "Thank you for writing."),
        ("10:30", "agent", "We look into it."),
    ]
    assert (first.id, first.channel, str(first.closed_at)) == ("4711", "email", "2024-05-02 12:00:00+00:00")
    assert said(second) == [("11:00", "customer", "Broken; again.\nAnd cold.")]
    assert notes(results) == [
        "These columns are not known and were left aside: “Mood”.",
        "Times that could not be read: 1, in line 7 first; write 2024-05-31T10:00:00Z.",
    ]
    assert broken(results) == [
        ("line 8", "The role “narrator” is not known; write customer or agent."),
        ("line 9", "The row names no conversation; fill in that column."),
    ]


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252"])
def test_tables_in_the_ways_that_programs_write_them(divider: str, charset: str) -> None:
    text = f"thread{divider}is_inbound{divider}html body\r\n1{divider}True{divider}<p>Schön.</p>\r\n1{divider}0{divider}Ja\r\n"
    [one] = conversations(found(table, text.encode(charset)))
    assert said(one) == [("", "customer", "Schön."), ("", "agent", "Ja")]


@pytest.mark.parametrize(
    ("head", "lacking"),
    [
        ("ticket,role", "“text”"),
        ("role,text", "“conversation_id”"),
        ("ticket,text", "“role”"),
        ("a,b", "“conversation_id” and “text” and “role”"),
    ],
)
def test_tables_without_a_needed_column_end_at_once(head: str, lacking: str) -> None:
    assert found(table, f"\n{head}\n1,2\n") == [
        Broken("line 2", f"The table has no column {lacking}; name its columns in the first line.")
    ]


def test_table_of_many_broken_rows_says_so_once() -> None:
    results = found(table, "ticket,role,text\n" + "1,ghost,Boo\n" * 50)
    assert broken(results) == [
        ("line 2", "The role “ghost” is not known; write customer or agent. 50 rows are like this one.")
    ]


def test_mailbox_without_own_addresses() -> None:
    results = read("mailbox.mbox")
    check(results)
    first, second = conversations(results)
    assert said(first) == [
        ("10:00", "customer", "Where is it?\n\nFrom the beginning I was patient."),
        ("10:01", "agent*", "We got your mail."),
        ("10:30", "agent", "On its way."),
    ]
    assert (first.id, first.channel, first.closed_at) == ("1@post.example", "email", None)
    assert [one.author for one in first.messages] == ["Jo Lee", "Shop", "Kim Ray"]
    assert said(second) == [("10:02", "customer", "And mine?"), ("10:40", "agent", "Yours too.")]


@pytest.mark.parametrize(
    ("own", "role"),
    [
        ((), "customer"),
        ({"shop.example"}, "customer"),
        ({"post.example"}, "agent"),
        ({"@POST.example"}, "agent"),
        ({"jo@post.example"}, "agent"),
        ({"example"}, "agent"),
        ({"o@post.example", "st.example"}, "customer"),
        ({" "}, "customer"),
    ],
)
def test_own_addresses_tell_who_is_the_company(own: set[str], role: str) -> None:
    [one] = conversations(read("one.eml", own=own))
    assert said(one) == [("10:00", role, "Where is it?")]
    assert one.id == "1@post.example"


MAIL = "From x 10:00\nFrom: {sender}@a.example\nTo: {to}@b.example\nSubject: {subject}\nMessage-ID: <{id}@x>\n{more}\n\nHi {id}\n\n"


def threads(*mails: tuple[str, str, str, str]) -> list[list[str]]:
    """Return the texts of the conversations that mails (from, to, subject, more) belong to."""
    parts = [
        MAIL.format(sender=sender, to=to, subject=subject, more=more, id=number)
        for number, (sender, to, subject, more) in enumerate(mails, 1)
    ]
    return [[text for _, _, text in said(one)] for one in conversations(found(mbox, "".join(parts)))]


def test_mails_that_name_a_mail_that_is_missing_belong_together() -> None:
    lost = "References: <lost@x>"
    assert threads(("a", "b", "One", lost), ("c", "d", "Two", lost)) == [["Hi 1", "Hi 2"]]


def test_answers_with_the_same_subject_from_other_people_stay_apart() -> None:
    assert threads(("a", "help", "Order", ""), ("c", "help", "Re: Order", "")) == [["Hi 1"], ["Hi 2"]]
    assert threads(("a", "help", "Order", ""), ("a", "help", "Order", "")) == [["Hi 1"], ["Hi 2"]]
    assert threads(("a", "help", "Order", ""), ("a", "help", "Re: Order", "")) == [["Hi 1", "Hi 2"]]
    assert threads(("a", "help", "", ""), ("a", "help", "Re: ", "")) == [["Hi 1"], ["Hi 2"]]


def test_a_mail_that_lies_in_two_folders_is_one_message() -> None:
    assert len(conversations(found(mbox, raw("mailbox.mbox") + b"\n" + raw("mailbox.mbox")))) == 2
    assert len(conversations(found(mbox, raw("mailbox.mbox") * 2))[0].messages) == 3


@pytest.mark.parametrize("name", NAMES)
def test_systems_are_told_apart_by_the_beginning_of_a_file(name: str) -> None:
    chosen = codec(name.replace("zendesk_api", "zendesk"), raw(name)[:4096])
    if isinstance(chosen, partial):
        chosen = chosen.func
    expected = {"own": jsonl, "tickets": table, "mailbox": mbox, "one": eml}
    system = name.partition(".")[0].partition("_")[0]
    assert chosen is not None
    assert chosen is expected.get(system, chosen)
    assert system in expected or chosen.__name__ == system


@pytest.mark.parametrize("name", [one for one in NAMES if "json" in one])
def test_systems_are_told_apart_without_an_ending_and_by_little(name: str) -> None:
    short = codec("standard input", raw(name)[:600])
    assert short is codec(name, raw(name))


@pytest.mark.parametrize(
    ("name", "head", "known"),
    [
        ("a.pdf", b"%PDF-1.7", False),
        ("a.json", b'{"name": "package", "version": 1}', False),
        ("a.json", b'{"text": "\\"requester_id\\": 1, \\"comments\\": [] \\"submitter_id\\":"}', False),
        ("a.jsonl", b'{"name": "package"}', True),
        (
            "a.json",
            b'{"url": "https://x", "id": 1, "external_id": null, "raw_subject": "Hm", "description": "cut of',
            True,
        ),
        ("a.txt", b"Dear Sir", False),
        ("a.txt", b"From jo@post.example Wed May  1 10:00:00 2024\n", True),
        ("A.CSV", b"", True),
        ("", b"", False),
    ],
)
def test_what_is_known_and_what_is_not(name: str, head: bytes, known: bool) -> None:
    assert (codec(name, head) is not None) == known
