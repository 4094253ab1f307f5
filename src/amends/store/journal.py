"""Reading and writing the journal. Only `amends.actions` may write: the import law holds it.

An append, the projections that follow from it and the effects that it asks for share one transaction.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from amends.method.calendar import Calendar
from amends.method.evolve import evolve, fold
from amends.method.facts import AnyFact, FactTakenBack
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import Actor, Side
from amends.store.models import Approval, Case, JournalEntry, Promise, Tally
from amends.store.projection import approval_rows, case_columns, heaps, promise_rows

_facts = msgspec.json.Decoder(AnyFact)
_states = msgspec.json.Decoder(State)
_encode = msgspec.json.Encoder().encode


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
    return _states.decode(bytes(case.state)) if case.state else State()


def entries(case_id: int) -> list[Entry]:
    """Return the journal of a case, in order."""
    rows = (
        JournalEntry.objects.filter(case_id=case_id).order_by("seq").values_list("seq", "at", "side", "actor", "fact")
    )
    return [Entry(seq, at, Actor(Side(side), actor), _facts.decode(bytes(fact))) for seq, at, side, actor, fact in rows]


def replay(case_id: int) -> State:
    """Return the state that the journal itself gives, whatever the rows say."""
    return fold(entry.fact for entry in entries(case_id))


def append(case: Case, facts: Sequence[AnyFact], *, by: Actor, policy: Policy, calendar: Calendar) -> State:
    """Write `facts` at the end of the case's journal, bring its projections up to date, and return the new state.

    `case` must have been read in the same transaction. Raises `Conflict` where its journal has grown since.
    """
    state = state_of(case)
    if not facts:
        return state
    _insert(case, facts, by)
    corrected = any(isinstance(fact, FactTakenBack) for fact in facts)
    if corrected:
        state = replay(case.pk)
    else:
        for fact in facts:
            state = evolve(state, fact)
    _project(case, state, facts[-1].at, policy, calendar, anew=corrected)
    return state


def rebuild(case: Case, *, policy: Policy, calendar: Calendar) -> State:
    """Throw the case's projections away and make them anew from its journal."""
    state = replay(case.pk)
    _project(case, state, case.changed_at, policy, calendar, anew=True)
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


def _insert(case: Case, facts: Sequence[AnyFact], by: Actor) -> None:
    rows = [
        JournalEntry(
            case_id=case.pk,
            seq=seq,
            at=fact.at,
            side=by.side.value,
            actor=by.id,
            kind=type(fact).__name__,
            fact=_encode(fact),
        )
        for seq, fact in enumerate(facts, start=case.seq + 1)
    ]
    try:
        with transaction.atomic():
            JournalEntry.objects.bulk_create(rows)
    except IntegrityError:
        raise Conflict from None


def _project(case: Case, state: State, at: datetime, policy: Policy, calendar: Calendar, *, anew: bool) -> None:
    """Bring the rows up to date; `anew` where some of them may have nothing in the journal any more."""
    before = heaps(vars(case)) if case.seq else set()
    columns = case_columns(state, case, policy, calendar)
    was = state_of(case)
    for name, value in columns.items():
        setattr(case, name, value)
    case.state = _encode(state)
    case.changed_at = at
    Case.objects.filter(pk=case.pk).update(state=case.state, changed_at=at, **columns)
    if anew:
        Promise.objects.filter(case=case).delete()
        Approval.objects.filter(case=case).delete()
    if anew or was.promises != state.promises:
        _put_promises(promise_rows(state, case))
    if anew or was.approvals != state.approvals:
        _put_approvals(approval_rows(state, case))
    _move(case.team_id, before, heaps(columns))


def _put_promises(rows: list[Promise]) -> None:
    Promise.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["owner", "status", "made_at", "due", "kept_at", "warned"],
    )


def _put_approvals(rows: list[Approval]) -> None:
    Approval.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=["granted"])


def _move(team_id: int, before: set[str], after: set[str]) -> None:
    """Count a case out of the heaps that it left and into those that it joined."""
    for heap in sorted(before ^ after):
        step = 1 if heap in after else -1
        if not Tally.objects.filter(team_id=team_id, heap=heap).update(count=F("count") + step):
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO store_tally (team_id, heap, count) VALUES (%s, %s, %s)"
                    " ON CONFLICT (team_id, heap) DO UPDATE SET count = store_tally.count + excluded.count",
                    [team_id, heap, step],
                )
