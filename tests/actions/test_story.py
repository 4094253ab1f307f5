"""Maya's whole story, as the desk itself would read it, from a furious mail to an answered survey."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from amends.actions import handling, house
from amends.actions.clock import StoppedClock, now
from amends.actions.effects import do_effects
from amends.actions.guests import do_say_fixed
from amends.actions.incoming import do_receive
from amends.actions.links import guest as guest_with
from amends.actions.links import sign
from amends.actions.promises import do_confirm_promise, do_dismiss_promise, do_keep_promise
from amends.actions.replies import check_draft, do_reply, do_take_back
from amends.actions.sending import MAIL, do_send_mail
from amends.actions.surveys import do_answer_survey
from amends.actions.ticks import do_tick_due
from amends.method.gates import Refused
from amends.method.path import done, may_ask_for_more
from amends.method.words import CallResult, CustomerOutcome, Gate, ProblemOutcome, Remedy, Voice
from amends.store.models import Case, Message, Promise
from amends.testing import Cast, mail_from
from amends.transcript import Money
from tests.actions.doing import fresh, names, record, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_reader")]

FURIOUS = (
    "This is the THIRD time I am writing to you and I am absolutely furious!!! The lamp is broken and nobody answers "
    "your phone. I have been a customer for eight years and this is how you treat me. I want my 89 euros back."
)
TOO_FAST = "We can refund you 89 euros."
BETTER = (
    "Dear Maya, I can hear how angry you are, and you have every reason to be. You expected a lamp that works, and "
    "a broken one arrived. Have I got that right? What would make this right for you?"
)
HER_ANSWER = "Yes, that is right. I want my 89 euros back, that is all."
OFFER = (
    "Thank you for telling me, Maya. I would like to offer you a full refund of 89 euros. Is that all right with you?"
)
ACCEPTED = "Yes, that is fine with me."
PROMISES = (
    "You will have your refund by Friday 17:00. I will write to you by Friday 17:00 when it has left our bank, too."
)
NEWS = "I am sorry that it took until Monday, Maya. Your refund has left our bank this morning."
FIXED = "Yes, the money has arrived. Thank you!"

FRIDAY_FIVE = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)


def tick() -> None:
    """Do what the worker does when it looks."""
    do_tick_due(now())
    do_effects({MAIL: do_send_mail}, now=now)


def answer(cast: Cast, text: str) -> Case:
    """Let Maya answer the mail that arrived last, in her mail program."""
    ours = Message.objects.filter(direction=Message.OUT, status="sent").latest("at")
    received = do_receive(mail_from(cast.customer, text, thread=(ours.external_id,)), at=now())
    assert received.message is not None
    assert not received.new_case
    return fresh(received.message.case)


def send(cast: Cast, case: Case, text: str, clock: StoppedClock) -> None:
    """Let Jonas reply, and the count of ten pass."""
    do_reply(cast.owner, case.pk, text, at=now())
    clock.pass_time(by=timedelta(seconds=10))
    tick()


def test_from_a_furious_mail_to_an_answered_survey(cast: Cast, stopped_clock: StoppedClock) -> None:
    (house.data_folder() / "policy.toml").write_text('currency = "EUR"\n')
    case = she_writes(cast)
    an_offer_is_too_early(cast, case, stopped_clock)
    she_is_heard(cast, case, stopped_clock)
    they_agree(cast, case, stopped_clock)
    promises = two_promises_are_made(cast, case, stopped_clock)
    they_are_broken(cast, case, stopped_clock)
    and_kept_late(cast, case, stopped_clock, promises)
    she_confirms_and_is_called_back(cast, case, stopped_clock)
    she_is_asked_how_it_was(cast, case, stopped_clock)


def she_writes(cast: Cast) -> Case:
    opened = do_receive(mail_from(cast.customer, FURIOUS), at=now())
    assert opened.message is not None
    assert opened.new_case
    case = fresh(opened.message.case)
    seen = state(case)
    assert (case.upset, case.station, seen.loyalty_years) == (4, "acknowledge", 8.0)
    assert seen.problem is not None
    assert "lamp is broken" in seen.problem.span.of(opened.message.text)
    assert (seen.bids[0].remedy, seen.bids[0].amount) == (Remedy.REFUND, Money.of(89, "EUR"))
    assert seen.earlier_contact is not None
    record(cast.owner, case, handling.assign(cast.owner.id), at=now())
    return case


def an_offer_is_too_early(cast: Cast, case: Case, clock: StoppedClock) -> None:
    """Refuse a refund before anything else; a reason goes past, and shows. Then he thinks better of it."""
    clock.pass_time(by=timedelta(minutes=20))
    with pytest.raises(Refused) as refused:
        do_reply(cast.owner, case.pk, TOO_FAST, at=now())
    early = [Gate.ACKNOWLEDGE_FIRST, Gate.DIAGNOSE_BEFORE_PRESCRIBING]
    assert [refusal.gate for refusal in refused.value.refusals] == early
    overridden = do_reply(cast.owner, case.pk, TOO_FAST, at=now(), reasons=dict.fromkeys(early, "She is in a hurry."))
    assert state(case).overrides == 2
    do_take_back(cast.owner, case.pk, overridden.pk, at=now())


def she_is_heard(cast: Cast, case: Case, clock: StoppedClock) -> None:
    """Acknowledge, read back and ask in one reply: held, taken back after nine seconds, sent again."""
    assert check_draft(cast.owner, case.pk, BETTER, at=now()).outcome.refusals == ()
    held = do_reply(cast.owner, case.pk, BETTER, at=now(), seen=fresh(case).seq)
    clock.pass_time(by=timedelta(seconds=9))
    tick()
    assert do_take_back(cast.owner, case.pk, held.pk, at=now()) == BETTER
    send(cast, case, BETTER, clock)
    assert [m.subject for m in mail.outbox] == ["Re: My order"]
    assert (fresh(case).station, fresh(case).waiting_since) == ("diagnose", None)


def they_agree(cast: Cast, case: Case, clock: StoppedClock) -> None:
    clock.pass_time(by=timedelta(hours=1))
    answer(cast, HER_ANSWER)
    seen = state(case)
    assert seen.established
    assert (seen.upset, seen.bids[-1].amount, fresh(case).station) == (1, Money.of(89, "EUR"), "agree")
    send(cast, case, OFFER, clock)
    clock.pass_time(by=timedelta(hours=1))
    answer(cast, ACCEPTED)
    agreement = state(case).agreement
    assert agreement is not None
    assert agreement.answer is not None
    assert (agreement.answer.by, fresh(case).station) == (Voice.READER, "act")


def two_promises_are_made(cast: Cast, case: Case, clock: StoppedClock) -> list[Promise]:
    send(cast, case, PROMISES, clock)
    for stray in Promise.objects.filter(due=None):  # what the offer's own words promised is part of these two
        do_dismiss_promise(cast.owner, case.pk, stray.pk, at=now())
    proposed = list(Promise.objects.filter(status="proposed").order_by("start"))
    assert [(p.owner_id, p.due) for p in proposed] == [(cast.owner.id, FRIDAY_FIVE)] * 2
    for promise in proposed:
        do_confirm_promise(cast.owner, case.pk, promise.pk, at=now())
    assert len(state(case).offers) == 1  # the refund was not offered twice
    return proposed


def they_are_broken(cast: Cast, case: Case, clock: StoppedClock) -> None:
    """Ask for an update in the silence, warn before the promise is due, and call it broken when it is."""
    clock.pass_time(to=datetime(2026, 3, 3, 17, 0, tzinfo=UTC))
    tick()
    assert "update" in fresh(case).calls
    clock.pass_time(to=FRIDAY_FIVE - timedelta(hours=4))
    tick()
    assert set(Promise.objects.filter(status="open").values_list("warned", flat=True)) == {True}
    clock.pass_time(to=FRIDAY_FIVE)
    tick()
    assert "broken" in fresh(case).calls
    with pytest.raises(Refused):
        record(cast.owner, case, handling.resolve(), at=now())


def and_kept_late(cast: Cast, case: Case, clock: StoppedClock, promises: list[Promise]) -> None:
    clock.pass_time(to=datetime(2026, 3, 9, 10, 0, tzinfo=UTC))
    for promise in promises:
        do_keep_promise(cast.owner, case.pk, promise.pk, at=now())
    kept = Promise.objects.filter(pk__in=[p.pk for p in promises])
    assert set(kept.values_list("status", flat=True)) == {"late"}
    send(cast, case, NEWS, clock)
    assert state(case).updated is not None
    record(cast.owner, case, handling.resolve(), at=now())


def she_confirms_and_is_called_back(cast: Cast, case: Case, clock: StoppedClock) -> None:
    """Let her say on her own page that it is fixed; a day later it is time to call; nothing closes before that."""
    clock.pass_time(by=timedelta(hours=3))
    do_say_fixed(guest_with(sign(fresh(case))), fixed=True, words=FIXED, at=now())
    assert state(case).fixed is True
    assert fresh(case).station == "come_back"
    clock.pass_time(to=datetime(2026, 3, 10, 10, 1, tzinfo=UTC))
    tick()
    assert fresh(case).calls == "callback"
    with pytest.raises(Refused):
        record(cast.owner, case, handling.close(), at=now())
    record(cast.owner, case, handling.call_back(CallResult.REACHED, "Glad that somebody called."), at=now())
    record(cast.owner, case, handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.DELIGHTED), at=now())
    record(cast.owner, case, handling.close(), at=now())
    assert (fresh(case).status, fresh(case).calls) == ("closed", "thanks")


def she_is_asked_how_it_was(cast: Cast, case: Case, clock: StoppedClock) -> None:
    clock.pass_time(by=timedelta(hours=2, minutes=1))
    tick()
    clock.pass_time(by=timedelta(days=1))
    tick()
    assert [m.extra_headers.get("Auto-Submitted") for m in mail.outbox[-2:]] == ["auto-generated"] * 2
    do_answer_survey(
        guest_with(sign(fresh(case))),
        outcome=5,
        treatment=5,
        process=3,
        buy_again=True,
        recommend=True,
        words="It took a while.",
        at=now(),
    )
    record(cast.owner, case, handling.root_cause("Product fault"), at=now())
    end = state(case)
    assert end.survey is not None
    assert (end.survey.outcome, end.survey.process) == (5, 3)
    assert may_ask_for_more(end)
    assert done(end)
    assert len(mail.outbox) == 6  # everything went out once, and nobody is left waiting
    assert set(Message.objects.filter(direction=Message.OUT).values_list("status", flat=True)) == {"sent", "taken_back"}
    assert fresh(case).waiting_since is None
    assert "CaseReopened" not in names(case)


@pytest.mark.parametrize("text", ["Thank you so much!", "All good now, thanks.", "Thanks, that is perfect."])
def test_a_thank_you_after_the_farewell_does_not_reopen(cast: Cast, text: str) -> None:
    case = closed(cast)
    do_receive(mail_from(cast.customer, text, tokens=(case.token,)), at=now())
    assert (fresh(case).status, fresh(case).waiting_since) == ("closed", None)


@pytest.mark.parametrize(
    "text", ["It is still broken.", "No, the lamp broke again, and I am furious.", "Still not working!"]
)
def test_still_broken_after_the_farewell_opens_the_case_again(cast: Cast, text: str) -> None:
    case = closed(cast)
    do_receive(mail_from(cast.customer, text, tokens=(case.token,)), at=now())
    assert (fresh(case).status, fresh(case).waiting_since) == ("open", now())


def closed(cast: Cast) -> Case:
    message = do_receive(mail_from(cast.customer, "The lamp is broken."), at=now()).message
    assert message is not None
    steps = (
        handling.final_answer("The lamp is out of guarantee.", "The ombudsman."),
        handling.resolve(),
        handling.call_back(CallResult.REACHED),
        handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT),
        handling.close(),
    )
    for step in steps:
        record(cast.owner, message.case, step, at=now())
    return fresh(message.case)
