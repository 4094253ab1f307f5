"""Offers, approvals and answers."""

from amends.method.moves.base import Move
from amends.method.words import Evidence, Remedy
from amends.transcript import Money, Span


class Instruct(Move, frozen=True):
    """Tell them what to do about it."""

    words: Evidence


class ThinkOffer(Move, frozen=True):
    """Note what one would give, before the customer says what they want. It is never told to them."""

    remedy: Remedy
    amount: Money | None = None
    cost: Money | None = None


class MakeOffer(Move, frozen=True):
    """Offer a remedy; `why` where it is more than was asked; `item` where it is one of the house's catalogue."""

    offer: str
    remedy: Remedy
    words: Evidence
    amount: Money | None = None
    cost: Money | None = None
    why: Span | None = None
    item: str = ""


class AskApproval(Move, frozen=True):
    """Ask to give more than is one's own to give; `draft` is what one would write with it."""

    approval: str
    cost: Money
    why: Span | None = None
    draft: Span | None = None


class Approve(Move, frozen=True):
    """Say yes to that, with a word to who asked."""

    approval: str
    why: Span | None = None


class DeclineApproval(Move, frozen=True):
    """Say no to that."""

    approval: str
    why: Span | None = None


class AcceptOffer(Move, frozen=True):
    """The customer takes an offer."""

    offer: str
    words: Evidence


class RejectOffer(Move, frozen=True):
    """The customer turns an offer down."""

    offer: str
    words: Evidence


class WithdrawOffer(Move, frozen=True):
    """Take an unanswered offer back."""

    offer: str
    why: Span


class GiveFinalAnswer(Move, frozen=True):
    """Say what we can and cannot do, why, and where else they can turn."""

    why: Span
    elsewhere: Span


AgreeMove = (
    Instruct
    | ThinkOffer
    | MakeOffer
    | AskApproval
    | Approve
    | DeclineApproval
    | AcceptOffer
    | RejectOffer
    | WithdrawOffer
    | GiveFinalAnswer
)
