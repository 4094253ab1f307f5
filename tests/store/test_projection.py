"""What the rows say: the status, the calls of Today, the heaps, the heat."""

from datetime import timedelta
from decimal import Decimal

import pytest

from amends.method.evolve import fold
from amends.method.facts import (
    AcknowledgementOverdue,
    AnyFact,
    ApprovalAsked,
    CallbackFellDue,
    CallbackMade,
    CallbackOverdue,
    CaseClosed,
    CaseResolved,
    FeelingAcknowledged,
    FixDenied,
    LegalClockPassed,
    MessageBounced,
    MessageReceived,
    MessageSent,
    PromiseBroken,
    PromiseMade,
    PromiseProposed,
    QuestionAsked,
    SilenceLimitPassed,
    ThanksFellDue,
    UpdateFellDue,
    UpsetRead,
)
from amends.method.words import CallResult, Evidence
from amends.store.heat import DOUBLING, heat
from amends.store.projection import calls, heaps, status
from amends.testing import MONDAY
from amends.transcript import Money, Span
from tests.store.given import POLICY, later, opened

WORDS = Evidence(Span("r1", 0, 5))
RESOLVED = CaseResolved(at=MONDAY)
CLOSED = CaseClosed(at=MONDAY)
PROMISED = PromiseMade(at=MONDAY, promise="p1", what=Span("r1", 0, 5), owner="1", due=later(days=1))
BROKEN = PromiseBroken(at=MONDAY, promise="p1")
WROTE_AGAIN = MessageReceived(at=MONDAY, message="m2")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "open"),
        ([RESOLVED], "resolved"),
        ([RESOLVED, CLOSED], "closed"),
        ([RESOLVED, CLOSED, FixDenied(at=MONDAY)], "open"),
    ],
)
def test_status(facts: list[AnyFact], expected: str) -> None:
    assert status(fold([*opened(), *facts])) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], set()),
        ([AcknowledgementOverdue(at=MONDAY)], {"acknowledge"}),
        ([UpdateFellDue(at=MONDAY)], {"update"}),
        ([SilenceLimitPassed(at=MONDAY)], {"update", "silence"}),
        ([SilenceLimitPassed(at=MONDAY), MessageSent(at=MONDAY, message="r1")], set()),
        ([PromiseProposed(at=MONDAY, promise="p1", what=Span("r1", 0, 5))], {"proposed"}),
        ([PROMISED], set()),
        ([PROMISED, BROKEN], {"broken"}),
        ([ApprovalAsked(at=MONDAY, approval="a1", cost=Money.of(1, "USD"), asked_by="1")], {"approval"}),
        ([MessageBounced(at=MONDAY, message="r1")], {"bounced"}),
        ([MessageBounced(at=MONDAY, message="r1", permanent=False)], set()),
        ([LegalClockPassed(at=MONDAY, clock="final")], {"legal"}),
        ([RESOLVED, CallbackFellDue(at=MONDAY)], {"callback"}),
        ([RESOLVED, CallbackOverdue(at=MONDAY)], {"callback", "late"}),
        ([RESOLVED, CallbackOverdue(at=MONDAY), CallbackMade(at=MONDAY, result=CallResult.REACHED)], set()),
        ([RESOLVED, CallbackFellDue(at=MONDAY), CallbackMade(at=MONDAY, result=CallResult.NOT_REACHED)], set()),
        ([RESOLVED, CallbackFellDue(at=MONDAY), FixDenied(at=MONDAY)], set()),
        ([RESOLVED, CLOSED, ThanksFellDue(at=MONDAY)], set()),
        ([SilenceLimitPassed(at=MONDAY), RESOLVED, CLOSED], set()),
        ([LegalClockPassed(at=MONDAY, clock="final"), RESOLVED, CLOSED], {"legal"}),
        # who writes after the farewell, or was promised something in it, is not out of sight
        ([RESOLVED, CLOSED, WROTE_AGAIN, SilenceLimitPassed(at=MONDAY)], {"update", "silence"}),
        ([RESOLVED, CLOSED, PROMISED, BROKEN], {"broken"}),
        ([RESOLVED, CLOSED, PromiseProposed(at=MONDAY, promise="p1", what=Span("r1", 0, 5))], {"proposed"}),
    ],
)
def test_calls(facts: list[AnyFact], expected: set[str]) -> None:
    assert calls(fold([*opened(1), *facts])) == expected


@pytest.mark.parametrize(
    ("level", "facts", "calling"),
    [
        (1, [], False),
        (2, [], True),
        (4, [], True),
        (4, [MessageSent(at=MONDAY, message="r1")], True),
        (4, [FeelingAcknowledged(at=MONDAY, words=WORDS)], False),
        (4, [QuestionAsked(at=MONDAY, words=WORDS)], False),
        (1, [RESOLVED, CLOSED, WROTE_AGAIN, UpsetRead(at=MONDAY, message="m2", level=3)], True),
    ],
)
def test_anger_that_nobody_has_named_calls_at_once(level: int, facts: list[AnyFact], calling: bool) -> None:
    assert ("unheard" in calls(fold([*opened(level), *facts]))) is calling


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, {"open", "station:ask"}),
        ({"upset": 1}, {"open", "station:ask"}),
        ({"upset": 2}, {"open", "station:ask", "upset"}),
        ({"waiting_since": MONDAY}, {"open", "station:ask", "waiting"}),
        ({"calls": "broken,update"}, {"open", "station:ask", "calls:broken", "calls:update"}),
        ({"status": "closed", "upset": 4, "calls": "legal"}, {"closed", "calls:legal"}),
    ],
)
def test_heaps(row: dict[str, object], expected: set[str]) -> None:
    plain = {"status": "open", "station": "ask", "upset": None, "waiting_since": None, "calls": ""}
    assert heaps(plain | row) == expected


def test_heat_rises_with_upset_value_and_waiting() -> None:
    calm, angry = fold(opened(0)), fold(opened(3))
    assert heat(angry, Decimal(0), POLICY) > heat(calm, Decimal(0), POLICY)
    assert heat(calm, Decimal(5000), POLICY) > heat(calm, Decimal(100), POLICY) > heat(calm, Decimal(0), POLICY)
    early = fold(opened(3, at=MONDAY - timedelta(days=1)))
    assert heat(early, Decimal(0), POLICY) - heat(angry, Decimal(0), POLICY) == pytest.approx(
        timedelta(days=1) / DOUBLING
    )


def test_money_alone_never_hides_an_upset_customer() -> None:
    assert heat(fold(opened(4)), Decimal(0), POLICY) > heat(fold(opened(0)), Decimal("1e11"), POLICY)


def test_a_debt_of_a_customer_is_worth_nothing_and_breaks_nothing() -> None:
    assert heat(fold(opened(2)), Decimal(-50), POLICY) == heat(fold(opened(2)), Decimal(0), POLICY)


def test_a_case_that_waits_for_the_customer_is_cooler() -> None:
    ours = fold(opened(3))
    theirs = fold([*opened(3), QuestionAsked(at=MONDAY, words=WORDS)])
    assert heat(theirs, Decimal(0), POLICY) < heat(ours, Decimal(0), POLICY)


def test_anger_that_nobody_named_stays_hot_although_they_wrote_calmly_since() -> None:
    cooled = [*opened(4), UpsetRead(at=MONDAY, message="m2", level=0)]
    assert heat(fold(cooled), Decimal(0), POLICY) == heat(fold(opened(4)), Decimal(0), POLICY)
