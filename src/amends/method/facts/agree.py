"""Offers, approvals and answers."""

from amends.method.facts.base import Fact
from amends.method.words import Evidence, Remedy
from amends.transcript import Money, Span


class InstructionGiven(Fact, frozen=True):
    """We told them what to do about it."""

    words: Evidence


class OfferThought(Fact, frozen=True):
    """What one of us would have given, before the customer said what they want: nobody told them."""

    remedy: Remedy
    by: str
    amount: Money | None = None
    cost: Money | None = None


class OfferMade(Fact, frozen=True):
    """We offered a remedy. `cost` is what it costs us; `why` says why it is more than was asked.

    `giver` is who of us offered it; `item` the remedy of the house's catalogue, where it is one. `in_house` is the cost
    in the house's currency by the rate of that moment, where it is in another one.
    """

    offer: str
    remedy: Remedy
    words: Evidence
    amount: Money | None = None
    cost: Money | None = None
    why: Span | None = None
    giver: str = ""
    item: str = ""
    in_house: Money | None = None


class ApprovalAsked(Fact, frozen=True):
    """Somebody asked whether they may offer more than is theirs to give. `draft` is what they would write with it."""

    approval: str
    cost: Money
    asked_by: str
    why: Span | None = None
    draft: Span | None = None


class ApprovalGiven(Fact, frozen=True):
    """Somebody who may said yes; `why` is a word to who asked."""

    approval: str
    by: str
    why: Span | None = None


class ApprovalDeclined(Fact, frozen=True):
    """Somebody who may said no."""

    approval: str
    by: str
    why: Span | None = None


class ApprovalOverdue(Fact, frozen=True):
    """Nobody has answered in time; the customer waits as well."""

    approval: str


class OfferAccepted(Fact, frozen=True):
    """The customer took the offer."""

    offer: str
    words: Evidence


class OfferRejected(Fact, frozen=True):
    """The customer turned the offer down."""

    offer: str
    words: Evidence


class OfferWithdrawn(Fact, frozen=True):
    """We took an offer back before it was answered."""

    offer: str
    why: Span


class FinalAnswerGiven(Fact, frozen=True):
    """We said what we can and cannot do, why, and where else they can turn."""

    why: Span
    elsewhere: Span


AgreeFact = (
    InstructionGiven
    | OfferThought
    | OfferMade
    | ApprovalAsked
    | ApprovalOverdue
    | ApprovalGiven
    | ApprovalDeclined
    | OfferAccepted
    | OfferRejected
    | OfferWithdrawn
    | FinalAnswerGiven
)
