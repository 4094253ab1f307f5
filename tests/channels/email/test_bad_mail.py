"""The mails that nobody should send, and somebody does."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from amends.actions.clock import now
from amends.actions.mails import Kept, Status
from amends.channels.email.intake import take_in_mail
from amends.store.models import Message
from tests.channels.letters import ADDRESS, ANGRY, letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("business", "stopped_clock")]


def take(content: bytes) -> Message:
    kept: Kept = take_in_mail(content, source="smtp", sender="maya@example.org", recipients=(ADDRESS,))
    assert kept.status is Status.TAKEN
    return Message.objects.get()


@pytest.mark.parametrize("sender", ["", "maya at example dot org", "<>", "Maya <maya@>", "@@@", '"Maya', "<" * 300])
def test_an_address_that_cannot_be_read_still_brings_a_case(sender: str) -> None:
    raw = letter(sender="maya@example.org").replace(b"maya@example.org", sender.encode(), 1)
    assert take_in_mail(raw, source="imap", sender="", recipients=()).status is Status.TAKEN
    message = Message.objects.get()
    assert "kettle leaks" in message.text
    assert message.problems


def test_43_pictures_in_the_text_come_along() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "maya@example.org", ADDRESS, "<p@example.org>"
    mail.set_content(ANGRY)
    mail.add_alternative("".join(f'<p>{ANGRY}<img src="cid:p{n}@x"></p>' for n in range(43)), subtype="html")
    for n in range(43):
        mail.get_payload()[1].add_related(bytes([n]) * 500, "image", "png", cid=f"<p{n}@x>")  # type: ignore[index, union-attr]  # two parts
    message = take(mail.as_bytes())
    files = message.attachments.filter(inline=True)
    assert (files.count(), files.values("sha256").distinct().count()) == (43, 43)


def test_a_thread_of_800_is_followed_to_its_case() -> None:
    first = take(letter(message_id="<0@example.org>"))
    references = " ".join(f"<{n}@example.org>" for n in range(800))
    take_in_mail(letter("Still broken.", message_id="<800@example.org>", References=references), source="imap")
    last = Message.objects.get(external_id="<800@example.org>")
    assert last.case_id == first.case_id
    assert last.references.startswith("<799@example.org> <798@example.org>")


@pytest.mark.parametrize(
    "date", ["Thu, 1 Jan 1970 00:00:00 +0000", "Mon, 1 Jun 2099 12:00:00 +0200", "yesterday, I think"]
)
def test_a_date_that_cannot_be_right_is_told_and_not_believed(date: str) -> None:
    message = take(letter(Date=date))
    assert message.at == now()
    assert message.problems


def test_a_date_without_a_zone_is_fine() -> None:
    assert take(letter(Date="Mon, 2 Mar 2026 09:00:00")).at == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def test_a_line_of_five_megabytes_is_kept() -> None:
    message = take(letter("x").replace(b"\r\n\r\nx", b"\r\n\r\n" + ANGRY.encode() + b" very" * 1_000_000))
    assert message.text.startswith("My new kettle")
    assert any("very long" in problem for problem in message.problems)


def test_mixed_encodings_lose_no_message() -> None:
    raw = (
        b"From: =?iso-8859-1?Q?J=FCrgen?= <j@example.org>\r\nSubject: caf\xe9 \xf0\x9f\x98\xa1 =?utf-8?B?4pyT?=\r\n"
        b"Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        b"Gr\xfc\xdfe, the caf\xc3\xa9 is closed\x00 and \xff\xfe\r\n"
    )
    message = take(raw)
    assert message.case.customer.name == "Jürgen"
    assert "is closed" in message.text
    assert "\0" not in message.text + message.full_text + message.subject


def test_nothing_at_all_is_a_mail_too() -> None:
    assert take(b"").text == ""


def test_a_file_over_the_limit_is_named_and_stays_in_the_original() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "maya@example.org", ADDRESS, "<f@example.org>"
    mail.set_content(ANGRY)
    mail.add_attachment(b"\0" * 26_000_000, "video", "mp4", filename="leak.mp4")
    file = take(mail.as_bytes()).attachments.get()
    assert (file.filename, file.dropped, file.sha256) == ("leak.mp4", True, "")


@pytest.mark.parametrize(
    "name", ["Bcc: eve@example.com\r\nX: ", "Maya\nBcc: eve@example.com", "\u202eayaM", "M" * 5000]
)
def test_names_are_on_one_line_and_of_bearable_length(name: str) -> None:
    raw = letter(sender="placeholder <maya@example.org>").replace(b"placeholder", name.encode())
    take_in_mail(raw, source="imap")
    known = Message.objects.get().case.customer.name
    assert len(known) <= 200
    assert not set(known) & set("\r\n\u202e")
