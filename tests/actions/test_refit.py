"""What customers are worth is learned from all orders, written beside them, and makes open cases hotter."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec
import numpy as np
import pytest

from amends.actions import clock, house
from amends.actions.clock import StoppedClock
from amends.actions.effects import do_effects
from amends.actions.incoming import do_receive
from amends.actions.refit import do_refit
from amends.actions.worths import WORTH, do_ask_for_refit, do_refit_soon
from amends.cli.worker import RECKONINGS
from amends.insight.worths import is_fresh, worth_of
from amends.method.policy import Policy
from amends.store.models import Case, Customer, Effect, Order, Subscription, WorthFit
from amends.testing import MONDAY, mail_from, make_customer

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


def buys(who: Customer, *bought: tuple[int, float], currency: str = "USD") -> None:
    """Let them buy so many days ago, for so much."""
    count = Order.objects.count()
    Order.objects.bulk_create(
        Order(
            customer=who,
            external_id=f"o{count + n}",
            placed_at=MONDAY - timedelta(days=days),
            amount=Decimal(str(amount)),
            currency=currency,
        )
        for n, (days, amount) in enumerate(bought)
    )


def subscribes(who: Customer, **told: object) -> None:
    Subscription.objects.create(
        **{
            "customer": who,
            "external_id": f"s{Subscription.objects.count()}",
            "amount": 120,
            "currency": "USD",
            "months": 12,
            "started_on": DAY - timedelta(days=65),
        }
        | told
    )


def fresh(who: Customer) -> Customer:
    return Customer.objects.get(pk=who.pk)


def test_nobody_at_all() -> None:
    row = do_refit(at=MONDAY)
    assert (row.customers, row.parameters["orders"]) == (0, 0)
    assert "A plain estimate" in row.rests_on


def test_a_few_are_estimated_plainly() -> None:
    maya, ben, once = make_customer("Maya Olsen"), make_customer("Ben Hill"), make_customer("Ada Once")
    buys(maya, (300, 40), (200, 40), (100, 40), (5, 40))
    buys(ben, (300, 40), (290, 40))
    buys(once, (30, 500))
    row = do_refit(at=MONDAY)
    worth = [fresh(one).worth for one in (maya, ben, once)]
    assert all(one is not None for one in worth)
    assert worth[0] > worth[1] > 0  # type: ignore[operator]  # none of them is None
    assert fresh(maya).alive == 1.0
    assert fresh(maya).worth_on == DAY
    assert "there are 3, and 2 of them did" in row.rests_on


def test_a_shop_is_fitted_and_what_was_learned_is_kept() -> None:
    dice = np.random.default_rng(3)
    for number in range(80):
        days = sorted({int(d) for d in dice.integers(1, 700, int(dice.integers(1, 9)))})
        buys(make_customer(f"Buyer{number} Hill"), *((day, 20 + float(dice.gamma(4, 10))) for day in days))
    row = do_refit(at=MONDAY)
    assert "BG/NBD" in row.rests_on
    assert row.parameters["bg_nbd"]["alpha"] > 0
    assert Customer.objects.filter(worth__gt=0, alive__lte=1, worth_on=DAY).count() == row.customers == 80


def test_who_only_returns_or_only_comes_once_is_not_made_up() -> None:
    back, once = make_customer("Rita Return"), make_customer("Ada Once")
    buys(back, (20, -40), (10, -5))
    buys(once, (30, 500))
    row = do_refit(at=MONDAY)
    assert row.customers == 0  # nobody ever came back, so nothing says how often people do
    assert fresh(back).worth is None
    assert fresh(once).worth is None


def test_an_order_of_tomorrow_counts_tomorrow() -> None:
    maya = make_customer("Maya Olsen")
    buys(maya, (100, 40), (50, 40), (-1, 4000))
    do_refit(at=MONDAY)
    today = fresh(maya).worth
    do_refit(at=MONDAY + timedelta(days=1))
    assert today is not None
    assert fresh(maya).worth > today  # type: ignore[operator]  # it was reckoned


def test_other_currencies_count_at_the_rate_of_their_day(monkeypatch: pytest.MonkeyPatch) -> None:
    maya, ben, chi = make_customer("Maya Olsen"), make_customer("Ben Hill"), make_customer("Chi Wen")
    for who, currency in ((maya, "USD"), (ben, "EUR"), (chi, "JPY")):
        buys(who, (300, 40), (200, 40), (100, 40), currency=currency)
    rates = {"EUR": [{"since": "2000-01-01", "rate": 2}]}
    law = msgspec.convert(msgspec.to_builtins(house.policy()) | {"rates": rates}, Policy, strict=False)
    monkeypatch.setattr(house, "policy", lambda: law)
    row = do_refit(at=MONDAY)
    assert float(fresh(ben).worth or 0) == pytest.approx(2 * float(fresh(maya).worth or 0), abs=0.02)
    assert fresh(chi).worth is None
    assert row.parameters["left_out"] == {"JPY": 3}
    assert "no rate for their day: 3 in JPY" in row.rests_on


def test_a_hundred_thousand_orders_of_one_customer() -> None:
    maya = make_customer("Maya Olsen")
    buys(maya, *((n % 900, 1.0) for n in range(100_000)))
    do_refit(at=MONDAY)
    assert 0 < float(fresh(maya).worth or 0) < 150_000  # some 111 a day, a margin of 30 %, for three years


def test_subscriptions_count_beside_purchases_and_keep_somebody_a_customer() -> None:
    maya, ben = make_customer("Maya Olsen"), make_customer("Ben Hill")
    buys(maya, (300, 40), (290, 40))
    do_refit(at=MONDAY)
    alone = fresh(maya)
    subscribes(maya)
    subscribes(ben, ended_on=DAY - timedelta(days=1))
    row = do_refit(at=MONDAY)
    assert fresh(maya).worth > alone.worth + 30  # type: ignore[operator]  # 120 a year, 30 % of it ours
    assert (alone.alive or 0) < 0.5
    assert fresh(maya).alive == 1.0
    assert fresh(ben).worth is None
    assert "of 1 terms of 12 months that ended, 0 were renewed" in row.rests_on
    sheet = worth_of(fresh(maya), DAY, "USD")
    (contract,) = sheet.contracts
    assert (contract.until - DAY).days == 300
    assert contract.chance == pytest.approx((0 + 10 / 3) / (1 + 10))


def test_a_figure_whose_ground_is_gone_is_taken_back() -> None:
    maya = make_customer("Maya Olsen")
    buys(maya, (300, 40), (100, 40))
    do_refit(at=MONDAY)
    assert is_fresh(fresh(maya), DAY)
    assert not is_fresh(fresh(maya), DAY + timedelta(days=9))
    Order.objects.all().delete()
    do_refit(at=MONDAY)
    assert (fresh(maya).worth, fresh(maya).alive, fresh(maya).worth_on) == (None, None, None)


def test_open_cases_grow_hotter_with_it() -> None:
    maya = make_customer("Maya Olsen")
    do_receive(mail_from(maya, "My kettle leaks!"), at=MONDAY)
    before = Case.objects.get().heat
    buys(maya, *((days, 900) for days in range(10, 700, 30)))
    do_refit(at=MONDAY)
    assert Case.objects.get().heat > before


def due(at: datetime) -> list[date]:
    return [one.not_before.date() for one in Effect.objects.filter(kind=WORTH, done_at=None, not_before__lte=at)]


def test_it_is_asked_for_once_a_week() -> None:
    do_ask_for_refit(MONDAY)
    assert not Effect.objects.exists()  # there is nothing to learn from
    buys(make_customer("Maya Olsen"), (300, 40), (100, 40))
    do_ask_for_refit(MONDAY)
    do_ask_for_refit(MONDAY)
    assert due(MONDAY) == [DAY]
    assert do_effects(RECKONINGS, now=clock.now, kinds=RECKONINGS) == 1
    assert WorthFit.objects.count() == 1
    do_ask_for_refit(MONDAY + timedelta(days=6))
    assert not due(MONDAY + timedelta(days=6))
    do_ask_for_refit(MONDAY + timedelta(days=7))
    assert due(MONDAY + timedelta(days=7)) == [DAY + timedelta(days=7)]


def test_what_comes_in_is_reckoned_a_while_later_and_once_a_day() -> None:
    for _batch in range(3):
        do_refit_soon(MONDAY)
    assert not due(MONDAY)
    assert due(MONDAY + timedelta(hours=1)) == [DAY]
    Effect.objects.update(attempts=1, done_at=MONDAY)
    do_refit_soon(MONDAY)
    assert due(MONDAY + timedelta(days=1)) == [DAY + timedelta(days=1)]
