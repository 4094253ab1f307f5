"""Moves that promise, keep, move, hand over and ask who keeps it."""

from datetime import datetime
from typing import assert_never

from amends.method.decide.impossible import Impossible, check
from amends.method.facts import (
    AnyFact,
    CustomerUpdated,
    PromiseBroken,
    PromiseDismissed,
    PromiseHandedOver,
    PromiseKept,
    PromiseMade,
    PromiseOwnerAsked,
    PromiseProposed,
    PromiseRenegotiated,
    PromiseTaken,
    PromiseTurnedDown,
)
from amends.method.moves import (
    AskPromiseOwner,
    DismissPromise,
    HandOverPromise,
    KeepPromise,
    MakePromise,
    MovePromise,
    PromiseMove,
    ProposePromise,
    TakePromise,
    TurnDownPromise,
)
from amends.method.state import Promise, PromiseStatus, State
from amends.method.words import Actor


def decide_promise(state: State, move: PromiseMove, at: datetime, by: Actor) -> list[AnyFact]:
    """Return the facts of a promise."""
    match move:
        case ProposePromise():
            known = state.promise(move.promise)
            anew = known is not None and known.status is PromiseStatus.PROPOSED and known.what != move.what
            check(known is None or anew, "This promise is on the list already.")
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
        case AskPromiseOwner():
            found = _owed(state, move.promise)
            check(bool(move.owner), "Say who is to be asked.")
            check(move.owner != found.owner, "It is theirs already.")
            check(move.owner != found.asked, "They have been asked already.")
            return [PromiseOwnerAsked(at=at, promise=move.promise, owner=move.owner)]
        case TakePromise():
            _asked(state, move.promise, by)
            return [PromiseTaken(at=at, promise=move.promise)]
        case TurnDownPromise():
            _asked(state, move.promise, by)
            return [PromiseTurnedDown(at=at, promise=move.promise, why=move.why)]
        case KeepPromise():
            found = _promise(state, move.promise)  # what sounds like a promise may be done before anybody looked at it
            check(found.owed or found.status is PromiseStatus.PROPOSED, "This promise is not open.")
            return [*_broken(found, at), PromiseKept(at=at, promise=move.promise, words=move.words)]
        case MovePromise():
            return _move(state, move, at)
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


def _asked(state: State, promise: str, by: Actor) -> None:
    """Raise `Impossible` unless `by` is who was asked to keep it: nobody says yes for somebody else."""
    found = _owed(state, promise)
    check(bool(found.asked), "Nobody is asked to keep this promise.")
    check(found.asked == by.id, "Somebody else was asked; only they can answer.")
