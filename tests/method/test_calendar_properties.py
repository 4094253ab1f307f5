"""The calendar against one that is slow and obviously right: it walks minute by minute and looks at the clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given
from hypothesis import strategies as st

from amends.method.calendar import Calendar, Shift

MINUTE = timedelta(minutes=1)

# Zones with something to trip over, and days (UTC) on which it lies there.
JUMPS = {
    "UTC": ["2028-02-29", "2026-12-31"],
    "Europe/Berlin": ["2026-03-29", "2026-10-25", "1990-09-30", "2099-10-25"],
    "America/New_York": ["2026-03-08", "2026-11-01", "2100-03-14"],
    "America/St_Johns": ["2006-04-02", "2006-10-29"],  # at one minute past midnight
    "America/Sao_Paulo": ["2018-11-04", "2018-02-18"],  # at midnight
    "Australia/Lord_Howe": ["2026-04-04", "2026-10-03"],  # by half an hour
    "Antarctica/Troll": ["2026-03-29", "2026-10-25"],  # by two hours
    "Asia/Kathmandu": ["2026-05-05"],
    "Pacific/Apia": ["2011-12-30"],  # a day that never was
}


def minutes_from(calendar: Calendar, start: datetime) -> Iterator[tuple[datetime, datetime, bool]]:
    """Yield (minute in UTC, wall time, open?) for a clock that is stopped, not turned back, where an hour repeats."""
    zone = ZoneInfo(calendar.zone)
    now = start - timedelta(hours=4)  # no jump back is longer
    wall = datetime.min  # noqa: DTZ901 - earlier than any wall clock
    while True:
        wall = max(wall, now.astimezone(zone).replace(tzinfo=None, fold=0))
        if now >= start:
            yield now, wall, shows_open(calendar, wall)
        now += MINUTE


def shows_open(calendar: Calendar, wall: datetime) -> bool:
    if wall.date() in calendar.closed:
        return False
    return any(
        shift.start <= wall.time() and (shift.end == time(0) or wall.time() < shift.end)
        for shift in calendar.week[wall.weekday()]
    )


def slow_working_between(calendar: Calendar, start: datetime, length: int) -> int:
    """`length` and the result are in minutes."""
    return sum(is_open for _, _, is_open in islice(minutes_from(calendar, start), length))


def slow_working_days(calendar: Calendar, start: datetime, n: int, *, after_hours_next_day: bool) -> datetime:
    """Walk from the day before, note the last open minute of each date, and count the dates that have one."""
    received = start.astimezone(ZoneInfo(calendar.zone)).date()
    last_open: dict[date, datetime] = {}
    today = date.min
    for now, wall, is_open in minutes_from(calendar, start - timedelta(hours=27)):
        if wall.date() > today:  # yesterday is over
            today = wall.date()
            days = [day for day in last_open if day >= received]
            if after_hours_next_day:
                days = [day for day in days if last_open[day] > start]
            elif n:
                days = [received, *(day for day in days if day > received)]
            if len(days) > n:
                return last_open[days[n]]
        if is_open:
            last_open[today] = now + MINUTE
    raise AssertionError


@st.composite
def shifts_of_a_day(draw: st.DrawFn) -> tuple[Shift, ...]:
    marks = st.integers(0, 96).map(lambda quarter: quarter * 15)
    edges = sorted(draw(st.lists(marks, min_size=0, max_size=6, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Shift(clock(start), clock(end)) for start, end in pairs)


def clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar, and a whole minute in UTC, mostly within two days of a jump of its clocks."""
    zone = draw(st.sampled_from(sorted(JUMPS)))
    jump = date.fromisoformat(draw(st.sampled_from(JUMPS[zone])))
    kinds = [(), draw(shifts_of_a_day()), draw(shifts_of_a_day())]
    week = tuple(kinds[kind] for kind in draw(st.tuples(*[st.integers(0, 2)] * 7)))
    assume(any(week))
    closed = draw(st.frozensets(st.integers(-3, 5).map(lambda days: jump + timedelta(days=days)), max_size=3))
    offset = draw(st.integers(-2 * 1440, 2 * 1440))
    start = datetime.combine(jump, time(0), UTC) + offset * MINUTE
    return Calendar(zone, week, closed), start


moments = st.integers(-3 * 1440, 5 * 1440).map(lambda minutes: minutes * MINUTE)
amounts = st.integers(0, 3000).map(lambda minutes: minutes * MINUTE)


