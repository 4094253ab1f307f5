"""The negotiation sheet: how what we could give lies to what they ask, and what to think of first."""

from datetime import date
from decimal import Decimal

import pytest

from amends.method.evolve import fold
from amends.method.facts import BidMade, OfferMade, PurchaseNamed
from amends.method.negotiation import (
    Caution,
    Distance,
    Given,
    Item,
    Side,
    by_nearness,
    course,
    weigh_item,
)
from amends.method.policy import Rate
from amends.method.state import State
from amends.method.words import Actor, Rank, Remedy
from tests.method.given import ADA, DEFAULT, JONAS, NOW, house, later, money, said
from tests.method.stories import basis, bid, opened

ASKS_80 = fold([*opened(), basis(), bid(80)])
NO_BID = fold([*opened(), basis()])


def refund(amount: float | str, currency: str = "USD", **more: object) -> Item:
    return Item(remedy=Remedy.REFUND, code="refund", words="We refund.", amount=money(amount, currency), **more)  # type: ignore[arg-type]  # fields of Item


def paid(price: float) -> State:
    return fold([*opened(), basis(), bid(80), PurchaseNamed(at=NOW, purchase="A-1", price=money(price))])


@pytest.mark.parametrize(
    ("amount", "distance", "apart"),
    [(80, Distance.SAME, 0), (60, Distance.LESS, 20), (95, Distance.MORE, 15)],
)
def test_money_lies_below_at_or_above_what_they_ask(amount: int, distance: Distance, apart: int) -> None:
    weighed = weigh_item(ASKS_80, refund(amount), at=NOW, by=JONAS, policy=DEFAULT)
    assert (weighed.distance, weighed.apart) == (distance, Decimal(apart))


def test_another_currency_is_weighed_at_the_rate_of_the_day_and_without_one_is_something_else() -> None:
    rated = house(rates={"EUR": [Rate(since=date(2026, 1, 1), rate=Decimal("1.25"))]})
    weighed = weigh_item(ASKS_80, refund(60, "EUR"), at=NOW, by=JONAS, policy=rated)
    assert (weighed.distance, weighed.apart, weighed.cost) == (Distance.LESS, Decimal(5), Decimal(75))
    unknown = weigh_item(ASKS_80, refund(60, "EUR"), at=NOW, by=JONAS, policy=DEFAULT)
    assert (unknown.distance, unknown.apart, unknown.cost) == (Distance.OTHER, None, None)


def test_just_what_they_ask_for_is_that_without_a_rate_too() -> None:
    asked = fold([*opened(), basis(), BidMade(at=NOW, remedy=Remedy.REFUND, words=said("m1"), amount=money(80, "EUR"))])
    weighed = weigh_item(asked, refund(80, "EUR"), at=NOW, by=JONAS, policy=DEFAULT)
    assert (weighed.distance, weighed.apart, weighed.cost) == (Distance.SAME, Decimal(0), None)


def test_before_their_bid_is_known_nothing_is_near_or_far() -> None:
    assert weigh_item(NO_BID, refund(60), at=NOW, by=JONAS, policy=DEFAULT).distance is Distance.UNKNOWN


def test_a_gift_is_something_else_than_money() -> None:
    gift = Item(remedy=Remedy.GIFT, code="gift", words="A gift.", cost=money(10))
    weighed = weigh_item(ASKS_80, gift, at=NOW, by=JONAS, policy=DEFAULT)
    assert (weighed.distance, weighed.cost, weighed.cautions) == (Distance.OTHER, Decimal(10), ())


@pytest.mark.parametrize(
    ("state", "item", "by", "cautions"),
    [
        (ASKS_80, refund(80), JONAS, []),
        (ASKS_80, refund(81), JONAS, [Caution.MORE_THAN_ASKED]),
        (paid(80), refund(80), JONAS, []),
        (paid(60), refund(80), JONAS, [Caution.ABOVE_PRICE]),
        (paid(60), refund(90), JONAS, [Caution.MORE_THAN_ASKED, Caution.ABOVE_PRICE]),
        (paid(60), refund("90.01"), JONAS, [Caution.MORE_THAN_ASKED, Caution.ABOVE_CAP]),
        (paid(0), refund(80), JONAS, [Caution.ABOVE_CAP]),
        (ASKS_80, refund(80, cost=money(201)), JONAS, [Caution.ABOVE_AUTHORITY]),
        (ASKS_80, refund(80, cost=money(201)), ADA, []),
        (ASKS_80, refund(80, rank=Rank.LEAD), JONAS, [Caution.NOT_YOURS]),
        (ASKS_80, refund(80, rank=Rank.LEAD), ADA, []),
        (ASKS_80, refund(80, left=0), JONAS, [Caution.OUT_OF_STOCK]),
        (ASKS_80, refund(80, left=1), JONAS, []),
    ],
)
def test_what_to_think_of_first(state: State, item: Item, by: Actor, cautions: list[Caution]) -> None:
    assert list(weigh_item(state, item, at=NOW, by=by, policy=DEFAULT).cautions) == cautions


def test_what_they_were_given_before_is_known_with_its_day_and_an_other_item_is_not_it() -> None:
    before = [Given(Remedy.REFUND, "refund", later(days=-9)), Given(Remedy.REFUND, "part-refund", later(days=-1))]
    weighed = weigh_item(ASKS_80, refund(80), before=before, at=NOW, by=JONAS, policy=DEFAULT)
    assert (weighed.cautions, weighed.given_at) == ((Caution.GIVEN_BEFORE,), later(days=-9))


def test_what_they_ask_for_comes_first_then_what_is_a_little_less() -> None:
    gift = Item(remedy=Remedy.GIFT, code="gift", words="A gift.", cost=money(10))
    found = [refund(95), gift, refund(20), refund(60), refund(80)]
    near = sorted((weigh_item(ASKS_80, one, at=NOW, by=JONAS, policy=DEFAULT) for one in found), key=by_nearness)
    assert [one.item.amount and int(one.item.amount.amount) for one in near] == [80, 60, 20, 95, None]


def test_a_bid_after_an_offer_is_a_counter_offer() -> None:
    asked = BidMade(at=later(hours=1), remedy=Remedy.REFUND, words=said("m1"), amount=money(80))
    gave = OfferMade(at=later(hours=2), offer="o", remedy=Remedy.REFUND, words=said("r1"), amount=money(40))
    again = BidMade(at=later(hours=3), remedy=Remedy.REFUND, words=said("m2"), amount=money(60))
    steps = course(fold([*opened(), asked, gave, again]), DEFAULT)
    assert [(one.side, one.worth) for one in steps] == [
        (Side.BID, Decimal(80)),
        (Side.OFFER, Decimal(40)),
        (Side.COUNTER, Decimal(60)),
    ]
