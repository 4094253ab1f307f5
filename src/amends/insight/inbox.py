"""The inbox: cases by heat, a page at a time, quick at a million of them.

One query a page: the order is an index's, the next page begins where the last one ended (never an offset), and
nothing is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import isfinite
from typing import Final

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from amends.insight.search import cases_matching
from amends.store.models import Case, CustomerAddress, Promise

ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list. `spent` is the customer's total in `currency` (empty: the house's own)."""

    number: int
    customer: str
    subject: str
    preview: str
    status: str
    station: str
    upset: int | None
    owner: str
    waiting_since: datetime | None
    due_at: datetime | None
    due_kind: str
    calls: str
    spent: Decimal
    currency: str
    heat: float
    owner_id: int | None
    opened_at: datetime
    team: str

    @property
    def called(self) -> frozenset[str]:
        """What the case calls its people for, such as `broken` or `silence`."""
        return frozenset(self.calls.split(",")) - {""}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the heat and the number of its last case."""

    heat: float
    number: int

    def __str__(self) -> str:
        return f"{self.heat!r},{self.number}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place that `str` wrote; None for anything else."""
        heat, _comma, number = text.partition(",")
        try:
            place = cls(float(heat), int(number))
        except ValueError:
            return None
        return place if isfinite(place.heat) and abs(place.number) < 2**63 else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows, and where the next one begins; None on the last."""

    rows: Sequence[Row]
    more: Place | None


def hottest(
    cases: QuerySet[Case],
    *,
    status: str,
    after: Place | None = None,
    owner: int | None = None,
    call: str = "",
    limit: int = ROWS,
) -> Listing:
    """Return the hottest of these cases with a status (open, resolved, closed), from `after` on.

    With `owner` only theirs; with `call` (`broken`, `silence` …) only those that call for that, whatever their status.
    """
    found = cases.exclude(calls="").filter(calls__contains=call) if call else cases.filter(status=status)
    if owner is not None:
        found = found.filter(owner_id=owner)
    if after is not None:
        found = found.filter(heat__lte=after.heat).exclude(heat=after.heat, pk__gte=after.number)
    return _listing(found.order_by("-heat", "-id"), limit)


def matching(cases: QuerySet[Case], asked: str, *, before: int | None = None, limit: int = ROWS) -> Listing:
    """Return the cases that match what was asked, newest first, from below the number `before` on."""
    picked = cases_matching(asked)
    found = cases.filter(picked) if picked is not None else cases.none()
    if before is not None:
        found = found.filter(pk__lt=before)
    return _listing(found.order_by("-id"), limit)


def rows_of(cases: QuerySet[Case]) -> list[Row]:
    """Return these cases as rows, in the order that the query gives."""
    return [
        Row(*line)
        for line in cases.values_list(
            "pk",
            _customer_name(),
            "subject",
            "preview",
            "status",
            "station",
            "upset",
            Coalesce("owner__name", Value("")),
            "waiting_since",
            _due(),
            "next_due_kind",
            "calls",
            "customer__spent",
            "customer__currency",
            "heat",
            "owner_id",
            "opened_at",
            "team__name",
        )
    ]


def _listing(found: QuerySet[Case], limit: int) -> Listing:
    rows = rows_of(found[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Listing(rows[:limit], None if last is None else Place(last.heat, last.number))


def _due() -> models.Case:
    """Return when the next thing is due; where a promise is about to be reminded of, when the promise itself is."""
    promised = Promise.objects.filter(case=OuterRef("pk"), status="open").order_by("due").values("due")[:1]
    return models.Case(models.When(next_due_kind="promise_soon", then=Subquery(promised)), default=F("next_due_at"))


def _customer_name() -> Coalesce:
    """Return what to call the customer: by name, else by an address."""
    address = CustomerAddress.objects.filter(customer=OuterRef("customer_id")).order_by("pk").values("value")[:1]
    return Coalesce(NullIf(F("customer__name"), Value("")), Subquery(address), Value(""))
