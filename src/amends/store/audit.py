"""Whether the rows are what the journal gives: for tests after every action, and for an operator who wants to know."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from amends.method.calendar import Calendar
from amends.method.policy import Policy
from amends.store.journal import CalendarOf, replay, state_of
from amends.store.models import Approval, Case, JournalEntry, Offer, Promise, Tally
from amends.store.projection import approval_rows, case_columns, heaps, offer_rows, promise_rows


def differences(*, policy: Policy, calendar_of: CalendarOf) -> Iterator[str]:
    """Yield a line for everything that stands otherwise in the rows than rebuilding them all would put it."""
    counted: dict[tuple[int, str], int] = {}
    for case in Case.objects.select_related("customer", "team").order_by("pk").iterator(chunk_size=500):
        yield from _of_case(case, policy, calendar_of(case))
        for heap in heaps(vars(case)):
            counted[case.team_id, heap] = counted.get((case.team_id, heap), 0) + 1
    tallies = {(t.team_id, t.heap): t.count for t in Tally.objects.exclude(count=0)}
    for team, heap in sorted(counted.keys() | tallies.keys()):
        stands, wanted = tallies.get((team, heap), 0), counted.get((team, heap), 0)
        if stands != wanted:
            yield f"team {team}: the tally of {heap!r} says {stands}, and there are {wanted}"


def _of_case(case: Case, policy: Policy, calendar: Calendar) -> Iterator[str]:
    places = list(JournalEntry.objects.filter(case=case).order_by("seq").values_list("seq", flat=True))
    if places != list(range(1, len(places) + 1)):
        yield f"case {case.pk}: the journal has a hole or a duplicate: {places}"
        return
    state = replay(case.pk)
    if state != state_of(case):
        yield f"case {case.pk}: the stored state is not what its journal gives"
    for name, wanted in case_columns(state, case, policy, calendar).items():
        stands = getattr(case, name)
        if stands != wanted:
            yield f"case {case.pk}: {name} is {stands!r}, and should be {wanted!r}"
    yield from _rows(f"case {case.pk}", list(Promise.objects.filter(case=case)), promise_rows(state, case))
    yield from _rows(f"case {case.pk}", list(Approval.objects.filter(case=case)), approval_rows(state, case))
    yield from _rows(f"case {case.pk}", list(Offer.objects.filter(case=case)), offer_rows(state, case, policy))


def _rows(where: str, stand: list[Any], wanted: list[Any]) -> Iterator[str]:
    have, want = ({row.pk: _values(row) for row in rows} for rows in (stand, wanted))
    for key in sorted(have.keys() | want.keys()):
        if have.get(key) != want.get(key):
            yield f"{where}: the row {key} is {have.get(key)}, and should be {want.get(key)}"


def _values(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in type(row)._meta.concrete_fields}  # noqa: SLF001 - Django's own name for it
