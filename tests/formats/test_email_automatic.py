"""Mails without a person behind them."""

import pytest

from amends.formats.email import Automatic, Bounce, parse
from tests.formats.mail import mail, read

BOUNCES = {
    "postfix_dsn": Bounce(
        recipient="maya.okafor@mail.example", status="5.1.1", permanent=True, original_id="<case7.3@Shop.example>"
    ),
    "postfix_delayed": Bounce(
        recipient="dan.price@cloud.example", status="4.4.1", permanent=False, original_id="<case12.5@shop.example>"
    ),
    "exchange_ndr": Bounce(
        recipient="priya.shah@firm.example", status="5.2.2", permanent=True, original_id="<case9.3@shop.example>"
    ),
    "exim_bounce": Bounce(
        recipient="ana.ruiz@correo.example", status="", permanent=True, original_id="<case8.2@shop.example>"
    ),
    "bounce_of_bounce": Bounce(
        recipient="nobody@gone.example", status="5.4.4", permanent=True, original_id="<first-bounce@mx.shop.example>"
    ),
}


@pytest.mark.parametrize("name", BOUNCES)
def test_a_bounce_tells_who_why_and_which_mail(name: str) -> None:
    found = read(name)
    assert found.automatic is Automatic.BOUNCE
    assert found.bounce == BOUNCES[name]


def test_the_mail_that_came_back_is_kept_as_a_file() -> None:
    (file,) = read("postfix_dsn").attachments
    assert (file.filename, file.content_type) == ("Re_ Your kettle.eml", "message/rfc822")
    assert b"Hello Maya" in file.content


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("out_of_office", "It says that a machine sent it (Auto-Submitted: auto-generated)."),
        ("vacation_german", "It takes no answers (empty Return-Path)."),
        ("mailing_list", "It was sent in bulk or by a machine (Precedence: list)."),
        ("read_receipt", "It is a report that a mail program wrote."),
    ],
)
def test_an_automatic_mail_says_by_what_it_was_known(name: str, because: str) -> None:
    found = read(name)
    assert (found.automatic, found.automatic_because, found.bounce) == (Automatic.REPLY, because, None)


@pytest.mark.parametrize(
    "headers",
    [
        'Auto-Submitted: auto-replied; owner-email="x@y.example"',
        "Auto-Submitted: Auto-Notified (by a machine)",
        "X-Autoreply: yes",
        "X-Autorespond: 1",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "Precedence: bulk",
        "Precedence: junk",
        "Precedence: auto_reply",
        "List-Id: <deals.list.example>",
        "Return-Path: <>",
        "Return-Path: < >",
        "Subject: Automatic reply: your mail",
        "Subject: Out of Office",
        "Subject: Out of office - back on Monday",
        "Subject: Automatische Antwort: Ihre Mail",
        "Subject: =?utf-8?Q?R=C3=A9ponse_automatique_=3A_votre_message?=",
        "Subject: Autoreply",
    ],
)
def test_signs_of_a_machine(headers: str) -> None:
    assert parse(mail("Hello", headers=headers)).automatic is Automatic.REPLY


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: no",
        "X-Auto-Response-Suppress: None",
        "Precedence: first-class",
        "Return-Path: <jo@post.example>",
        "Subject: Re: Automatic reply: your mail",
        "Subject: Your automatic reply is an insult",
        "Subject: Out of office chairs again?",
        "Subject: Automatic replying machine broken",
        "Subject: Undeliverable promises",
        "Subject: Delivery failed for the third time",
        "Subject: Abwesend war ich nicht",
    ],
)
def test_near_misses_are_people(headers: str) -> None:
    assert parse(mail("Hello", headers=headers)).automatic is Automatic.NO


def report(*fields: str, kind: str = "delivery-status", text: str = "Sorry.") -> bytes:
    """Return a report with one group of fields about a receiver."""
    return (
        f"From: postmaster@mx.example\nDate: Mon, 3 Nov 2025 14:00:00 +0100\nContent-Type: multipart/report; report-type={kind}; boundary=b\n\n"
        f"--b\n\n{text}\n--b\nContent-Type: message/{kind}\n\nReporting-MTA: dns; mx.example\n\n"
        + "\n".join(fields)
        + "\n--b--\n"
    ).encode()


def test_a_receipt_for_a_delivered_mail_is_no_bounce() -> None:
    found = parse(report("Final-Recipient: rfc822; jo@post.example", "Action: delivered", "Status: 2.0.0"))
    assert (found.automatic, found.bounce) == (Automatic.REPLY, None)


def test_the_receiver_that_failed_is_named_not_the_one_that_was_reached() -> None:
    raw = report(
        "Final-Recipient: rfc822; good@post.example\nAction: relayed\nStatus: 2.0.0\n",
        "Final-Recipient: rfc822; bad@post.example\nAction: failed\nStatus: 5.7.1",
    )
    assert parse(raw).bounce == Bounce(recipient="bad@post.example", status="5.7.1", permanent=True)


def test_a_full_mailbox_for_now_is_not_permanent() -> None:
    raw = report("Final-Recipient: rfc822; jo@post.example", "Action: failed", "Status: 4.2.2")
    assert parse(raw).bounce == Bounce(recipient="jo@post.example", status="4.2.2", permanent=False)


def test_a_bounce_without_a_report_is_read_from_its_words() -> None:
    raw = (
        b"From: MAILER-DAEMON@old.example\nSubject: failure notice\nDate: Mon, 3 Nov 2025 14:00:00 +0100\n\n"
        b"Hi. This is the program at old.example.\n\n<jo@post.example>:\n192.0.2.1 does not like recipient.\n"
        b"Remote host said: 550 no mailbox\n\n--- Below this line is a copy of the message.\n\n"
        b"From: help@shop.example\nMessage-ID: <case1.1@shop.example>\n\nHello\n"
    )
    found = parse(raw)
    assert found.automatic is Automatic.BOUNCE
    assert found.bounce == Bounce(recipient="jo@post.example", permanent=True, original_id="<case1.1@shop.example>")


def test_a_warning_about_a_delay_is_not_permanent() -> None:
    raw = (
        b"From: Mail Delivery System <Mailer-Daemon@relay.example>\nSubject: Warning: message 1vFu delayed 24 hours\n"
        b"Date: Mon, 3 Nov 2025 14:00:00 +0100\n\nNo action is required on your part. jo@post.example\n"
    )
    found = parse(raw).bounce
    assert found == Bounce(recipient="jo@post.example", permanent=False)


def test_a_postmaster_may_write_himself() -> None:
    raw = b"From: postmaster@firm.example\nSubject: Your invoice\nDate: Mon, 3 Nov 2025 14:00:00 +0100\n\nIt is wrong."
    assert parse(raw).automatic is Automatic.REPLY
