"""The path: eight stations, each passed by evidence, and thrown back by what the customer says."""

import pytest

from amends.method.facts import (
    AnyFact,
    BasisConfirmed,
    BasisDisputed,
    BidInvited,
    BidLeftToUs,
    BidUnanswered,
    CaseClosed,
    CaseReopened,
    CaseResolved,
    CustomerUpdated,
    FinalAnswerGiven,
    FixConfirmed,
    FixDenied,
    OutcomeFollowed,
    ProblemTold,
    PromiseBroken,
    PromiseKept,
    RootCauseConfirmed,
    SurveyAnswered,
    SurveySent,
    ThanksGiven,
)
from amends.method.path import done, may_ask_for_more, path, station
from amends.method.state import State
from amends.method.words import CallResult, Evidence, Station, Voice
from tests.method.given import NOW, REASON, given, later, said
from tests.method.stories import (
    agreed,
    answered,
    basis,
    bid,
    called,
    called_back,
    closed,
    named,
    offered,
    opened,
    outcomes,
    promised,
    proposed,
    resolved,
    understood,
    upset,
    wrote,
)

FINAL = FinalAnswerGiven(at=NOW, why=REASON, elsewhere=REASON)
CONFIRMED = BasisConfirmed(at=NOW, words=said("m2"))
FIXED = FixConfirmed(at=NOW, words=said("m3"))
BROKEN_STILL = FixDenied(at=NOW, words=said("m3"))
CAUSE = RootCauseConfirmed(at=NOW, cause="Billing error")
FOLLOWED = OutcomeFollowed(at=NOW, bought_again=True)
SURVEYED = [
    SurveySent(at=NOW, message="r9"),
    SurveyAnswered(at=later(days=1), outcome=5, treatment=5, process=4, buy_again=True),
]
NEXT = later(days=1)


