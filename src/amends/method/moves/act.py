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


class UpdateCustomer(Move, frozen=True):
    """Tell them how things stand."""

    words: Evidence


class Resolve(Move, frozen=True):
    """Say that it is fixed, as far as we know."""


class ConfirmFix(Move, frozen=True):
    """The customer says that it is fixed."""

    words: Evidence | None = None


class DenyFix(Move, frozen=True):
    """The customer says that it is not."""

    words: Evidence | None = None


ActMove = (
    ProposePromise
    | DismissPromise
    | MakePromise
    | HandOverPromise
    | KeepPromise
    | MovePromise
    | UpdateCustomer
    | Resolve
    | ConfirmFix
    | DenyFix
)
