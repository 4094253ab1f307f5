"""Bringing the rows of many cases up to date at once, in a handful of plain statements.

Ticking a hundred thousand cases is the same work as handling one, so there is one way for both.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from amends.method.calendar import Calendar
from amends.method.policy import Policy
from amends.method.state import State
from amends.store.models import Approval, Case, Offer, Promise
from amends.store.projection import approval_rows, case_columns, heaps, offer_rows, promise_rows

_states = msgspec.json.Decoder(State)
_encode = msgspec.json.Encoder().encode


class Projected(msgspec.Struct, frozen=True):
    """A case (as it was read), its new state, and the calendar it is handled by.

    `anew` where some rows may have nothing in the journal any more.
    """

    case: Case
    state: State
    at: datetime
    calendar: Calendar
    anew: bool


def decode_state(case: Case) -> State:
    """Return the state that is stored with the row; decoded once for as long as the row holds the same bytes."""
    known = vars(case).get("_decoded")
    if known is None or known[0] is not case.state:
        known = (case.state, _states.decode(bytes(case.state)) if case.state else State())
        vars(case)["_decoded"] = known
    state: State = known[1]
    return state


def sql_time(at: datetime | None) -> str | datetime | None:
    """Return a time as this database takes it in plain SQL."""
    return connection.ops.adapt_datetimefield_value(at)


def write_rows(changes: Sequence[Projected], policy: Policy) -> None:
    """Write what follows from the new states, and put it on the given cases too."""
    moves: Counter[tuple[int, str]] = Counter()
    promises: list[Promise] = []
    approvals: list[Approval] = []
    offers: list[Offer] = []
    columns: dict[str, object] = {}
    updates: list[list[Any]] = []
    for change in changes:
        case, state = change.case, change.state
        was = decode_state(case)
        before = heaps(vars(case)) if case.seq else set()
        columns = case_columns(state, case, policy, change.calendar) | {
            "state": _encode(state),
            "changed_at": change.at,
        }
        for name, value in columns.items():
            setattr(case, name, value)
        vars(case)["_decoded"] = (case.state, state)
        updates.append([*(sql_time(v) if isinstance(v, datetime) else v for v in columns.values()), case.pk])
        if change.anew or was.promises != state.promises:
            promises.extend(promise_rows(state, case))
        if change.anew or was.approvals != state.approvals:
            approvals.extend(approval_rows(state, case))
        if change.anew or was.offers != state.offers:
            offers.extend(offer_rows(state, case, policy))
        after = heaps(vars(case))
        moves.update({(case.team_id, heap): (1 if heap in after else -1) for heap in before ^ after})
    anew = [change.case.pk for change in changes if change.anew]
    if anew:
        Promise.objects.filter(case__in=anew).delete()
        Approval.objects.filter(case__in=anew).delete()
        Offer.objects.filter(case__in=anew).delete()
    _update_cases(list(columns), updates)
    _put(promises, approvals, offers)
    _count(moves)


def _update_cases(names: list[str], updates: list[list[Any]]) -> None:
    if not updates:
        return
    assigned = ", ".join(f"{name} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE store_case SET {assigned} WHERE id = %s", updates)  # noqa: S608 - names of columns


_PROMISED = "owner status source start end made_at due kept_at warned moved escalated asked".split()
"""What may change of a promise's row: said again in other words, a proposal points at these."""


def _put(promises: list[Promise], approvals: list[Approval], offers: list[Offer]) -> None:
    if promises:
        Promise.objects.bulk_create(
            promises,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=_PROMISED,
        )
    if approvals:
        Approval.objects.bulk_create(approvals, update_conflicts=True, unique_fields=["id"], update_fields=["granted"])
    if offers:
        Offer.objects.bulk_create(
            offers, update_conflicts=True, unique_fields=["id"], update_fields=["status", "answered_at"]
        )


def _count(moves: Counter[tuple[int, str]]) -> None:
    """Count cases out of the heaps that they left and into those that they joined; always in the same order.

    The order holds for one write, and a transaction may have several: two that met half-way would wait for each other
    for ever. So on PostgreSQL a transaction has its teams to itself from its first count on; SQLite has one writer.
    """
    rows = [(team, heap, step) for (team, heap), step in sorted(moves.items()) if step]
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            teams = sorted({team for team, _heap, _step in rows})
            cursor.execute("SELECT id FROM store_team WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [teams])
        cursor.executemany(
            "INSERT INTO store_tally (team_id, heap, count) VALUES (%s, %s, %s)"
            " ON CONFLICT (team_id, heap) DO UPDATE SET count = store_tally.count + excluded.count",
            rows,
        )
