"""What a customer and the house went through: bad orders do not break it, and a great many are no burden."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from amends.actions import house
from amends.insight.leaving import leavings
from amends.insight.relation import Relation, relation
from amends.insight.theirs import ORDERS, theirs_of
from amends.store.models import Case, Customer, Order
from amends.testing import MONDAY, make_customer, make_team
from amends.worth.goodwill import goodwill

pytestmark = pytest.mark.django_db


def order(customer: Customer, days_ago: float, amount: str = "10") -> Order:
    return Order(
        customer=customer,
        external_id=f"{customer.pk}-{days_ago}",
        placed_at=MONDAY - timedelta(days=days_ago),
        amount=Decimal(amount),
        currency="USD",
        what="Cup",
    )


def of(customer: Customer) -> Relation:
    return relation(customer, theirs_of(customer, Case.objects.all()), but=0, now=MONDAY)


def test_returns_and_orders_of_the_future_are_no_purchases() -> None:
    maya = make_customer()
    Order.objects.bulk_create([order(maya, 10), order(maya, 5, "-10"), order(maya, -5)])
    found = of(maya)
    assert len(found.contacts) == 1
    assert found.quarters == (0, 0, 0, 0, 0, 0, 0, 1)


def test_somebody_with_thousands_of_orders(django_assert_max_num_queries: Any) -> None:
    maya = make_customer()
    Order.objects.bulk_create([order(maya, n / 10) for n in range(5000)])
    maya.orders_count = 5000
    with django_assert_max_num_queries(4):
        found = of(maya)
    assert sum(found.quarters) == 5000
    assert goodwill(found.contacts, weight=12, before=found.before).balance == 5000
    assert len(found.contacts) == ORDERS


def closed(number: int, days_ago: float, *, came_back: bool, first: float = 800) -> Case:
    at = MONDAY - timedelta(days=days_ago)
    last: datetime = at + timedelta(days=20) if came_back else at - timedelta(days=20)
    customer = Customer.objects.create(
        name=f"N{number}", created_at=at, first_order_at=MONDAY - timedelta(days=first), last_order_at=last
    )
    opened = at - timedelta(days=3)
    return Case(
        team=make_team(),
        customer=customer,
        token=f"t{number}",
        channel="email",
        opened_at=opened,
        changed_at=at,
        closed_at=at,
        status="closed",
        state=b'{"opened_at":"%s"}' % opened.isoformat().encode(),
    )


def test_the_houses_own_history_is_who_came_back_after_long_enough() -> None:
    Order.objects.bulk_create([order(make_customer(), 1)])
    rows = [closed(n, 400 - n, came_back=n % 4 != 0) for n in range(40)]
    rows += [closed(100 + n, 30 - n, came_back=False) for n in range(10)]  # too soon to tell
    Case.objects.bulk_create(rows)
    found = leavings(house.policy(), house.calendar(), now=MONDAY)
    assert (found.once.left, found.once.followed) == (10, 40)
    assert (found.again.left, found.again.followed) == (0, 0)
    assert 0.25 < found.once.chance < found.once.published
    Case.objects.all().delete()


@pytest.mark.parametrize("orders", [[], [200.0]])
def test_without_orders_since_nobody_is_said_to_have_left(orders: list[float]) -> None:
    Order.objects.bulk_create([order(make_customer(), ago) for ago in orders])
    Case.objects.bulk_create([closed(n, 150, came_back=False) for n in range(5)])
    assert leavings(house.policy(), house.calendar(), now=MONDAY).once.followed == 0
    Case.objects.all().delete()
