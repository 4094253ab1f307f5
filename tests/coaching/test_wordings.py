"""Every wording that is proposed must do what it says it does: read back by the reader, it passes its gate."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from amends.coaching import Known, wordings
from amends.hearing import weigh
from amends.method.calendar import ALWAYS
from amends.method.decide import rehearse
from amends.method.evolve import fold
from amends.method.facts import (
    AboutFaceAsked,
    AnyFact,
    BasisConfirmed,
    BasisEstablished,
    BidMade,
    CaseClosed,
    CaseOpened,
    CaseResolved,
    CustomerKnown,
    DemandRefused,
    DemandUnwarranted,
    EarlierContactTold,
    FeelingAcknowledged,
    FinalAnswerGiven,
    FixConfirmed,
    MessageReceived,
    MessageSent,
    OfferAccepted,
    OfferMade,
    OfferRejected,
    OutcomesRecorded,
    ProblemTold,
    PromiseMade,
    RootCauseConfirmed,
    SurveyAnswered,
    SurveySent,
    ThreatMade,
    UpsetRead,
)
from amends.method.path import done
from amends.method.policy import load_preset
from amends.method.state import UPSET, State
from amends.method.words import Actor, CustomerOutcome, Evidence, ProblemOutcome, Rank, Remedy, Side, ThreatKind
from amends.reading import ActKind, Context, read
from amends.transcript import Message, Role, Span
from tests.coaching.drafts import coached

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
WORDS = Evidence(Span("m1", 0, 5))
HANDLER = Actor(Side.STAFF, "1", Rank.HANDLER)
MAYA = Known(
    name="Maya",
    handler="Jonas",
    business="Kettle & Cup",
    years=8.2,
    orders=14,
    problem="The espresso machine you sent me is broken AGAIN!!!",
    bid="I want my money back",
    promise="The refund will be with you by Friday",
)
STRANGER = Known()


def opened(level: int, *more: AnyFact) -> list[AnyFact]:
    return [
        CaseOpened(at=NOW, channel="email"),
        CustomerKnown(at=NOW, customer="1"),
        MessageReceived(at=NOW, message="m1"),
        UpsetRead(at=NOW, message="m1", level=level),
        *more,
    ]


HEARD: list[AnyFact] = [
    *opened(3, ProblemTold(at=NOW, words=WORDS)),
    MessageSent(at=NOW, message="m2"),
    FeelingAcknowledged(at=NOW, words=WORDS),
]
BASIS: list[AnyFact] = [
    BasisEstablished(at=NOW, expected=WORDS, got=WORDS),
    BasisConfirmed(at=NOW, words=WORDS),
]
ASKED: list[AnyFact] = [*HEARD, *BASIS, BidMade(at=NOW, remedy=Remedy.REFUND, words=WORDS)]
AGREED: list[AnyFact] = [
    *ASKED,
    OfferMade(at=NOW, offer="o", remedy=Remedy.REFUND, words=WORDS),
    OfferAccepted(at=NOW, offer="o", words=WORDS),
]


def acts_of(text: str, before: str = "") -> set[ActKind]:
    message = Message(id="d", role=Role.AGENT, text=text, at=NOW)
    return {act.act for act in read(message, Context(previous=before, previous_role=Role.CUSTOMER)).acts}


def gates_against(state: State, text: str) -> tuple[str, ...]:
    message = Message(id="d", role=Role.AGENT, text=text, at=NOW)
    moves = weigh(state, message, read(message), at=NOW, calendar=ALWAYS, owner="1")
    outcome = rehearse(state, moves, at=NOW, by=HANDLER, policy=load_preset("default"), calendar=ALWAYS)
    return tuple(refusal.gate.value for refusal in outcome.refusals)


TOLD: dict[str, list[AnyFact]] = {
    "told once": [ProblemTold(at=NOW, words=WORDS)],
    "for the second time": [EarlierContactTold(at=NOW, words=WORDS)],
    "about to leave": [ThreatMade(at=NOW, kind=ThreatKind.LEAVE, words=WORDS)],
    "telling everybody": [ThreatMade(at=NOW, kind=ThreatKind.PUBLIC, words=WORDS)],
}
UPSET_CASES = [
    (f"level {level}, {name}", [*opened(level), *more], known)
    for level in range(UPSET, 5)
    for name, more in TOLD.items()
    for known in (MAYA, STRANGER)
]


@pytest.mark.parametrize(("facts", "known"), [c[1:] for c in UPSET_CASES], ids=[c[0] for c in UPSET_CASES])
def test_somebody_upset_gets_three_wordings_that_name_the_feeling(facts: list[AnyFact], known: Known) -> None:
    state = fold(facts)
    offered = wordings(state, known)
    assert len({w.text for w in offered}) == 3
    for wording in offered:
        assert ActKind.ACKNOWLEDGE in acts_of(wording.text), wording.text
        assert gates_against(state, wording.text) == (), wording.text
        assert gates_against(state, f"{wording.text}\n\nWhat exactly happened?") == (), wording.text


NOTHING_WARRANTED = DemandUnwarranted(at=NOW, why=Span("n", 0, 1))
SAID_NO = DemandRefused(at=NOW, words=WORDS)
OFFERED = OfferMade(at=NOW, offer="o", remedy=Remedy.CREDIT, words=WORDS)
FINAL = FinalAnswerGiven(at=NOW, why=WORDS.span, elsewhere=WORDS.span)
TURNED_DOWN: list[AnyFact] = [OFFERED, OfferRejected(at=NOW, offer="o", words=WORDS)]
STEPS: dict[str, tuple[list[AnyFact], set[ActKind]]] = {
    "diagnose": (HEARD, {ActKind.DIAGNOSE, ActKind.READBACK}),
    "ask": ([*HEARD, *BASIS], {ActKind.INVITE_BID}),
    "nothing is warranted": ([*ASKED, NOTHING_WARRANTED], {ActKind.ABOUT_FACE}),
    "a demand was refused": ([*ASKED, SAID_NO], {ActKind.ABOUT_FACE}),
    "an offer was turned down": ([*ASKED, *TURNED_DOWN], {ActKind.ABOUT_FACE}),
}


@pytest.mark.parametrize("known", [MAYA, STRANGER], ids=["Maya", "a stranger"])
@pytest.mark.parametrize("step", STEPS)
def test_every_wording_does_what_its_step_asks_for(step: str, known: Known) -> None:
    facts, wanted = STEPS[step]
    offered = wordings(fold(facts), known)
    assert len(offered) == 3
    for wording in offered:
        assert acts_of(wording.text) & wanted, wording.text


@pytest.mark.parametrize(
    ("bid", "asks"), [("I want a few thousand for this", True), ("1.5k", True), ("I want my money back", False)]
)
def test_a_sum_that_nobody_could_read_is_asked_for_before_it_is_answered(bid: str, asks: bool) -> None:
    first = wordings(fold(ASKED), replace(MAYA, bid=bid))[0]
    assert ("how much would that be?" in first.text) is asks
    assert (ActKind.OFFER in acts_of(first.text)) is not asks


def test_each_way_into_a_deadlock_has_about_faces_of_its_own() -> None:
    stuck: list[list[AnyFact]] = [[NOTHING_WARRANTED], [SAID_NO], TURNED_DOWN]
    assert len({w.text for facts in stuck for w in wordings(fold([*ASKED, *facts]), MAYA)}) == 9


@pytest.mark.parametrize(
    "facts",
    [
        [SAID_NO, OFFERED],
        [SAID_NO, AboutFaceAsked(at=NOW, words=WORDS)],
        [SAID_NO, FINAL],
    ],
    ids=["our offer waits", "it was asked already", "the final answer is given"],
)
def test_the_about_face_is_offered_only_while_both_are_stuck(facts: list[AnyFact]) -> None:
    offered = wordings(fold([*ASKED, *facts]), MAYA)
    assert all(ActKind.ABOUT_FACE not in acts_of(wording.text) for wording in offered)


def test_a_final_answer_is_told_without_offering_or_promising_anything() -> None:
    offered = wordings(fold([*ASKED, SAID_NO, FINAL]), MAYA)
    assert len(offered) == 3
    for wording in offered:
        assert acts_of(wording.text) <= {ActKind.APPRECIATE, ActKind.ACKNOWLEDGE}, wording.text


@pytest.mark.parametrize("facts", [[NOTHING_WARRANTED], [SAID_NO], TURNED_DOWN], ids=["unwarranted", "no", "turned"])
def test_no_rule_has_anything_to_say_of_an_about_face(facts: list[AnyFact]) -> None:
    said_before = [
        Message(id="m1", role=Role.CUSTOMER, text="The kettle leaks. I want $5,000 for it.", at=NOW),
        Message(id="m2", role=Role.AGENT, text="I see how annoying it is. We cannot pay $5,000 for it.", at=NOW),
        Message(
            id="m3",
            role=Role.CUSTOMER,
            text="Thank you for your answer. I would like the $5,000 all the same, please.",
            at=NOW,
        ),
    ]
    for wording in wordings(fold([*ASKED, *facts]), MAYA):
        draft = f"Dear Maya,\n\n{wording.text}\n\nJonas"
        assert coached(draft, said_before, Known(name="Maya", handler="Jonas")) == (), draft


@pytest.mark.parametrize("known", [MAYA, STRANGER], ids=["Maya", "a stranger"])
@pytest.mark.parametrize(
    "facts",
    [
        HEARD,
        [*HEARD, *BASIS],
        ASKED,
        [*ASKED, NOTHING_WARRANTED],
        [*ASKED, SAID_NO],
        [*ASKED, *TURNED_DOWN],
        [*ASKED, SAID_NO, FINAL],
        AGREED,
        [*AGREED, PromiseMade(at=NOW, promise="p", what=WORDS.span, owner="1", due=NOW.replace(day=6))],
        [*AGREED, CaseResolved(at=NOW), FixConfirmed(at=NOW)],
    ],
    ids=[
        "to diagnose",
        "to ask",
        "to agree",
        "unwarranted",
        "a no",
        "turned down",
        "a final answer",
        "to act",
        "with a promise open",
        "to come back",
    ],
)
def test_no_wording_meets_a_gate_or_blames_anybody(facts: list[AnyFact], known: Known) -> None:
    state = fold(facts)
    offered = wordings(state, known)
    assert len({w.text for w in offered}) == 3
    for wording in offered:
        assert gates_against(state, wording.text) == (), wording.text
        assert ActKind.DEFLECT not in acts_of(wording.text), wording.text
        assert wording.why


def test_a_dated_promise_is_proposed_with_its_time() -> None:
    texts = [w.text for w in wordings(fold(AGREED), MAYA)]
    dated = [
        act for t in texts for act in read(Message(id="d", role=Role.AGENT, text=t, at=NOW)).acts if act.due is not None
    ]
    assert len(dated) >= 2


def test_their_own_words_and_years_stand_in_the_wordings() -> None:
    state = fold(opened(4, ProblemTold(at=NOW, words=WORDS)))
    texts = " ".join(w.text for w in wordings(state, MAYA))
    assert "espresso machine" in texts
    assert "eight years" in texts
    assert "Dear Maya" in texts


def test_a_scrap_of_anger_is_not_quoted_back() -> None:
    for facts in (opened(4, ProblemTold(at=NOW, words=WORDS)), HEARD):
        texts = " ".join(w.text for w in wordings(fold(facts), Known(name="Tom", problem="nobody cares!!!")))
        assert texts
        assert "nobody cares" not in texts


def test_a_case_that_is_done_needs_no_more_words() -> None:
    finished = fold(
        [
            *AGREED,
            CaseResolved(at=NOW),
            FixConfirmed(at=NOW),
            OutcomesRecorded(at=NOW, problem=ProblemOutcome.FIXED, customer=CustomerOutcome.CONTENT),
            CaseClosed(at=NOW),
            SurveySent(at=NOW, message="m9"),
            SurveyAnswered(at=NOW, outcome=5, treatment=5, process=5),
            RootCauseConfirmed(at=NOW, cause="Product fault"),
        ]
    )
    assert done(finished)
    assert wordings(finished, MAYA) == ()


@pytest.mark.parametrize(
    ("years", "words"), [(None, ""), (0.5, ""), (1.0, "one year"), (8.9, "eight years"), (31.0, "31 years")]
)
def test_tenure_is_told_in_words(years: float | None, words: str) -> None:
    assert Known(years=years).tenure == words