@pytest.mark.parametrize(
    ("says", "facts", "which", "passed"),
    [
        ("a case without a complaint", [], Station.HEAR, False),
        ("nobody has read how they feel", opened(), Station.HEAR, False),
        ("we do not know who wrote", [*opened()[:1], upset(0)], Station.HEAR, False),
        ("in, known and read", [*opened(), upset(0)], Station.HEAR, True),
        ("angry, and nobody has named it", [*opened(), upset(3), answered()], Station.ACKNOWLEDGE, False),
        ("angry, and named", [*opened(), upset(3), named()], Station.ACKNOWLEDGE, True),
        ("angry anew", [*opened(), upset(3), named(), upset(2, "m2")], Station.ACKNOWLEDGE, False),
        ("calm, and nobody has answered", [*opened(), upset(0)], Station.ACKNOWLEDGE, False),
        ("calm, and somebody has answered", [*opened(), upset(1), answered()], Station.ACKNOWLEDGE, True),
        ("a basis in their own plain words", [*opened(), ProblemTold(at=NOW, words=said(), plain=True)], Station.DIAGNOSE, True),
        ("a problem told in part", [*opened(), ProblemTold(at=NOW, words=said())], Station.DIAGNOSE, False),
        ("a basis that waits for a yes", [*opened(), basis(plain=False)], Station.DIAGNOSE, False),
        ("a basis with their yes", [*opened(), basis(plain=False), CONFIRMED], Station.DIAGNOSE, True),
        ("a basis with their no", [*opened(), basis(), BasisDisputed(at=NOW, words=said("m2"))], Station.DIAGNOSE, False),
        ("no bid", opened(), Station.ASK, False),
        ("asked, and no answer yet", [*opened(), BidInvited(at=NOW, words=said("r1"))], Station.ASK, False),
        ("a bid", [*opened(), bid()], Station.ASK, True),
        ("left to us", [*opened(), BidLeftToUs(at=NOW, words=said())], Station.ASK, True),
        ("asked in vain", [*opened(), BidUnanswered(at=NOW)], Station.ASK, True),
        ("an offer without an answer", [*understood(), offered()], Station.AGREE, False),
        ("an offer that was taken", agreed(), Station.AGREE, True),
        ("a final answer", [*opened(), FINAL], Station.AGREE, True),
        ("a new bid after the agreement", [*agreed(), bid(200, at=NEXT)], Station.AGREE, False),
        ("a thank-you after the agreement", [*agreed(), ThanksGiven(at=NEXT, words=said("m2"))], Station.AGREE, True),
        ("agreed, and not resolved", agreed(), Station.ACT, False),
        ("resolved, and not confirmed", resolved(), Station.ACT, False),
        ("resolved and confirmed", [*resolved(), FIXED], Station.ACT, True),
        ("resolved, and told on the call", [*resolved(), called()], Station.ACT, True),
        ("resolved, and nobody reached", [*resolved(), called(CallResult.NOT_REACHED)], Station.ACT, False),
        ("resolved, and a promise made since", [*resolved(), FIXED, promised()], Station.ACT, False),
        ("that promise broken", [*resolved(), FIXED, promised(), PromiseBroken(at=NOW, promise="p1")], Station.ACT, False),
        ("that promise kept", [*resolved(), FIXED, promised(), PromiseKept(at=NOW, promise="p1")], Station.ACT, True),
        ("words that sound like one", [*resolved(), FIXED, proposed()], Station.ACT, False),
        ("a final answer needs no confirmation", [*opened(), FINAL, CaseResolved(at=NOW)], Station.ACT, True),
        ("not fixed after all", [*resolved(), FIXED, BROKEN_STILL], Station.ACT, False),
        ("a thank-you is no denial", [*resolved(), FIXED, wrote(), ThanksGiven(at=NOW, words=said("m2"))], Station.ACT, True),
        ("called, and nothing written down", [*resolved(), called()], Station.COME_BACK, False),
        ("written down, and never called", [*resolved(), outcomes()], Station.COME_BACK, False),
        ("called and written down", called_back(), Station.COME_BACK, True),
        ("never reached, but closed", [*resolved(), called(CallResult.NOT_REACHED), outcomes(), CaseClosed(at=NOW)], Station.COME_BACK, True),
        ("closed by force", [*resolved(), CaseClosed(at=NOW)], Station.COME_BACK, False),
        ("not fixed, said on the call", [*called_back(), called(CallResult.NOT_FIXED)], Station.COME_BACK, False),
        ("no cause", [*closed(), *SURVEYED], Station.LEARN, False),
        ("a cause, and no word of them", [*closed(), CAUSE], Station.LEARN, False),
        ("a cause and their survey", [*closed(), CAUSE, *SURVEYED], Station.LEARN, True),
        ("a cause and a look", [*closed(), CAUSE, FOLLOWED], Station.LEARN, True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_station_is_passed(says: str, facts: list[AnyFact], which: Station, passed: bool) -> None:
    assert given(facts).step(which).passed is passed


@pytest.mark.parametrize(
    ("says", "facts", "which", "words"),
    [
        ("what they wrote", [*opened(), ProblemTold(at=NOW, words=said())], Station.HEAR, said()),
        ("the sentence that named it", [*opened(), named()], Station.ACKNOWLEDGE, said("r1")),
        ("what they got", [*opened(), basis()], Station.DIAGNOSE, said(start=6)),
        ("their yes", [*opened(), basis(plain=False), CONFIRMED], Station.DIAGNOSE, said("m2")),
        ("nothing, while it waits for their yes", [*opened(), basis(plain=False)], Station.DIAGNOSE, None),
        ("their bid", [*opened(), bid()], Station.ASK, said()),
        ("that they left it to us", [*opened(), BidLeftToUs(at=NOW, words=said("m2"))], Station.ASK, said("m2")),
        ("that we asked, in vain", [*opened(), BidInvited(at=NOW, words=said("r1")), BidUnanswered(at=NOW)], Station.ASK, said("r1")),
        ("nothing, while we wait for it", [*opened(), BidInvited(at=NOW, words=said("r1"))], Station.ASK, None),
        ("their answer", agreed(), Station.AGREE, said("m2")),
        ("our final answer", [*opened(), FINAL], Station.AGREE, Evidence(REASON, Voice.PERSON)),
        ("nothing, while nothing is agreed", opened(), Station.AGREE, None),
        ("that they say it is fixed", [*resolved(), FIXED], Station.ACT, said("m3")),
        ("our update", [*agreed(), CustomerUpdated(at=NOW, words=said("r4"))], Station.ACT, said("r4")),
        ("never their no", [*resolved(), BROKEN_STILL, CaseResolved(at=NOW), called()], Station.ACT, None),
        ("the note of the call", called_back(), Station.COME_BACK, Evidence(called().note or REASON, Voice.PERSON)),
        ("nothing, before the call", resolved(), Station.COME_BACK, None),
        ("nothing", closed(), Station.LEARN, None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_words_that_passed_it(says: str, facts: list[AnyFact], which: Station, words: Evidence | None) -> None:
    assert given(facts).step(which).evidence == words


def test_the_path_has_eight_stations_in_order_each_with_what_would_pass_it() -> None:
    steps = path(State())
    assert [step.station for step in steps] == list(Station)
    assert not any(step.passed for step in steps)
    assert all(step.remedy.endswith(".") for step in steps)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (opened(), Station.HEAR),
        ([*opened(), upset(3)], Station.ACKNOWLEDGE),
        ([*opened(), upset(3), named()], Station.DIAGNOSE),
        ([*opened(), upset(3), named(), basis()], Station.ASK),
        (understood(), Station.AGREE),
        (agreed(), Station.ACT),
        ([*resolved(), FIXED], Station.COME_BACK),
        (called_back(), Station.LEARN),
        ([*closed(), CAUSE, FOLLOWED], Station.LEARN),
    ],
    ids=lambda value: value if isinstance(value, Station) else "",
)
def test_a_case_stands_at_the_first_station_that_is_not_passed(facts: list[AnyFact], where: Station) -> None:
    assert station(given(facts).state) is where


def test_a_later_station_may_be_passed_before_an_earlier_one() -> None:
    first_message = given(opened(), upset(3), ProblemTold(at=NOW, words=said(), plain=True), bid(80))
    assert station(first_message.state) is Station.ACKNOWLEDGE
    assert first_message.step(Station.DIAGNOSE).passed
    assert first_message.step(Station.ASK).passed


def test_a_case_is_done_when_every_station_is_passed() -> None:
    assert done(given(closed(), CAUSE, FOLLOWED).state)
    assert not done(given(closed(), CAUSE).state)


# ── Thrown back ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("facts", [resolved(), called_back(), closed()], ids=["resolved", "called back", "closed"])
@pytest.mark.parametrize(
    "no",
    [BROKEN_STILL, called(CallResult.NOT_FIXED), CaseReopened(at=NOW)],
    ids=["they write that it is not fixed", "they say so on the call", "somebody opens it again"],
)
def test_a_no_throws_the_case_back_to_act(facts: list[AnyFact], no: AnyFact) -> None:
    state = given(facts, no).state
    assert station(state) is Station.ACT
    assert (state.resolved_at, state.closed_at, state.calls, state.outcomes) == (None, None, (), None)
    assert state.reopened == 1
    assert state.waiting_since == NOW
    assert state.agreement is not None


def test_a_new_bid_throws_the_case_back_to_agree() -> None:
    assert station(given(agreed(), bid(200, at=NEXT)).state) is Station.AGREE


@pytest.mark.parametrize("facts", [resolved(), called_back(), closed()], ids=["resolved", "called back", "closed"])
def test_a_thank_you_never_opens_a_case_again(facts: list[AnyFact]) -> None:
    before = given(facts).state
    after = given(facts, ThanksGiven(at=NEXT, words=said("m9"))).state
    assert after.thanked == said("m9")
    assert (after.resolved_at, after.closed_at, after.reopened) == (before.resolved_at, before.closed_at, 0)
    assert path(after) == path(before)


# ── The ask for more business ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("says", "facts", "earned"),
    [
        ("fixed, closed, and they would come again", [*closed(), FIXED, *SURVEYED], True),
        ("nobody knows whether it is fixed", [*closed(), *SURVEYED], False),
        ("not closed", [*called_back(), FIXED, *SURVEYED], False),
        ("no word of them", [*closed(), FIXED], False),
        ("they would not say", [*closed(), FIXED, SurveyAnswered(at=NOW, outcome=5, treatment=5, process=5)], False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_when_the_ask_for_more_is_earned(says: str, facts: list[AnyFact], earned: bool) -> None:
    assert may_ask_for_more(given(facts).state) is earned
