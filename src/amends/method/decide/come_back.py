"""Moves that call back, close, thank, ask how it was, and learn."""

from datetime import datetime
from typing import assert_never

from amends.method.calendar import Calendar
from amends.method.clock import after
from amends.method.decide.impossible import check
from amends.method.facts import (
    AnyFact,
    CallbackBooked,
    CallbackMade,
    CallbackUnbooked,
    CaseClosed,
    CaseReopened,
    FixConfirmed,
    OutcomeFollowed,
    OutcomesRecorded,
    RootCauseConfirmed,
    SurveyAnswered,
    SurveyDeclined,
    SurveySent,
    ThanksLineWritten,
    ThanksSent,
)
from amends.method.moves import (
    AnswerSurvey,
    BookCall,
    Close,
    ComeBackMove,
    ConfirmRootCause,
    DeclineSurvey,
    FollowOutcome,
    MakeCallback,
    RecordOutcomes,
    Reopen,
    SendSurvey,
    SendThanks,
    UnbookCall,
    WriteThanksLine,
)
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import ProblemOutcome

BEST = 5
BAD = 2
"""A mark up to this is bad: the case is opened again."""
ANGRY = 3
"""Words from this level on are bitter: the case is opened again, whatever the marks say."""


def decide_come_back(
    state: State, move: ComeBackMove, at: datetime, policy: Policy, calendar: Calendar
) -> list[AnyFact]:
    """Return the facts of the way back to the customer."""
    check(state.opened_at is not None, "There is no such case yet.")
    match move:
        case MakeCallback():
            check(state.resolved_at is not None, "Call back once it is fixed; until then, keep them posted.")
            check(state.closed_at is None, "This case is closed.")
            return [CallbackMade(at=at, result=move.result, note=move.note)]
        case BookCall():
            return _book(state, move, at, policy, calendar)
        case UnbookCall():
            return [] if state.call_at is None else [CallbackUnbooked(at=at)]
        case RecordOutcomes():
            return _outcomes(state, move, at)
        case Close():
            check(state.closed_at is None, "This case is closed already.")
            check(state.resolved_at is not None, "Resolve it first: a case is closed once it is fixed and called back.")
            return [CaseClosed(at=at)]
        case Reopen():
            check(state.resolved_at is not None, "This case is open.")
            return [CaseReopened(at=at, why=move.why)]
        case WriteThanksLine():
            check(state.resolved_at is not None, "Thank them once it is fixed.")
            check(state.thanks_sent_at is None, "They have been thanked already.")
            return [ThanksLineWritten(at=at, words=move.words)]
        case SendThanks():
            check(state.closed_at is not None, "Thank them once the case is closed.")
            check(state.thanks_sent_at is None, "They have been thanked already.")
            return [ThanksSent(at=at, message=move.message)]
        case SendSurvey():
            return _survey(state, move, at)
        case AnswerSurvey():
            return _answer(state, move, at)
        case DeclineSurvey():
            return [] if state.survey_declined else [SurveyDeclined(at=at)]
        case ConfirmRootCause():
            check(bool(move.cause), "Say which cause it was.")
            return [RootCauseConfirmed(at=at, cause=move.cause, note=move.note)]
        case FollowOutcome():
            check(state.closed_at is not None, "What became of them shows once the case is closed.")
            known = (move.bought_again, move.recommends) != (None, None)
            check(known, "Say whether they bought again, or whether they recommend us.")
            return [OutcomeFollowed(at=at, bought_again=move.bought_again, recommends=move.recommends)]
        case _:
            assert_never(move)


def _book(state: State, move: BookCall, at: datetime, policy: Policy, calendar: Calendar) -> list[AnyFact]:
    check(state.resolved_at is not None, "We call back once it is fixed.")
    check(state.closed_at is None, "This case is closed.")
    check(not state.called_back, "They have been called back already.")
    check(move.slot > at, "This time has passed. Please choose another one.")
    check(calendar.is_open(move.slot), "Nobody is here at that time. Please choose another one.")
    check(
        move.slot <= after(policy.booking_limit, at, calendar), "That is too far ahead. Please choose an earlier time."
    )
    return [] if move.slot == state.call_at else [CallbackBooked(at=at, slot=move.slot)]


def _outcomes(state: State, move: RecordOutcomes, at: datetime) -> list[AnyFact]:
    check(state.resolved_at is not None, "Record the outcomes once it is fixed.")
    facts: list[AnyFact] = []
    if move.problem is ProblemOutcome.FIXED and not state.fixed:
        facts.append(FixConfirmed(at=at))  # said to us on the call
    return [*facts, OutcomesRecorded(at=at, problem=move.problem, customer=move.customer, note=move.note)]


def _survey(state: State, move: SendSurvey, at: datetime) -> list[AnyFact]:
    check(state.closed_at is not None, "Ask how it was once the case is closed.")
    if move.reminder:
        check(state.survey_open, "There is nothing to remind them of.")
        check(state.survey_reminded_at is None, "They have been reminded once; once is enough.")
    else:
        check(state.survey_sent_at is None, "They have been asked already.")
    return [SurveySent(at=at, message=move.message, reminder=move.reminder)]


def _answer(state: State, move: AnswerSurvey, at: datetime) -> list[AnyFact]:
    check(state.survey_sent_at is not None or state.survey is not None, "They have not been asked yet.")
    check(state.survey_open, "This survey has been answered already.")
    marks = (move.outcome, move.treatment, move.process)
    check(all(1 <= mark <= BEST for mark in marks), "Every mark goes from 1 (bad) to 5 (good).")
    facts: list[AnyFact] = [
        SurveyAnswered(
            at=at,
            outcome=move.outcome,
            treatment=move.treatment,
            process=move.process,
            buy_again=move.buy_again,
            recommend=move.recommend,
            words=move.words,
        )
    ]
    if min(marks) <= BAD or move.upset >= ANGRY or move.unfixed:
        facts.append(CaseReopened(at=at, why=move.words))
    return facts
