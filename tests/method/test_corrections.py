"""Facts that are taken back, looking at what is past, and rehearsing what is not there yet."""

import pytest

from amends.method.decide import Impossible, decide, observe, rehearse
from amends.method.evolve import evolve, fold
from amends.method.facts import FactTakenBack, GateOverridden, QuestionAsked
from amends.method.moves import (
    AcknowledgeFeeling,
    AnyMove,
    AskQuestion,
    KeepPromise,
    MakeOffer,
    MakePromise,
    OpenCase,
    TakeBackFact,
    Tick,
)
from amends.method.state import State
from amends.method.words import CLOCK, Gate, Remedy
from tests.method.given import DEFAULT, JONAS, NOW, OFFICE, REASON, given, later, limits, money, said
from tests.method.stories import agreed, basis, bid, named, opened, promised, understood, upset

WORDS = said("r1")
NAME_IT = AcknowledgeFeeling(words=WORDS)
ASK = AskQuestion(words=WORDS)


# ── Taken back ───────────────────────────────────────────────────────────────────────────────────


def test_a_fact_that_is_taken_back_counts_for_nothing_but_its_place() -> None:
    case = given(opened(), upset(3))
    place = len(case.facts)
    result = case.when(TakeBackFact(seq=place))
    result.then(FactTakenBack(at=NOW, seq=place))
    state = result.passes().state
    assert state.temperature == ()
    assert state.unheard == 0
    assert state.seq == place + 1


def test_what_followed_from_it_falls_with_it() -> None:
    case = given(agreed())
    offer = next(place for place, fact in enumerate(case.facts, 1) if type(fact).__name__ == "OfferMade")
    state = given(case.facts, FactTakenBack(at=NOW, seq=offer)).state
    assert state.offers == ()
    assert state.agreement is None


def test_a_correction_can_be_corrected() -> None:
    case = given(opened(), upset(3))
    there = len(case.facts)
    gone = given(case.facts, FactTakenBack(at=NOW, seq=there))
    back = given(gone.facts, FactTakenBack(at=NOW, seq=there + 1))
    assert back.state.temperature == case.state.temperature
    gone_again = given(back.facts, FactTakenBack(at=NOW, seq=there + 2))
    assert gone_again.state.temperature == ()


@pytest.mark.parametrize("seq", [-1, 0, 1, 4, 99])
def test_the_opening_of_a_case_and_what_is_not_there_cannot_be_taken_back(seq: int) -> None:
    given(opened()).when(TakeBackFact(seq=seq)).impossible("nothing at that place")


def test_an_override_that_is_taken_back_is_not_counted() -> None:
    case = given(opened(), GateOverridden(at=NOW, gate=Gate.BID_FIRST, why=REASON))
    assert case.state.overrides == 1
    assert given(case.facts, FactTakenBack(at=NOW, seq=4)).state.overrides == 0


def test_a_correction_needs_the_whole_journal() -> None:
    case = given(opened(), FactTakenBack(at=NOW, seq=3))
    with pytest.raises(ValueError, match="whole journal"):
        fold(case.facts[2:], fold(case.facts[:2]))


def test_a_journal_can_be_gone_on_with() -> None:
    facts = given(agreed(), promised()).facts
    for cut in range(len(facts) + 1):
        assert fold(facts[cut:], fold(facts[:cut])) == fold(facts)


def test_a_correction_alone_only_takes_its_place() -> None:
    before = given(opened()).state
    after = evolve(before, FactTakenBack(at=NOW, seq=3))
    assert after.seq == before.seq + 1
    assert after.waiting_since == before.waiting_since


# ── Observed: a conversation that is past ────────────────────────────────────────────────────────


def test_an_observer_names_every_breach_and_refuses_nothing() -> None:
    state = given(opened(), upset(3)).state
    move = MakeOffer(offer="o1", remedy=Remedy.REFUND, words=WORDS)
    seen = observe(state, move, at=NOW, by=JONAS, policy=DEFAULT, calendar=OFFICE)
    assert [no.gate for no in seen.refusals] == [
        Gate.ACKNOWLEDGE_FIRST,
        Gate.DIAGNOSE_BEFORE_PRESCRIBING,
        Gate.BID_FIRST,
    ]
    assert [type(fact).__name__ for fact in seen.facts] == ["OfferMade"]
    assert seen.state == evolve(state, seen.facts[0])
    assert seen.state.overrides == 0


