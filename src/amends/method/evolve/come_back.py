"""The call-back, the two outcomes, thanks, the survey, and what is learned."""

from typing import assert_never

from msgspec.structs import replace

from amends.method.evolve.act import reopened
from amends.method.evolve.hear import our_turn
from amends.method.facts import (
    CallbackBooked,
    CallbackFellDue,
    CallbackMade,
    CallbackOverdue,
    CallbackUnbooked,
    CaseClosed,
    CaseReopened,
    ComeBackFact,
    FollowUpFellDue,
    LegalClockPassed,
    LegalClockWarned,
    OutcomeFollowed,
    OutcomesRecorded,
    RootCauseConfirmed,
    SurveyAnswered,
    SurveyDeclined,
    SurveyFellDue,
    SurveySent,
    ThanksFellDue,
    ThanksLineWritten,
    ThanksSent,
)
from amends.method.state import Call, Outcomes, State, Survey
from amends.method.words import CallResult


def evolve_come_back(state: State, fact: ComeBackFact) -> State:
    """Return the state after something on the way back to the customer."""
    match fact:
        case CallbackFellDue():
            return replace(state, called=state.called | {"callback"})
        case CallbackOverdue():
            return replace(state, called=state.called | {"callback", "late"})
        case CallbackBooked():
            return replace(state, call_at=fact.slot, called=state.called - {"callback", "late"})
        case CallbackUnbooked():
            return replace(state, call_at=None)
        case CallbackMade():
            return _called(state, fact)
        case OutcomesRecorded():
            return replace(state, outcomes=Outcomes(fact.problem, fact.customer))
        case CaseClosed():
            return replace(state, closed_at=fact.at, waiting_since=None, call_at=None)
        case CaseReopened():
            return reopened(our_turn(replace(state, fixed=None), fact.at))
        case ThanksFellDue():
            return replace(state, called=state.called | {"thanks"})
        case ThanksLineWritten():
            return replace(state, thanks_line=fact.words)
        case ThanksSent():
            return replace(state, thanks_sent_at=fact.at)
        case SurveyFellDue():
            return replace(state, called=state.called | {"survey"})
        case SurveySent():
            if fact.reminder:
                return replace(state, survey_reminded_at=fact.at)
            return replace(state, survey_sent_at=fact.at, called=state.called - {"survey"})
        case SurveyAnswered():
            survey = Survey(
                fact.outcome, fact.treatment, fact.process, fact.buy_again, fact.recommend, fact.at, fact.words
            )
            return replace(state, survey=survey)
        case SurveyDeclined():
            return replace(state, survey_declined=True)
        case RootCauseConfirmed():
            return replace(state, root_cause=fact.cause)
        case FollowUpFellDue():
            return replace(state, called=state.called | {"follow"})
        case OutcomeFollowed():
            return replace(state, followed=True, bought_again=fact.bought_again, recommends=fact.recommends)
        case LegalClockWarned():
            return replace(state, called=state.called | {f"legal-soon:{fact.clock}"})
        case LegalClockPassed():
            return replace(state, called=state.called | {f"legal:{fact.clock}"})
        case _:
            assert_never(fact)


def _called(state: State, fact: CallbackMade) -> State:
    if fact.result is CallResult.NOT_FIXED:
        return reopened(our_turn(replace(state, fixed=False), fact.at))
    calls = (*state.calls, Call(fact.result, fact.at, fact.note))
    return replace(state, calls=calls, call_at=None, called=state.called - {"callback"})
