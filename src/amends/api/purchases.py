"""Customers, orders and subscriptions by a program, in batches: what cannot be used is named, the rest is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from amends.actions import clock, house, imports
from amends.actions.access import check_rank
from amends.actions.csvlines import (
    CUSTOMER_HEADERS,
    ORDER_HEADERS,
    SUBSCRIPTION_HEADERS,
    customer_line,
    order_line,
    subscription_line,
)
from amends.actions.imports import Imported
from amends.actions.texts import storable
from amends.actions.worths import do_refit_soon
from amends.api import given, shapes
from amends.api.auth import caller
from amends.formats import tables
from amends.method.words import Rank

router = Router(tags=["customers"])
_NO = {403: shapes.Problem, 422: shapes.Problem}
_FIELDS: Mapping[str, str] = {
    "first_name": "first",
    "last_name": "last",
    "time_zone": "zone",
    "placed_at": "placed",
    "started_on": "started",
    "renews_on": "renews",
    "ended_on": "ended",
}
"""Which column of a file a field is, where they are not called the same."""

Line = TypeVar("Line")
Cells = Mapping[str, str]


class LeftOut(Schema):
    """What could not be used."""

    index: int = Field(description="Its place in what was sent, from 0 on.")
    why: str


class Outcome(Schema):
    """What became of a batch."""

    new: int
    known: int
    problems: list[LeftOut]


@router.post("/customers", response={200: Outcome, **_NO})
def customers(request: HttpRequest, body: given.Customers) -> dict[str, object]:
    """Bring in customers, by their ids: new ones are made, known ones brought up to date."""
    make, do = customer_line, imports.do_import_customers
    return _bring_in(request, body.customers, CUSTOMER_HEADERS, make, lambda lines: do(lines, at=clock.now()))


@router.post("/orders", response={200: Outcome, **_NO})
def orders(request: HttpRequest, body: given.Orders) -> dict[str, object]:
    """Bring in orders, by their ids; an amount of less than nothing is a return."""
    make, do = order_line, imports.do_import_orders
    return _bring_in(request, body.orders, ORDER_HEADERS, make, lambda lines: do(lines, at=clock.now()))


@router.post("/subscriptions", response={200: Outcome, **_NO})
def subscriptions(request: HttpRequest, body: given.Subscriptions) -> dict[str, object]:
    """Bring in subscriptions, by their ids."""
    make, do = subscription_line, imports.do_import_subscriptions
    return _bring_in(request, body.subscriptions, SUBSCRIPTION_HEADERS, make, lambda lines: do(lines, at=clock.now()))


def _bring_in(
    request: HttpRequest,
    rows: Sequence[Any],
    columns: Mapping[str, object],
    make: Callable[[int, Cells, tables.House], Line],
    do: Callable[[list[Line]], Imported],
) -> dict[str, object]:
    """Bring in what `make` makes of these rows. For leads: it changes what stands beside cases of every team."""
    check_rank(caller(request), Rank.LEAD)
    at, policy = clock.now(), house.policy()
    settled = tables.House(currency=policy.currency, zone=policy.calendar.zone, now=at)
    lines: list[Line] = []
    problems: list[tables.Problem] = []
    for index, row in enumerate(rows):
        try:
            lines.append(make(index, _cells(row, columns), settled))
        except ValueError as wrong:
            problems.append(tables.Problem(index, str(wrong)))
    done = do(lines)
    do_refit_soon(at)
    problems = sorted([*problems, *done.problems], key=lambda problem: problem.line)
    return {
        "new": done.new,
        "known": done.known,
        "problems": [{"index": problem.line, "why": problem.why} for problem in problems],
    }


def _cells(row: object, columns: Mapping[str, object]) -> Cells:
    """Return an object of JSON as a line of a file has it. Raises `ValueError` for what is none."""
    if not isinstance(row, dict):
        raise ValueError("an object with fields is expected here")  # noqa: TRY004 - what callers look for
    found = {}
    for field, value in row.items():
        column = _FIELDS.get(field, field)
        if column not in columns or field in _FIELDS.values():
            raise ValueError(f"there is no field {field[:40]!r}")
        if isinstance(value, bool) or not isinstance(value, str | int | float | None):
            raise ValueError(f"{field} has to be a text or a number")  # noqa: TRY004 - as above
        found[column] = "" if value is None else storable(str(value)).strip()
    return found
