"""Every move is decided, every fact evolves, and each has a place in some case."""

from typing import Any

import pytest
from msgspec import structs

from amends.method import facts as all_facts
from amends.method import moves as all_moves
from amends.method.decide import Impossible, decide
from amends.method.evolve import evolve
from amends.method.facts import (
    AnyFact,
    CallbackBooked,
    CaseSnoozed,
    Fact,
    IncidentLinked,
    PromiseOwnerAsked,
    SurveySent,
)
from amends.method.gates import Refused
from amends.method.moves import (
    AcceptOffer,
    AnswerSurvey,
    AnyMove,
    Approve,
    AskApproval,
    AskPromiseOwner,
    BookCall,
    Close,
    ConfirmBasis,
    ConfirmFix,
    DeclineApproval,
    DeclineSurvey,
    DenyFix,
    DismissPromise,
    DisputeBasis,
    EndSnooze,
    FollowOutcome,
    HandOverPromise,
    HoldMessage,
    Instruct,
    KeepPromise,
    MakeCallback,
    MakeOffer,
    Move,
    MovePromise,
    OpenCase,
    RecordOutcomes,
    RejectOffer,
    Reopen,
    Resolve,
    SendRoutineUpdate,
    SendSurvey,
    SendThanks,
    Snooze,
    TakeBackMessage,
    TakePromise,
    Tick,
    TurnDownPromise,
    UnbookCall,
    UnlinkIncident,
    WithdrawOffer,
    WriteThanksLine,
)
from amends.method.policy import LegalClock, Term
from amends.method.state import State
from amends.method.words import Gate
from tests.method.given import ADA, DEFAULT, JONAS, NOW, OFFICE, REASON, Given, Result, given, house, later
from tests.method.samples import FACTS, MOVES, sample
from tests.method.stories import agreed, answered, basis, bid, called_back, closed, opened, promised, proposed, resolved

TERM = LegalClock(title="Answer", within=Term(30, "days"), met_by="answer", warn=Term(5, "days"))


def names(*bases: type[Any]) -> set[str]:
    return {kind.__name__ for base in bases for kind in base.__subclasses__()}


def test_every_fact_and_every_move_is_in_its_union_and_exported() -> None:
    assert names(Fact) == set(FACTS)
    assert names(Move) == set(MOVES)
    assert set(FACTS) <= set(all_facts.__all__)
    assert set(MOVES) <= set(all_moves.__all__)


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.__name__)
def test_every_fact_evolves_from_every_state(fact: type[AnyFact]) -> None:
    for case in (State(), given(closed()).state, given(opened()).state):
        before = structs.asdict(case)
        assert evolve(case, sample(fact)).seq == case.seq + 1
        assert structs.asdict(case) == before


@pytest.mark.parametrize("move", MOVES.values(), ids=lambda move: move.__name__)
def test_every_move_is_decided_in_every_state(move: type[AnyMove]) -> None:
    for case in (State(), given(opened()).state, given(agreed()).state, given(closed()).state):
        try:
            facts = decide(case, sample(move), at=NOW, by=JONAS, policy=DEFAULT, calendar=OFFICE)
        except (Refused, Impossible) as no:
            answer = str(no)
        else:
            answer = "It passes."
            assert {type(fact).__name__ for fact in facts} <= set(FACTS)
        assert answer.endswith(".")


# ── Where each move has its place ────────────────────────────────────────────────────────────────


OPENED = given(opened())
READY = given(opened(), basis(), bid()).under(house(currency="EUR"))
OFFERED = READY.when(sample(MakeOffer)).passes()
PROMISED = given(opened(), promised("promise-1", due=later(days=1)))
ASKED = OPENED.under(house(currency="EUR")).when(sample(AskApproval)).passes()
ASKED_TO_KEEP = given(opened(), PROMISED.facts[-1], PromiseOwnerAsked(at=NOW, promise="promise-1", owner=ADA.id))
SNOOZED = given(opened(), answered(), CaseSnoozed(at=NOW, until=later(days=1), why=REASON))
SURVEYED = given(closed(), SurveySent(at=NOW, message="r8"))

# Where something has to have happened first; everywhere else an opened case is enough.
PLACES: dict[type[Move], Given] = {
    OpenCase: given(),
    TakeBackMessage: OPENED.when(HoldMessage(message="message-1", until=later(minutes=1))).passes(),
    ConfirmBasis: given(opened(), basis(plain=False)),
    DisputeBasis: given(opened(), basis()),
    Instruct: given(opened(), basis()),
    MakeOffer: READY,
    AcceptOffer: OFFERED,
    RejectOffer: OFFERED,
    WithdrawOffer: OFFERED,
    Approve: ASKED,
    DeclineApproval: ASKED,
    DismissPromise: given(opened(), proposed("promise-1")),
    HandOverPromise: PROMISED,
    KeepPromise: PROMISED,
    MovePromise: PROMISED,
    AskPromiseOwner: PROMISED,
    TakePromise: ASKED_TO_KEEP,
    TurnDownPromise: ASKED_TO_KEEP,
    SendRoutineUpdate: given(opened(), answered()).under(house(routine_updates=1)),
    Snooze: given(opened(), answered()),
    EndSnooze: SNOOZED,
    UnlinkIncident: given(opened(), IncidentLinked(at=NOW, incident="incident-1")),
    BookCall: given(resolved()),
    UnbookCall: given(resolved(), CallbackBooked(at=NOW, slot=later(days=2))),
    WriteThanksLine: given(resolved()),
    Resolve: given(agreed()),
    ConfirmFix: given(resolved()),
    DenyFix: given(resolved()),
    MakeCallback: given(resolved()),
    RecordOutcomes: given(resolved()),
    Close: given(called_back()),
    Reopen: given(closed()),
    FollowOutcome: given(closed()),
    SendThanks: given(closed()),
    SendSurvey: SURVEYED,  # the sample is the reminder
    AnswerSurvey: SURVEYED,
    DeclineSurvey: SURVEYED,
    Tick: OPENED,
}


def result_of(move: type[AnyMove]) -> Result:
    at = later(hours=30) if move is Tick else NOW
    return PLACES.get(move, OPENED).when(sample(move), at=at, by=ADA)


@pytest.mark.parametrize("move", MOVES.values(), ids=lambda move: move.__name__)
def test_every_move_has_a_place_where_it_makes_facts(move: type[AnyMove]) -> None:
    assert result_of(move).passes().state.seq > 0


def test_every_fact_is_made_by_some_move() -> None:
    made = {type(fact).__name__ for move in MOVES.values() for fact in result_of(move).facts}
    waits = [
        given(opened(), promised()).under(house(legal={"answer": TERM})),
        given(opened(), sample(FACTS["BidInvited"])),
        given(resolved()),
        given(closed()),
        SNOOZED,
        ASKED,
    ]
    made |= {name for case in waits for name in case.tick(later(days=400)).names}
    bad = SURVEYED.when(AnswerSurvey(outcome=1, treatment=1, process=1))
    reason = OPENED.when(sample(MakeOffer), overrides=dict.fromkeys(Gate, REASON))
    assert made | set(bad.names) | set(reason.names) == set(FACTS)
