"""When a promise falls due: the words of a due time against the working calendar."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.hearing import weigh
from amends.hearing.dues import moment, suggestions
from amends.method.calendar import Calendar
from amends.method.moves import ProposePromise
from amends.method.state import State
from amends.reading import Context, Due, read
from amends.transcript import Message, Role

BERLIN = Calendar.build(
    zone="Europe/Berlin", hours={"mon-fri": ["09:00-12:30", "13:30-17:00"]}, closed=["2026-12-25", "2026-05-01"]
)
HAVANA = Calendar.build(zone="America/Havana", hours={"mon-sun": ["00:00-24:00"]})  # clocks jump at midnight there


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# Winter: Berlin is one hour ahead. 2 March 2026 is a Monday.
MON_11 = utc("2026-03-02T10:00")
FRI_11 = utc("2026-03-06T10:00")
FRI_18 = utc("2026-03-06T17:00")
SAT_11 = utc("2026-03-07T10:00")


@pytest.mark.parametrize(
    ("due", "said_at", "expected"),
    [
        # a span of time runs by the clock, also at night
        (Due(within=timedelta(hours=24)), FRI_18, utc("2026-03-07T17:00")),
        (Due(within=timedelta(minutes=30)), MON_11, utc("2026-03-02T10:30")),
        # working time does not
        (Due(working_hours=2), FRI_11, utc("2026-03-06T13:00")),  # an hour and a half before lunch, the rest after it
        (Due(working_hours=2), FRI_18, utc("2026-03-09T10:00")),
        (Due(working_days=1), FRI_11, utc("2026-03-09T16:00")),
        (Due(working_days=5), MON_11, utc("2026-03-09T16:00")),
        (Due(working_days=1), SAT_11, utc("2026-03-10T16:00")),  # said on Monday, as far as work goes
        (Due(working_days=0), MON_11, utc("2026-03-02T16:00")),
        # days
        (Due(days_ahead=0), MON_11, utc("2026-03-02T16:00")),
        (Due(days_ahead=1), MON_11, utc("2026-03-03T16:00")),
        (Due(days_ahead=1), FRI_11, utc("2026-03-09T16:00")),  # tomorrow is Saturday: nobody can keep it sooner
        (Due(days_ahead=7), MON_11, utc("2026-03-09T16:00")),
        (Due(days_ahead=1, at=time(10)), FRI_11, utc("2026-03-07T09:00")),  # an hour on a Saturday was meant as said
        (Due(days_ahead=1, start_of_day=True), MON_11, utc("2026-03-03T09:00")),
        (Due(days_ahead=1, start_of_day=True), FRI_11, utc("2026-03-09T09:00")),
        (Due(days_ahead=1, end_of_day=True), MON_11, utc("2026-03-03T16:00")),
        (Due(end_of_day=True), MON_11, utc("2026-03-02T16:00")),
        (Due(start_of_day=True), utc("2026-03-02T05:00"), utc("2026-03-02T09:00")),
        (Due(at=time(17)), MON_11, utc("2026-03-02T16:00")),
        # weekdays: the next one, and today as long as it can still be kept
        (Due(weekday=4, at=time(17)), MON_11, utc("2026-03-06T16:00")),
        (Due(weekday=4), FRI_11, utc("2026-03-06T16:00")),
        (Due(weekday=4, at=time(17)), FRI_18, utc("2026-03-13T16:00")),
        (Due(weekday=4), FRI_18, utc("2026-03-13T16:00")),
        (Due(weekday=6), MON_11, utc("2026-03-09T16:00")),  # Sunday is closed
        (Due(weekday=0, start_of_day=True), FRI_11, utc("2026-03-09T09:00")),
        # the end of next week, said on any day of this one
        (Due(weekday=4, days_ahead=7, end_of_day=True), MON_11, utc("2026-03-13T16:00")),
        (Due(weekday=4, days_ahead=7, end_of_day=True), FRI_18, utc("2026-03-13T16:00")),
        (Due(weekday=4, days_ahead=7, end_of_day=True), SAT_11, utc("2026-03-13T16:00")),
        # days of a month
        (Due(day=14), MON_11, utc("2026-03-16T16:00")),  # a Saturday
        (Due(day=2), MON_11, utc("2026-03-02T16:00")),
        (Due(day=1), MON_11, utc("2026-04-01T15:00")),  # summer time by then
        (Due(day=31), utc("2026-04-01T10:00"), utc("2026-06-01T15:00")),  # April has none, and 31 May is a Sunday
        (Due(day=31, end_of_day=True), utc("2026-04-01T10:00"), utc("2026-04-30T15:00")),  # the end of the month
        (Due(day=31, end_of_day=True), utc("2028-02-01T10:00"), utc("2028-02-29T16:00")),
        (Due(day=31, month=6), MON_11, None),
        (Due(day=30, month=2), MON_11, None),
        (Due(day=29, month=2), MON_11, utc("2028-02-29T16:00")),
        (Due(day=29, month=2), utc("2096-03-01T10:00"), None),  # 2100 is no leap year: eight years is not a date
        (Due(day=1, month=1), MON_11, utc("2027-01-01T16:00")),
        (Due(day=5, month=2), MON_11, utc("2027-02-05T16:00")),
        (Due(day=25, month=12), MON_11, utc("2026-12-28T16:00")),  # closed by the house, and then a weekend
        (Due(day=1, month=5), MON_11, utc("2026-05-04T15:00")),
        # an hour of today that is past is past: who said it has to say when
        (Due(days_ahead=0, at=time(9)), MON_11, utc("2026-03-02T08:00")),
        (Due(days_ahead=0), FRI_18, utc("2026-03-06T16:00")),
        # clocks that jump: 02:30 on 29 March is skipped, on 25 October it comes twice
        (Due(days_ahead=1, at=time(2, 30)), utc("2026-03-28T10:00"), utc("2026-03-29T01:30")),
        (Due(days_ahead=1, at=time(2, 30)), utc("2026-10-24T10:00"), utc("2026-10-25T00:30")),
        (Due(weekday=0, at=time(9)), utc("2026-03-27T10:00"), utc("2026-03-30T07:00")),
        # near midnight the day is the house's, not that of Greenwich
        (Due(days_ahead=0), utc("2026-03-02T23:30"), utc("2026-03-03T16:00")),
        # nothing that names a time, or nothing that anybody can have meant
        (None, MON_11, None),
        (Due(), MON_11, None),
        (Due(within=timedelta(days=10**8)), MON_11, None),
        (Due(working_days=10**9), MON_11, None),
        (Due(working_hours=10**9), MON_11, None),
        (Due(days_ahead=10**9), MON_11, None),
    ],
)
def test_when_words_fall_due(due: Due | None, said_at: datetime, expected: datetime | None) -> None:
    assert moment(due, said_at, BERLIN) == expected


def test_a_day_whose_midnight_is_skipped_has_its_own_end() -> None:
    # Havana goes forward at midnight of Sunday, 8 March 2026; the day before ends at that very moment.
    assert moment(Due(days_ahead=0), utc("2026-03-07T12:00"), HAVANA) == utc("2026-03-08T05:00")
    assert moment(Due(days_ahead=1), utc("2026-03-07T12:00"), HAVANA) == utc("2026-03-09T04:00")


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("I will refund you by Friday.", "2026-03-06T16:00"),
        ("We will answer within 24 hours.", "2026-03-03T10:00"),
        ("You will have our reply by close of the third business day.", "2026-03-05T16:00"),
        ("I will call you tomorrow morning.", "2026-03-03T11:00"),
        ("We'll have this fixed by the end of next week.", "2026-03-13T16:00"),
        ("Our warehouse will ship the new pump tomorrow.", "2026-03-03T16:00"),
        ("I will call you on Monday morning at 9.", "2026-03-09T08:00"),
        ("I'll get back to you as soon as possible.", None),
    ],
)
def test_every_commitment_in_a_message_is_proposed_for_the_time_that_its_words_mean(said: str, due: str | None) -> None:
    message = Message(id="r1", role=Role.AGENT, text=said)
    moves = weigh(State(), message, read(message, Context()), at=MON_11, calendar=BERLIN, owner="7")
    (made,) = [move for move in moves if isinstance(move, ProposePromise)]
    assert (made.due, made.owner) == (utc(due) if due else None, "7")


DUES = st.builds(
    Due,
    weekday=st.none() | st.integers(0, 6),
    days_ahead=st.none() | st.integers(0, 60),
    day=st.none() | st.integers(1, 31),
    month=st.none() | st.integers(1, 12),
    at=st.none() | st.times(),
    end_of_day=st.booleans(),
    start_of_day=st.booleans(),
)


@pytest.mark.parametrize(
    ("at", "offered"),
    [
        (MON_11, ["2026-03-02T16:00", "2026-03-03T16:00", "2026-03-05T16:00"]),
        (utc("2026-03-02T15:00"), ["2026-03-03T16:00", "2026-03-05T16:00"]),  # an hour is too little
        (FRI_18, ["2026-03-09T16:00", "2026-03-10T16:00", "2026-03-12T16:00"]),
        (SAT_11, ["2026-03-09T16:00", "2026-03-10T16:00", "2026-03-12T16:00"]),
    ],
)
def test_who_named_no_time_is_offered_some_that_can_be_kept(at: datetime, offered: list[str]) -> None:
    assert suggestions(at, BERLIN) == tuple(utc(moment) for moment in offered)


WHEN = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  the zone is beside


@given(DUES, WHEN)
def test_every_due_time_is_a_moment_in_utc_or_none(due: Due, said_at: datetime) -> None:
    found = moment(due, said_at, BERLIN)
    assert found is None or found.utcoffset() == timedelta(0)


@given(st.integers(0, 6), st.none() | st.times(), WHEN)
def test_a_weekday_is_ahead_and_within_a_week_of_work(weekday: int, at: time | None, said_at: datetime) -> None:
    found = moment(Due(weekday=weekday, at=at), said_at, BERLIN)
    assert found is not None
    assert said_at < found <= said_at + timedelta(days=12)
