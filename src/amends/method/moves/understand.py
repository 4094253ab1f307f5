"""Acknowledge, diagnose, ask."""

from amends.method.moves.base import Move
from amends.method.words import Evidence, Remedy
from amends.transcript import Money, Span


class AcknowledgeFeeling(Move, frozen=True):
    """Name what they feel."""

    words: Evidence


class Appreciate(Move, frozen=True):
    """Say what their custom means to us."""

    words: Evidence


class AskQuestion(Move, frozen=True):
    """Ask, in order to understand or to find them."""

    words: Evidence


class ReadBack(Move, frozen=True):
    """Say what was understood, for them to check."""

    words: Evidence


class EstablishBasis(Move, frozen=True):
    """Record what was expected, what came, and why."""

    expected: Evidence
    got: Evidence
    cause: Evidence | None = None
    since: Evidence | None = None
    plain: bool = False


class ConfirmBasis(Move, frozen=True):
    """The customer says that we understood."""

    words: Evidence


class DisputeBasis(Move, frozen=True):
    """The customer says that we did not."""

    words: Evidence


class InviteBid(Move, frozen=True):
    """Ask what would make it right."""

    words: Evidence


class MakeBid(Move, frozen=True):
    """The customer says what would."""

    remedy: Remedy
    words: Evidence
    amount: Money | None = None


class LeaveToUs(Move, frozen=True):
    """The customer leaves it to us."""

    words: Evidence


class FindUnwarranted(Move, frozen=True):
    """Find that no practical remedy is there, or none is warranted."""

    why: Span


class RefuseDemand(Move, frozen=True):
    """Say no to what they ask for."""

    words: Evidence


class AskAboutFace(Move, frozen=True):
    """Ask what they would do in our place."""

    words: Evidence


class RaiseOption(Move, frozen=True):
    """Put what they would do on the negotiation sheet."""

    option: str
    words: Evidence
    remedy: Remedy | None = None
    amount: Money | None = None


UnderstandMove = (
    AcknowledgeFeeling
    | Appreciate
    | AskQuestion
    | ReadBack
    | EstablishBasis
    | ConfirmBasis
    | DisputeBasis
    | InviteBid
    | MakeBid
    | LeaveToUs
    | FindUnwarranted
    | RefuseDemand
    | AskAboutFace
    | RaiseOption
)
