"""Facts about the method itself."""

from amends.method.facts.base import Fact
from amends.method.words import Gate
from amends.transcript import Span


class GateOverridden(Fact, frozen=True):
    """One of the staff went past a gate, and said why. It is counted."""

    gate: Gate
    why: Span


class AdviceOverridden(Fact, frozen=True):
    """A reply went out with this rule's advice standing beside it. It is counted, so that bad advice shows itself."""

    rule: str
    message: str
    dismissed: bool = False


class FactTakenBack(Fact, frozen=True):
    """A person corrected the reader: the fact at this place of the journal counts no more."""

    seq: int


LawFact = AdviceOverridden | GateOverridden | FactTakenBack
