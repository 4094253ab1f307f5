"""Whatever arrives is kept, and goes where it belongs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError

from amends.actions import incoming as receiving
from amends.actions import mails
from amends.actions.clock import StoppedClock
from amends.actions.mails import MOST_AN_HOUR, Kept, Status
from amends.actions.readings import read_row
from amends.actions.replies import do_reply
from amends.actions.ticks import do_tick_due
from amends.channels.email.intake import take_in_mail, take_up_mail, with_envelope
from amends.reading import Reading
from amends.store import blobs
from amends.store.models import Case, Customer, Effect, Message, RawMail
from amends.testing import MONDAY, make_staff
from tests.channels.letters import ADDRESS, away, bounce, letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("business", "stopped_clock")]


def take(content: bytes, **envelope: str) -> Kept:
    return take_in_mail(
        content,
        source="smtp",
        sender=envelope.get("sender", "maya@example.org"),
        recipients=(envelope.get("to", ADDRESS),),
    )


def case_of(kept: Kept) -> Case:
    assert kept.received is not None
    assert kept.received.message is not None
    return kept.received.message.case


def answered(case: Case) -> Message:
    """Return a reply of ours in the case, gone out."""
    jonas = make_staff("Jonas Weber", case.team)
    row = do_reply(jonas, case.pk, "Dear Maya, I hear how angry you are, and I am sorry.", at=MONDAY, hold=False)
    do_tick_due(MONDAY + timedelta(minutes=1))
    Message.objects.filter(pk=row.pk).update(status="sent")
    return Message.objects.get(pk=row.pk)


def test_a_mail_opens_a_case_and_is_kept_byte_for_byte() -> None:
    content = letter()
    kept = take(content)
    assert kept.status is Status.TAKEN
    case = case_of(kept)
    assert (case.customer.name, case.subject, case.channel, case.upset) == ("Maya Olsen", "My kettle", "email", 3)
    assert blobs.fetch(kept.mail.sha256) == content
    assert kept.mail.envelope_from == "maya@example.org"
    assert kept.mail.messages.get() == case.messages.get()


def test_an_answer_finds_its_case_by_the_address_it_goes_to() -> None:
    case = case_of(take(letter()))
    reply = take(letter("Still leaking.", message_id="<2@example.org>"), to=f"help+{case.token}@kettle.example")
    assert case_of(reply) == case


def test_an_answer_finds_its_case_by_what_it_answers() -> None:
    case = case_of(take(letter()))
    reply = take(letter("Still.", message_id="<2@example.org>", References="<x@y.example> <1@example.org>"))
    assert case_of(reply) == case


def test_a_forged_token_opens_nothing() -> None:
    case = case_of(take(letter()))
    other = take(
        letter("Hello?", message_id="<2@example.org>", sender="eve@example.com"),
        to="help+0123456789abcdef@kettle.example",
    )
    assert case_of(other) != case


def test_another_customer_with_the_token_gets_a_case_of_their_own() -> None:
    take(letter("Where is my cup?", sender="eve@example.com", message_id="<e@example.com>"))
    case = case_of(take(letter()))
    other = take(
        letter("Give me the refund.", sender="eve@example.com", message_id="<e2@example.com>"),
        to=f"help+{case.token}@kettle.example",
    )
    assert case_of(other) != case
    assert "another customer" in " ".join(case_of(other).messages.get().problems)


def test_the_same_bytes_twice_are_one_mail() -> None:
    first, second = take(letter()), take(letter())
    assert (first.status, second.status) == (Status.TAKEN, Status.SAME)
    assert first.mail == second.mail
    assert (Case.objects.count(), Message.objects.count(), RawMail.objects.count()) == (1, 1, 1)


def test_the_same_mail_by_another_way_is_the_same_mail() -> None:
    take(letter())
    again = take(b"Received: from mx2.example.org\r\n" + letter())
    assert again.status is Status.SAME
    assert (Case.objects.count(), RawMail.objects.count()) == (1, 2)


def test_other_words_under_the_same_id_are_kept_as_well() -> None:
    take(letter())
    take(letter("And the lid is broken too."))
    assert Message.objects.count() == 2


def test_a_mail_without_an_id_is_known_by_its_bytes() -> None:
    nameless = letter(message_id="")
    assert take(nameless).status is Status.TAKEN
    assert take(nameless).status is Status.SAME
    assert Message.objects.get().external_id.startswith("sha256:")


def test_an_id_of_any_length_is_known_again() -> None:
    endless = letter(message_id=f"<{'x' * 600}@example.org>")
    take(endless)
    assert take(b"X-Way: other\r\n" + endless).status is Status.SAME


def test_an_out_of_office_that_answers_nothing_is_put_aside() -> None:
    kept = take(away())
    assert kept.status is Status.ASIDE
    assert not Case.objects.exists()
    assert blobs.fetch(kept.mail.sha256) == away()


def test_an_out_of_office_in_a_case_moves_nothing() -> None:
    case = case_of(take(letter()))
    ours = answered(case)
    before = Case.objects.get(pk=case.pk).station
    kept = take(away(in_reply_to=ours.external_id), sender="")
    assert case_of(kept) == case
    assert case.messages.get(external_id="<ooo@example.org>").automatic
    assert Case.objects.get(pk=case.pk).station == before


def test_an_empty_envelope_sender_is_a_machine() -> None:
    case = case_of(take(letter()))
    kept = take(letter("Your mail was filed.", message_id="<2@example.org>", in_reply_to="<1@example.org>"), sender="")
    assert case_of(kept) == case
    assert case.messages.get(external_id="<2@example.org>").automatic


def test_a_bounce_of_our_mail_reaches_its_case() -> None:
    case = case_of(take(letter()))
    ours = answered(case)
    assert take(bounce(ours.external_id), sender="").status is Status.TAKEN
    assert "bounced" in Case.objects.get(pk=case.pk).calls
    assert Message.objects.get(pk=ours.pk).status == "failed"


def test_a_bounce_of_a_bounce_is_put_aside() -> None:
    kept = take(bounce("<b0@mx.example.org>"), sender="")
    assert kept.status is Status.ASIDE
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "sender", [ADDRESS, "HELP@Kettle.example", "help+0123456789abcdef@kettle.example", f"Us <{ADDRESS}>"]
)
def test_our_own_mail_goes_round_only_once(sender: str) -> None:
    assert take(letter(sender=sender)).status is Status.OWN
    assert not Case.objects.exists()


def test_our_mail_that_comes_back_under_another_name_is_ours() -> None:
    ours = answered(case_of(take(letter())))
    kept = take(letter("Dear Maya, I hear how angry you are.", message_id=ours.external_id))
    assert kept.status is Status.OWN


def test_a_mailbox_of_ours_is_ours(business: Callable[[str], None]) -> None:
    business('[[mailboxes]]\nhost = "imap.example"\nuser = "box@kettle.example"\npassword_env = "P"\n')
    assert take(letter(sender="box@kettle.example")).status is Status.OWN


def test_a_contact_form_of_ours_speaks_for_the_customer() -> None:
    case = case_of(take(letter(sender="Our form <form@kettle.example>", Reply_To="Maya <maya@example.org>")))
    assert (case.customer.name, case.customer.addresses.get().value) == ("Maya", "maya@example.org")


def test_nobody_else_speaks_for_a_customer_by_an_address_to_answer_to() -> None:
    case = case_of(take(letter(sender="no-reply@evil.example", Reply_To="Maya <maya@example.org>")))
    assert case.customer.addresses.get().value == "no-reply@evil.example"


def test_an_ordinary_reply_address_changes_nothing_about_who_wrote() -> None:
    case = case_of(take(letter(Reply_To="Somebody <eve@example.com>")))
    assert case.customer.addresses.get().value == "maya@example.org"


def storm(count: int, first: int = 0) -> list[Status]:
    return [take(letter(f"Problem {n}.", message_id=f"<s{n}@example.org>")).status for n in range(first, first + count)]


def test_more_than_anybody_writes_is_held(stopped_clock: StoppedClock) -> None:
    assert set(storm(MOST_AN_HOUR)) == {Status.TAKEN}
    assert set(storm(3, MOST_AN_HOUR)) == {Status.HELD}
    assert Message.objects.count() == MOST_AN_HOUR
    assert take(letter(sender="kim@example.com", message_id="<k@example.com>")).status is Status.TAKEN
    stopped_clock.pass_time(by=timedelta(hours=1, seconds=1))
    assert storm(1, 100) == [Status.TAKEN]


def test_what_was_held_can_be_taken_in() -> None:
    storm(MOST_AN_HOUR)
    held = take(letter("And the last straw.", message_id="<last@example.org>"))
    assert take_up_mail(held.mail.pk).status is Status.TAKEN
    assert Message.objects.filter(text="And the last straw.").exists()
    assert take_up_mail(held.mail.pk).received is None, "a second time changes nothing"


def test_a_storm_in_somebody_elses_case_is_held() -> None:
    case = case_of(take(letter()))
    machine = [
        take(
            letter(f"Ticket {n} opened.", sender="robot@example.net", message_id=f"<r{n}@example.net>"),
            to=f"help+{case.token}@kettle.example",
        ).status
        for n in range(MOST_AN_HOUR + 2)
    ]
    assert machine.count(Status.HELD) == 2


def test_a_storm_of_out_of_offices_sets_nothing_off() -> None:
    case = case_of(take(letter()))
    ours = answered(case)
    before, effects = Case.objects.get(pk=case.pk), Effect.objects.count()
    statuses = [
        take(away(f"<o{n}@example.org>", in_reply_to=ours.external_id), sender="").status
        for n in range(MOST_AN_HOUR + 5)
    ]
    assert statuses.count(Status.HELD) == 6
    assert Effect.objects.count() == effects
    after = Case.objects.get(pk=case.pk)
    assert (after.station, after.status, after.waiting_since) == (before.station, before.status, before.waiting_since)


def stumble(monkeypatch: pytest.MonkeyPatch, *, over: str) -> None:
    """Let the reader stumble over messages that hold this word."""

    def stumbling(row: Message, previous: Message | None) -> Reading:
        if over in row.text:
            raise ZeroDivisionError(over)
        return read_row(row, previous)

    monkeypatch.setattr(receiving, "read_row", stumbling)


def test_a_mail_that_cannot_be_read_still_opens_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    stumble(monkeypatch, over="leaks")
    kept = take(letter())
    assert kept.status is Status.FAILED
    assert "ZeroDivisionError" in kept.mail.error
    message = case_of(kept).messages.get()
    assert blobs.fetch(message.attachments.get().sha256) == letter()
    assert message.problems
    assert Customer.objects.get().addresses.get().value == "maya@example.org"


def test_a_mail_that_fails_in_every_way_is_kept_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        stumble(broken, over="")
        kept = take(letter())
    assert (kept.status, kept.received, Case.objects.count()) == (Status.FAILED, None, 0)
    assert take_up_mail(kept.mail.pk).status is Status.TAKEN
    assert Message.objects.get().text.startswith("My new kettle")


def test_without_a_database_nothing_is_pretended(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(mails, "do_receive", gone)
    with pytest.raises(OperationalError, match="away"):
        take(letter())
    assert not RawMail.objects.exists()


def test_words_without_a_header_are_words() -> None:
    kept = take(b"Hello, my kettle leaks.\r\n\r\nMaya\r\n")
    assert case_of(kept).messages.get().text == "Hello, my kettle leaks.\n\nMaya"


def test_the_envelope_is_written_on_top() -> None:
    assert with_envelope(b"A: b\r\n", "a@b\r\nX: y", ("c@d", "e@f")) == (
        b"Return-Path: <a@bX:y>\r\nDelivered-To: c@d\r\nDelivered-To: e@f\r\nA: b\r\n"
    )
    assert with_envelope(b"A: b\r\n", "a@b", ()) == b"A: b\r\n"
    assert with_envelope(b"From x Mon\nA: b\r\n", "", ("c@d",)) == b"Return-Path: <>\r\nDelivered-To: c@d\r\nA: b\r\n"
