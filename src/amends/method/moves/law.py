"""Corrections, and time itself."""

from amends.method.moves.base import Move


class TakeBackFact(Move, frozen=True):
    """Say that the reader was wrong about the fact at this place of the journal."""

    seq: int


class OverrideAdvice(Move, frozen=True):
    """Send a reply although this rule of the coach advised against it; `dismissed` if the advice was waved away."""

    rule: str
    message: str
    dismissed: bool = False


class Tick(Move, frozen=True):
    """Time has passed."""


LawMove = OverrideAdvice | TakeBackFact | Tick
