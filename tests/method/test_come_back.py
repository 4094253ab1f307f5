"""The fix, the call-back, both outcomes, closing, thanks, the survey, and what is learned."""

import pytest
from msgspec import structs

from amends.method.facts import (
    AnyFact,
    CallbackMade,
    CaseClosed,
    CaseReopened,
    CaseResolved,
    FixConfirmed,
    FixDenied,
    OutcomeFollowed,
    OutcomesRecorded,
    RootCauseConfirmed,
    SurveyAnswered,
    SurveyDeclined,
    SurveySent,
    ThanksSent,
)
from amends.method.moves import (
    AnswerSurvey,
    AnyMove,
    Close,
    ConfirmFix,
    ConfirmRootCause,
    DeclineSurvey,
    DenyFix,
    FollowOutcome,
    MakeCallback,
    RecordOutcomes,
    Reopen,
    Resolve,
    SendSurvey,
    SendThanks,
)
from amends.method.state import Outcomes
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from tests.method.given import MAYA, NOW, REASON, Given, given, later, said
from tests.method.stories import agreed, called, called_back, closed, opened, outcomes, resolved

OPEN, AGREED, RESOLVED, CALLED, CLOSED = (
    given(facts) for facts in (opened(), agreed(), resolved(), called_back(), closed())
)
SENT = SurveySent(at=NOW, message="r8")
ASKED = given(closed(), SENT)
GOOD = AnswerSurvey(outcome=5, treatment=4, process=3, buy_again=True, recommend=True, words=REASON)


def answer(move: AnswerSurvey = GOOD) -> SurveyAnswered:
    """Return the fact of such an answer."""
    return SurveyAnswered(
        at=NOW,
        outcome=move.outcome,
        treatment=move.treatment,
        process=move.process,
        buy_again=move.buy_again,
        recommend=move.recommend,
        words=move.words,
    )


@pytest.mark.parametrize(
    ("case", "move", "fact"),
    [
        (AGREED, Resolve(), CaseResolved(at=NOW)),
        (RESOLVED, ConfirmFix(words=said("m3")), FixConfirmed(at=NOW, words=said("m3"))),
        (RESOLVED, DenyFix(words=said("m3")), FixDenied(at=NOW, words=said("m3"))),
        (RESOLVED, MakeCallback(result=CallResult.REACHED, note=REASON), CallbackMade(at=NOW, result=CallResult.REACHED, note=REASON)),
        (CALLED, Close(), CaseClosed(at=NOW)),
        (CLOSED, Reopen(why=REASON), CaseReopened(at=NOW, why=REASON)),
        (CLOSED, SendThanks(message="r9"), ThanksSent(at=NOW, message="r9")),
        (CLOSED, SendSurvey(message="r8"), SENT),
        (ASKED, SendSurvey(message="r9", reminder=True), SurveySent(at=NOW, message="r9", reminder=True)),
        (OPEN, ConfirmRootCause(cause="Billing error", note=REASON), RootCauseConfirmed(at=NOW, cause="Billing error", note=REASON)),
        (CLOSED, FollowOutcome(bought_again=True, recommends=False), OutcomeFollowed(at=NOW, bought_again=True, recommends=False)),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, Given) else "",
)  # fmt: skip
def test_the_way_back_to_the_customer(case: Given, move: AnyMove, fact: AnyFact) -> None:
    case.when(move).then(fact)


