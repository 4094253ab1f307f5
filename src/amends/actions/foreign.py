"""What customers spent who paid in several currencies, in the house's own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from amends.actions import house
from amends.store.models import Order
from amends.transcript import Money


def spent_in_house(customers: Iterable[int]) -> dict[int, Decimal]:
    """Return what those of these customers spent who paid in several currencies, each order at the rate of its day.

    Who has an order without a known rate is left out: half a sum would look like a whole one.
    """
    policy, sums = house.policy(), defaultdict[int, Decimal](Decimal)
    unknown: set[int] = set()
    for customer, currency, placed_at, amount in _orders(customers):
        value = policy.in_house(Money(amount, currency), placed_at)
        if value is None:
            unknown.add(customer)
        else:
            sums[customer] += value
    return {pk: Money(sum_, policy.currency).rounded.amount for pk, sum_ in sums.items() if pk not in unknown}


def with_foreign_orders() -> Iterator[int]:
    """Yield every customer with an order in another currency than the house's."""
    found = Order.objects.exclude(currency=house.policy().currency).order_by().values_list("customer_id", flat=True)
    return found.distinct().iterator()


def _orders(customers: Iterable[int]) -> Iterator[tuple[int, str, datetime, Decimal]]:
    several = (
        Order.objects.filter(customer__in=list(customers))
        .order_by()
        .values("customer")
        .annotate(count=Count("currency", distinct=True))
        .filter(count__gt=1)
        .values("customer")
    )
    rows = Order.objects.filter(customer__in=several).values_list("customer_id", "currency", "placed_at", "amount")
    return rows.iterator()
