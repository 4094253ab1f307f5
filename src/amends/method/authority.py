"""What somebody has given and may still give: one sum for the gate, for the sheet and for programs."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from amends.method.moves import MakeOffer
from amends.method.policy import Policy
from amends.method.state import Offer, OfferStatus, State
from amends.method.words import Actor
from amends.transcript import Money

_NOTHING = Decimal(0)


class Spent(Struct, frozen=True):
    """What is given away, in the house's currency: by a new offer, in this case by anybody, this month by oneself.

    `foreign` is the sum in a currency for which no rate is known; None where there is none.
    """

    new: Decimal
    here: Decimal
    month: Decimal
    foreign: Money | None


class Room(Struct, frozen=True):
    """What one may still give without asking, in the house's currency: in this case, and this month; None: no limit."""

    here: Decimal | None
    month: Decimal | None

    @property
    def most(self) -> Decimal | None:
        """The smaller of the two; None where neither is limited."""
        known = [one for one in (self.here, self.month) if one is not None]
        return min(known) if known else None


def spent(state: State, by: Actor, policy: Policy, at: datetime, *, new: MakeOffer | None = None) -> Spent:
    """Return what is given away, with a `new` offer where there is one; what was offered and not taken counts nothing.

    An offer counts at the rate of the day on which it was made.
    """
    offers = [offer for offer in state.offers if _counts(offer, new)]
    costs = [(_cost(offer), offer.at, offer.giver == by.id) for offer in offers]
    wanted = None if new is None else new.cost or new.amount
    if wanted is not None:
        costs.append((wanted, at, True))
    known = [(policy.in_house(cost, on), mine) for cost, on, mine in costs if cost is not None]
    unknown = [cost for cost, on, _mine in costs if cost is not None and policy.in_house(cost, on) is None]
    return Spent(
        new=_NOTHING if wanted is None else wanted.amount,
        here=sum((worth for worth, _mine in known if worth is not None), _NOTHING),
        month=by.given + sum((worth for worth, mine in known if mine and worth is not None), _NOTHING),
        foreign=_same(unknown) if unknown else None,
    )


def approved(state: State, policy: Policy, at: datetime) -> Decimal:
    """Return the largest sum that somebody said yes to in this case; nothing where nobody did."""
    worth = [policy.in_house(a.cost, at) for a in state.approvals if a.granted]
    return max((one for one in worth if one is not None), default=_NOTHING)


def seen(state: State, cost: Money) -> bool:
    """Whether somebody said yes to this sum, in a currency for which no rate is known."""
    return any(a.granted and a.cost.currency == cost.currency and a.cost.amount >= cost.amount for a in state.approvals)


def room(state: State, by: Actor, policy: Policy, at: datetime) -> Room:
    """Return what one may still give beside what is offered already."""
    found, yes = spent(state, by, policy, at), approved(state, policy, at)
    limit, monthly = policy.authority.limit(by.rank), policy.authority.monthly(by.rank)
    if found.foreign is not None and not seen(state, found.foreign) and (limit, monthly) != (None, None):
        return Room(_NOTHING, None if monthly is None else _NOTHING)
    here = None if limit is None else max(_NOTHING, max(limit, yes) - found.here)
    month = None if monthly is None else max(_NOTHING, monthly - found.month, yes - found.here)
    return Room(here, month)


def _cost(offer: Offer) -> Money | None:
    return offer.cost or offer.amount


def _same(costs: list[Money]) -> Money:
    """Return the sum of those in the currency of the last one."""
    currency = costs[-1].currency
    return Money(sum((cost.amount for cost in costs if cost.currency == currency), _NOTHING), currency)


def _counts(offer: Offer, new: MakeOffer | None) -> bool:
    """Whether an earlier offer adds to a new one. One of the same remedy in a later message takes its place."""
    if offer.status is OfferStatus.ACCEPTED or new is None:
        return offer.status in (OfferStatus.ACCEPTED, OfferStatus.OPEN)
    replaced = offer.remedy is new.remedy and offer.words.span.source != new.words.span.source
    return offer.status is OfferStatus.OPEN and not replaced
