"""Promises, updates, the fix."""

from datetime import datetime

from amends.method.moves.base import Move
from amends.method.words import Evidence
from amends.transcript import Span


class ProposePromise(Move, frozen=True):
    """Note that our words commit us."""

    promise: str
    what: Span
    due: datetime | None = None
    owner: str = ""


class DismissPromise(Move, frozen=True):
    """Say that those words were no promise."""

    promise: str


class MakePromise(Move, frozen=True):
    """Promise something: with an owner and a due time, or the gate refuses."""

    promise: str
    what: Span
    owner: str = ""
    due: datetime | None = None


class HandOverPromise(Move, frozen=True):
    """Give a promise to another owner."""

    promise: str
    owner: str


class KeepPromise(Move, frozen=True):
    """Say that it was done."""

    promise: str
    words: Evidence | None = None


class MovePromise(Move, frozen=True):
    """Tell the customer of another time (`words`), before the promise is due."""

    promise: str
    due: datetime
    words: Evidence | None = None


class AskPromiseOwner(Move, frozen=True):
    """Ask somebody else whether they can keep it."""

    promise: str
    owner: str


class TakePromise(Move, frozen=True):
    """Say yes to that: it is mine from now on."""

    promise: str


class TurnDownPromise(Move, frozen=True):
    """Say no to that."""

    promise: str
    why: Span | None = None


class UpdateCustomer(Move, frozen=True):
    """Tell them how things stand."""

    words: Evidence


class SendRoutineUpdate(Move, frozen=True):
    """Let the desk's own word on how things stand go out."""

    message: str


class Snooze(Move, frozen=True):
    """Put the next word off until this moment, for a reason that the customer can read."""

    until: datetime
    why: Span


class EndSnooze(Move, frozen=True):
    """Look at it now after all."""


class Resolve(Move, frozen=True):
    """Say that it is fixed, as far as we know."""


class AskFix(Move, frozen=True):
    """Ask the customer whether it is fixed."""

    words: Evidence


class ConfirmFix(Move, frozen=True):
    """The customer says that it is fixed."""

    words: Evidence | None = None


class DenyFix(Move, frozen=True):
    """The customer says that it is not, or only `partly`."""

    words: Evidence | None = None
    partly: bool = False


PromiseMove = (
    ProposePromise
    | DismissPromise
    | MakePromise
    | HandOverPromise
    | KeepPromise
    | MovePromise
    | AskPromiseOwner
    | TakePromise
    | TurnDownPromise
)
ActMove = (
    PromiseMove | UpdateCustomer | SendRoutineUpdate | Snooze | EndSnooze | Resolve | AskFix | ConfirmFix | DenyFix
)
