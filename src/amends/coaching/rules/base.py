"""What a rule is: a name, a page, and a look at a conversation."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc
from typing import ClassVar

from amends.coaching.letters import before_signature
from amends.coaching.turns import Replay, Turn
from amends.method.words import Gate
from amends.reading import Act

NO_REMEDIES = frozenset(["explanation", "human", "apology"])
"""What customers ask for that is no remedy yet: to be told how it came about, by whom, and that one is sorry."""


class Severity(StrEnum):
    """How much a breach costs: `error` loses customers, `warning` makes it harder, `note` is a chance missed."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Its place in the order of weight: 1 for a note, 3 for an error."""
        return len(Severity) - list(Severity).index(self)


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
    gate: ClassVar[Gate | None] = None
    """The gate that guards the same thing in a live case, if there is one."""
    better: ClassVar[str] = ""
    """Better words for a draft, ready to use; empty where only the writer can know them."""
    drafts_only: ClassVar[bool] = False

    @abstractmethod
    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield what is wrong in a conversation, in its order."""

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return better words for a finding in a draft, fitted to this customer where the rule can."""
        return self.better

    def place(self, seen: Replay) -> int:
        """Return where better words go in the draft, if they stand for no others: before the signature."""
        return before_signature(seen.turns[-1].message.text, seen.known.handler)

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

    def words(self, turn: Turn, match: re.Match[str], why: str) -> Finding:
        """Return a finding at words that a pattern found in a message."""
        return self._finding(turn.place, match.start(), match.end(), why)

    def _finding(self, place: int | None, start: int, end: int, why: str) -> Finding:
        return Finding(
            code=self.code, name=self.name, severity=self.severity, place=place, start=start, end=end, why=why
        )


class DraftRule(Rule):
    """A rule that looks at a draft alone: how it is put, and what it leaves out. Nothing that is past is judged by it.

    Its docstring is its public page, as with any rule.
    """

    drafts_only = True

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield what could be better in the draft; nothing in a conversation without one."""
        if seen.draft is not None:
            yield from self.look(seen, seen.draft)

    @abstractmethod
    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield what could be better in the draft, in its order."""
