"""Promises, updates, silence, the fix."""

from typing import assert_never

from msgspec.structs import replace

from amends.method.evolve.hear import our_turn, their_turn
from amends.method.facts import (
    AcknowledgementOverdue,
    ActFact,
    CaseResolved,
    CaseSnoozed,
    CustomerUpdated,
    FixAsked,
    FixConfirmed,
    FixDenied,
    PromiseBroken,
    PromiseDismissed,
    PromiseDueSoon,
    PromiseEscalated,
    PromiseFact,
    PromiseHandedOver,
    PromiseKept,
    PromiseMade,
    PromiseOwnerAsked,
    PromiseProposed,
    PromiseRenegotiated,
    PromiseTaken,
    PromiseTurnedDown,
    RoutineUpdateSent,
    SilenceLimitPassed,
    SnoozeEnded,
    UpdateFellDue,
)
from amends.method.state import Promise, PromiseStatus, Snooze, State


def evolve_act(state: State, fact: ActFact) -> State:
    """Return the state after a promise, an update or the fix."""
    if isinstance(fact, PromiseFact):
        return _promise(state, fact)
    match fact:
        case CustomerUpdated():
            return replace(state, updated=fact.words)
        case UpdateFellDue():
            return replace(state, called=state.called | {"update"})
        case RoutineUpdateSent():
            count = state.routine_updates + 1
            return replace(state, routine_updates=count, routine_at=fact.at, called=state.called - {"update"})
        case CaseSnoozed():
            told = Snooze(fact.until, fact.why, fact.at)
            return replace(state, snoozed=told, put_off=told, called=state.called - {"update", "silence"})
        case SnoozeEnded():
            return replace(state, snoozed=None, called=state.called | {"update"})
        case SilenceLimitPassed():
            return replace(state, called=state.called | {"update", "silence"})
        case AcknowledgementOverdue():
            return replace(state, called=state.called | {"acknowledge"})
        case CaseResolved():
            return _resolved(state, fact)
        case FixAsked():
            return their_turn(replace(state, fix_asked_at=fact.at, fixed=None), fact.at)
        case FixConfirmed():
            return replace(state, fixed=True, fix_words=fact.words)
        case FixDenied():
            no = replace(state, fixed=False, fix_words=fact.words, fix_asked_at=None)
            denied = our_turn(replace(no, spoke_at=no.spoke_at or fact.at), fact.at)
            return reopened(denied) if state.resolved_at is not None else denied
        case _:
            assert_never(fact)


def _promise(state: State, fact: PromiseFact) -> State:
    promise = state.promise(fact.promise)
    match fact:
        case PromiseProposed():
            return _put(state, Promise(fact.promise, fact.what, PromiseStatus.PROPOSED, fact.owner, fact.due, fact.at))
        case PromiseMade():
            return _put(state, Promise(fact.promise, fact.what, PromiseStatus.OPEN, fact.owner, fact.due, fact.at))
        case PromiseDismissed():
            return _change(state, fact.promise, status=PromiseStatus.DISMISSED)
        case PromiseHandedOver():
            return _change(state, fact.promise, owner=fact.owner, asked="")
        case PromiseDueSoon():
            return _change(state, fact.promise, warned=True)
        case PromiseKept():
            status = PromiseStatus.LATE if promise is not None and promise.broken else PromiseStatus.KEPT
            return _change(state, fact.promise, status=status, kept_at=fact.at, asked="")
        case PromiseBroken():
            return _change(state, fact.promise, status=PromiseStatus.BROKEN, broken=True)
        case PromiseRenegotiated():
            moved = promise.moved + 1 if promise else 1
            status = PromiseStatus.OPEN
            return _change(state, fact.promise, status=status, due=fact.due, warned=False, escalated=False, moved=moved)
        case PromiseEscalated():
            return _change(state, fact.promise, escalated=True)
        case PromiseOwnerAsked():
            return _change(state, fact.promise, asked=fact.owner)
        case PromiseTaken():
            taker = promise.asked if promise is not None else ""
            return _change(state, fact.promise, owner=taker, asked="")
        case PromiseTurnedDown():
            return _change(state, fact.promise, asked="")
        case _:
            assert_never(fact)


def _resolved(state: State, fact: CaseResolved) -> State:
    """Return the state after the fix. A yes to the question whether it is fixed, asked before, stands."""
    return replace(
        state,
        resolved_at=fact.at,
        fixed=True if state.fixed and state.fix_asked_at is not None else None,
        snoozed=None,
        put_off=None,
        waiting_since=None,
        called=state.called - {"callback", "late"},
    )


def reopened(state: State) -> State:
    """Return the state in which Act starts again: nothing of the coming back counts any more."""
    return replace(
        state,
        resolved_at=None,
        closed_at=None,
        fix_asked_at=None,
        call_at=None,
        calls=(),
        outcomes=None,
        thanks_line=None,
        thanks_sent_at=None,
        survey_sent_at=None,
        survey_reminded_at=None,
        followed=False,
        bought_again=None,
        recommends=None,
        reopened=state.reopened + 1,
        called=state.called - {"callback", "late", "thanks", "survey", "follow"},
    )


def _put(state: State, promise: Promise) -> State:
    others = tuple(p for p in state.promises if p.promise != promise.promise)
    return replace(state, promises=(*others, promise))


def _change(state: State, promise: str, **changes: object) -> State:
    return replace(state, promises=tuple(replace(p, **changes) if p.promise == promise else p for p in state.promises))
