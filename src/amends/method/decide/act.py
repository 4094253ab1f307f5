"""Moves that promise, update, put off, and fix."""

from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from amends.method.calendar import Calendar
from amends.method.clock import after
from amends.method.decide.impossible import check
from amends.method.decide.promise import decide_promise
from amends.method.evolve.hear import silent_since
from amends.method.facts import (
    AnyFact,
    CaseResolved,
    CaseSnoozed,
    CustomerUpdated,
    FixAsked,
    FixConfirmed,
    FixDenied,
    RoutineUpdateSent,
    SnoozeEnded,
)
from amends.method.moves import (
    ActMove,
    AskFix,
    ConfirmFix,
    DenyFix,
    EndSnooze,
    PromiseMove,
    Resolve,
    SendRoutineUpdate,
    Snooze,
    UpdateCustomer,
)
from amends.method.policy import Policy
from amends.method.state import UPSET, PromiseStatus, State
from amends.method.words import Actor

_NOT_ASKED = "We have not said yet that it is fixed."


def decide_act(
    state: State, move: ActMove, at: datetime, by: Actor, policy: Policy, calendar: Calendar
) -> list[AnyFact]:
    """Return the facts of a promise, an update or the fix."""
    check(state.opened_at is not None, "There is no such case yet.")
    if isinstance(move, PromiseMove):
        return decide_promise(state, move, at, by)
    match move:
        case UpdateCustomer():
            return [CustomerUpdated(at=at, words=move.words)]
        case SendRoutineUpdate():
            check(may_update_by_itself(state, policy), "The next word to this customer has to be a person's.")
            return [RoutineUpdateSent(at=at, message=move.message)]
        case Snooze():
            return _snooze(state, move, at, policy, calendar)
        case EndSnooze():
            return [] if state.snoozed is None else [SnoozeEnded(at=at)]
        case Resolve():
            check(state.resolved_at is None, "This case is resolved already.")
            return [CaseResolved(at=at)]
        case AskFix():
            check(state.closed_at is None, "This case is closed.")
            return [FixAsked(at=at, words=move.words)]
        case ConfirmFix():
            check(state.asked_whether_fixed, _NOT_ASKED)
            return [] if state.fixed else [FixConfirmed(at=at, words=move.words)]
        case DenyFix():
            check(state.asked_whether_fixed, _NOT_ASKED)
            return [FixDenied(at=at, words=move.words, partly=move.partly)]
        case _:
            assert_never(move)


def may_update_by_itself(state: State, policy: Policy) -> bool:
    """Return whether the desk may say by itself how things stand.

    Only after a person has written, as often as the policy lets it, and never to somebody who is upset and unheard,
    whose promise is broken, or who has waited too long already: they hear from a person, as does everybody for whom
    one has just written.
    """
    spoken_to = state.last_word_at is not None and state.held is None and not state.bounced
    broken = any(promise.status is PromiseStatus.BROKEN for promise in state.promises)
    calm = state.unheard < UPSET and not broken and "silence" not in state.called
    return spoken_to and calm and state.ours and state.routine_updates < policy.routine_updates


def snooze_latest(state: State, at: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Return until when the next word can be put off at most. More than one delay does not make it later."""
    return after(policy.snooze_limit, silent_since(state) or at, calendar)


def _snooze(state: State, move: Snooze, at: datetime, policy: Policy, calendar: Calendar) -> list[AnyFact]:
    check(move.until > at, "A case cannot be put off to the past.")
    check(state.ours, "The next step is the customer's: there is nothing to put off.")
    check(state.unheard < UPSET, "They are upset, and nobody has named it yet. Answer that first.")
    check(state.last_word_at is not None, "They have not heard from anybody yet. Answer first.")
    latest = snooze_latest(state, at, policy, calendar)
    check(
        move.until <= latest,
        f"They would wait too long without a word: {_moment(latest, calendar)} is the latest. "
        "Write to them, and put it off from there.",
    )
    return [CaseSnoozed(at=at, until=move.until, why=move.why)]


def _moment(at: datetime, calendar: Calendar) -> str:
    """Return a moment as the clock on the wall of the house tells it."""
    return f"{at.astimezone(ZoneInfo(calendar.zone)):%Y-%m-%d %H:%M} ({calendar.zone})"
