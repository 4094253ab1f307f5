"""What would have been under another policy: which deadlines of a case would have been met, and which missed.

What people did stands as it is; only the clock is another one. So it tells what the same work would have come to, not
how people would have worked with other deadlines before their eyes.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Final

from msgspec import Struct

from amends.method.calendar import Calendar
from amends.method.clock import Deadline, Kind, deadlines
from amends.method.decide.tick import fact_of
from amends.method.evolve import evolve, standing
from amends.method.facts import (
    AcknowledgementOverdue,
    AnyFact,
    BidUnanswered,
    CallbackFellDue,
    CallbackOverdue,
    FollowUpFellDue,
    LegalClockPassed,
    LegalClockWarned,
    PromiseDueSoon,
    PromiseEscalated,
    SilenceLimitPassed,
    SurveyFellDue,
    ThanksFellDue,
    UpdateFellDue,
)
from amends.method.policy import Policy
from amends.method.state import State

MEASURED: Final = (Kind.ACKNOWLEDGE, Kind.SILENCE, Kind.CALLBACK_LATE, Kind.LEGAL)
"""What is looked at: what we owe by the policy. A promise has a time of its own, and a warning is owed to nobody."""

_PASSES: Final = frozenset({*MEASURED, Kind.BID})  # a bid that is waited for in vain gives the turn back to us

_BY_POLICY = (
    AcknowledgementOverdue,
    BidUnanswered,
    CallbackFellDue,
    CallbackOverdue,
    FollowUpFellDue,
    LegalClockPassed,
    LegalClockWarned,
    PromiseDueSoon,
    PromiseEscalated,
    SilenceLimitPassed,
    SurveyFellDue,
    ThanksFellDue,
    UpdateFellDue,
)
"""Facts that the clock made by the policy of that time; under another one it makes its own."""


class Verdict(Struct, frozen=True):
    """What became of a deadline. Met: what was owed came in time, or was not owed any more when the time was up."""

    kind: Kind
    subject: str  # of a legal term, its name
    due: datetime
    met: bool


def hindsight(facts: Iterable[AnyFact], policy: Policy, calendar: Calendar, *, until: datetime) -> list[Verdict]:
    """Return what became of every deadline of a case up to `until`, by its journal, under this policy.

    What is not due by then and still open has no verdict. What is owed again by the same time (a second silence of a
    day, a legal term of a case that was opened again) has one verdict, the last.
    """
    found: dict[tuple[Kind, str, datetime], bool] = {}
    state, waits = State(), set[tuple[Kind, str, datetime]]()
    for at, made in _moments(facts):
        state = _pass(state, at, policy, calendar, found)
        for fact in made:
            state = evolve(state, fact)
        now_waits = {_key(one) for one in _measured(state, policy, calendar)}
        for key in waits - now_waits:
            found.setdefault(key, True)
        for key in now_waits:
            if found.get(key):  # once met, and owed again
                del found[key]
        waits = now_waits
    _pass(state, until, policy, calendar, found)
    return [Verdict(*key, met=met) for key, met in sorted(found.items(), key=lambda item: (item[0][2], item[0][:2]))]


def _moments(facts: Iterable[AnyFact]) -> Iterator[tuple[datetime, Iterator[AnyFact]]]:
    """Yield what happened, moment by moment: a message and what was read in it happen at once."""
    happened = (fact for fact in standing(facts) if not isinstance(fact, _BY_POLICY))
    return groupby(happened, key=lambda fact: fact.at)


def _pass(
    state: State, until: datetime, policy: Policy, calendar: Calendar, found: dict[tuple[Kind, str, datetime], bool]
) -> State:
    """Return the state after the clock went on to `until`; what was due before that is missed."""
    while True:
        due = [one for one in deadlines(state, policy, calendar) if one.kind in _PASSES and one.at < until]
        if not due:
            return state
        first = min(due, key=lambda one: one.at)
        if first.kind in MEASURED:
            found[_key(first)] = False
        state = evolve(state, fact_of(first, first.at))


def _measured(state: State, policy: Policy, calendar: Calendar) -> Iterator[Deadline]:
    return (one for one in deadlines(state, policy, calendar) if one.kind in MEASURED)


def _key(one: Deadline) -> tuple[Kind, str, datetime]:
    return one.kind, one.subject, one.at
