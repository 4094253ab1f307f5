"""Promises: proposed, made, kept, broken, late, renegotiated in time, handed over, dismissed."""

import pytest

from amends.method.clock import Kind
from amends.method.facts import (
    AnyFact,
    CustomerUpdated,
    PromiseBroken,
    PromiseDismissed,
    PromiseDueSoon,
    PromiseEscalated,
    PromiseHandedOver,
    PromiseKept,
    PromiseMade,
    PromiseOwnerAsked,
    PromiseProposed,
    PromiseRenegotiated,
    PromiseTaken,
    PromiseTurnedDown,
)
from amends.method.moves import (
    AnyMove,
    AskPromiseOwner,
    DismissPromise,
    HandOverPromise,
    KeepPromise,
    MakePromise,
    MovePromise,
    ProposePromise,
    TakePromise,
    TurnDownPromise,
    UpdateCustomer,
)
from amends.method.state import Promise, PromiseStatus
from amends.method.words import Actor, Gate, Rank, Side
from tests.method.given import ADA, JONAS, NOW, REASON, Given, given, later, said
from tests.method.stories import closed, opened, promised, proposed

WHAT = said("r2", 0, 9).span
WORDS = said("r4")
DUE = later(days=2)

MADE = given(opened(), promised())
KEEP = KeepPromise(promise="p1", words=WORDS)
MOVE = MovePromise(promise="p1", due=later(days=5), words=WORDS)


def only(case: Given) -> Promise:
    """Return the one promise of the case."""
    (found,) = case.state.promises
    return found


def test_a_promise_has_its_words_an_owner_and_a_time() -> None:
    result = given(opened()).when(MakePromise(promise="p1", what=WHAT, owner="jonas", due=DUE))
    result.then(PromiseMade(at=NOW, promise="p1", what=WHAT, owner="jonas", due=DUE))
    found = only(result.passes())
    assert (found.status, found.owner, found.due, found.made_at) == (PromiseStatus.OPEN, "jonas", DUE, NOW)
    assert found.owed


def test_words_that_sound_like_a_promise_are_proposed_until_somebody_looks() -> None:
    result = given(opened()).when(ProposePromise(promise="p1", what=WHAT))
    result.then(PromiseProposed(at=NOW, promise="p1", what=WHAT))
    found = only(result.passes())
    assert found.status is PromiseStatus.PROPOSED
    assert not found.owed, "nobody waits for it in our books"


def test_a_proposed_promise_is_made_by_naming_who_and_when() -> None:
    case = given(opened(), proposed())
    made = case.when(MakePromise(promise="p1", what=WHAT, owner="jonas", due=DUE), at=later(hours=1)).passes()
    assert only(made).status is PromiseStatus.OPEN
    assert only(made).made_at == later(hours=1)


def test_or_dismissed_because_it_was_none() -> None:
    result = given(opened(), proposed()).when(DismissPromise(promise="p1"))
    result.then(PromiseDismissed(at=NOW, promise="p1"))
    assert only(result.passes()).status is PromiseStatus.DISMISSED


def test_a_promise_in_time_is_kept() -> None:
    result = MADE.when(KEEP, at=later(days=1))
    result.then(PromiseKept(at=later(days=1), promise="p1", words=WORDS))
    found = only(result.passes())
    assert (found.status, found.kept_at, found.owed) == (PromiseStatus.KEPT, later(days=1), False)


def test_a_broken_promise_is_still_owed_and_late_when_it_is_kept() -> None:
    broken = MADE.tick(DUE).passes()
    assert only(broken).status is PromiseStatus.BROKEN
    assert broken.state.owed
    late = broken.when(KEEP, at=later(days=3))
    late.then(PromiseKept(at=later(days=3), promise="p1", words=WORDS))
    assert only(late.passes()).status is PromiseStatus.LATE


@pytest.mark.parametrize("at", [DUE, later(days=9)], ids=["at the very moment", "days after"])
def test_it_is_late_even_when_the_clock_slept(at: object) -> None:
    moment = DUE if at == DUE else later(days=9)
    result = MADE.when(KEEP, at=moment)
    result.then(PromiseBroken(at=moment, promise="p1"), PromiseKept(at=moment, promise="p1", words=WORDS))
    assert only(result.passes()).status is PromiseStatus.LATE


def test_a_promise_moves_in_time_together_with_a_word() -> None:
    warned = given(MADE.facts, PromiseDueSoon(at=later(days=1), promise="p1"))
    assert only(warned).warned
    result = warned.when(MOVE, at=later(days=1))
    result.then(
        PromiseRenegotiated(at=later(days=1), promise="p1", due=later(days=5), words=WORDS),
        CustomerUpdated(at=later(days=1), words=WORDS),
    )
    found = only(result.passes())
    assert (found.status, found.due, found.moved, found.warned) == (PromiseStatus.OPEN, later(days=5), 1, False)
    twice = result.passes().when(MovePromise(promise="p1", due=later(days=7), words=WORDS), at=later(days=4)).passes()
    assert only(twice).moved == 2
    assert only(twice.when(KEEP, at=later(days=6)).passes()).status is PromiseStatus.KEPT


