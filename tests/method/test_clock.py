"""The clock: when each thing falls due, that it is called once, and that what is met is called no more."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from amends.method.calendar import Calendar
from amends.method.clock import Deadline, Kind, after, before, callback_opens, due
from amends.method.facts import (
    AcknowledgementOverdue,
    AnyFact,
    BidInvited,
    BidLeftToUs,
    BidUnanswered,
    CallbackFellDue,
    CallbackOverdue,
    CaseClosed,
    CaseResolved,
    FinalAnswerGiven,
    FixDenied,
    FollowUpFellDue,
    LegalClockPassed,
    LegalClockWarned,
    MessageBounced,
    MessageHeld,
    MessageSent,
    MessageTakenBack,
    OutcomeFollowed,
    PromiseBroken,
    PromiseDismissed,
    PromiseDueSoon,
    PromiseKept,
    PromiseRenegotiated,
    QuestionAsked,
    SilenceLimitPassed,
    SurveyAnswered,
    SurveyDeclined,
    SurveyFellDue,
    SurveySent,
    ThanksFellDue,
    ThanksSent,
    UpdateFellDue,
)
from amends.method.policy import LegalClock, Term
from amends.method.state import State
from amends.method.words import CallResult, CustomerOutcome
from tests.method.given import DEFAULT, NOW, OFFICE, REASON, Given, given, house, later, said
from tests.method.stories import (
    agreed,
    answered,
    called,
    closed,
    named,
    opened,
    outcomes,
    promised,
    proposed,
    resolved,
    understood,
    upset,
    wrote,
)

SECOND = timedelta(seconds=1)
FINAL = LegalClock(
    title="Final answer", within=Term(56, "days"), met_by="answer", warn=Term(7, "days"), source="a regulator"
)
FIRST = LegalClock(title="First word", within=Term(1, "days"), met_by="first_word", warn=Term(2, "working_days"))
LAW = house(legal={"final": FINAL, "first": FIRST})

HELD = MessageHeld(at=NOW, message="r1", until=later(minutes=1))
ASKED = BidInvited(at=NOW, words=said("r1"))
QUESTION = QuestionAsked(at=NOW, words=said("r1"))
NO_ANSWER = called(CallResult.NOT_REACHED, at=later(days=1))
SURVEY = SurveySent(at=NOW, message="r8")
CLOSED = given(closed(), upset(0, "m5"))


def monday(hour: int, minute: int = 0, *, plus: int = 0) -> datetime:
    """Return a time of NOW's week: `plus` days after Monday."""
    return datetime(2026, 3, 2 + plus, hour, minute, tzinfo=UTC)