def test_what_makes_no_sense_did_not_happen() -> None:
    state = given(opened()).state
    seen = observe(state, KeepPromise(promise="p9"), at=NOW, by=JONAS, policy=DEFAULT, calendar=OFFICE)
    assert (seen.facts, seen.state, seen.refusals) == ((), state, ())


def test_time_passes_for_an_observer_too() -> None:
    seen = observe(given(opened()).state, Tick(), at=later(days=9), by=CLOCK, policy=DEFAULT, calendar=OFFICE)
    assert [type(fact).__name__ for fact in seen.facts] == [
        "AcknowledgementOverdue",
        "UpdateFellDue",
        "SilenceLimitPassed",
    ]


def test_a_promise_without_a_date_is_seen_as_words_that_sound_like_one() -> None:
    move = MakePromise(promise="p1", what=WORDS.span)
    seen = observe(given(opened()).state, move, at=NOW, by=JONAS, policy=DEFAULT, calendar=OFFICE)
    assert [type(fact).__name__ for fact in seen.facts] == ["PromiseProposed"]
    assert [no.gate for no in seen.refusals] == [Gate.PROMISE_HAS_A_DATE]


# ── Rehearsed: a message that has not happened yet ───────────────────────────────────────────────


def gates(state: State, *moves: AnyMove) -> list[Gate]:
    seen = rehearse(state, moves, at=NOW, by=JONAS, policy=limits(handler=100), calendar=OFFICE)
    return [no.gate for no in seen.refusals]


def test_a_feeling_named_first_opens_the_way_within_one_message() -> None:
    state = given(opened(), upset(3)).state
    assert gates(state, NAME_IT, ASK) == []
    assert gates(state, ASK, NAME_IT) == [Gate.ACKNOWLEDGE_FIRST]


def test_each_gate_speaks_once_and_in_the_order_of_the_path() -> None:
    state = given(opened(), upset(3)).state
    first, second = (MakeOffer(offer=name, remedy=Remedy.REFUND, words=WORDS, amount=money(60)) for name in "ab")
    promise = MakePromise(promise="p1", what=WORDS.span)
    assert gates(state, promise, second, first, ASK) == [
        Gate.ACKNOWLEDGE_FIRST,
        Gate.DIAGNOSE_BEFORE_PRESCRIBING,
        Gate.BID_FIRST,
        Gate.AUTHORITY,
        Gate.PROMISE_HAS_A_DATE,
    ]


def test_the_last_refusal_of_a_gate_has_seen_the_whole_sum() -> None:
    state = given(opened(), basis(), bid(500)).state
    offers = [MakeOffer(offer=name, remedy=Remedy.REFUND, words=WORDS, amount=money(150)) for name in "ab"]
    seen = rehearse(state, offers, at=NOW, by=JONAS, policy=limits(handler=100), calendar=OFFICE)
    assert [no.details["cost"] for no in seen.refusals] == ["300.00 USD"]


def test_a_rehearsal_changes_nothing_and_shows_where_it_would_lead() -> None:
    state = given(opened(), upset(3)).state
    seen = rehearse(state, [NAME_IT, ASK], at=NOW, by=JONAS, policy=DEFAULT, calendar=OFFICE)
    assert seen.facts == (named(), QuestionAsked(at=NOW, words=WORDS))
    assert seen.state == fold(seen.facts, state)
    assert state == given(opened(), upset(3)).state


def test_nothing_is_rehearsed_with_nothing() -> None:
    state = given(understood()).state
    seen = rehearse(state, [], at=NOW, by=JONAS, policy=DEFAULT, calendar=OFFICE)
    assert (seen.facts, seen.state, seen.refusals) == ((), state, ())


# ── Before a case is open ────────────────────────────────────────────────────────────────────────


def test_before_a_case_is_open_time_does_nothing() -> None:
    assert decide(State(), Tick(), at=NOW, by=CLOCK, policy=DEFAULT, calendar=OFFICE) == []


@pytest.mark.parametrize("move", [ASK, KeepPromise(promise="p1"), MakePromise(promise="p1", what=WORDS.span)])
def test_before_a_case_is_open_nothing_else_makes_sense(move: AnyMove) -> None:
    with pytest.raises(Impossible, match="no such case yet"):
        decide(State(), move, at=NOW, by=JONAS, policy=DEFAULT, calendar=OFFICE)
    assert decide(State(), OpenCase(channel="web"), at=NOW, by=JONAS, policy=DEFAULT, calendar=OFFICE)