@pytest.mark.parametrize(
    ("case", "move", "why"),
    [
        (RESOLVED, Resolve(), "resolved already"),
        (AGREED, ConfirmFix(), "not said yet"),
        (AGREED, DenyFix(), "not said yet"),
        (AGREED, MakeCallback(result=CallResult.REACHED), "Call back once it is fixed"),
        (CLOSED, MakeCallback(result=CallResult.REACHED), "closed"),
        (AGREED, RecordOutcomes(problem=ProblemOutcome.FIXED, customer=CustomerOutcome.CONTENT), "once it is fixed"),
        (AGREED, Close(), "Resolve it first"),
        (CLOSED, Close(), "closed already"),
        (AGREED, Reopen(), "This case is open"),
        (CALLED, SendThanks(message="r9"), "once the case is closed"),
        (given(CLOSED.facts, ThanksSent(at=NOW, message="r9")), SendThanks(message="r10"), "thanked already"),
        (CALLED, SendSurvey(message="r8"), "once the case is closed"),
        (ASKED, SendSurvey(message="r9"), "asked already"),
        (CLOSED, SendSurvey(message="r9", reminder=True), "nothing to remind them of"),
        (given(ASKED.facts, SurveySent(at=NOW, message="r9", reminder=True)), SendSurvey(message="r10", reminder=True), "once is enough"),
        (CLOSED, GOOD, "not been asked yet"),
        (ASKED, structs.replace(GOOD, process=0), "from 1 (bad) to 5 (good)"),
        (ASKED, structs.replace(GOOD, outcome=6), "from 1 (bad) to 5 (good)"),
        (OPEN, ConfirmRootCause(cause=""), "which cause"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, Given) else "",
)  # fmt: skip
def test_what_makes_no_sense_on_the_way_back(case: Given, move: AnyMove, why: str) -> None:
    case.when(move).impossible(why)


# ── The fix ──────────────────────────────────────────────────────────────────────────────────────


def test_a_fix_is_confirmed_once() -> None:
    case = given(resolved(), FixConfirmed(at=NOW, words=said("m3")))
    case.when(ConfirmFix(words=said("m4"))).then()
    assert (case.state.fixed, case.state.fix_words) == (True, said("m3"))


def test_a_second_fix_is_confirmed_anew() -> None:
    case = given(resolved(), FixConfirmed(at=NOW), FixDenied(at=NOW), CaseResolved(at=NOW))
    assert case.state.fixed is None
    case.when(ConfirmFix()).then(FixConfirmed(at=NOW))


def test_a_fix_ends_the_wait() -> None:
    assert AGREED.state.waiting_since == NOW
    assert RESOLVED.state.waiting_since is None


# ── The call ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("result", "done"),
    [
        (CallResult.REACHED, True),
        (CallResult.DECLINED, True),
        (CallResult.PREFERS_WRITING, True),
        (CallResult.NOT_REACHED, False),
        (CallResult.NOT_FIXED, False),
    ],
)
def test_which_calls_are_a_call_back(result: CallResult, done: bool) -> None:
    assert given(resolved(), called(result)).state.called_back is done


def test_not_fixed_on_the_call_opens_the_case_again() -> None:
    after = RESOLVED.when(MakeCallback(result=CallResult.NOT_FIXED)).passes().state
    assert (after.resolved_at, after.fixed, after.reopened, after.waiting_since) == (None, False, 1, NOW)


def test_fixed_on_the_call_is_their_confirmation() -> None:
    record = RecordOutcomes(problem=ProblemOutcome.FIXED, customer=CustomerOutcome.DELIGHTED, note=REASON)
    fact = OutcomesRecorded(at=NOW, problem=record.problem, customer=record.customer, note=REASON)
    result = RESOLVED.when(record)
    result.then(FixConfirmed(at=NOW), fact)
    assert result.passes().state.outcomes == Outcomes(ProblemOutcome.FIXED, CustomerOutcome.DELIGHTED)
    given(resolved(), FixConfirmed(at=NOW)).when(record).then(fact)


def test_other_outcomes_confirm_nothing() -> None:
    record = RecordOutcomes(problem=ProblemOutcome.NO_REMEDY, customer=CustomerOutcome.UNHAPPY)
    after = RESOLVED.when(record).passes().state
    assert after.fixed is None
    assert after.resolved_at == NOW


# ── The survey ───────────────────────────────────────────────────────────────────────────────────


def test_a_good_answer_is_kept() -> None:
    result = ASKED.when(GOOD, by=MAYA)
    result.then(answer())
    survey = result.passes().state.survey
    assert survey is not None
    assert (survey.outcome, survey.treatment, survey.process, survey.words) == (5, 4, 3, REASON)
    assert (survey.buy_again, survey.recommend) == (True, True)


