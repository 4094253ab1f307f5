"""Reading and writing the journal. Only `amends.actions` may write: the import law holds it.

An append, the projections that follow from it and the effects that it asks for share one transaction.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias, TypeVar

import msgspec
from django.db import IntegrityError, connection, transaction

from amends.method.calendar import Calendar
from amends.method.evolve import evolve, fold
from amends.method.facts import AnyFact, Fact, FactTakenBack
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import Actor, Side
from amends.store.models import Case, JournalEntry, Tally
from amends.store.projection import heaps
from amends.store.rows import Projected, decode_state, sql_time, write_rows

CalendarOf: TypeAlias = Callable[[Case], Calendar]
"""The working calendar by which a case is handled."""

_facts = msgspec.json.Decoder(AnyFact)
_encode = msgspec.json.Encoder().encode
_Kind = TypeVar("_Kind", bound=Fact)


class Conflict(Exception):
    """Somebody else has changed the case in the meantime; nothing was written."""


class Entry(msgspec.Struct, frozen=True):
    """A fact with its place and its actor."""

    seq: int
    at: datetime
    by: Actor
    fact: AnyFact


def state_of(case: Case) -> State:
    """Return the case's state as it was stored with its row."""
    return decode_state(case)


def entries(case_id: int, *, after: int = 0) -> list[Entry]:
    """Return the journal of a case, in order, from behind the place `after` on."""
    found = JournalEntry.objects.filter(case_id=case_id, seq__gt=after).order_by("seq")
    rows = found.values_list("seq", "at", "side", "actor", "fact")
    return [Entry(seq, at, Actor(Side(side), actor), _facts.decode(bytes(fact))) for seq, at, side, actor, fact in rows]


def fact_at(case_id: int, seq: int) -> AnyFact | None:
    """Return the fact at this place of a case's journal, or None."""
    found = JournalEntry.objects.filter(case_id=case_id, seq=seq).values_list("fact", flat=True).first()
    return None if found is None else _facts.decode(bytes(found))


def newest_of(case_id: int, kind: type[_Kind]) -> _Kind | None:
    """Return the newest fact of this kind in a case's journal, or None."""
    rows = JournalEntry.objects.filter(case_id=case_id, kind=kind.__name__).order_by("-seq")
    found = rows.values_list("fact", flat=True).first()
    return None if found is None else msgspec.json.decode(bytes(found), type=kind)


def replay(case_id: int) -> State:
    """Return the state that the journal itself gives, whatever the rows say."""
    return fold(entry.fact for entry in entries(case_id))


def append(case: Case, facts: Sequence[AnyFact], *, by: Actor, policy: Policy, calendar: Calendar) -> State:
    """Write `facts` at the end of the case's journal, bring its projections up to date, and return the new state.

    `case` must have been read in the same transaction. Raises `Conflict` where its journal has grown since.
    """
    return append_all([(case, facts)], by=by, policy=policy, calendar_of=lambda _case: calendar)[0]


def append_all(
    changes: Sequence[tuple[Case, Sequence[AnyFact]]], *, by: Actor, policy: Policy, calendar_of: CalendarOf
) -> list[State]:
    """Do the same for many cases, each at most once and by its own calendar, with a handful of statements for all."""
    changed = [(case, facts) for case, facts in changes if facts]
    _insert(changed, by)
    projected = []
    for case, facts in changed:
        corrected = any(isinstance(fact, FactTakenBack) for fact in facts)
        state = replay(case.pk) if corrected else state_of(case)
        if not corrected:
            for fact in facts:
                state = evolve(state, fact)
        projected.append(Projected(case, state, facts[-1].at, calendar_of(case), anew=corrected))
    write_rows(projected, policy)
    return [state_of(case) for case, _facts in changes]


def rebuild(case: Case, *, policy: Policy, calendar: Calendar) -> State:
    """Throw the case's projections away and make them anew from its journal."""
    state = replay(case.pk)
    write_rows([Projected(case, state, case.changed_at, calendar, anew=True)], policy)
    return state


def recount() -> None:
    """Make all tallies anew from the case rows."""
    counts: dict[tuple[int, str], int] = {}
    rows = Case.objects.values("team_id", "status", "station", "upset", "waiting_since", "calls")
    for row in rows.iterator(chunk_size=2000):
        for heap in heaps(row):
            counts[row["team_id"], heap] = counts.get((row["team_id"], heap), 0) + 1
    with transaction.atomic():
        Tally.objects.all().delete()
        Tally.objects.bulk_create(Tally(team_id=t, heap=h, count=n) for (t, h), n in counts.items())


def _insert(changes: Sequence[tuple[Case, Sequence[AnyFact]]], by: Actor) -> None:
    rows = [
        (case.pk, seq, sql_time(fact.at), by.side.value, by.id, type(fact).__name__, 1, _encode(fact))
        for case, facts in changes
        for seq, fact in enumerate(facts, start=case.seq + 1)
    ]
    try:
        with connection.cursor() as cursor:  # no savepoint: a conflict ends the caller's whole transaction
            cursor.executemany(
                "INSERT INTO store_journalentry (case_id, seq, at, side, actor, kind, version, fact)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                rows,
            )
    except IntegrityError:
        raise Conflict from None
