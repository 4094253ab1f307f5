"""What was done, as the customer reads it: newest first, from the journal, and nothing that was taken back."""

import pytest

from amends.actions import clock
from amends.actions import handling as record
from amends.actions.clock import StoppedClock
from amends.actions.promises import do_hand_over_promise
from amends.insight.customer_done import MOST, done_so_far
from amends.insight.history import newest
from amends.method.facts import CustomerUpdated
from amends.store.models import Case
from amends.testing import Cast
from tests.desk.own import state
from tests.desk.own_stages import at_stage, replied

pytestmark = pytest.mark.django_db


def events(case: Case) -> list[str]:
    return [one.event for one in done_so_far(case, {})]


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        ("new", ["opened"]),
        ("final answer", ["final", "opened"]),
        ("resolved", ["resolved", "agreed", "opened"]),
        ("partly", ["partly", "resolved", "agreed", "opened"]),
        ("called", ["fixed", "called", "missed", "resolved", "agreed", "opened"]),
        ("closed", ["thanked", "fixed", "called", "missed", "resolved", "agreed", "opened"]),
    ],
)
def test_each_stage_tells_what_happened(cast: Cast, stopped_clock: StoppedClock, stage: str, told: list[str]) -> None:
    case = at_stage(stage, cast, stopped_clock)
    assert [event for event in events(case) if event != "told"] == told


def test_promises_are_told_with_their_words_and_whether_they_were_in_time(
    cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = at_stage("promised", cast, stopped_clock)
    words = {p.promise: f"promise {n}" for n, p in enumerate(state(case).promises)}
    told = [(one.event, one.what) for one in done_so_far(case, words) if one.what]
    assert told == [("late", "promise 1"), ("moved", "promise 0"), ("kept", "promise 2")]


def test_what_is_only_ours_is_not_told(cast: Cast, stopped_clock: StoppedClock) -> None:
    case = at_stage("promised", cast, stopped_clock)
    before = events(case)
    (owed,) = state(case).owed
    do_hand_over_promise(cast.owner, case.pk, owed.promise, owner=cast.teammate.id, at=clock.now())
    record.do_record(cast.owner, case.pk, record.root_cause("Wrong or missing item"), at=clock.now())
    assert events(case) == before


def test_what_was_taken_back_is_not_told(cast: Cast, stopped_clock: StoppedClock) -> None:
    case = at_stage("new", cast, stopped_clock)
    replied(
        cast, case, stopped_clock, "I can hear how angry you are. We are still looking into it, there is no news yet."
    )
    told = [entry.seq for entry in newest(case.pk) if isinstance(entry.fact, CustomerUpdated)]
    assert events(case) == ["told"] * len(told) + ["opened"]
    for seq in told:
        record.do_record(cast.owner, case.pk, record.take_back_fact(seq), at=clock.now())
    assert events(case) == ["opened"]


def test_of_a_very_long_story_the_newest_is_told(cast: Cast, stopped_clock: StoppedClock) -> None:
    case = at_stage("resolved", cast, stopped_clock)
    for _ in range(MOST // 2 + 1):
        record.do_record(cast.owner, case.pk, record.reopen(), at=clock.now())
        record.do_record(cast.owner, case.pk, record.resolve(), at=clock.now())
    assert len(events(case)) == MOST
    assert events(case)[0] == "resolved"
