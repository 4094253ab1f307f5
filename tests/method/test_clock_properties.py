"""The clock against one that is slow and obviously right, and a look back against what the clock said at the time."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given
from hypothesis import strategies as st

from amends.method.calendar import Calendar, Shift
from amends.method.clock import Kind, after, deadlines, due, legal_end
from amends.method.decide.tick import tick
from amends.method.evolve import evolve, fold
from amends.method.facts import (
    AcknowledgementOverdue,
    AnyFact,
    BidInvited,
    CallbackOverdue,
    CaseResolved,
    FixDenied,
    LegalClockPassed,
    QuestionAsked,
    SilenceLimitPassed,
)
from amends.method.hindsight import hindsight
from amends.method.policy import LegalClock, Policy, Term, Unit
from amends.method.state import State
from amends.method.words import CallResult
from tests.method.given import house, said
from tests.method.slow import MINUTE, minutes_from, situations, slow_working_days
from tests.method.stories import answered, called, named, opened, outcomes, upset, wrote

UNITS: list[Unit] = ["seconds", "minutes", "hours", "days", "working_hours", "working_days"]
OFFICE = Calendar("Europe/Berlin", ((Shift(time(9), time(12)), Shift(time(13), time(17))),) * 5 + ((),) * 2)
NEVER = 6000  # minutes: further than this no slow clock walks


@st.composite
def terms(draw: st.DrawFn, units: list[Unit] = UNITS) -> Term:
    """A term of whole minutes, up to three days."""
    unit = draw(st.sampled_from(units))
    whole = {"days": 3, "working_days": 3, "seconds": 60, "minutes": 600}
    if unit in whole:
        return Term(draw(st.integers(0, whole[unit])) * (60 if unit == "seconds" else 1), unit)
    return Term(draw(st.integers(0, 24)) / 4, unit)


def slow_after(term: Term, start: datetime, calendar: Calendar) -> datetime | None:
    """Return the end of a term by walking; None for one that is too far."""
    match term.unit:
        case "working_hours":
            left = round(term.amount * 60)
            for now, _, is_open in islice(minutes_from(calendar, start), NEVER):
                if is_open and left == 0:
                    return now  # nothing, from closed hours, is the next opening
                left -= is_open
                if is_open and left == 0:
                    return now + MINUTE
            return None
        case "working_days":
            return slow_working_days(calendar, start, int(term.amount), after_hours_next_day=True)
        case "days":
            return slow_days(start, int(term.amount), ZoneInfo(calendar.zone))
        case unit:
            return start + timedelta(**{unit: term.amount})


def slow_days(start: datetime, n: int, zone: ZoneInfo) -> datetime:
    """Wait until the clock on the wall has reached the same time on that date."""
    if n == 0:
        return start
    wanted = start.astimezone(zone).replace(tzinfo=None) + timedelta(days=n)
    now = start + timedelta(days=n, hours=-30)
    while now.astimezone(zone).replace(tzinfo=None) < wanted:
        now += MINUTE
    return now


@given(situations(), terms())
def test_a_term_ends_when_one_has_waited_for_it(situation: tuple[Calendar, datetime], term: Term) -> None:
    calendar, start = situation
    slow = slow_after(term, start, calendar)
    assume(slow is not None)
    assert after(term, start, calendar) == slow


@given(situations(), st.integers(1, 3))
def test_a_legal_term_counts_dates_from_that_of_receipt(situation: tuple[Calendar, datetime], days: int) -> None:
    calendar, start = situation
    clock = LegalClock(title="Law", within=Term(days, "working_days"), met_by="answer", warn=Term(1, "hours"))
    ends = legal_end(clock, start, calendar)
    assert ends == slow_working_days(calendar, start, days, after_hours_next_day=False)
    assert ends <= after(clock.within, start, calendar)  # never later than our own way to count


@given(situations(), terms(), terms(), terms())
def test_the_deadlines_of_a_new_case_are_its_terms(
    situation: tuple[Calendar, datetime], first: Term, silence: Term, final: Term
) -> None:
    calendar, start = situation
    law = LegalClock(title="Law", within=final, met_by="answer", warn=Term(0, "hours"))
    policy = house(acknowledge=first, silence=silence, legal={"final": law} if final.unit != "working_days" else {})
    found = {one.kind: one.at for one in deadlines(fold(opened(at=start)), policy, calendar)}
    for kind, term in ((Kind.ACKNOWLEDGE, first), (Kind.SILENCE, silence), (Kind.LEGAL, final)):
        slow = slow_after(term, start, calendar)
        assert kind not in found or slow is None or found[kind] == slow


# ── Ticks, and looking back ──────────────────────────────────────────────────────────────────────

MONDAY = datetime(2026, 3, 23, 8, tzinfo=UTC)  # the week in which Berlin's clocks go forward
LEGAL = {
    "first": LegalClock(title="First", within=Term(1, "working_days"), met_by="first_word", warn=Term(2, "hours")),
    "final": LegalClock(title="Final", within=Term(5, "days"), met_by="answer", warn=Term(1, "days")),
}
gaps = st.sampled_from([timedelta(minutes=m) for m in (7, 61, 300, 1441, 3000, 7000)])
MISSED = {
    AcknowledgementOverdue: Kind.ACKNOWLEDGE,
    SilenceLimitPassed: Kind.SILENCE,
    CallbackOverdue: Kind.CALLBACK_LATE,
    LegalClockPassed: Kind.LEGAL,
}


def happenings(at: datetime, number: int) -> dict[str, list[AnyFact]]:
    """Return what may happen at a moment."""
    return {
        "they write": [wrote(f"m{number}", at=at), upset(number % 5, f"m{number}", at=at)],
        "we answer": [answered(f"r{number}", at=at)],
        "we name it": [answered(f"r{number}", at=at), named(at=at)],
        "we ask": [answered(f"r{number}", at=at), QuestionAsked(at=at, words=said(f"r{number}"))],
        "we ask for a bid": [answered(f"r{number}", at=at), BidInvited(at=at, words=said(f"r{number}"))],
        "resolved": [CaseResolved(at=at)],
        "we call": [called(CallResult.REACHED if number % 2 else CallResult.NOT_REACHED, at=at), outcomes(at=at)],
        "not fixed": [FixDenied(at=at)],
    }


steps = st.lists(st.tuples(gaps, st.sampled_from(sorted(happenings(MONDAY, 1)))), max_size=8)
policies = st.builds(
    lambda first, silence, bid, legal: house(acknowledge=first, silence=silence, bid_wait=bid, legal=legal),
    terms(["minutes", "working_hours"]),
    terms(["hours", "working_days"]),
    terms(["hours", "working_days"]),
    st.sampled_from([{}, LEGAL]),
)


def lived(story: list[tuple[timedelta, str]], policy: Policy) -> tuple[list[AnyFact], datetime]:
    """Return the journal of a case whose clock was asked whenever something was due, and when it ends."""
    state, journal, now = State(), list[AnyFact](), MONDAY

    def take_in(facts: list[AnyFact]) -> None:
        nonlocal state
        for fact in facts:
            state = evolve(state, fact)
            journal.append(fact)

    def wait(until: datetime) -> None:
        while (deadline := due(state, policy, OFFICE)) is not None and deadline.at < until:
            take_in(tick(state, max(deadline.at, now), policy, OFFICE))

    take_in(opened(at=MONDAY))
    for number, (gap, what) in enumerate(story, start=1):
        wait(now + gap)
        now += gap
        take_in(happenings(now, number)[what])
    wait(now + timedelta(days=30))
    return journal, now + timedelta(days=30)


@given(steps, policies)
@example([(timedelta(minutes=61), "we ask for a bid"), (timedelta(minutes=7000), "we answer")], house(legal=LEGAL))
def test_looking_back_by_the_policy_in_force_finds_missed_what_the_clock_called(
    story: list[tuple[timedelta, str]], policy: Policy
) -> None:
    journal, end = lived(story, policy)
    called_then = Counter(MISSED[type(fact)] for fact in journal if type(fact) in MISSED)
    found = hindsight(journal, policy, OFFICE, until=end)
    assert Counter(one.kind for one in found if not one.met) == called_then
    assert len({(one.kind, one.subject, one.due) for one in found}) == len(found)


@given(policies)
def test_a_clock_that_is_asked_now_and_then_says_the_same_a_little_later(policy: Policy) -> None:
    """A worker that looks every half hour calls the same things in the same order, none of them early."""
    prompt = slow = fold(opened(at=MONDAY))
    calls, late = list[str](), list[str]()
    for number in range(1, 250):
        now = MONDAY + number * 30 * MINUTE
        deadline = due(slow, policy, OFFICE)
        made = tick(slow, now, policy, OFFICE)
        assert bool(made) == (deadline is not None and deadline.at <= now)
        for fact in made:
            slow = evolve(slow, fact)
            late.append(type(fact).__name__)
        while (deadline := due(prompt, policy, OFFICE)) is not None and deadline.at <= now:
            for fact in tick(prompt, deadline.at, policy, OFFICE):
                prompt = evolve(prompt, fact)
                calls.append(type(fact).__name__)
    assert calls == late


def test_the_days_of_these_tests_are_what_they_say() -> None:
    assert date(2026, 3, 23).weekday() == 0
    assert OFFICE.is_open(MONDAY)
