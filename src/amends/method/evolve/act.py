"""Promises, updates, silence, the fix."""

from typing import assert_never

from msgspec.structs import replace

from amends.method.evolve.hear import our_turn
from amends.method.facts import (
    AcknowledgementOverdue,
    ActFact,
    CaseResolved,
    CustomerUpdated,
    FixConfirmed,
    FixDenied,
    PromiseBroken,
    PromiseDismissed,
    PromiseDueSoon,
    PromiseHandedOver,
    PromiseKept,
    PromiseMade,
    PromiseProposed,
    PromiseRenegotiated,
    SilenceLimitPassed,
    UpdateFellDue,
)
from amends.method.state import Promise, PromiseStatus, State


def evolve_act(state: State, fact: ActFact) -> State:
    """Return the state after a promise, an update or the fix."""
    match fact:
        case PromiseProposed():
            return _put(state, Promise(fact.promise, fact.what, PromiseStatus.PROPOSED, fact.owner, fact.due, fact.at))
        case PromiseMade():
            return _put(state, Promise(fact.promise, fact.what, PromiseStatus.OPEN, fact.owner, fact.due, fact.at))
        case PromiseDismissed():
            return _change(state, fact.promise, status=PromiseStatus.DISMISSED)
        case PromiseHandedOver():
            return _change(state, fact.promise, owner=fact.owner)
        case PromiseDueSoon():
            return _change(state, fact.promise, warned=True)
        case PromiseKept():
            promise = state.promise(fact.promise)
            status = PromiseStatus.LATE if promise is not None and promise.broken else PromiseStatus.KEPT
            return _change(state, fact.promise, status=status, kept_at=fact.at)
        case PromiseBroken():
            return _change(state, fact.promise, status=PromiseStatus.BROKEN, broken=True)
        case PromiseRenegotiated():
            promise = state.promise(fact.promise)
            moved = promise.moved + 1 if promise else 1
            return _change(state, fact.promise, status=PromiseStatus.OPEN, due=fact.due, warned=False, moved=moved)
        case CustomerUpdated():
            return replace(state, updated=fact.words)
        case UpdateFellDue():
            return replace(state, called=state.called | {"update"})
        case SilenceLimitPassed():
            return replace(state, called=state.called | {"update", "silence"})
        case AcknowledgementOverdue():
            return replace(state, called=state.called | {"acknowledge"})
        case CaseResolved():
            return replace(
                state, resolved_at=fact.at, fixed=None, waiting_since=None, called=state.called - {"callback", "late"}
            )
        case FixConfirmed():
            return replace(state, fixed=True, fix_words=fact.words)
        case FixDenied():
            return reopened(our_turn(replace(state, fixed=False, fix_words=fact.words), fact.at))
        case _:
            assert_never(fact)


def reopened(state: State) -> State:
    """Return the state in which Act starts again: nothing of the coming back counts any more."""
    return replace(
        state,
        resolved_at=None,
        closed_at=None,
        calls=(),
        outcomes=None,
        thanks_sent_at=None,
        survey_sent_at=None,
        survey_reminded_at=None,
        followed=False,
        reopened=state.reopened + 1,
        called=state.called - {"callback", "late", "thanks", "survey", "follow"},
    )


def _put(state: State, promise: Promise) -> State:
    others = tuple(p for p in state.promises if p.promise != promise.promise)
    return replace(state, promises=(*others, promise))


def _change(state: State, promise: str, **changes: object) -> State:
    return replace(state, promises=tuple(replace(p, **changes) if p.promise == promise else p for p in state.promises))
