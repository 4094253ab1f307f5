"""What a rule is: a name, a page, and a look at a conversation."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc
from typing import ClassVar

from amends.coaching.replay import Replay, Turn
from amends.reading import Act


class Severity(StrEnum):
    """How much a breach costs: `error` loses customers, `warning` makes it harder, `note` is a chance missed."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Life(StrEnum):
    """Whether a rule has proved itself; one in preview has to be asked for."""

    PREVIEW = "preview"
    STABLE = "stable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A breach: which rule, at which message, which words of it, and why in one sentence.

    `place` is the message's place in the conversation; None where the breach is about all of it (then `start` and
    `end` are 0).
    """

    code: str
    name: str
    severity: Severity
    place: int | None
    start: int
    end: int
    why: str


class Rule(ABC):
    """A rule. Its docstring is its public page: what it is, why it costs you, what not to do and what to do."""

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARNING
    life: ClassVar[Life] = Life.STABLE

    @abstractmethod
    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield what is wrong in a conversation, in its order."""

    @classmethod
    def page(cls) -> str:
        """Return the rule's page, as Markdown without a heading."""
        return cleandoc(cls.__doc__ or "")

    def at(self, turn: Turn, why: str, act: Act | None = None) -> Finding:
        """Return a finding at a message, and at the words of an act where one carries it."""
        start, end = (act.start, act.end) if act is not None else (0, len(turn.message.text))
        return self._finding(turn.place, start, end, why)

    def overall(self, why: str) -> Finding:
        """Return a finding about the whole conversation."""
        return self._finding(None, 0, 0, why)

    def _finding(self, place: int | None, start: int, end: int, why: str) -> Finding:
        return Finding(
            code=self.code, name=self.name, severity=self.severity, place=place, start=start, end=end, why=why
        )