# ── When it is due, and that it is called once ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("says", "case", "kind", "at", "calls"),
    [
        ("a held reply goes out when its count is over", given(opened(), HELD), Kind.HELD, later(minutes=1), MessageSent(at=NOW, message="r1")),
        ("a first word is due in a working hour", given(opened()), Kind.ACKNOWLEDGE, monday(11), AcknowledgementOverdue(at=NOW)),
        ("also to one who is angry", given(opened(), upset(3)), Kind.ACKNOWLEDGE, monday(11), AcknowledgementOverdue(at=NOW)),
        ("an update is due by the next working day", given(opened()), Kind.UPDATE, monday(17, plus=1), UpdateFellDue(at=NOW)),
        ("a silence ends by the second", given(opened()), Kind.SILENCE, monday(17, plus=2), SilenceLimitPassed(at=NOW)),
        ("a bid is waited for three working days", given(opened(), answered(), ASKED), Kind.BID, monday(17, plus=3), BidUnanswered(at=NOW)),
        ("a promise is warned of four hours before", given(opened(), promised()), Kind.PROMISE_SOON, monday(6, plus=2), PromiseDueSoon(at=NOW, promise="p1")),
        ("a short one at half its time", given(opened(), promised(due=monday(12))), Kind.PROMISE_SOON, monday(11), PromiseDueSoon(at=NOW, promise="p1")),
        ("a promise is broken when it is due", given(opened(), promised()), Kind.PROMISE, monday(10, plus=2), PromiseBroken(at=NOW, promise="p1")),
        ("also on a closed case", given(closed(), promised()), Kind.PROMISE, monday(10, plus=2), PromiseBroken(at=NOW, promise="p1")),
        ("the call-back is due a day after the fix", given(resolved()), Kind.CALLBACK, monday(10, plus=1), CallbackFellDue(at=NOW)),
        ("and overdue after two", given(resolved()), Kind.CALLBACK_LATE, monday(10, plus=2), CallbackOverdue(at=NOW)),
        ("who was not reached is tried again in four working hours", given(resolved(), NO_ANSWER), Kind.CALLBACK, monday(14, plus=1), CallbackFellDue(at=NOW)),
        ("thanks are due two hours after closing", CLOSED, Kind.THANKS, later(hours=2), ThanksFellDue(at=NOW)),
        ("a survey the day after", CLOSED, Kind.SURVEY, later(days=1), SurveyFellDue(at=NOW)),
        ("its reminder five days after it", given(CLOSED.facts, SURVEY), Kind.SURVEY_REMINDER, later(days=5), SurveyFellDue(at=NOW)),
        ("a look whether they came back after ninety days", CLOSED, Kind.FOLLOW_UP, later(days=90), FollowUpFellDue(at=NOW)),
        ("a legal term is warned of", given(opened()).under(house(legal={"final": FINAL})), Kind.LEGAL_SOON, later(days=49), LegalClockWarned(at=NOW, clock="final")),
        ("at once, where it is shorter than its warning", given(opened()).under(house(legal={"first": FIRST})), Kind.LEGAL_SOON, NOW, LegalClockWarned(at=NOW, clock="first")),
        ("a legal term runs out", given(opened()).under(house(legal={"final": FINAL})), Kind.LEGAL, later(days=56), LegalClockPassed(at=NOW, clock="final")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_falls_due(says: str, case: Given, kind: Kind, at: datetime, calls: AnyFact) -> None:
    assert case.at(kind) == at

    early = case.tick(at - SECOND)
    assert structs.replace(calls, at=at - SECOND) not in early.facts

    in_time = case.tick(at)
    assert structs.replace(calls, at=at) in in_time.facts

    much_later = case.tick(at + 400 * timedelta(days=1))
    assert much_later.names.count(type(calls).__name__) == 1, "called once, however late"

    after_it = in_time.passes()
    assert type(calls).__name__ not in after_it.tick(at).names, "and not again at the same moment"
    if kind not in (Kind.SURVEY, Kind.CALLBACK):  # what follows them has a kind of its own, or another try
        assert after_it.at(kind) is None


# ── What is met is called no more ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("says", "case", "kind"),
    [
        ("a reply that was taken back", given(opened(), HELD, MessageTakenBack(at=NOW, message="r1")), Kind.HELD),
        ("a reply that went out", given(opened(), HELD, answered()), Kind.HELD),
        ("a first word to a calm customer", given(opened(), answered()), Kind.ACKNOWLEDGE),
        ("a feeling that was named", given(opened(), upset(3), answered(), named()), Kind.ACKNOWLEDGE),
        ("an update, while they are asked something", given(opened(), answered(), QUESTION), Kind.UPDATE),
        ("a silence, while they are asked something", given(opened(), answered(), QUESTION), Kind.SILENCE),
        ("a silence after a message that needs no answer", given(closed()), Kind.SILENCE),
        ("a bid that was made", given(understood(), ASKED), Kind.BID),
        ("a bid that was left to us", given(opened(), ASKED, BidLeftToUs(at=NOW, words=said())), Kind.BID),
        ("a bid that was never asked for", given(opened()), Kind.BID),
        ("a bid, once the case is resolved", given(opened(), ASKED, FinalAnswerGiven(at=NOW, why=REASON, elsewhere=REASON), CaseResolved(at=NOW)), Kind.BID),
        ("a promise that was kept", given(opened(), promised(), PromiseKept(at=NOW, promise="p1")), Kind.PROMISE),
        ("a promise that was only proposed", given(opened(), proposed()), Kind.PROMISE),
        ("one that was none", given(opened(), proposed(), PromiseDismissed(at=NOW, promise="p1")), Kind.PROMISE),
        ("the call-back before the fix", given(agreed()), Kind.CALLBACK),
        ("the call-back once they were reached", given(resolved(), called()), Kind.CALLBACK),
        ("its overdue once they were reached", given(resolved(), called()), Kind.CALLBACK_LATE),
        ("its overdue once it was tried", given(resolved(), NO_ANSWER), Kind.CALLBACK_LATE),
        ("the call-back after three tries", given(resolved(), NO_ANSWER, NO_ANSWER, NO_ANSWER), Kind.CALLBACK),
        ("the call-back after closing", CLOSED, Kind.CALLBACK),
        ("the call-back, once it is not fixed after all", given(resolved(), FixDenied(at=NOW)), Kind.CALLBACK),
        ("thanks that were sent", given(CLOSED.facts, ThanksSent(at=NOW, message="r8")), Kind.THANKS),
        ("a survey that was sent", given(CLOSED.facts, SURVEY), Kind.SURVEY),
        ("a survey where they do not want one", given(closed(), SurveyDeclined(at=NOW)), Kind.SURVEY),
        ("a reminder of a survey that was answered", given(CLOSED.facts, SURVEY, SurveyAnswered(at=later(days=1), outcome=4, treatment=4, process=4)), Kind.SURVEY_REMINDER),
        ("a reminder that was sent by hand", given(CLOSED.facts, SURVEY, SurveySent(at=NOW, message="r9", reminder=True)), Kind.SURVEY_REMINDER),
        ("a look that was taken", given(CLOSED.facts, OutcomeFollowed(at=NOW)), Kind.FOLLOW_UP),
        ("a legal first word that was said", given(opened(), answered()).under(house(legal={"first": FIRST})), Kind.LEGAL),
        ("a legal answer that was given", given(opened(), FinalAnswerGiven(at=NOW, why=REASON, elsewhere=REASON)).under(house(legal={"final": FINAL})), Kind.LEGAL),
        ("a legal answer by a fix", given(resolved()).under(LAW), Kind.LEGAL),
        ("anything before the case is open", given().under(LAW), Kind.LEGAL),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_met_is_not_due(says: str, case: Given, kind: Kind) -> None:
    assert case.at(kind) is None


# ── The single clocks ────────────────────────────────────────────────────────────────────────────


def test_a_first_word_counts_from_the_first_message_a_new_anger_from_its_own() -> None:
    again = given(opened(), upset(3), answered(), named(), upset(4, "m2", at=later(hours=3)))
    assert again.at(Kind.ACKNOWLEDGE) == monday(14)
    assert given(opened(), upset(3), answered(at=later(hours=1))).at(Kind.ACKNOWLEDGE) == monday(11)


def test_nights_and_weekends_do_not_count() -> None:
    friday_evening = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)
    case = given(opened(at=friday_evening))
    assert case.at(Kind.ACKNOWLEDGE) == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    assert case.at(Kind.UPDATE) == datetime(2026, 3, 9, 17, tzinfo=UTC)


def test_a_call_back_is_made_in_working_hours() -> None:
    thursday = datetime(2026, 3, 5, 16, tzinfo=UTC)
    case = given(resolved(at=thursday))
    assert case.at(Kind.CALLBACK) == datetime(2026, 3, 6, 16, tzinfo=UTC)
    assert case.at(Kind.CALLBACK_LATE) == datetime(2026, 3, 9, 9, tzinfo=UTC)


def test_after_a_fix_on_friday_there_is_all_of_monday_to_call() -> None:
    friday = datetime(2026, 3, 6, 10, tzinfo=UTC)
    case = given(resolved(at=friday))
    assert case.at(Kind.CALLBACK) == datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert case.at(Kind.CALLBACK_LATE) == datetime(2026, 3, 9, 17, tzinfo=UTC)
    assert case.tick(datetime(2026, 3, 9, 9, tzinfo=UTC)).names == ["CallbackFellDue"]


def test_when_the_call_back_opens_is_known_after_the_fix_only() -> None:
    assert callback_opens(given(agreed()).state, DEFAULT, OFFICE) is None
    assert callback_opens(given(resolved()).state, DEFAULT, OFFICE) == monday(10, plus=1)


def test_after_a_call_that_reached_nobody_the_next_one_is_when_the_deadline_says() -> None:
    case = given(resolved(), called(CallResult.NOT_REACHED))
    assert callback_opens(case.state, DEFAULT, OFFICE) == case.at(Kind.CALLBACK)
    assert case.at(Kind.CALLBACK) != monday(10, plus=1)


def test_a_second_fix_opens_a_new_window() -> None:
    missed = given(resolved()).tick(later(days=7)).passes()
    assert missed.at(Kind.CALLBACK) is None
    anew = given(missed.facts, FixDenied(at=later(days=7)), CaseResolved(at=later(days=8)))
    assert anew.at(Kind.CALLBACK) == later(days=9)
    assert anew.at(Kind.CALLBACK_LATE) == later(days=10)


def test_a_moved_promise_is_warned_of_and_broken_at_its_new_time() -> None:
    case = given(opened(), promised()).tick(monday(7, plus=2)).passes()
    moved = given(case.facts, PromiseRenegotiated(at=monday(8, plus=2), promise="p1", due=later(days=4), words=said()))
    assert moved.at(Kind.PROMISE_SOON) == later(days=4) - timedelta(hours=4)
    assert moved.at(Kind.PROMISE) == later(days=4)


def test_every_promise_has_a_clock_of_its_own() -> None:
    case = given(opened(), promised("p1"), promised("p2", due=later(days=3)))
    broken = [fact for fact in case.tick(later(days=9)).facts if isinstance(fact, PromiseBroken)]
    assert [fact.promise for fact in broken] == ["p1", "p2"]


def test_a_late_tick_calls_everything_in_the_order_in_which_it_fell_due() -> None:
    names = given(opened(), upset(3), promised()).tick(later(days=9)).names
    assert names == [
        "AcknowledgementOverdue",
        "UpdateFellDue",
        "PromiseDueSoon",
        "PromiseBroken",
        "PromiseEscalated",
        "SilenceLimitPassed",
    ]


def test_a_new_silence_is_called_anew() -> None:
    case = given(opened()).tick(later(days=9)).passes()
    assert case.at(Kind.SILENCE) is None
    heard = given(case.facts, answered(at=later(days=10)))
    assert heard.at(Kind.SILENCE) == datetime(2026, 3, 16, 17, tzinfo=UTC)  # ten days on is a Thursday


def test_a_message_on_a_closed_case_waits_for_an_answer_and_one_is_enough() -> None:
    asks = given(closed(), wrote("m7"))
    assert asks.at(Kind.UPDATE) == monday(17, plus=1)
    assert asks.at(Kind.SILENCE) == monday(17, plus=2)
    done = given(asks.facts, answered("r7", at=later(hours=1)))
    assert done.at(Kind.UPDATE) is None
    assert not done.state.ours


# ── Thanks and survey: never while still angry ───────────────────────────────────────────────────


ANGRY_ONCE = [*resolved(), called()]


@pytest.mark.parametrize(
    ("says", "facts", "asked"),
    [
        ("angry in writing, content on the phone", closed(), True),
        ("angry in writing, unhappy on the phone", [*ANGRY_ONCE, outcomes(CustomerOutcome.UNHAPPY), CaseClosed(at=NOW)], False),
        ("lost", [*ANGRY_ONCE, outcomes(CustomerOutcome.LOST), CaseClosed(at=NOW)], False),
        ("content, and angry since", [*closed(), upset(3, "m7", at=later(hours=1))], False),
        ("content, and calm since", [*closed(), upset(1, "m7", at=later(hours=1))], True),
        ("angry, and closed by force", [*resolved(), CaseClosed(at=NOW)], False),
        ("calm, and closed by force", [*resolved(), upset(0, "m2"), CaseClosed(at=NOW)], True),
        ("never read, and closed by force", [*opened(), CaseResolved(at=NOW), CaseClosed(at=NOW)], True),
        ("our words do not arrive", [*closed(), MessageBounced(at=NOW, message="r1")], False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_who_is_thanked_and_asked_how_it_was(says: str, facts: list[AnyFact], asked: bool) -> None:
    case = given(facts)
    for kind in (Kind.THANKS, Kind.SURVEY):
        assert (case.at(kind) is not None) is asked
    assert case.at(Kind.FOLLOW_UP) is not None, "we look whether they came back in any case"


def test_a_survey_is_reminded_of_once() -> None:
    asked = given(CLOSED.facts).tick(later(days=1)).passes()
    sent = given(asked.facts, structs.replace(SURVEY, at=later(days=1)))
    reminded = sent.tick(later(days=6)).passes()
    assert type(reminded.facts[-1]).__name__ == "SurveyFellDue"
    again = given(reminded.facts, SurveySent(at=later(days=6), message="r9", reminder=True))
    assert "SurveyFellDue" not in again.tick(later(days=400)).names


# ── Legal terms ──────────────────────────────────────────────────────────────────────────────────


def test_legal_terms_never_pause_while_we_wait_for_the_customer() -> None:
    case = given(opened(), answered(), QUESTION).under(LAW)
    assert case.at(Kind.LEGAL) == later(days=56)


def test_a_reopened_case_does_not_start_a_legal_term_anew() -> None:
    case = given(closed(), FixDenied(at=later(days=30))).under(LAW)
    assert case.at(Kind.LEGAL) == later(days=56)


def test_an_automatic_answer_is_no_first_word() -> None:
    robot = MessageSent(at=NOW, message="r0", automatic=True)
    case = given(opened(), robot).under(house(legal={"first": FIRST}))
    assert case.at(Kind.LEGAL) == later(days=1)
    assert case.at(Kind.ACKNOWLEDGE) == monday(11)


def test_a_legal_term_that_ran_out_is_not_warned_of_any_more() -> None:
    case = given(opened()).under(LAW).tick(later(days=60)).passes()
    assert [type(fact).__name__ for fact in case.facts if type(fact).__name__.startswith("Legal")] == [
        "LegalClockWarned",
        "LegalClockPassed",
        "LegalClockWarned",
        "LegalClockPassed",
    ]
    assert case.at(Kind.LEGAL) is None
    assert case.at(Kind.LEGAL_SOON) is None


# ── Terms ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("term", "end"),
    [
        (Term(10, "seconds"), later(minutes=1 / 6)),
        (Term(30, "minutes"), later(minutes=30)),
        (Term(1.5, "hours"), later(hours=1.5)),
        (Term(2, "days"), later(days=2)),
        (Term(8, "working_hours"), monday(10, plus=1)),
        (Term(0.5, "working_hours"), monday(10, 30)),
        (Term(0, "working_days"), monday(17)),
        (Term(5, "working_days"), datetime(2026, 3, 9, 17, tzinfo=UTC)),
    ],
    ids=str,
)
def test_a_term_ends(term: Term, end: datetime) -> None:
    assert after(term, NOW, OFFICE) == end


def test_days_follow_the_wall_clock_of_the_house() -> None:
    berlin = Calendar.build(zone="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
    saturday_noon = datetime(2026, 3, 28, 11, tzinfo=UTC)  # clocks go forward that night
    assert after(Term(1, "days"), saturday_noon, berlin) == datetime(2026, 3, 29, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("term", "start"),
    [
        (Term(30, "minutes"), later(minutes=-30)),
        (Term(4, "working_hours"), later(hours=-4)),
        (Term(2, "working_days"), later(days=-2)),
        (Term(7, "days"), later(days=-7)),
    ],
    ids=str,
)
def test_a_warning_comes_before_in_plain_time(term: Term, start: datetime) -> None:
    assert before(term, NOW) == start


def test_nothing_is_due_before_a_case_is_open_and_the_next_is_the_first() -> None:
    assert due(State(), LAW, OFFICE) is None
    assert due(given(opened()).state, DEFAULT, OFFICE) == Deadline(monday(11), Kind.ACKNOWLEDGE)


def test_a_finished_case_waits_for_nothing() -> None:
    case = CLOSED.under(LAW).tick(later(days=400)).passes()
    assert due(case.state, case.policy, case.calendar) is None
