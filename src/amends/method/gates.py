"""The gates: each refuses a move, says why in one sentence, and says what would pass it.

They stand here and nowhere else, so that no page, program, bulk action or macro gets past them. Texts are plain
English with named places (`{promise}`), for the pages to translate.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from amends.method.authority import approved, seen, spent
from amends.method.moves import (
    AnyMove,
    AskAboutFace,
    AskQuestion,
    Close,
    Instruct,
    InviteBid,
    MakeOffer,
    MakePromise,
    MovePromise,
    ProposePromise,
    Resolve,
)
from amends.method.policy import Policy
from amends.method.state import UPSET, OfferStatus, PromiseStatus, State
from amends.method.words import Actor, Gate, Remedy
from amends.transcript import Money


class Refusal(Struct, frozen=True):
    """A gate's no: why, and what would pass it. `details` fills the places in both.

    `asks` is the sum that somebody would have to approve, where that would pass it.
    """

    gate: Gate
    why: str
    remedy: str
    details: Mapping[str, str] = {}
    asks: Money | None = None

    def __str__(self) -> str:
        return f"{self.why} {self.remedy}".format_map(self.details)


class Refused(Exception):
    """One or more gates refuse the move; `refusals` says which, why, and what would pass each."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(" ".join(str(refusal) for refusal in refusals))
        self.refusals = refusals


def refusals(state: State, move: AnyMove, *, at: datetime, by: Actor, policy: Policy) -> tuple[Refusal, ...]:
    """Return every gate's no to `move`, in the order of the path; empty where the way is free."""
    found = (check(state, move, at, by, policy) for check in _CHECKS)
    return tuple(refusal for refusal in found if refusal is not None)


def _acknowledge_first(state: State, move: AnyMove, _at: datetime, _by: Actor, _policy: Policy) -> Refusal | None:
    speaks = isinstance(
        move, AskQuestion | InviteBid | AskAboutFace | Instruct | MakeOffer | MakePromise | ProposePromise
    )
    if not speaks or state.unheard < UPSET:
        return None
    return Refusal(
        Gate.ACKNOWLEDGE_FIRST,
        "They are upset, and nobody has named it yet.",
        "Start with a sentence that says how this must feel for them.",
    )


def _diagnose_first(state: State, move: AnyMove, _at: datetime, _by: Actor, _policy: Policy) -> Refusal | None:
    if not isinstance(move, MakeOffer | Instruct) or state.established:
        return None
    return Refusal(
        Gate.DIAGNOSE_BEFORE_PRESCRIBING,
        "This offers a remedy before we know what they expected and what they got.",
        "Ask, say back what you understood, and let them confirm it.",
    )


def _bid_first(state: State, move: AnyMove, _at: datetime, _by: Actor, _policy: Policy) -> Refusal | None:
    if not isinstance(move, MakeOffer) or state.bid_settled:
        return None
    return Refusal(
        Gate.BID_FIRST,
        "This offers something before they said what would make it right.",
        "Ask them what they would see as fair; you may be about to give more than they want.",
    )


def _more_than_asked(state: State, move: AnyMove, at: datetime, _by: Actor, policy: Policy) -> Refusal | None:
    if not isinstance(move, MakeOffer) or move.why is not None:
        return None
    if not above_bid(state, move.remedy, move.amount, lambda money: policy.in_house(money, at)):
        return None
    return Refusal(
        Gate.MORE_THAN_ASKED,
        "This gives more than they asked for.",
        "Offer what they asked, or say why more is right.",
    )


_WORDS = frozenset({Remedy.APOLOGY, Remedy.EXPLANATION, Remedy.HUMAN})
"""Remedies that cost nothing but words."""


def above_bid(state: State, remedy: Remedy, amount: Money | None, value: Callable[[Money], Decimal | None]) -> bool:
    """Return whether an offer goes past what was asked; `value` is what money is worth in the house's currency.

    More money than was named; a remedy that costs us something where only words were asked for; or money on top of
    what is offered or agreed already. Another remedy instead of the one asked for is not more. Amounts of two
    currencies are compared by what they are worth, and where no rate is known, not at all.
    """
    if not state.bids:
        return False
    if all(bid.remedy in _WORDS and bid.amount is None for bid in state.bids):
        return remedy not in _WORDS
    asked = [b.amount for b in state.bids if b.amount is not None]
    above = [] if amount is None else [more for bid in asked if (more := _more(amount, bid, value)) is not None]
    if above:
        return all(above)
    on_top = remedy is Remedy.COMPENSATION and remedy not in {b.remedy for b in state.bids}
    return on_top and any(o.status in (OfferStatus.OPEN, OfferStatus.ACCEPTED) for o in state.offers)


def _more(one: Money, other: Money, value: Callable[[Money], Decimal | None]) -> bool | None:
    """Return whether `one` is more than `other`; None where they cannot be compared."""
    if one.currency == other.currency:
        return one.amount > other.amount
    first, second = value(one), value(other)
    return None if first is None or second is None else first > second


