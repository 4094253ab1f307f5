"""The negotiation sheet: what we could give, weighed against what they ask for; and how both sides moved so far."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from amends.method.gates import above_bid, refusals
from amends.method.moves import MakeOffer
from amends.method.policy import Policy
from amends.method.state import Bid, State
from amends.method.words import Actor, Evidence, Gate, Rank, Remedy
from amends.transcript import Money, Span


class Item(Struct, frozen=True, kw_only=True):
    """A remedy that we could offer. `words` is the sentence that offers it; empty where its amount is not known yet.

    `amount` is what that sentence names, `cost` what it costs us. `left` is how many there are (None: as many as it
    takes). An option of the customer's own has no `code`.
    """

    remedy: Remedy
    code: str = ""
    words: str = ""
    amount: Money | None = None
    cost: Money | None = None
    rank: Rank = Rank.HANDLER
    left: int | None = None


class Given(Struct, frozen=True):
    """What the same customer was given before, in another case."""

    remedy: Remedy
    item: str
    at: datetime


class Distance(StrEnum):
    """How a remedy lies to what they ask for."""

    LESS = "less"
    SAME = "same"
    MORE = "more"
    OTHER = "other"
    UNKNOWN = "unknown"


class Caution(StrEnum):
    """What to think of before one offers it."""

    MORE_THAN_ASKED = "more_than_asked"
    ABOVE_CAP = "above_cap"
    ABOVE_PRICE = "above_price"
    ABOVE_AUTHORITY = "above_authority"
    NOT_YOURS = "not_yours"
    GIVEN_BEFORE = "given_before"
    OUT_OF_STOCK = "out_of_stock"


class Weighed(Struct, frozen=True):
    """A remedy beside their bid. `apart` is how far, in the house's currency (None: no amounts, or no rate).

    `given_at` is when this customer last had it, `cost` what it costs us in the house's currency.
    """

    item: Item
    distance: Distance
    apart: Decimal | None
    cost: Decimal | None
    cautions: tuple[Caution, ...]
    given_at: datetime | None = None


class Side(StrEnum):
    """Whose step it was, and what: what they asked first, what we offered, what they asked after that."""

    BID = "bid"
    OFFER = "offer"
    COUNTER = "counter"


class Step(Struct, frozen=True):
    """One step of the negotiation; `worth` is its amount in the house's currency (None: no amount, or no rate)."""

    side: Side
    remedy: Remedy
    amount: Money | None
    worth: Decimal | None
    at: datetime
    words: Evidence


def weigh_item(
    state: State, item: Item, *, before: Sequence[Given] = (), at: datetime, by: Actor, policy: Policy
) -> Weighed:
    """Return how `item` lies to the newest bid, and what speaks for a second thought. Decides nothing.

    The gates have the last word; what they would say of the sum is asked of them, so that nothing is known twice.
    """
    worth = _in_house(item.amount, at, policy)
    distance, apart = _distance(item, worth, state.bids[-1] if state.bids else None, at, policy)
    given = [one.at for one in before if (one.item == item.code if item.code else one.remedy is item.remedy)]
    cautions = _cautions(state, item, worth, at, by, policy)
    return Weighed(
        item=item,
        distance=distance,
        apart=apart,
        cost=_in_house(item.cost or item.amount, at, policy),
        cautions=(*cautions, *([Caution.GIVEN_BEFORE] if given else [])),
        given_at=max(given, default=None),
    )


_NEAR = (Distance.SAME, Distance.LESS, Distance.MORE, Distance.OTHER, Distance.UNKNOWN)


def by_nearness(weighed: Weighed) -> tuple[int, Decimal, int]:
    """Return what sorts remedies for somebody who looks for the next offer.

    What they ask for comes first, then what is less, the nearest before the farther; what costs less before more.
    """
    return _NEAR.index(weighed.distance), weighed.apart or weighed.cost or Decimal(0), len(weighed.cautions)


def course(state: State, policy: Policy) -> tuple[Step, ...]:
    """Return the bids and offers in the order in which they were made; a bid after an offer is a counter-offer."""
    first = min((offer.at for offer in state.offers), default=None)
    bids = [
        Step(
            Side.COUNTER if first is not None and bid.at > first else Side.BID,
            bid.remedy,
            bid.amount,
            _in_house(bid.amount, bid.at, policy),
            bid.at,
            bid.words,
        )
        for bid in state.bids
    ]
    offers = [
        Step(Side.OFFER, o.remedy, o.amount, _in_house(o.amount, o.at, policy), o.at, o.words) for o in state.offers
    ]
    return tuple(sorted([*bids, *offers], key=lambda step: step.at))


def _distance(
    item: Item, worth: Decimal | None, bid: Bid | None, at: datetime, policy: Policy
) -> tuple[Distance, Decimal | None]:
    if bid is None:
        return Distance.UNKNOWN, None
    asked = _in_house(bid.amount, at, policy)
    if item.amount is not None and bid.amount is not None and item.amount == bid.amount:  # whatever that is worth
        return Distance.SAME, Decimal(0)
    if worth is None or asked is None:
        return (Distance.SAME if bid.remedy is item.remedy and bid.amount is None else Distance.OTHER), None
    apart = worth - asked
    return (Distance.MORE if apart > 0 else Distance.LESS if apart < 0 else Distance.SAME), abs(apart)


def _cautions(
    state: State, item: Item, worth: Decimal | None, at: datetime, by: Actor, policy: Policy
) -> Iterator[Caution]:
    if above_bid(state, item.remedy, item.amount, lambda money: policy.in_house(money, at)):
        yield Caution.MORE_THAN_ASKED
    paid = _in_house(state.price, at, policy)
    if paid is not None and worth is not None and worth > paid:
        above = worth > paid * Decimal(str(policy.figures.compensation_cap.value))
        yield Caution.ABOVE_CAP if above else Caution.ABOVE_PRICE
    if not may_give(by.rank, item.rank):
        yield Caution.NOT_YOURS
    if any(no.gate is Gate.AUTHORITY for no in refusals(state, _as_offer(item), at=at, by=by, policy=policy)):
        yield Caution.ABOVE_AUTHORITY
    if item.left == 0:
        yield Caution.OUT_OF_STOCK


def may_give(mine: Rank | None, wanted: Rank) -> bool:
    """Return whether somebody of the rank `mine` may give what `wanted` and those above it give."""
    order = list(Rank)
    return mine is not None and order.index(mine) >= order.index(wanted)


def _as_offer(item: Item) -> MakeOffer:
    words = Evidence(Span("draft", 0, max(1, len(item.words))))
    return MakeOffer(offer="draft", remedy=item.remedy, words=words, amount=item.amount, cost=item.cost, item=item.code)


def _in_house(money: Money | None, at: datetime, policy: Policy) -> Decimal | None:
    return None if money is None else policy.in_house(money, at)
