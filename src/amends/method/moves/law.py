"""Corrections, and time itself."""

from amends.method.moves.base import Move


class TakeBackFact(Move, frozen=True):
    """Say that the reader was wrong about the fact at this place of the journal."""

    seq: int


class Tick(Move, frozen=True):
    """Time has passed."""


LawMove = TakeBackFact | Tick
