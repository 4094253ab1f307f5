"""What everybody bought and subscribed to, as the models of worth want it: in the house's currency."""

from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache

import numpy as np
from django.db.models import FloatField, TextField
from django.db.models.functions import Cast, Left

from amends.method.policy import Policy
from amends.store.models import Order, Subscription
from amends.transcript import Money
from amends.worth.histories import Purchases
from amends.worth.subscriptions import Contracts

_PIECE = 20_000
_NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bought:
    """All orders, customers by their ids in the database; `left_out` counts those in currencies without a rate."""

    purchases: Purchases
    left_out: Mapping[str, int]


def all_purchases(policy: Policy, said: Callable[[float], object] = lambda _share: None) -> Bought:
    """Return every order, each worth what it was on its day, read in pieces; `said` is told how far it is, to 1.

    The database writes days and amounts in the plainest way: a moment and a decimal for each order take three times as
    long to read.
    """
    customers, days, amounts = array("q"), array("q"), array("d")
    left_out: Counter[str] = Counter()
    rate = _rates(policy)
    most = max(1, Order.objects.count())
    in_utc = Left(Cast("placed_at", TextField()), len("2026-03-09"))  # as both databases are asked for moments
    rows = Order.objects.order_by().annotate(on=in_utc, plain=Cast("amount", FloatField()))
    found = rows.values_list("customer_id", "on", "plain", "currency").iterator(chunk_size=_PIECE)
    for count, (customer, on, amount, currency) in enumerate(found, start=1):
        if count % _PIECE == 0:
            said(min(1.0, count / most))
        day = _ordinal(on)
        worth = 1.0 if currency == policy.currency else rate(currency, day)
        if worth is None:
            left_out[currency] += 1
            continue
        customers.append(customer)
        days.append(day)
        amounts.append(amount * worth)
    purchases = Purchases(
        np.frombuffer(customers, np.int64), np.frombuffer(days, np.int64), np.frombuffer(amounts, np.float64)
    )
    return Bought(purchases, dict(left_out))


def contracts(policy: Policy, day: date, customer: int | None = None) -> tuple[Contracts, Mapping[str, int]]:
    """Return every subscription at the rates of this day, or those of one customer; and what has no rate, counted."""
    rate, left_out = _rates(policy), Counter[str]()
    rows = Subscription.objects.order_by("pk")
    if customer is not None:
        rows = rows.filter(customer=customer)
    found = []
    columns = ("customer_id", "amount", "currency", "months", "started_on", "renews_on", "ended_on")
    for who, amount, currency, months, *dates in rows.values_list(*columns).iterator(chunk_size=_PIECE):
        worth = rate(currency, day.toordinal())
        if worth is None:
            left_out[currency] += 1
            continue
        started, renews, ended = (one.toordinal() if one is not None else None for one in dates)
        found.append((who, float(amount) * worth, max(1, months), started or 1, renews, ended))
    return Contracts.of(found), dict(left_out)


@cache
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _rates(policy: Policy) -> Callable[[str, int], float | None]:
    """Return what asks the policy once for each currency and day."""

    @cache
    def rate(currency: str, day: int) -> float | None:
        at = datetime.combine(date.fromordinal(day), _NOON)
        found = policy.in_house(Money(Decimal(1), currency), at)
        return None if found is None else float(found)

    return rate
