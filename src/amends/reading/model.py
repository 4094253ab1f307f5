"""What a reading is made of. The exact meaning of every act is in docs/reading.md."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import Protocol

from amends.transcript import Money, Role


class ActKind(StrEnum):
    """What the words do. The first group are the customer's, the second the company's."""

    PROBLEM = "problem"
    BID = "bid"
    THREAT = "threat"
    REPEAT = "repeat"
    LOYALTY = "loyalty"
    ACCEPT = "accept"
    REJECT = "reject"
    THANKS = "thanks"
    ABUSE = "abuse"

    ACKNOWLEDGE = "acknowledge"
    APOLOGISE = "apologise"
    DIAGNOSE = "diagnose"
    VERIFY = "verify"
    READBACK = "readback"
    INVITE_BID = "invite_bid"
    ABOUT_FACE = "about_face"
    OFFER = "offer"
    PROMISE = "promise"
    UPDATE = "update"
    APPRECIATE = "appreciate"
    REASSURE = "reassure"
    FOLLOW_UP = "follow_up"
    DEFLECT = "deflect"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When something is promised for, as the words put it; a calendar makes a moment of it.

    Exactly one of the groups is set: `within` (a span of clock time), `working_days` (the latest
    of "3 to 5 business days" is 5), `working_hours`, or a day. A day is a `weekday` (Monday is 0,
    the next one after the message), a `day` of the month (with a `month` where one is given), or
    `days_ahead` (today 0, tomorrow 1, "next week" 7). `at` is the hour on that day where one is
    named; a `weekday` with `days_ahead` is that day of the week then ("the end of next week");
    `end_of_day` means close of business, `start_of_day` "first thing".
    """

    within: timedelta | None = None
    working_days: int | None = None
    working_hours: int | None = None
    weekday: int | None = None
    days_ahead: int | None = None
    day: int | None = None
    month: int | None = None
    at: time | None = None
    end_of_day: bool = False
    start_of_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act and the words `text[start:end]` that carry it.

    `kind` refines it: of a bid or an offer the remedy (`refund`, `replacement`, `repair`,
    `compensation`, `apology`, `explanation`, `cancellation`, `action`, `human`; an offer may also
    be an `instruction`), of a threat `leave`, `public` or `legal`, of a promise `dated` or
    `undated`. `plain` marks a problem told so plainly (what was expected and what came instead)
    that nothing is left to ask before a remedy. `score` is in (0, 1].
    """

    act: ActKind
    start: int
    end: int
    kind: str = ""
    score: float = 1.0
    amount: Money | None = None
    tenure_years: float | None = None
    due: Due | None = None
    plain: bool = False


class Stretch(Protocol):
    """Words of a message, from `start` to `end` (exclusive)."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The character after the last."""


def overlap(one: Stretch, other: Stretch) -> bool:
    """Say whether two stretches have a character in common."""
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A customer's plain yes or no to what was just asked or read back, and the words that say so."""

    yes: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a reading may know beside the message: the message before it, and the house's currency."""

    previous: str = ""
    previous_role: Role | None = None
    currency: str = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read. `upset` is 0 to 4 for a customer's message, None for the company's.

    `language` is a two-letter code when the message is in a language that the reader does not
    know: then nothing was guessed, `acts` is empty and `upset` is None. `answer` is a yes or no
    to the message before. `left_to_us` holds the words (start, end) by which a customer leaves the
    remedy to the company ("you tell me", "whatever you think is fair").
    """

    upset: int | None
    upset_score: float = 0.0
    acts: tuple[Act, ...] = ()
    language: str = "en"
    answer: Answer | None = None
    left_to_us: tuple[int, int] | None = None

    def of(self, *kinds: ActKind) -> tuple[Act, ...]:
        """Return the acts of these kinds, in the order of the text."""
        return tuple(act for act in self.acts if act.act in kinds)
