"""Whose turn it is, and how long the customer has not heard from us: measured from their side."""

from datetime import timedelta

import pytest

from amends.method.evolve.hear import silent_since
from amends.method.facts import (
    AboutFaceAsked,
    AnyFact,
    BidInvited,
    BidUnanswered,
    CustomerUpdated,
    InstructionGiven,
    MessageBounced,
    MessageReceived,
    MessageSent,
    NoteWritten,
    OwnerAssigned,
    ProblemReadBack,
    PromiseKept,
    QuestionAsked,
)
from tests.method.given import NOW, given, later, said
from tests.method.stories import answered, called_back, closed, offered, opened, promised, resolved, wrote

QUESTION = QuestionAsked(at=later(hours=2), words=said("r1"))


@pytest.mark.parametrize(
    ("says", "facts"),
    [
        ("a question", [QUESTION]),
        ("a read-back", [ProblemReadBack(at=NOW, words=said("r1"))]),
        ("an invitation to bid", [BidInvited(at=NOW, words=said("r1"))]),
        ("the about-face", [AboutFaceAsked(at=NOW, words=said("r1"))]),
        ("an offer", [offered()]),
        ("instructions", [InstructionGiven(at=NOW, words=said("r1"))]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_next_step_is_theirs_after(says: str, facts: list[AnyFact]) -> None:
    state = given(opened(), answered(), facts).state
    assert state.waiting_since is None
    assert not state.ours
    assert silent_since(state) is None


@pytest.mark.parametrize(
    ("says", "facts"),
    [
        ("an update", [CustomerUpdated(at=NOW, words=said("r1"))]),
        ("a word that asks nothing", [answered()]),
        ("a word of a machine", [MessageSent(at=NOW, message="r0", automatic=True)]),
        ("a note among us", [NoteWritten(at=NOW, note="n1")]),
        ("another owner", [OwnerAssigned(at=NOW, owner="nina")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_next_step_stays_ours_after(says: str, facts: list[AnyFact]) -> None:
    assert given(opened(), facts).state.waiting_since == NOW


def test_their_first_unanswered_message_starts_the_wait_and_later_ones_do_not_start_it_anew() -> None:
    state = given(opened(), wrote("m2", at=later(hours=5))).state
    assert state.waiting_since == NOW
    assert silent_since(state) == NOW


def test_their_answer_to_a_question_makes_it_ours_again() -> None:
    state = given(opened(), answered(), QUESTION, wrote("m2", at=later(hours=5))).state
    assert state.waiting_since == later(hours=5)
    assert silent_since(state) == later(hours=5)


@pytest.mark.parametrize(
    "message",
    [
        MessageReceived(at=later(hours=5), message="m2", automatic=True),
        MessageReceived(at=later(hours=5), message="m2", needs_answer=False),
    ],
    ids=["out of office", "a bare thank-you"],
)
def test_nobody_waits_after_a_message_that_needs_no_answer(message: MessageReceived) -> None:
    assert given(opened(), answered(), QUESTION, message).state.waiting_since is None


def test_whoever_is_owed_a_promise_waits_even_while_it_is_their_turn() -> None:
    state = given(opened(), answered(at=later(hours=1)), QUESTION, promised()).state
    assert state.ours
    assert silent_since(state) == later(hours=1)
    assert (
        silent_since(given(opened(), answered(), QUESTION, promised(), PromiseKept(at=NOW, promise="p1")).state) is None
    )


def test_nobody_is_silent_who_was_never_written_to() -> None:
    assert silent_since(given(opened()[:1]).state) is None
    assert silent_since(given(opened()[:1], promised()).state) is None


def test_a_silence_is_measured_until_a_person_speaks() -> None:
    state = given(opened(), answered(at=later(hours=5)), answered("r2", at=later(hours=30))).state
    assert state.longest_silence == timedelta(hours=25)
    assert state.last_word_at == later(hours=30)


def test_a_machine_ends_no_silence() -> None:
    robot = MessageSent(at=later(minutes=1), message="r0", automatic=True)
    assert given(opened(), robot, answered(at=later(hours=5))).state.longest_silence == timedelta(hours=5)


@pytest.mark.parametrize("words_first", [True, False])
def test_the_order_of_the_facts_of_one_reply_does_not_matter(words_first: bool) -> None:
    at = later(hours=5)
    reply: list[AnyFact] = [answered(at=at), QuestionAsked(at=at, words=said("r1"))]
    state = given(opened(), reply if words_first else reply[::-1]).state
    assert state.longest_silence == timedelta(hours=5)
    assert state.waiting_since is None


def test_the_longest_silence_stays_the_longest() -> None:
    state = given(opened(), answered(at=later(hours=9)), answered("r2", at=later(hours=10))).state
    assert state.longest_silence == timedelta(hours=9)


def test_their_own_pause_is_not_our_silence() -> None:
    facts: list[AnyFact] = [answered(at=later(hours=1)), QuestionAsked(at=later(hours=1), words=said("r1"))]
    state = given(opened(), facts, wrote("m2", at=later(days=9)), answered("r2", at=later(days=9, hours=2))).state
    assert state.longest_silence == timedelta(hours=2)


def test_a_bid_asked_for_in_vain_makes_the_next_step_ours_from_then_on() -> None:
    case = given(opened(), answered(), BidInvited(at=NOW, words=said("r1")), BidUnanswered(at=later(days=3)))
    assert silent_since(case.state) == later(days=3)


# ── What does not arrive ─────────────────────────────────────────────────────────────────────────


def test_a_question_that_never_arrived_is_no_question() -> None:
    state = given(opened(), answered(), QUESTION, MessageBounced(at=later(hours=3), message="r1")).state
    assert state.bounced
    assert state.waiting_since == later(hours=3)


def test_a_delay_on_the_way_changes_nothing_but_heals_nothing_either() -> None:
    delayed = MessageBounced(at=NOW, message="r1", permanent=False)
    assert not given(opened(), answered(), QUESTION, delayed).state.bounced
    assert given(opened(), MessageBounced(at=NOW, message="r0"), delayed).state.bounced
    assert not given(opened(), MessageBounced(at=NOW, message="r0"), answered()).state.bounced


@pytest.mark.parametrize("facts", [resolved(), called_back(), closed()], ids=["resolved", "called back", "closed"])
def test_a_farewell_that_does_not_arrive_leaves_nobody_waiting(facts: list[AnyFact]) -> None:
    assert given(facts, MessageBounced(at=NOW, message="r9")).state.waiting_since is None


def test_on_a_resolved_case_an_answer_is_enough() -> None:
    asks = given(resolved(), wrote("m7", at=later(hours=1)))
    assert asks.state.waiting_since == later(hours=1)
    assert given(asks.facts, answered("r7", at=later(hours=2))).state.waiting_since is None
