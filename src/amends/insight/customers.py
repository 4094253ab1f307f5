"""Customers in a list, and one of them with everything that they bought and went through with us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from amends.insight.history import state_of
from amends.insight.search import customers_matching
from amends.insight.texts import Texts
from amends.method.state import Outcomes
from amends.store.models import Case, Customer, CustomerAddress, Order
from amends.transcript import Money, Span

ROWS: Final = 50
ORDERS: Final = 20
CASES: Final = 50


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer in a list, with the newest of their cases that the reader may see (None where there is none)."""

    id: int
    name: str
    address: str
    since: date | None
    years: float | None
    spent: Money
    orders: int
    cases: int
    open_cases: int
    last_case: int | None
    last_subject: str
    last_opened_at: datetime | None
    last_upset: int | None


@dataclass(frozen=True, slots=True)
class People:
    """A page of customers, and the case number below which the next page begins; None on the last."""

    rows: Sequence[CustomerRow]
    more: int | None


@dataclass(frozen=True, slots=True)
class Bought:
    """An order."""

    number: str
    what: str
    amount: Money
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class Orders:
    """A page of orders, newest first, and the id of its last one where older ones follow; None on the last."""

    rows: Sequence[Bought]
    more: int | None


@dataclass(frozen=True, slots=True)
class TheirCase:
    """A case of theirs."""

    number: int
    subject: str
    opened_at: datetime
    status: str
    peak: int
    outcomes: Outcomes | None


@dataclass(frozen=True, slots=True)
class Loyal:
    """Words in which they spoke of their loyalty, and the case that they stand in."""

    words: str
    at: datetime | None
    case: int


@dataclass(frozen=True, slots=True)
class History:
    """Their cases, newest first, at most the newest `CASES`; and what they said of their loyalty in them."""

    cases: Sequence[TheirCase]
    loyalty: Sequence[Loyal]


def latest(cases: QuerySet[Case], *, now: datetime, currency: str, before: int | None = None) -> People:
    """Return customers by their newest case among `cases`, the newest first, from below the case `before` on.

    Each customer comes once. Five queries, and none of them counts or skips.
    """
    newer = cases.filter(customer=OuterRef("customer"), pk__gt=OuterRef("pk"))
    found = cases.filter(~Exists(newer)).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    heads = list(found.values_list("pk", "customer_id")[: ROWS + 1])
    rows = _rows([customer for _case, customer in heads[:ROWS]], cases, now, currency)
    return People(rows, heads[ROWS - 1][0] if len(heads) > ROWS else None)


def matching(cases: QuerySet[Case], asked: str, *, now: datetime, currency: str) -> People:
    """Return customers with a case among `cases` whose name has these words or whose address begins so."""
    ids = customers_matching(asked)
    seen = set(cases.filter(customer_id__in=ids).values_list("customer_id", flat=True))
    return People(_rows([pk for pk in ids if pk in seen][:ROWS], cases, now, currency), None)


def orders_of(customer: Customer, *, before: int | None = None) -> Orders:
    """Return what they bought, a page at a time, from before the order with the id `before` on."""
    found = Order.objects.filter(customer=customer).order_by("-placed_at", "-pk")
    end = Order.objects.filter(customer=customer, pk=before).values_list("placed_at", "pk").first() if before else None
    if end is not None:
        found = found.filter(Q(placed_at__lt=end[0]) | Q(placed_at=end[0], pk__lt=end[1]))
    rows = list(found.values_list("pk", "external_id", "what", "amount", "currency", "placed_at")[: ORDERS + 1])
    shown = [Bought(number, what, Money(amount, coin), at) for _pk, number, what, amount, coin, at in rows[:ORDERS]]
    return Orders(shown, rows[ORDERS - 1][0] if len(rows) > ORDERS else None)


def history_of(customer: Customer, cases: QuerySet[Case]) -> History:
    """Return what they went through with us, as far as it is among `cases`. Three queries."""
    columns = ("subject", "opened_at", "status", "peak", "state")
    found = list(cases.filter(customer=customer).order_by("-opened_at", "-pk").only(*columns)[:CASES])
    states = [(case, state_of(case)) for case in found]
    said: list[tuple[Case, Span]] = [(case, state.loyalty.span) for case, state in states if state.loyalty is not None]
    texts = Texts()
    texts.fetch(span.source for _case, span in said)
    loyalty = []
    for case, span in said:
        source = texts.source(span.source)
        if words := texts.words(span):
            loyalty.append(Loyal(words, source.at if source is not None else None, case.pk))
    return History(
        [TheirCase(c.pk, c.subject, c.opened_at, c.status, c.peak, state.outcomes) for c, state in states], loyalty
    )


def _rows(ids: Sequence[int], cases: QuerySet[Case], now: datetime, currency: str) -> list[CustomerRow]:
    people = Customer.objects.in_bulk(ids)
    addresses = _addresses(ids)
    tallied = cases.filter(customer_id__in=ids).order_by().values("customer_id")
    tallied = tallied.annotate(all=Count("pk"), open=Count("pk", filter=Q(status="open")), last=Max("pk"))
    counts = {row["customer_id"]: row for row in tallied}
    last = cases.only("subject", "opened_at", "upset").in_bulk([row["last"] for row in counts.values()])
    found = []
    for pk in ids:
        customer, count = people[pk], counts.get(pk)
        case = last.get(count["last"]) if count else None
        found.append(
            CustomerRow(
                id=pk,
                name=customer.name,
                address=addresses.get(pk, ""),
                since=customer.customer_since,
                years=customer.tenure_years(now),
                spent=Money(Decimal(customer.spent), customer.currency or currency),
                orders=customer.orders_count,
                cases=count["all"] if count else 0,
                open_cases=count["open"] if count else 0,
                last_case=case.pk if case is not None else None,
                last_subject=case.subject if case is not None else "",
                last_opened_at=case.opened_at if case is not None else None,
                last_upset=case.upset if case is not None else None,
            )
        )
    return found


def _addresses(ids: Sequence[int]) -> Mapping[int, str]:
    """Return the first address of each."""
    rows = CustomerAddress.objects.filter(customer_id__in=ids).order_by("-pk")
    return dict(rows.values_list("customer_id", "value"))