@given(situations(), st.integers(1, 200))
def test_adding_working_time_is_waiting_for_that_many_open_minutes(
    situation: tuple[Calendar, datetime], first: int
) -> None:
    calendar, start = situation
    open_minutes = [now for now, _, is_open in islice(minutes_from(calendar, start), 6000) if is_open]
    for number, now in islice(enumerate(open_minutes, start=1), first, None, 89):
        assert calendar.add_working(start, number * MINUTE) == now + MINUTE


@given(situations(), st.integers(0, 6000))
def test_working_time_between_is_the_number_of_open_minutes(situation: tuple[Calendar, datetime], length: int) -> None:
    calendar, start = situation
    worked = calendar.working_between(start, start + length * MINUTE)
    assert worked == slow_working_between(calendar, start, length) * MINUTE


@given(situations())
def test_open_is_what_the_clock_says(situation: tuple[Calendar, datetime]) -> None:
    calendar, start = situation
    for now, _, is_open in islice(minutes_from(calendar, start), 0, 3000, 3):
        assert calendar.is_open(now) is is_open, now


@given(situations(), st.integers(0, 3), st.booleans())
def test_working_days_are_the_dates_with_an_open_minute(
    situation: tuple[Calendar, datetime], n: int, after_hours_next_day: bool
) -> None:
    calendar, start = situation
    found = calendar.add_working_days(start, n, after_hours_next_day=after_hours_next_day)
    assert found == slow_working_days(calendar, start, n, after_hours_next_day=after_hours_next_day)


@given(situations(), amounts)
def test_what_was_added_is_what_lies_between(situation: tuple[Calendar, datetime], amount: timedelta) -> None:
    calendar, start = situation
    assert calendar.working_between(start, calendar.add_working(start, amount)) == amount


@given(situations(), moments)
def test_adding_what_lies_between_leads_back_unless_nobody_worked_since(
    situation: tuple[Calendar, datetime], ahead: timedelta
) -> None:
    calendar, start = situation
    end = calendar.next_open(start + abs(ahead))
    reached = calendar.add_working(start, calendar.working_between(start, end))
    assert calendar.next_open(reached) == end


@given(situations(), moments, amounts, amounts)
def test_later_or_more_is_never_sooner(
    situation: tuple[Calendar, datetime], ahead: timedelta, amount: timedelta, more: timedelta
) -> None:
    calendar, start = situation
    earlier, later = sorted([start, start + ahead])
    assert calendar.next_open(earlier) <= calendar.next_open(later)
    assert calendar.add_working(earlier, amount) <= calendar.add_working(later, amount)
    assert calendar.add_working(start, amount) <= calendar.add_working(start, amount + more)
    assert calendar.add_working_days(earlier, 2) <= calendar.add_working_days(later, 2)
    assert calendar.add_working_days(start, 1) < calendar.add_working_days(start, 2)
    assert calendar.add_days(start, 0) < calendar.add_days(start, 1) <= calendar.add_days(start, 2)


@given(situations(), moments, moments)
def test_working_time_adds_up(situation: tuple[Calendar, datetime], there: timedelta, back: timedelta) -> None:
    calendar, start = situation
    middle, end = start + there, start + back
    whole = calendar.working_between(start, end)
    assert calendar.working_between(start, middle) + calendar.working_between(middle, end) == whole
    assert abs(whole) <= abs(end - start)


@given(situations(), st.integers(-400, 400))
@example((Calendar("Europe/Berlin", ((Shift(time(9), time(17)),),) * 7), datetime(2026, 3, 28, 1, 30, tzinfo=UTC)), 1)
def test_calendar_days_keep_date_and_time_unless_skipped(situation: tuple[Calendar, datetime], n: int) -> None:
    calendar, start = situation
    zone = ZoneInfo(calendar.zone)
    found = calendar.add_days(start, n)
    wanted = start.astimezone(zone).replace(tzinfo=None) + timedelta(days=n)
    shown = found.astimezone(zone).replace(tzinfo=None)
    just_before = (found - timedelta(microseconds=1)).astimezone(zone).replace(tzinfo=None)
    assert shown == wanted or just_before < wanted < shown


@given(situations(), st.integers(0, 59_999_999))
def test_parts_of_a_minute_count(situation: tuple[Calendar, datetime], microseconds: int) -> None:
    calendar, start = situation
    opens = calendar.next_open(start)
    part = timedelta(microseconds=microseconds)
    assert calendar.add_working(opens, part) == opens + part
    assert calendar.working_between(start, opens + part) == part