def _authority(state: State, move: AnyMove, at: datetime, by: Actor, policy: Policy) -> Refusal | None:
    """Refuse what is above one's limit for a case or for a month, unless somebody who may has approved the sum."""
    if not isinstance(move, MakeOffer) or not (move.cost or move.amount):
        return None
    found = spent(state, by, policy, at, new=move)
    limit, monthly = policy.authority.limit(by.rank), policy.authority.monthly(by.rank)
    if found.new == 0 or (limit is None and monthly is None):
        return None
    if found.foreign is not None and not seen(state, found.foreign):  # no rate is known: then somebody else looks, too
        return _too_much(found.foreign, limit or Decimal(0), policy)
    if found.here <= approved(state, policy, at):
        return None
    asks = Money(found.here, policy.currency)
    if limit is not None and found.here > limit:
        return _too_much(asks, limit, policy)
    if monthly is not None and found.month > monthly:
        return Refusal(
            Gate.AUTHORITY,
            "With this you would have given {sum} this month; on your own you may give {limit}.",
            "Ask somebody who may give that much to approve it.",
            {"sum": f"{found.month:.2f} {policy.currency}", "limit": f"{monthly:.2f} {policy.currency}"},
            asks,
        )
    return None


def _too_much(cost: Money, limit: Decimal, policy: Policy) -> Refusal:
    return Refusal(
        Gate.AUTHORITY,
        "This costs {cost}; on your own you may give {limit}.",
        "Ask somebody who may give that much to approve it.",
        {"cost": f"{cost.amount:.2f} {cost.currency}", "limit": f"{limit:.2f} {policy.currency}"},
        cost,
    )


def _promise_has_a_date(_state: State, move: AnyMove, _at: datetime, _by: Actor, _policy: Policy) -> Refusal | None:
    if not isinstance(move, MakePromise) or (move.owner and move.due is not None):
        return None
    return Refusal(
        Gate.PROMISE_HAS_A_DATE,
        "A promise without an owner and a time is only a hope.",
        "Say who will do it, and by when.",
    )


def _renegotiate_in_time(state: State, move: AnyMove, at: datetime, _by: Actor, _policy: Policy) -> Refusal | None:
    if not isinstance(move, MovePromise):
        return None
    promise = state.promise(move.promise)
    late = promise is not None and (
        promise.status is PromiseStatus.BROKEN or (promise.due is not None and promise.due <= at)
    )
    if not late and move.words is not None:
        return None
    if late:
        return Refusal(
            Gate.RENEGOTIATE_IN_TIME,
            "This promise is already due: moving it now would only hide that it was broken.",
            "Tell them it was broken, make it good, and promise anew.",
        )
    return Refusal(
        Gate.RENEGOTIATE_IN_TIME,
        "A promise moves only together with a word to the customer.",
        "Write to them what changes and why, in the same step.",
    )


def _act_first(state: State, move: AnyMove, _at: datetime, _by: Actor, _policy: Policy) -> Refusal | None:
    if not isinstance(move, Resolve):
        return None
    if state.owed:
        return Refusal(
            Gate.ACT_FIRST,
            "We still owe them what we promised (open promises: {count}).",
            "Keep each promise, or tell the customer of another time before it is due.",
            {"count": str(len(state.owed))},
        )
    proposed = [p for p in state.promises if p.status is PromiseStatus.PROPOSED]
    if proposed:
        return Refusal(
            Gate.ACT_FIRST,
            "We said things that sound like promises, and nobody has looked at them (to look at: {count}).",
            "Say for each who does it and by when, or that it was no promise.",
            {"count": str(len(proposed))},
        )
    if state.agreement is None and state.final_answer is None:
        return Refusal(
            Gate.ACT_FIRST,
            "Nothing is agreed, and no final answer was given.",
            "Come to an agreement, or say what you cannot do, why, and where else they can turn.",
        )
    return None


def _come_back_first(state: State, move: AnyMove, _at: datetime, _by: Actor, policy: Policy) -> Refusal | None:
    if not isinstance(move, Close):
        return None
    if not state.called_back and (state.call_at is not None or len(state.calls) < policy.callback_tries):
        return Refusal(
            Gate.COME_BACK_FIRST,
            "Nobody has called back yet.",
            "Call them, a day or two after the fix, and ask whether it is fixed and how they are.",
        )
    if state.outcomes is None:
        return Refusal(
            Gate.COME_BACK_FIRST,
            "What became of the problem and of the customer is not recorded yet.",
            "Record both outcomes.",
        )
    return None


_CHECKS: tuple[Callable[[State, AnyMove, datetime, Actor, Policy], Refusal | None], ...] = (
    _acknowledge_first,
    _diagnose_first,
    _bid_first,
    _more_than_asked,
    _authority,
    _promise_has_a_date,
    _renegotiate_in_time,
    _act_first,
    _come_back_first,
)
