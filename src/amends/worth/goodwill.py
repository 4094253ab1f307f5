"""The goodwill between a customer and the house: good and bad contacts over time, and what it takes to be even.

A bad one that is left unresolved weighs as many good ones as the policy says (12, Rice). Once it was put right, it
weighs one: what was mended still happened. That last figure is ours, not the source's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import Final


class Kind(StrEnum):
    """What a contact was."""

    ORDER = "order"
    KEPT = "kept"
    PRAISE = "praise"
    SURVEY = "survey"
    FAILURE = "failure"
    BROKEN = "broken"
    BAD_SURVEY = "bad_survey"


BAD: Final = frozenset({Kind.FAILURE, Kind.BROKEN, Kind.BAD_SURVEY})
_MENDED: Final = 1.0


@dataclass(frozen=True, slots=True)
class Contact:
    """Something that they went through with us; `mended_at` is when a bad one was put right, None: it was not."""

    at: datetime
    kind: Kind
    mended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A moment at which the balance moved; `mended` where something bad was put right."""

    at: datetime
    kind: Kind
    mended: bool
    change: float
    balance: float


@dataclass(frozen=True, slots=True)
class Goodwill:
    """The balance, in good contacts, and how it came about: `before` stands for good contacts that have no step."""

    before: int
    steps: Sequence[Step]
    weight: float

    @property
    def balance(self) -> float:
        """Above zero, more good is remembered than bad."""
        return self.steps[-1].balance if self.steps else float(self.before)

    @property
    def to_be_even(self) -> int:
        """How many good contacts it takes to be even again; 0 where it is even."""
        return max(0, ceil(-self.balance))

    @property
    def unresolved(self) -> int:
        """How many bad ones nobody has put right."""
        return sum(1 if not step.mended else -1 for step in self.steps if step.kind in BAD)

    def after_mending(self) -> float:
        """Return the balance that would stand if all that is unresolved were put right."""
        return self.balance + self.unresolved * (self.weight - min(self.weight, _MENDED))

    def count(self, kind: Kind) -> int:
        """Return how often this happened, in the steps."""
        return sum(1 for step in self.steps if step.kind is kind and not step.mended)


def goodwill(contacts: Iterable[Contact], *, weight: float, before: int = 0) -> Goodwill:
    """Return the balance of these contacts, in any order; one unresolved bad one weighs `weight` good ones."""
    lighter = weight - min(weight, _MENDED)
    moves = []
    for contact in contacts:
        bad = contact.kind in BAD
        moves.append((contact.at, contact.kind, False, -weight if bad else 1.0))
        if bad and contact.mended_at is not None:
            moves.append((max(contact.at, contact.mended_at), contact.kind, True, lighter))
    steps, balance = [], float(before)
    for at, kind, mended, change in sorted(moves, key=lambda move: (move[0], move[2])):
        balance += change
        steps.append(Step(at, kind, mended, change, balance))
    return Goodwill(before, steps, weight)