@pytest.mark.parametrize("mark", ["outcome", "treatment", "process"])
def test_one_bad_mark_opens_the_case_again(mark: str) -> None:
    bad = structs.replace(GOOD, **{mark: 2})
    result = ASKED.when(bad, by=MAYA)
    result.then(answer(bad), CaseReopened(at=NOW, why=REASON))
    after = result.passes().state
    assert (after.closed_at, after.reopened, after.waiting_since) == (None, 1, NOW)
    assert after.survey is not None


@pytest.mark.parametrize(
    ("words", "again"),
    [({"upset": 2}, False), ({"upset": 3}, True), ({"upset": 4}, True), ({"unfixed": True}, True)],
)
def test_bitter_words_with_good_marks_open_the_case_again(words: dict[str, int], again: bool) -> None:
    said_so = structs.replace(GOOD, **words)
    reopened = [CaseReopened(at=NOW, why=REASON)] if again else []
    ASKED.when(said_so, by=MAYA).then(answer(said_so), *reopened)


def test_who_does_not_want_to_be_asked_is_not_asked_again() -> None:
    result = ASKED.when(DeclineSurvey(), by=MAYA)
    result.then(SurveyDeclined(at=NOW))
    declined = result.passes()
    assert not declined.state.survey_open
    declined.when(DeclineSurvey(), by=MAYA).then()
    declined.when(SendSurvey(message="r9", reminder=True)).impossible("nothing to remind them of")
    again = given(declined.facts, CaseReopened(at=NOW), resolved()[-1], CaseClosed(at=NOW))
    assert again.state.survey_declined


def test_a_survey_is_answered_once() -> None:
    case = given(closed(), SENT, structs.replace(answer(), at=later(days=1)))
    case.when(GOOD, at=later(days=2)).impossible("answered already")


def test_after_a_second_fix_they_are_asked_again() -> None:
    bad = structs.replace(answer(), at=later(days=1), outcome=1)
    again = given(closed(), SENT, bad, CaseReopened(at=later(days=1)), resolved()[-1], called(), outcomes())
    shut = given(again.facts, CaseClosed(at=later(days=2)))
    shut.when(GOOD, at=later(days=2)).impossible("answered already")
    asked = shut.when(SendSurvey(message="r20"), at=later(days=3)).passes()
    assert asked.state.survey_open
    after = asked.when(GOOD, at=later(days=4)).passes().state
    assert after.survey is not None
    assert after.survey.outcome == 5
    assert not after.survey_open


# ── What is learned ──────────────────────────────────────────────────────────────────────────────


def test_what_became_of_them_is_known_once_it_is_closed_and_only_by_who_knows_something() -> None:
    given(resolved()).when(FollowOutcome(bought_again=True)).impossible("once the case is closed")
    CLOSED.when(FollowOutcome()).impossible("whether they bought again, or whether they recommend us")
    followed = CLOSED.when(FollowOutcome(recommends=False)).passes()
    assert (followed.state.bought_again, followed.state.recommends) == (None, False)
    again = given(followed.facts, CaseReopened(at=NOW)).state
    assert (again.followed, again.recommends) == (False, None)


def test_the_cause_and_what_became_of_them_are_kept() -> None:
    learned = given(
        closed(), RootCauseConfirmed(at=NOW, cause="Billing error"), OutcomeFollowed(at=NOW, bought_again=True)
    )
    state = learned.state
    assert (state.root_cause, state.followed, state.bought_again) == ("Billing error", True, True)


def test_nothing_of_the_coming_back_counts_after_a_case_is_opened_again() -> None:
    case = given(closed(), SENT, ThanksSent(at=NOW, message="r9"), OutcomeFollowed(at=NOW), CaseReopened(at=NOW))
    state = case.state
    assert (state.thanks_sent_at, state.survey_sent_at, state.survey_reminded_at) == (None, None, None)
    assert (state.followed, state.calls, state.outcomes) == (False, (), None)
    assert state.called.isdisjoint({"callback", "late", "thanks", "survey", "follow"})
