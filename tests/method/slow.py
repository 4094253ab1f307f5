"""A calendar that is slow and obviously right: it walks minute by minute and looks at the clock on the wall."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays
from hypothesis import assume
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
    "Africa/Casablanca": ["2026-02-15", "2026-03-22"],  # back for Ramadan, forward after it
    "Africa/Cairo": [
        "2026-04-24",
        "2026-10-29",
    ],  # a day without a first hour, and one that goes back into the day before
    "Europe/Dublin": ["2026-03-29", "2026-10-25"],  # where winter is the time that is saved
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
    if wall.date() in calendar.closed or is_holiday(calendar, wall.date()):
        return False
    return any(
        shift.start <= wall.time() and (shift.end == time(0) or wall.time() < shift.end)
        for shift in calendar.week[wall.weekday()]
    )


def is_holiday(calendar: Calendar, day: date) -> bool:
    if not calendar.country:
        return False
    return day in holidays_of(calendar.country, calendar.subdivision)


@lru_cache
def holidays_of(country: str, subdivision: str) -> HolidayBase:
    return country_holidays(country, subdiv=subdivision or None)


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


HOLIDAYS = {
    ("Europe/Berlin", "DE", "BE"): ["2026-12-25", "2026-03-08", "2028-05-01"],
    ("Europe/London", "GB", "ENG"): ["2026-12-26", "2026-04-03", "2027-01-01"],
    ("America/New_York", "US", ""): ["2026-07-04", "2026-11-26", "2021-12-31"],
    ("Asia/Tokyo", "JP", ""): ["2026-05-04", "2026-09-22"],
    ("Africa/Cairo", "EG", ""): ["2026-04-13", "2026-07-23"],
}


@st.composite
def holidays_near(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar of a country, and a whole minute in UTC within two days of a public holiday there."""
    where = draw(st.sampled_from(sorted(HOLIDAYS)))
    day = date.fromisoformat(draw(st.sampled_from(HOLIDAYS[where])))
    week = tuple(draw(shifts_of_a_day()) for _ in range(7))
    assume(sum(map(bool, week)) > 3)
    start = datetime.combine(day, time(0), UTC) + draw(st.integers(-2 * 1440, 2 * 1440)) * MINUTE
    return Calendar(where[0], week, country=where[1], subdivision=where[2]), start
