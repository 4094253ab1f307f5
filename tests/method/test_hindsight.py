"""What would have been under another policy: the same journal, another clock."""

from datetime import UTC, datetime, timedelta

from amends.method.calendar import ALWAYS
from amends.method.clock import Kind
from amends.method.facts import (
    AcknowledgementOverdue,
    AnyFact,
    BidInvited,
    CaseResolved,
    FactTakenBack,
    FixDenied,
    LegalClockPassed,
    SilenceLimitPassed,
)
from amends.method.hindsight import hindsight
from amends.method.policy import LegalClock, Policy, Term
from tests.method.given import DEFAULT, OFFICE, given, house, later, said
from tests.method.stories import answered, called, named, opened, outcomes, resolved, upset, wrote

END = later(days=400)
QUICK = house(acknowledge=Term(10, "minutes"), silence=Term(1, "hours"))
FINAL = LegalClock(title="Final", within=Term(5, "days"), met_by="answer", warn=Term(1, "days"))
LAW = house(legal={"final": FINAL})


def seen(*parts: AnyFact | list[AnyFact], policy: Policy = DEFAULT, until: datetime = END) -> dict[str, list[bool]]:
    """Return what became of each kind of deadline, in order."""
    found: dict[str, list[bool]] = {}
    for one in hindsight(given(*parts).facts, policy, OFFICE, until=until):
        found.setdefault(one.subject or one.kind.value, []).append(one.met)
    return found


def test_a_quick_word_is_in_time_and_a_quicker_policy_would_have_it_late() -> None:
    story = [*opened(), answered(at=later(minutes=30))]
    assert seen(story, until=later(hours=1)) == {"acknowledge": [True]}
    assert seen(story, policy=QUICK, until=later(hours=1)) == {"acknowledge": [False], "silence": [True]}


def test_at_the_very_moment_is_in_time() -> None:
    assert seen(opened(), answered(at=later(hours=1)), until=later(hours=2))["acknowledge"] == [True]
    late = answered(at=later(hours=1) + timedelta(microseconds=1))
    assert seen(opened(), late, until=later(hours=2))["acknowledge"] == [False]


def test_what_is_not_due_yet_has_no_verdict() -> None:
    assert seen(opened(), until=later(minutes=5)) == {}
    assert seen(opened(), until=later(hours=2)) == {"acknowledge": [False]}


def test_what_the_clock_said_by_the_old_policy_counts_for_nothing() -> None:
    overdue: list[AnyFact] = [AcknowledgementOverdue(at=later(minutes=20)), SilenceLimitPassed(at=later(minutes=21))]
    story = [*opened(), *overdue, LegalClockPassed(at=later(minutes=22), clock="final"), answered(at=later(minutes=30))]
    assert seen(story, policy=LAW, until=later(hours=1)) == {"acknowledge": [True]}


def test_every_silence_is_looked_at_by_itself() -> None:
    story = [*opened(), answered(at=later(days=1)), answered("r2", at=later(days=7)), answered("r3", at=later(days=8))]
    assert seen(story, until=later(days=8))["silence"] == [True, False, True]


def test_two_silences_of_a_day_that_end_by_the_same_time_are_one() -> None:
    story = [*opened(), answered(at=later(hours=1)), answered("r2", at=later(hours=2))]
    assert seen(story, until=later(days=1)) == {"acknowledge": [True]}
    assert seen(story, until=later(days=5)) == {"acknowledge": [True], "silence": [False]}


def test_to_write_again_gives_us_no_more_time() -> None:
    story = [*opened(), wrote(at=later(minutes=50)), upset(3, "m2", at=later(minutes=50)), answered(at=later(hours=2))]
    assert seen(story, named(at=later(hours=2)), until=later(hours=3))["acknowledge"] == [False]


def test_a_bid_that_is_waited_for_in_vain_gives_the_turn_back_by_the_policy_that_is_asked() -> None:
    story = [*opened(), answered(at=later(hours=1)), BidInvited(at=later(hours=1), words=said("r1"))]
    patient = house(bid_wait=Term(30, "days"))
    assert seen(story, until=later(days=20))["silence"] == [True, False]
    assert seen(story, policy=patient, until=later(days=20)) == {"silence": [True]} | {"acknowledge": [True]}


def test_a_call_back_in_time_and_a_late_one() -> None:
    in_time = [*resolved(), called(at=later(days=1)), outcomes(at=later(days=1))]
    late = [*resolved(), called(at=later(days=5)), outcomes(at=later(days=5))]
    assert seen(in_time)["callback_late"] == [True]
    assert seen(late)["callback_late"] == [False]
    assert seen(late, policy=house(callback_closes=Term(7, "days")))["callback_late"] == [True]


def test_a_legal_term_is_judged_once_by_how_it_ended() -> None:
    fixed = [*opened(), answered(at=later(days=1)), CaseResolved(at=later(days=1))]
    again = [*fixed, FixDenied(at=later(days=2))]
    assert seen(fixed, policy=LAW)["final"] == [True]
    assert seen(again, policy=LAW)["final"] == [False]
    assert seen(again, policy=LAW, until=later(days=3)).get("final") is None
    assert "final" not in seen(fixed)


def test_what_was_taken_back_did_not_happen() -> None:
    story = given(opened(), answered(at=later(minutes=30))).facts
    back = FactTakenBack(at=later(minutes=40), seq=len(story))
    assert seen(*story, back, until=later(hours=2)) == {"acknowledge": [False]}


def test_another_calendar_gives_other_deadlines() -> None:
    saturday = datetime(2026, 3, 7, 10, tzinfo=UTC)
    story = given(opened(at=saturday), answered(at=saturday + timedelta(hours=5))).facts
    monday = datetime(2026, 3, 9, 9, tzinfo=UTC)
    office = hindsight(story, DEFAULT, OFFICE, until=monday)
    always = hindsight(story, DEFAULT, ALWAYS, until=monday)
    assert [one.met for one in office if one.kind is Kind.ACKNOWLEDGE] == [True]
    assert [one.met for one in always if one.kind is Kind.ACKNOWLEDGE] == [False]


def test_nothing_becomes_of_no_case() -> None:
    assert hindsight([], DEFAULT, OFFICE, until=END) == []
