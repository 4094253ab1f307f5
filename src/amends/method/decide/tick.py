"""Time as a move: what has fallen due becomes a fact, each thing once."""

from datetime import datetime
from typing import assert_never

from amends.method.calendar import Calendar
from amends.method.clock import Deadline, Kind, due
from amends.method.evolve import evolve
from amends.method.facts import (
    AcknowledgementOverdue,
    AnyFact,
    ApprovalOverdue,
    BidUnanswered,
    CallbackFellDue,
    CallbackOverdue,
    FollowUpFellDue,
    LegalClockPassed,
    LegalClockWarned,
    MessageSent,
    PromiseBroken,
    PromiseDueSoon,
    PromiseEscalated,
    SilenceLimitPassed,
    SnoozeEnded,
    SurveyFellDue,
    ThanksFellDue,
    UpdateFellDue,
)
from amends.method.policy import Policy
from amends.method.state import State


def tick(state: State, at: datetime, policy: Policy, calendar: Calendar) -> list[AnyFact]:
    """Return what has fallen due by `at`, in its order. Every fact removes its deadline, so this ends."""
    facts: list[AnyFact] = []
    while (deadline := due(state, policy, calendar)) is not None and deadline.at <= at:
        fact = fact_of(deadline, at)
        facts.append(fact)
        state = evolve(state, fact)
    return facts


def fact_of(deadline: Deadline, at: datetime) -> AnyFact:
    """Return what a deadline that has fallen due becomes."""
    match deadline.kind:
        case Kind.HELD:
            return MessageSent(at=at, message=deadline.subject)
        case Kind.ACKNOWLEDGE:
            return AcknowledgementOverdue(at=at)
        case Kind.PROMISE_SOON:
            return PromiseDueSoon(at=at, promise=deadline.subject)
        case Kind.PROMISE:
            return PromiseBroken(at=at, promise=deadline.subject)
        case Kind.ESCALATION:
            return PromiseEscalated(at=at, promise=deadline.subject)
        case Kind.SNOOZE:
            return SnoozeEnded(at=at)
        case Kind.UPDATE:
            return UpdateFellDue(at=at)
        case Kind.SILENCE:
            return SilenceLimitPassed(at=at)
        case Kind.BID:
            return BidUnanswered(at=at)
        case Kind.APPROVAL:
            return ApprovalOverdue(at=at, approval=deadline.subject)
        case Kind.CALLBACK:
            return CallbackFellDue(at=at)
        case Kind.CALLBACK_LATE:
            return CallbackOverdue(at=at)
        case Kind.THANKS:
            return ThanksFellDue(at=at)
        case Kind.SURVEY | Kind.SURVEY_REMINDER:
            return SurveyFellDue(at=at)
        case Kind.FOLLOW_UP:
            return FollowUpFellDue(at=at)
        case Kind.LEGAL_SOON:
            return LegalClockWarned(at=at, clock=deadline.subject)
        case Kind.LEGAL:
            return LegalClockPassed(at=at, clock=deadline.subject)
        case _:
            assert_never(deadline.kind)
