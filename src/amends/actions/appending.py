"""Where every action appends: who should know of what happened, people and programs, is told in the same breath."""

from collections.abc import Sequence

from amends.actions.notices import Happened, tell
from amends.actions.webhooks import queue_hooks
from amends.method.calendar import Calendar
from amends.method.facts import AnyFact
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import Actor
from amends.store import journal
from amends.store.journal import CalendarOf
from amends.store.models import Case


def append(case: Case, facts: Sequence[AnyFact], *, by: Actor, policy: Policy, calendar: Calendar) -> State:
    """Write `facts` at the end of a case's journal (see `amends.store.journal.append`), and tell who should know."""
    return append_all([(case, facts)], by=by, policy=policy, calendar_of=lambda _case: calendar)[0]


def append_all(
    changes: Sequence[tuple[Case, Sequence[AnyFact]]], *, by: Actor, policy: Policy, calendar_of: CalendarOf
) -> list[State]:
    """Do the same for many cases, each at most once."""
    before = [(case.seq, journal.state_of(case)) for case, _facts in changes]
    states = journal.append_all(changes, by=by, policy=policy, calendar_of=calendar_of)
    happened = [
        Happened(case, seq, was, now, facts)
        for (case, facts), (seq, was), now in zip(changes, before, states, strict=True)
        if facts
    ]
    tell(happened, by=by, policy=policy)
    queue_hooks([(one.case.pk, one.seq, one.facts) for one in happened])
    return states
