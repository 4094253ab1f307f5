"""Moves that promise, keep, move, update and fix."""

from datetime import datetime
from typing import assert_never

from amends.method.decide.impossible import Impossible, check
from amends.method.facts import (
    AnyFact,
    CaseResolved,
    CustomerUpdated,
    FixConfirmed,
    FixDenied,
    PromiseBroken,
    PromiseDismissed,
    PromiseHandedOver,
    PromiseKept,
    PromiseMade,
    PromiseProposed,
    PromiseRenegotiated,
)
from amends.method.moves import (
    ActMove,
    ConfirmFix,
    DenyFix,
    DismissPromise,
    HandOverPromise,
    KeepPromise,
    MakePromise,
    MovePromise,
    ProposePromise,
    Resolve,
    UpdateCustomer,
)
from amends.method.state import Promise, PromiseStatus, State


def decide_act(state: State, move: ActMove, at: datetime) -> list[AnyFact]:
    """Return the facts of a promise, an update or the fix."""
    check(state.opened_at is not None, "There is no such case yet.")
    match move:
        case ProposePromise():
            check(state.promise(move.promise) is None, "This promise is on the list already.")
            return [PromiseProposed(at=at, promise=move.promise, what=move.what, due=move.due, owner=move.owner)]
        case DismissPromise():
            found = _promise(state, move.promise)
            check(found.status is PromiseStatus.PROPOSED, "Only a proposed promise can be dismissed.")
            return [PromiseDismissed(at=at, promise=move.promise)]
        case MakePromise():
            return _make(state, move, at)
        case HandOverPromise():
            _owed(state, move.promise)
            check(bool(move.owner), "Say who looks after it now.")
            return [PromiseHandedOver(at=at, promise=move.promise, owner=move.owner)]
        case KeepPromise():
            found = _owed(state, move.promise)
            return [*_broken(found, at), PromiseKept(at=at, promise=move.promise, words=move.words)]
        case MovePromise():
            return _move(state, move, at)
        case UpdateCustomer():
            return [CustomerUpdated(at=at, words=move.words)]
        case Resolve():
            check(state.resolved_at is None, "This case is resolved already.")
            return [CaseResolved(at=at)]
        case ConfirmFix():
            check(state.resolved_at is not None, "We have not said yet that it is fixed.")
            return [] if state.fixed else [FixConfirmed(at=at, words=move.words)]
        case DenyFix():
            check(state.resolved_at is not None, "We have not said yet that it is fixed.")
            return [FixDenied(at=at, words=move.words)]
        case _:
            assert_never(move)


def _make(state: State, move: MakePromise, at: datetime) -> list[AnyFact]:
    found = state.promise(move.promise)
    check(found is None or found.status is PromiseStatus.PROPOSED, "This promise was made already.")
    check(move.due is None or move.due > at, "A promise cannot be due in the past.")
    if move.due is None or not move.owner:
        if found is not None:
            return []
        # The gate refuses it. Whoever goes past still owes the customer something, so it stays on the list.
        return [PromiseProposed(at=at, promise=move.promise, what=move.what, due=move.due, owner=move.owner)]
    return [PromiseMade(at=at, promise=move.promise, what=move.what, owner=move.owner, due=move.due)]


def _move(state: State, move: MovePromise, at: datetime) -> list[AnyFact]:
    found = _owed(state, move.promise)
    check(move.due > at, "A promise cannot be due in the past.")
    check(found.due is None or move.due != found.due, "That is the time it is due already.")
    if move.words is None:
        return []  # the gate refuses it
    return [
        *_broken(found, at),
        PromiseRenegotiated(at=at, promise=move.promise, due=move.due, words=move.words),
        CustomerUpdated(at=at, words=move.words),
    ]


def _broken(promise: Promise, at: datetime) -> list[AnyFact]:
    """Return that the promise was broken where its time has passed and the clock has not yet said so."""
    late = promise.status is PromiseStatus.OPEN and promise.due is not None and promise.due <= at
    return [PromiseBroken(at=at, promise=promise.promise)] if late else []


def _promise(state: State, promise: str) -> Promise:
    found = state.promise(promise)
    if found is None:
        raise Impossible("There is no such promise.")
    return found


def _owed(state: State, promise: str) -> Promise:
    found = _promise(state, promise)
    check(found.owed, "This promise is not open.")
    return found
