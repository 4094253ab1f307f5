"""Where every action appends: who should know of what happened, people and programs, is told in the same breath."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from amends.actions.clock import new_id
from amends.actions.notices import Happened, tell
from amends.actions.stock import settle_stock
from amends.actions.webhooks import queue_hooks
from amends.method.calendar import Calendar
from amends.method.facts import AnyFact, NoteWritten
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import CLOCK, Actor
from amends.store import journal
from amends.store.journal import CalendarOf
from amends.store.models import Case, Note


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
    short = {one.case.pk: found for one in happened if (found := settle_stock(one.before, one.after))}
    if not short:
        return states
    return [
        _note_shortage(case, short[case.pk], facts, policy, calendar_of) if case.pk in short and facts else state
        for (case, facts), state in zip(changes, states, strict=True)
    ]


def _note_shortage(
    case: Case, codes: Sequence[str], facts: Sequence[AnyFact], policy: Policy, calendar_of: CalendarOf
) -> State:
    """Leave a note that the customer said yes to something of which none is left: their yes stands."""
    words = _("They took our offer, and none is left of: %(items)s. Get one, or find something as good for them.")
    text, at = words % {"items": ", ".join(codes)}, facts[-1].at
    note = Note.objects.create(id=new_id(), case=case, kind="internal", text=text, at=at)
    written = [(case, [NoteWritten(at=at, note=note.id)])]
    return journal.append_all(written, by=CLOCK, policy=policy, calendar_of=calendar_of)[0]
