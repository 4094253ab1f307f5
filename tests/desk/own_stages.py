"""A case at each stage of its way, for tests that look at the customer's page in all of them."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from amends.actions import clock
from amends.actions import handling as record
from amends.actions.access import access_case
from amends.actions.actors import Guest
from amends.actions.arrivals import File
from amends.actions.carry import carry_out
from amends.actions.clock import StoppedClock
from amends.actions.guests import do_say_fixed, do_write
from amends.actions.promises import do_keep_promise, do_make_promise, do_move_promise
from amends.actions.replies import do_log_spoken, do_reply, do_write_note
from amends.actions.surveys import do_answer_survey
from amends.method.moves import AskFix
from amends.method.words import CallResult, CustomerOutcome, Evidence, Gate, ProblemOutcome, Voice
from amends.store.models import Case
from amends.testing import Cast
from amends.transcript import Span
from tests.actions.doing import settle
from tests.desk.own import CALM, complain, let_go, state

READ_BACK = "I can hear how angry you are. So you got a machine with a broken pump. Is that right?"
OFFER = "I can hear how angry you are. We can offer you a refund of 40 euros."


def guest(case: Case) -> Guest:
    return Guest(case=case.pk, customer=case.customer_id)


def replied(cast: Cast, case: Case, hands: StoppedClock, text: str) -> None:
    do_reply(cast.owner, case.pk, text, at=clock.now(), reasons=dict.fromkeys(Gate, "It is what we can do."))
    hands.pass_time(by=timedelta(minutes=1))
    let_go()


def offered(cast: Cast, case: Case, hands: StoppedClock) -> str:
    """Make an offer, and return its id."""
    replied(cast, case, hands, OFFER)
    (offer,) = state(case).offers
    return offer.offer


def resolved(cast: Cast, case: Case, hands: StoppedClock) -> None:
    offer = offered(cast, case, hands)
    record.do_record(cast.owner, case.pk, record.answer_to_offer(offer, "Yes.", accepted=True), at=clock.now())
    settle(cast.owner, case, at=clock.now())
    record.do_record(cast.owner, case.pk, record.resolve(), at=clock.now())


def called(cast: Cast, case: Case, hands: StoppedClock) -> None:
    """Resolve, try to call, call, and write down how they are."""
    resolved(cast, case, hands)
    hands.pass_time(by=timedelta(days=1))
    for done in (
        record.call_back(CallResult.NOT_REACHED, "Nobody at home."),
        record.call_back(CallResult.REACHED, "All is well."),
        record.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT, "She laughed."),
    ):
        record.do_record(cast.owner, case.pk, done, at=clock.now())
        hands.pass_time(by=timedelta(minutes=5))


def closed(cast: Cast, case: Case, hands: StoppedClock) -> None:
    """Resolve, call back, close, and let the survey go out."""
    called(cast, case, hands)
    record.do_record(cast.owner, case.pk, record.close(), at=clock.now())
    let_go()
    hands.pass_time(by=timedelta(days=2))
    let_go()
    assert state(case).survey_open


def asked_while_open(cast: Cast, case: Case) -> None:
    """Ask whether it is fixed before the case is resolved, as a word to everybody of an incident does."""
    row = do_log_spoken(cast.owner, case.pk, f"{CALM} Is it fixed for you?", at=clock.now())
    words = Evidence(Span.whole(row.id, row.text), Voice.PERSON)
    with transaction.atomic():
        carry_out(access_case(cast.owner, case.pk, lock=True), [AskFix(words=words)], by=cast.owner, at=clock.now())


def _promised(cast: Cast, case: Case, hands: StoppedClock) -> None:
    do_log_spoken(cast.owner, case.pk, CALM, at=clock.now())
    now, who = clock.now(), cast.owner
    first, second, third = (
        do_make_promise(who, case.pk, what, due=now + timedelta(hours=hours), owner=who.id, at=now)
        for what, hours in (("We send a new pump", 5), ("We call the courier", 1), ("We check the others", 2))
    )
    do_keep_promise(who, case.pk, third, how="A mail to the store.", at=clock.now())
    hands.pass_time(by=timedelta(minutes=10))
    do_move_promise(who, case.pk, first, due=now + timedelta(hours=30), tell="A day later, sorry.", at=clock.now())
    hands.pass_time(by=timedelta(hours=2))
    let_go()
    do_keep_promise(who, case.pk, second, how="By phone.", at=clock.now())


def _surveyed(cast: Cast, case: Case, hands: StoppedClock) -> None:
    closed(cast, case, hands)
    do_answer_survey(
        guest(case),
        outcome=5,
        treatment=5,
        process=4,
        buy_again=True,
        recommend=None,
        words="It was good.",
        at=clock.now(),
    )


def _partly(cast: Cast, case: Case, hands: StoppedClock) -> None:
    resolved(cast, case, hands)
    do_say_fixed(guest(case), fixed=False, partly=True, words="The lid leaks.", at=clock.now())


def _final(cast: Cast, case: Case, hands: StoppedClock) -> None:
    record.do_record(cast.owner, case.pk, record.unwarranted("She dropped it."), at=clock.now())
    record.do_record(cast.owner, case.pk, record.final_answer("We cannot do more.", "The Ombudsman."), at=clock.now())


def _with_files(cast: Cast, case: Case, hands: StoppedClock) -> None:
    do_write_note(cast.owner, case.pk, "Careful with this one.", at=clock.now())
    do_write(guest(case), "Look:", files=(File("pump.png", "image/png", b"png", 3),), at=clock.now())
    do_reply(cast.owner, case.pk, CALM, at=clock.now())  # held: nobody has seen it yet


Stage = Callable[[Cast, Case, StoppedClock], object]

STAGES: dict[str, Stage] = {
    "new": lambda *_: None,
    "files and notes": _with_files,
    "read back": lambda cast, case, hands: replied(cast, case, hands, READ_BACK),
    "offered": offered,
    "promised": _promised,
    "resolved": resolved,
    "asked while open": lambda cast, case, _hands: asked_while_open(cast, case),
    "partly": _partly,
    "called": called,
    "closed": closed,
    "surveyed": _surveyed,
    "final answer": _final,
}


def at_stage(stage: str, cast: Cast, hands: StoppedClock) -> Case:
    """Return a case of the customer that stands there."""
    case = complain(cast.customer, subject=f"My machine, {stage}")
    STAGES[stage](cast, case, hands)
    return Case.objects.get(pk=case.pk)
