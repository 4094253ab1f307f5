"""Customers, orders and subscriptions by a program: in batches, once each, and bad ones by their place."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest

from amends.actions.clock import StoppedClock
from amends.actions.worths import WORTH
from amends.store.models import Customer, CustomerAddress, Effect, Order, Subscription
from amends.testing import Cast
from tests.api.program import Program, said

pytestmark = pytest.mark.django_db
MAYA = {"id": "17", "first_name": "Maya", "last_name": "Patel", "email": "maya@example.com", "time_zone": "Europe/Rome"}


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


@pytest.fixture
def shop(cast: Cast) -> Program:
    return Program.of(cast.lead)


def order(number: int, **told: Any) -> dict[str, Any]:
    return {"id": f"A-{number}", "customer": "17", "placed_at": "2026-02-02", "amount": "12.50"} | told


def sent(answer: Any) -> tuple[int, int, list[tuple[int, str]]]:
    assert answer.status_code == HTTPStatus.OK, answer.content
    told = said(answer)
    return told["new"], told["known"], [(one["index"], one["why"]) for one in told["problems"]]


def test_a_shop_hands_its_customers_on(shop: Program) -> None:
    assert sent(shop.post("/customers", customers=[MAYA])) == (1, 0, [])
    assert sent(shop.post("/customers", customers=[{"id": "17", "language": "it"}])) == (0, 1, [])
    maya = Customer.objects.get(external_id="17")
    assert (maya.name, maya.time_zone, maya.language) == ("Maya Patel", "Europe/Rome", "it")
    assert CustomerAddress.objects.get(customer=maya).value == "maya@example.com"


def test_orders_again_change_nothing_and_what_customers_are_worth_is_asked_for_once(shop: Program) -> None:
    shop.post("/customers", customers=[MAYA])
    batch = [order(1), order(2, amount=7.5, currency="USD", what="A pump"), order(3, amount="-2")]
    assert sent(shop.post("/orders", orders=batch)) == (3, 0, [])
    before = list(Order.objects.values())
    assert sent(shop.post("/orders", orders=batch)) == (0, 3, [])
    assert list(Order.objects.values()) == before
    assert Customer.objects.get(external_id="17").spent == Decimal("18.00")
    assert Effect.objects.get(kind=WORTH).key == "worth:2026-03-02"


def test_bad_ones_are_named_by_their_place_and_the_rest_is_kept(shop: Program) -> None:
    shop.post("/customers", customers=[MAYA])
    bad: list[tuple[Any, str]] = [
        ({}, "no order id"),
        ("A-1", "an object with fields"),
        (order(2, customer="99"), "nobody has the customer id '99'"),
        (order(3, placed_at="2999-01-01"), "in the future"),
        (order(4, amount="a lot"), "no amount of money"),
        (order(5, amount=True), "amount has to be a text or a number"),
        (order(6, what=["pump"]), "what has to be a text"),
        (order(7, price="5"), "there is no field 'price'"),
        (order(8, currency="euro"), "is not a currency"),
        (order(9, amount=None), "no amount"),
    ]
    new, known, problems = sent(shop.post("/orders", orders=[order(0), *(one for one, _why in bad), order(10)]))
    assert (new, known) == (2, 0)
    assert [index for index, _why in problems] == list(range(1, len(bad) + 1))
    for (_index, why), (_one, wanted) in zip(problems, bad, strict=True):
        assert wanted in why
    assert set(Order.objects.values_list("external_id", flat=True)) == {"A-0", "A-10"}


def test_subscriptions(shop: Program) -> None:
    plan = {"id": "S-1", "email": "new@example.com", "amount": "120", "started_on": "2025-06-01", "months": 12}
    told = [plan, plan | {"id": "S-2", "ended_on": "2025-05-01"}, plan | {"id": "S-3", "amount": -5}]
    new, _known, problems = sent(shop.post("/subscriptions", subscriptions=told))
    assert (new, [index for index, _why in problems]) == (1, [1, 2])
    assert "before it began" in problems[0][1]
    assert sent(shop.post("/subscriptions", subscriptions=[plan | {"ended_on": "2026-05-31"}])) == (0, 1, [])
    found = Subscription.objects.get()
    assert (found.external_id, found.months, found.ended_on) == ("S-1", 12, date(2026, 5, 31))


@pytest.mark.parametrize("number", [0, 1001])
def test_a_batch_has_a_size(shop: Program, number: int) -> None:
    answer = shop.post("/orders", orders=[order(n) for n in range(number)])
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Order.objects.exists()


@pytest.mark.parametrize("path", ["customers", "orders", "subscriptions"])
def test_who_is_no_lead_may_not_and_without_a_key_nobody_does(cast: Cast, path: str) -> None:
    for who in (cast.owner, cast.stranger):
        assert Program.of(who).post(f"/{path}", **{path: [MAYA]}).status_code == HTTPStatus.FORBIDDEN
    assert Program("").post(f"/{path}", **{path: [MAYA]}).status_code == HTTPStatus.UNAUTHORIZED