@pytest.mark.parametrize("ticked", [True, False], ids=["the clock said so", "the clock slept"])
def test_a_broken_promise_that_is_moved_for_a_reason_is_watched_again_and_stays_late(ticked: bool) -> None:
    case = MADE.tick(later(days=3)).passes() if ticked else MADE
    moved = case.when(MOVE, at=later(days=3), overrides={Gate.RENEGOTIATE_IN_TIME: REASON}).passes()
    assert only(moved).status is PromiseStatus.OPEN
    assert sum(isinstance(fact, PromiseBroken) for fact in moved.facts) == 1
    assert "PromiseBroken" in moved.tick(later(days=5)).names
    assert only(moved.when(KEEP, at=later(days=4)).passes()).status is PromiseStatus.LATE


def test_a_promise_is_handed_over_with_its_date() -> None:
    result = MADE.when(HandOverPromise(promise="p1", owner="nina"))
    result.then(PromiseHandedOver(at=NOW, promise="p1", owner="nina"))
    assert (only(result.passes()).owner, only(result.passes()).due) == ("nina", DUE)


def test_a_broken_promise_can_be_handed_over_too() -> None:
    after = MADE.tick(DUE).passes().when(HandOverPromise(promise="p1", owner="nina"), at=DUE).passes()
    assert (only(after).owner, only(after).status) == ("nina", PromiseStatus.BROKEN)


def test_other_promises_are_left_alone() -> None:
    case = given(opened(), promised("p1"), promised("p2")).when(KeepPromise(promise="p2")).passes()
    assert {p.promise: p.status for p in case.state.promises} == {
        "p1": PromiseStatus.OPEN,
        "p2": PromiseStatus.KEPT,
    }


def test_a_promise_in_the_farewell_is_one_too() -> None:
    after = given(closed()).when(MakePromise(promise="p1", what=WHAT, owner="jonas", due=DUE)).passes()
    assert after.state.owed
    assert "PromiseBroken" in after.tick(DUE).names


NINA = Actor(Side.STAFF, "nina", Rank.HANDLER)
ASK = AskPromiseOwner(promise="p1", owner="nina")
TAKE = TakePromise(promise="p1")
NO = TurnDownPromise(promise="p1", why=REASON)
ASKED = MADE.when(ASK).passes()


def test_somebody_else_is_asked_and_until_they_say_yes_the_owner_answers_for_it() -> None:
    MADE.when(ASK).then(PromiseOwnerAsked(at=NOW, promise="p1", owner="nina"))
    assert (only(ASKED).owner, only(ASKED).asked, only(ASKED).due) == ("jonas", "nina", DUE)


def test_who_was_asked_takes_it() -> None:
    result = ASKED.when(TAKE, by=NINA, at=later(hours=1))
    result.then(PromiseTaken(at=later(hours=1), promise="p1"))
    assert (only(result.passes()).owner, only(result.passes()).asked) == ("nina", "")


def test_or_turns_it_down_and_says_why() -> None:
    result = ASKED.when(NO, by=NINA)
    result.then(PromiseTurnedDown(at=NOW, promise="p1", why=REASON))
    assert (only(result.passes()).owner, only(result.passes()).asked) == ("jonas", "")
    assert only(result.passes().when(ASK).passes()).asked == "nina", "they can be asked once more"


@pytest.mark.parametrize("by", [JONAS, ADA], ids=["the owner", "the lead"])
@pytest.mark.parametrize("move", [TAKE, NO], ids=["yes", "no"])
def test_nobody_answers_for_somebody_else(move: AnyMove, by: Actor) -> None:
    ASKED.when(move, by=by).impossible("only they can answer")


@pytest.mark.parametrize(
    ("move", "owner"),
    [(AskPromiseOwner(promise="p1", owner="ada"), "jonas"), (HandOverPromise(promise="p1", owner="ada"), "ada")],
    ids=["asked", "given"],
)
def test_who_was_asked_first_is_not_asked_any_more_once_it_is_somebody_elses_turn(move: AnyMove, owner: str) -> None:
    after = ASKED.when(move).passes()
    assert only(after).owner == owner
    assert after.when(TAKE, by=NINA).no is not None


def test_a_promise_that_was_kept_asks_nobody() -> None:
    assert only(ASKED.when(KEEP).passes()).asked == ""


def test_asking_does_not_stop_the_clock_and_a_broken_promise_can_still_be_taken() -> None:
    broken = ASKED.tick(DUE).passes()
    assert only(broken).status is PromiseStatus.BROKEN
    assert only(broken.when(TAKE, by=NINA, at=DUE).passes()).owner == "nina"


