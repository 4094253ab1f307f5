"""What comes in, how it reads, and what becomes of our own messages."""

import pytest

from amends.method.facts import (
    CaseOpened,
    CustomerKnown,
    EarlierContactTold,
    LoyaltyTold,
    MessageBounced,
    MessageHeld,
    MessageReceived,
    MessageSent,
    MessageTakenBack,
    NoteWritten,
    OwnerAssigned,
    ProblemTold,
    ThanksGiven,
    ThreatMade,
    UpsetRead,
)
from amends.method.moves import (
    AnyMove,
    AssignOwner,
    GiveThanks,
    HoldMessage,
    IdentifyCustomer,
    OpenCase,
    ReadUpset,
    ReceiveMessage,
    ReportBounce,
    SendMessage,
    TakeBackMessage,
    TellEarlierContact,
    TellLoyalty,
    TellProblem,
    Threaten,
    WriteNote,
)
from amends.method.state import State
from amends.method.words import ThreatKind
from tests.method.given import MAYA, NOW, REASON, given, later, said
from tests.method.stories import basis, named, opened, upset, wrote

OPEN = given(opened())
HELD = given(opened(), MessageHeld(at=NOW, message="r1", until=later(minutes=1)))


@pytest.mark.parametrize(
    ("move", "fact"),
    [
        (IdentifyCustomer(customer="tom"), CustomerKnown(at=NOW, customer="tom")),
        (AssignOwner(owner="jonas"), OwnerAssigned(at=NOW, owner="jonas")),
        (ReceiveMessage(message="m2"), MessageReceived(at=NOW, message="m2")),
        (ReceiveMessage(message="m2", automatic=True), MessageReceived(at=NOW, message="m2", automatic=True)),
        (ReceiveMessage(message="m2", needs_answer=False), MessageReceived(at=NOW, message="m2", needs_answer=False)),
        (ReadUpset(message="m1", level=3, words=said()), UpsetRead(at=NOW, message="m1", level=3, words=said())),
        (TellProblem(words=said(), plain=True), ProblemTold(at=NOW, words=said(), plain=True)),
        (TellEarlierContact(words=said()), EarlierContactTold(at=NOW, words=said())),
        (TellLoyalty(words=said(), years=6), LoyaltyTold(at=NOW, words=said(), years=6)),
        (Threaten(kind=ThreatKind.LEAVE, words=said()), ThreatMade(at=NOW, kind=ThreatKind.LEAVE, words=said())),
        (GiveThanks(words=said()), ThanksGiven(at=NOW, words=said())),
        (WriteNote(note="n1"), NoteWritten(at=NOW, note="n1")),
        (
            HoldMessage(message="r1", until=later(minutes=1), why=REASON),
            MessageHeld(at=NOW, message="r1", until=later(minutes=1), why=REASON),
        ),
        (SendMessage(message="r1"), MessageSent(at=NOW, message="r1")),
        (SendMessage(message="r0", automatic=True), MessageSent(at=NOW, message="r0", automatic=True)),
        (ReportBounce(message="r1"), MessageBounced(at=NOW, message="r1")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_comes_in_becomes_a_fact(move: AnyMove, fact: object) -> None:
    assert OPEN.when(move, by=MAYA).facts == (fact,)


def test_a_case_is_opened_once() -> None:
    given().when(OpenCase(channel="email")).then(CaseOpened(at=NOW, channel="email"))
    OPEN.when(OpenCase(channel="email")).impossible("open already")


def test_what_is_known_already_is_no_news() -> None:
    OPEN.when(IdentifyCustomer(customer="maya")).then()
    OPEN.when(AssignOwner(owner="")).then()


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (IdentifyCustomer(customer=""), "whose complaint"),
        (ReadUpset(message="m1", level=5), "from 0 (calm) to 4 (furious)"),
        (ReadUpset(message="m1", level=-1), "from 0 (calm) to 4 (furious)"),
        (HoldMessage(message="r1", until=later(minutes=-1)), "in the past"),
        (TakeBackMessage(message="r1"), "gone out already"),
    ],
)
def test_what_makes_no_sense(move: AnyMove, why: str) -> None:
    OPEN.when(move).impossible(why)


# ── How upset ────────────────────────────────────────────────────────────────────────────────────


def test_the_temperature_is_followed_from_message_to_message() -> None:
    state = given(opened(), upset(3), upset(4, "m2"), upset(1, "m3")).state
    assert [reading.level for reading in state.temperature] == [3, 4, 1]
    assert (state.upset, state.peak, state.unheard) == (1, 4, 4)


def test_a_correction_takes_the_place_of_what_was_read() -> None:
    state = given(opened(), upset(3), upset(1, "m2"), upset(0, "m1", at=later(hours=2))).state
    assert [(reading.message, reading.level, reading.at) for reading in state.temperature] == [
        ("m1", 0, NOW),
        ("m2", 1, NOW),
    ]
    assert state.upset == 1, "the last message is still the last"
    assert (state.unheard, state.unheard_since) == (1, None)


def test_what_a_feeling_was_named_for_stays_heard() -> None:
    state = given(opened(), upset(2), named(), upset(4, "m1", at=later(hours=1))).state
    assert (state.peak, state.unheard, state.unheard_since) == (4, 0, None)


def test_the_wait_for_a_kind_word_starts_with_the_first_upset_message() -> None:
    state = given(opened(), upset(1), upset(2, "m2", at=later(hours=1)), upset(4, "m3", at=later(hours=2))).state
    assert (state.unheard, state.unheard_since) == (4, later(hours=1))


def test_nobody_is_upset_before_the_first_message_is_read() -> None:
    assert (State().upset, State().peak) == (None, 0)


# ── What they tell ───────────────────────────────────────────────────────────────────────────────


def test_the_first_words_about_the_problem_and_about_earlier_contact_are_kept() -> None:
    first, second = said("m1"), said("m2")
    case = given(opened(), *[ProblemTold(at=NOW, words=w) for w in (first, second)])
    case = given(case.facts, *[EarlierContactTold(at=NOW, words=w) for w in (first, second)])
    assert (case.state.problem, case.state.earlier_contact) == (first, first)


def test_a_plain_story_is_a_basis_but_replaces_none() -> None:
    plain = ProblemTold(at=NOW, words=said("m2"), plain=True)
    assert given(opened(), plain).state.established
    kept = given(opened(), basis(), plain).state.basis
    assert kept is not None
    assert kept.expected == said(end=5)


def test_years_of_loyalty_are_not_lost_when_they_are_named_again_without_a_number() -> None:
    state = given(opened(), LoyaltyTold(at=NOW, words=said(), years=6), LoyaltyTold(at=NOW, words=said("m2"))).state
    assert (state.loyalty, state.loyalty_years) == (said("m2"), 6)


def test_every_threat_is_kept() -> None:
    threats = [ThreatMade(at=NOW, kind=kind, words=said()) for kind in (ThreatKind.LEAVE, ThreatKind.PUBLIC)]
    assert given(opened(), threats).state.threats == ((ThreatKind.LEAVE, said()), (ThreatKind.PUBLIC, said()))


# ── Our own messages ─────────────────────────────────────────────────────────────────────────────


def test_a_reply_can_be_taken_back_until_its_count_is_over() -> None:
    result = HELD.when(TakeBackMessage(message="r1"), at=later(minutes=0.5))
    result.then(MessageTakenBack(at=later(minutes=0.5), message="r1"))
    after = result.passes().state
    assert after.held is None
    assert after.last_word_at is None, "nobody saw it"
    HELD.when(TakeBackMessage(message="r1"), at=later(minutes=1)).impossible("gone out already")
    HELD.when(TakeBackMessage(message="r2")).impossible("gone out already")


def test_one_reply_is_held_at_a_time() -> None:
    HELD.when(HoldMessage(message="r2", until=later(minutes=1))).impossible("on its way out")


def test_a_held_reply_goes_out_by_itself_or_by_hand() -> None:
    for result in (HELD.tick(later(minutes=1)), HELD.when(SendMessage(message="r1"), at=later(minutes=1))):
        result.then(MessageSent(at=later(minutes=1), message="r1"))
        assert result.passes().state.held is None


def test_another_message_that_goes_out_leaves_it_waiting() -> None:
    after = HELD.when(SendMessage(message="r2")).passes().state
    assert after.held is not None
    assert after.held.message == "r1"


def test_their_words_while_a_reply_is_held_do_not_stop_it() -> None:
    assert given(HELD.facts, wrote("m2")).state.held is not None
