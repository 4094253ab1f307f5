"""Promises, updates, the fix."""

from datetime import datetime

from amends.method.facts.base import Fact
from amends.method.words import Evidence
from amends.transcript import Span


class PromiseProposed(Fact, frozen=True):
    """Our words commit us to something: a promise, once somebody confirms its owner and due time."""

    promise: str
    what: Span
    due: datetime | None = None
    owner: str = ""


class PromiseDismissed(Fact, frozen=True):
    """Somebody looked: those words were no promise."""

    promise: str


class PromiseMade(Fact, frozen=True):
    """Somebody with a name told the customer what will happen, and by when."""

    promise: str
    what: Span
    owner: str
    due: datetime


class PromiseHandedOver(Fact, frozen=True):
    """Another owner looks after the promise; the customer's date stands."""

    promise: str
    owner: str


class PromiseDueSoon(Fact, frozen=True):
    """The promise's owner was warned."""

    promise: str


class PromiseKept(Fact, frozen=True):
    """It was done. Kept after it was broken, it is late: still owed, still worth saying."""

    promise: str
    words: Evidence | None = None


class PromiseBroken(Fact, frozen=True):
    """Its time passed and it was not done."""

    promise: str


class PromiseRenegotiated(Fact, frozen=True):
    """Before it was due, the customer was told of another time."""

    promise: str
    due: datetime
    words: Evidence


class PromiseEscalated(Fact, frozen=True):
    """It was broken and is still not made good: those who lead were told."""

    promise: str


class PromiseOwnerAsked(Fact, frozen=True):
    """It is for somebody else to keep, and they were asked whether they can. Until they say so, its owner answers."""

    promise: str
    owner: str


class PromiseTaken(Fact, frozen=True):
    """Who was asked said yes: from now on it is theirs."""

    promise: str


class PromiseTurnedDown(Fact, frozen=True):
    """Who was asked cannot keep it: it stays with its owner."""

    promise: str
    why: Span | None = None


class CustomerUpdated(Fact, frozen=True):
    """We told them how things stand."""

    words: Evidence


class UpdateFellDue(Fact, frozen=True):
    """Soon they will have waited too long without a word."""


class RoutineUpdateSent(Fact, frozen=True):
    """The desk itself told them how things stand, and said that no person wrote it. It ends no silence."""

    message: str


class CaseSnoozed(Fact, frozen=True):
    """There is nothing to say before this moment, for a reason that the customer can read."""

    until: datetime
    why: Span


class SnoozeEnded(Fact, frozen=True):
    """That moment has come: they are to hear from us."""


class SilenceLimitPassed(Fact, frozen=True):
    """They have waited longer without a word than we allow ourselves."""


class AcknowledgementOverdue(Fact, frozen=True):
    """They have waited too long for a first human word."""


class CaseResolved(Fact, frozen=True):
    """We believe that it is fixed, or gave our final answer."""


class FixAsked(Fact, frozen=True):
    """We asked them whether it is fixed."""

    words: Evidence


class FixConfirmed(Fact, frozen=True):
    """The customer says that it is fixed."""

    words: Evidence | None = None


class FixDenied(Fact, frozen=True):
    """The customer says that it is not fixed, or only `partly`: the case goes back to Act."""

    words: Evidence | None = None
    partly: bool = False


PromiseFact = (
    PromiseProposed
    | PromiseDismissed
    | PromiseMade
    | PromiseHandedOver
    | PromiseDueSoon
    | PromiseKept
    | PromiseBroken
    | PromiseRenegotiated
    | PromiseEscalated
    | PromiseOwnerAsked
    | PromiseTaken
    | PromiseTurnedDown
)
ActFact = (
    PromiseFact
    | CustomerUpdated
    | UpdateFellDue
    | RoutineUpdateSent
    | CaseSnoozed
    | SnoozeEnded
    | SilenceLimitPassed
    | AcknowledgementOverdue
    | CaseResolved
    | FixAsked
    | FixConfirmed
    | FixDenied
)