def test_a_broken_promise_is_called_to_those_who_lead_once_four_working_hours_later() -> None:
    broken = MADE.tick(DUE).passes()
    at = later(days=2, hours=4)
    assert broken.at(Kind.ESCALATION) == at
    escalated = broken.tick(at)
    assert "PromiseEscalated" in escalated.names
    assert only(escalated.passes()).escalated
    assert escalated.passes().at(Kind.ESCALATION) is None


def test_what_was_made_good_is_called_to_nobody() -> None:
    late = MADE.tick(DUE).passes().when(KEEP, at=later(days=2, hours=1)).passes()
    assert late.at(Kind.ESCALATION) is None


def test_a_broken_promise_that_was_moved_for_a_reason_can_be_called_anew() -> None:
    told = given(MADE.tick(DUE).passes().facts, PromiseEscalated(at=later(days=3), promise="p1"))
    moved = told.when(MOVE, at=later(days=3), overrides={Gate.RENEGOTIATE_IN_TIME: REASON}).passes()
    assert not only(moved).escalated
    assert moved.at(Kind.ESCALATION) is None
    assert moved.tick(later(days=5)).passes().at(Kind.ESCALATION) is not None


KEPT = given(MADE.facts, PromiseKept(at=NOW, promise="p1"))
PROPOSED = given(opened(), proposed())


def test_what_is_proposed_may_be_said_again_in_other_words_and_with_a_time() -> None:
    PROPOSED.when(ProposePromise(promise="p1", what=only(PROPOSED).what)).impossible("on the list already")
    other = said("r5", 3, 30).span
    again = PROPOSED.when(ProposePromise(promise="p1", what=other, due=DUE, owner="nina")).passes()
    assert (only(again).what, only(again).due, only(again).owner) == (other, DUE, "nina")


def test_what_is_proposed_may_be_done_at_once() -> None:
    kept = PROPOSED.when(KEEP).passes()
    assert (only(kept).status, only(kept).broken) == (PromiseStatus.KEPT, False)


@pytest.mark.parametrize(
    ("case", "move", "why"),
    [
        (MADE, ProposePromise(promise="p1", what=WHAT), "on the list already"),
        (MADE, MakePromise(promise="p1", what=WHAT, owner="jonas", due=DUE), "made already"),
        (MADE, DismissPromise(promise="p1"), "Only a proposed promise"),
        (MADE, HandOverPromise(promise="p1", owner=""), "who looks after it now"),
        (MADE, MovePromise(promise="p1", due=DUE, words=WORDS), "the time it is due already"),
        (MADE, MovePromise(promise="p1", due=NOW, words=WORDS), "in the past"),
        (given(opened()), MakePromise(promise="p1", what=WHAT, owner="jonas", due=NOW), "in the past"),
        (given(opened()), MakePromise(promise="p1", what=WHAT, due=NOW), "in the past"),
        (given(opened()), KEEP, "no such promise"),
        (given(opened()), MOVE, "no such promise"),
        (given(opened()), DismissPromise(promise="p1"), "no such promise"),
        (given(opened()), HandOverPromise(promise="p1", owner="nina"), "no such promise"),
        (KEPT, KEEP, "not open"),
        (KEPT, MOVE, "not open"),
        (KEPT, HandOverPromise(promise="p1", owner="nina"), "not open"),
        (PROPOSED, MOVE, "not open"),
        (PROPOSED, ASK, "not open"),
        (KEPT, ASK, "not open"),
        (given(opened()), ASK, "no such promise"),
        (given(opened()), TAKE, "no such promise"),
        (MADE, TAKE, "Nobody is asked"),
        (MADE, NO, "Nobody is asked"),
        (MADE, AskPromiseOwner(promise="p1", owner=""), "who is to be asked"),
        (MADE, AskPromiseOwner(promise="p1", owner="jonas"), "theirs already"),
        (ASKED, ASK, "asked already"),
    ],
)
def test_what_cannot_be_done_with_a_promise(case: Given, move: AnyMove, why: str) -> None:
    case.when(move).impossible(why)


@pytest.mark.parametrize(
    "fact",
    [
        PromiseKept(at=NOW, promise="p9"),
        PromiseBroken(at=NOW, promise="p9"),
        PromiseRenegotiated(at=NOW, promise="p9", due=DUE, words=WORDS),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_a_fact_about_a_promise_that_was_taken_back_changes_nothing(fact: AnyFact) -> None:
    assert given(opened(), promised(), fact).state.promises == MADE.state.promises


def test_an_update_is_kept_with_its_words() -> None:
    result = given(opened()).when(UpdateCustomer(words=WORDS))
    result.then(CustomerUpdated(at=NOW, words=WORDS))
    assert result.passes().state.updated == WORDS
