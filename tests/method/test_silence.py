"""Whose turn it is, and how long the customer has not heard from us: measured from their side."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from amends.method.clock import Kind, silence_limit
from amends.method.decide.act import may_update_by_itself
from amends.method.evolve.hear import silent_since
from amends.method.facts import (
    AboutFaceAsked,
    AnyFact,
    BidInvited,
    BidUnanswered,
    CaseResolved,
    CaseSnoozed,
    CustomerUpdated,
    InstructionGiven,
    MessageBounced,
    MessageHeld,
    MessageReceived,
    MessageSent,
    NoteWritten,
    OwnerAssigned,
    ProblemReadBack,
    PromiseBroken,
    PromiseKept,
    QuestionAsked,
    RoutineUpdateSent,
    SilenceLimitPassed,
    SnoozeEnded,
)
from amends.method.moves import EndSnooze, SendRoutineUpdate, Snooze
from amends.method.words import CLOCK
from tests.method.given import DEFAULT, NOW, OFFICE, REASON, given, house, later, said
from tests.method.stories import answered, called_back, closed, offered, opened, promised, resolved, upset, wrote

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


# ── Putting the next word off ────────────────────────────────────────────────────────────────────

TOMORROW = later(days=1, hours=7)
PUT_OFF = Snooze(until=TOMORROW, why=REASON)
LATEST = later(days=7, hours=7)
"""The close of the fifth working day after a word on Monday."""


def put_off(until: datetime = TOMORROW, at: datetime = NOW) -> CaseSnoozed:
    return CaseSnoozed(at=at, until=until, why=REASON)


def test_a_reason_puts_update_and_limit_off_to_what_they_were_told() -> None:
    case = given(opened(), answered()).when(Snooze(until=later(days=3), why=REASON)).passes()
    assert (case.at(Kind.UPDATE), case.at(Kind.SILENCE)) == (None, None)
    assert case.at(Kind.SNOOZE) == later(days=3, hours=-4)  # in time to write
    awake = case.tick(later(days=3)).passes()
    assert [type(fact) for fact in awake.facts[-2:]] == [SnoozeEnded, SilenceLimitPassed]
    assert silence_limit(awake.state, DEFAULT, OFFICE) == later(days=3)


def test_who_is_put_off_for_an_hour_is_looked_at_before_it_is_over() -> None:
    assert given(opened(), answered(), put_off(later(hours=1))).at(Kind.SNOOZE) == later(minutes=30)


@pytest.mark.parametrize(
    ("facts", "move", "because"),
    [
        ([*opened(), answered()], Snooze(until=NOW, why=REASON), "to the past"),
        ([*opened(), answered()], Snooze(until=later(days=30), why=REASON), "2026-03-09 17:00 (UTC) is the latest"),
        ([*opened(), answered(), upset(3)], PUT_OFF, "nobody has named it"),
        (opened(), PUT_OFF, "not heard from anybody"),
        ([*opened(), answered(), QUESTION], PUT_OFF, "the customer's"),
    ],
    ids=["the past", "too far", "upset", "never answered", "their turn"],
)
def test_nobody_is_put_off_without_need(facts: list[AnyFact], move: Snooze, because: str) -> None:
    given(facts).when(move).impossible(because)


def test_putting_off_again_and_again_makes_it_no_later() -> None:
    case = given(opened(), answered())
    for days in range(1, 8):
        case = case.when(Snooze(until=LATEST, why=REASON), at=later(days=days)).passes()
    case.when(Snooze(until=LATEST + timedelta(minutes=1), why=REASON), at=later(days=7)).impossible("too long")


@pytest.mark.parametrize(
    ("fact", "running", "told"),
    [
        (SnoozeEnded(at=later(hours=1)), False, True),
        (wrote("m2", at=later(hours=1)), False, True),
        (answered("r2", at=later(hours=1)), False, False),
        (CaseResolved(at=later(hours=1)), False, False),
        (MessageSent(at=later(hours=1), message="r0", automatic=True), True, True),
        (NoteWritten(at=later(hours=1), note="n1"), True, True),
    ],
    ids=["looked at early", "they write", "a word of ours", "resolved", "a machine", "a note"],
)
def test_what_they_were_told_stands_until_they_hear_from_us(fact: AnyFact, running: bool, told: bool) -> None:
    state = given(opened(), answered(), put_off(), fact).state
    assert (state.snoozed is not None, state.put_off is not None) == (running, told)


def test_looking_at_it_early_makes_an_update_due_and_twice_changes_nothing() -> None:
    case = given(opened(), answered(), put_off()).when(EndSnooze()).passes()
    assert "update" in case.state.called
    case.when(EndSnooze()).then()


@given_any(hours=st.integers(-48, 24 * 30), after_word=st.integers(0, 24 * 10))
def test_nobody_is_ever_put_off_further_than_the_policy_lets_one(hours: int, after_word: int) -> None:
    at = later(hours=after_word)
    result = given(opened(), answered()).when(Snooze(until=at + timedelta(hours=hours), why=REASON), at=at)
    if result.no is None:
        assert at < result.passes().state.put_off.until <= LATEST  # type: ignore[union-attr]  # it was put off
    else:
        assert hours <= 0 or at + timedelta(hours=hours) > LATEST


# ── Updates that no person writes ────────────────────────────────────────────────────────────────

TWICE = house(routine_updates=2)
ROUTINE = SendRoutineUpdate(message="a1")
WORD = answered(at=later(hours=1))


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        ([*opened(), WORD], True),
        (opened(), False),
        ([*opened(), WORD, upset(2)], False),
        ([*opened(), WORD, MessageBounced(at=NOW, message="r1")], False),
        ([*opened(), WORD, promised(), PromiseBroken(at=NOW, promise="p1")], False),
        ([*opened(), WORD, SilenceLimitPassed(at=NOW)], False),
        ([*opened(), WORD, MessageHeld(at=NOW, message="r2", until=later(hours=2))], False),
        ([*opened(), WORD, QUESTION], False),
    ],
    ids=["calm", "no word yet", "upset", "bounced", "broken promise", "too late", "a reply held", "their turn"],
)
def test_the_desk_speaks_by_itself_only_to_those_who_are_well_looked_after(facts: list[AnyFact], may: bool) -> None:
    assert may_update_by_itself(given(facts).state, TWICE) is may
    assert not may_update_by_itself(given(facts).state, DEFAULT)
    result = given(facts).under(TWICE).when(ROUTINE, by=CLOCK)
    if may:
        result.then(RoutineUpdateSent(at=NOW, message="a1"))
    else:
        result.impossible("a person's")


def test_a_routine_update_puts_the_next_one_off_and_no_more_come_than_the_policy_lets() -> None:
    case = given(opened(), WORD).under(TWICE)
    for days in (1, 2):
        case = case.when(ROUTINE, at=later(days=days), by=CLOCK).passes()
        assert case.at(Kind.UPDATE) == later(days=days + 1, hours=7)
    case.when(ROUTINE, at=later(days=2, hours=1), by=CLOCK).impossible("a person's")
    assert given(case.facts, answered("r2", at=later(days=3))).state.routine_updates == 0


@given_any(days=st.lists(st.floats(0, 5), min_size=1, max_size=4).map(sorted))
def test_no_routine_update_ends_a_silence(days: list[float]) -> None:
    before = given(opened(), WORD)
    sent = [RoutineUpdateSent(at=later(days=day), message=f"a{day}") for day in days]
    case = given(before.facts, sent)
    assert case.at(Kind.SILENCE) == before.at(Kind.SILENCE)
    assert silent_since(case.state) == silent_since(before.state)
    assert case.state.longest_silence == before.state.longest_silence
    after_all = given(case.facts, answered("r2", at=later(days=9))).state
    assert after_all.longest_silence == timedelta(days=9, hours=-1)
