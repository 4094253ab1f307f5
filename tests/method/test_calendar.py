"""Working time in sentences: given a calendar, when something comes in, then this is the moment that counts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from amends.method.calendar import ALWAYS, BadCalendar, Calendar

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar.build(
    zone="Europe/Berlin",
    hours={"mon-fri": ["09:00-12:30", "13:30-17:00"], "sat": ["10:00-13:00"]},
    country="DE",
    subdivision="BE",
    closed=["2026-12-24"],
)
NIGHTS = Calendar.build(zone="Europe/Berlin", hours={"mon-sun": ["00:00-04:00", "22:00-24:00"]})
BROKEN_NIGHTS = Calendar.build(zone="Europe/Berlin", hours={"sun": ["01:00-02:30", "02:30-05:00"]})
SKIPPED_SHIFT = Calendar.build(zone="Europe/Berlin", hours={"sun": ["02:15-02:45", "09:00-10:00"]})
WEDNESDAYS = Calendar.build(zone="America/New_York", hours={"wed": "08:00-12:00"}, country="US")
ISLAND = Calendar.build(zone="Pacific/Apia", hours={"mon-sun": "09:00-17:00"})
NEWFOUNDLAND = Calendar.build(zone="America/St_Johns", hours={"sun": ["00:00-24:00"]})


def local(words: str, zone: ZoneInfo = BERLIN, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=zone, fold=fold)


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


# 2026-03-02 is a Monday; Berlin springs forward on 2026-03-29 (02:00 -> 03:00) and falls back on 2026-10-25 (03:00 -> 02:00).
@pytest.mark.parametrize(
    ("calendar", "at", "opens"),
    [
        pytest.param(OFFICE, local("2026-03-02 09:00"), local("2026-03-02 09:00"), id="open from the first moment"),
        pytest.param(OFFICE, local("2026-03-02 12:29:59"), local("2026-03-02 12:29:59"), id="and to the last"),
        pytest.param(OFFICE, local("2026-03-02 12:30"), local("2026-03-02 13:30"), id="but not at noon"),
        pytest.param(OFFICE, local("2026-03-02 03:00"), local("2026-03-02 09:00"), id="before hours"),
        pytest.param(OFFICE, local("2026-03-06 17:00"), local("2026-03-07 10:00"), id="Friday evening"),
        pytest.param(OFFICE, local("2026-03-07 13:00"), local("2026-03-09 09:00"), id="the weekend"),
        pytest.param(OFFICE, local("2026-04-02 17:00"), local("2026-04-04 10:00"), id="Good Friday"),
        pytest.param(OFFICE, local("2026-12-23 18:00"), local("2026-12-28 09:00"), id="Christmas, the Eve as well"),
        pytest.param(OFFICE, local("2026-03-07 17:00"), local("2026-03-09 09:00"), id="Women's Day is of Berlin"),
        pytest.param(OFFICE, utc("2026-03-02 08:00"), local("2026-03-02 09:00"), id="asked in UTC"),
        pytest.param(
            OFFICE,
            datetime(2026, 3, 2, 12, 45, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            local("2026-03-02 09:00"),
            id="asked from Kolkata, where it is a quarter past twelve",
        ),
        pytest.param(OFFICE, local("2028-02-28 17:00"), local("2028-02-29 09:00"), id="29 February"),
        pytest.param(OFFICE, local("2027-02-28 17:00"), local("2027-03-01 09:00"), id="no 29 February"),
        pytest.param(NIGHTS, local("2026-03-02 23:59"), local("2026-03-02 23:59"), id="up to midnight"),
        pytest.param(NIGHTS, local("2026-03-03 00:00"), local("2026-03-03 00:00"), id="and past it"),
        pytest.param(BROKEN_NIGHTS, local("2026-10-25 02:45", fold=1), local("2026-10-25 02:45", fold=1), id="twice"),
        pytest.param(SKIPPED_SHIFT, local("2026-03-29 00:00"), local("2026-03-29 09:00"), id="a shift clocks skip"),
        pytest.param(
            Calendar.build(zone="Europe/Berlin", hours={"sun": "02:30-05:00"}),
            local("2026-03-29 00:00"),
            local("2026-03-29 03:00"),
            id="a start that clocks skip is the moment of the jump",
        ),
        pytest.param(ALWAYS, utc("2100-01-01 00:00"), utc("2100-01-01 00:00"), id="always"),
        pytest.param(
            NEWFOUNDLAND,
            local("2006-10-28 23:30", ZoneInfo("America/St_Johns"), fold=1),
            local("2006-10-28 23:30", ZoneInfo("America/St_Johns"), fold=1),
            id="in Newfoundland Sunday began at midnight and went back to Saturday a minute later",
        ),
    ],
)
def test_the_next_opening(calendar: Calendar, at: datetime, opens: datetime) -> None:
    found = calendar.next_open(at)
    assert found == opens.astimezone(UTC)
    assert found.tzinfo is UTC
    assert calendar.is_open(at) is (at.astimezone(UTC) == opens.astimezone(UTC))
    assert calendar.is_open(found)


@pytest.mark.parametrize(
    ("calendar", "start", "amount", "then"),
    [
        pytest.param(OFFICE, local("2026-03-02 09:00"), hours(2), local("2026-03-02 11:00"), id="within a shift"),
        pytest.param(OFFICE, local("2026-03-02 09:00"), hours(3.5), local("2026-03-02 12:30"), id="to its very end"),
        pytest.param(OFFICE, local("2026-03-02 12:00"), hours(1), local("2026-03-02 14:00"), id="over lunch"),
        pytest.param(OFFICE, local("2026-03-02 13:00"), hours(1), local("2026-03-02 14:30"), id="from within lunch"),
        pytest.param(OFFICE, local("2026-03-06 16:00"), hours(2), local("2026-03-07 11:00"), id="over the night"),
        pytest.param(OFFICE, local("2026-03-08 16:00"), hours(7), local("2026-03-09 17:00"), id="a day from Sunday"),
        pytest.param(OFFICE, local("2026-03-02 20:00"), hours(0), local("2026-03-03 09:00"), id="nothing, from night"),
        pytest.param(OFFICE, local("2026-03-02 10:00"), hours(0), local("2026-03-02 10:00"), id="nothing, from day"),
        pytest.param(OFFICE, local("2026-12-23 16:00"), hours(2), local("2026-12-28 10:00"), id="over Christmas"),
        pytest.param(
            NIGHTS, local("2026-03-28 23:00"), hours(4), local("2026-03-29 04:00"), id="an hour that clocks skip"
        ),
        pytest.param(
            NIGHTS, local("2026-10-24 23:00"), hours(4), local("2026-10-25 02:00", fold=1), id="one that repeats"
        ),
        pytest.param(
            BROKEN_NIGHTS, local("2026-10-25 01:00"), hours(5), local("2026-10-25 05:00"), id="touching shifts"
        ),
        pytest.param(WEDNESDAYS, utc("2026-12-30 20:00"), hours(5), utc("2027-01-13 14:00"), id="one day in the week"),
        pytest.param(ALWAYS, utc("2028-02-28 12:00"), timedelta(days=2), utc("2028-03-01 12:00"), id="always"),
        pytest.param(
            ISLAND,
            local("2011-12-29 16:00", ZoneInfo("Pacific/Apia")),
            hours(2),
            local("2011-12-31 10:00", ZoneInfo("Pacific/Apia")),
            id="Samoa went without 30 December 2011",
        ),
        pytest.param(OFFICE, local("2026-03-02 09:00"), hours(2000), local("2027-03-17 12:00"), id="a working year"),
    ],
)
def test_working_time_is_added(calendar: Calendar, start: datetime, amount: timedelta, then: datetime) -> None:
    found = calendar.add_working(start, amount)
    assert found == then.astimezone(UTC)
    assert found.tzinfo is UTC
    assert calendar.working_between(start, found) == amount
    assert calendar.working_between(found, start) == -amount


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        pytest.param("2026-03-02 10:00", "2026-03-02 10:00", hours(0), id="no time at all"),
        pytest.param("2026-03-02 12:30", "2026-03-02 13:30", hours(0), id="lunch"),
        pytest.param("2026-03-02 08:00", "2026-03-02 18:00", hours(7), id="a day, seen from outside"),
        pytest.param("2026-03-02 00:00", "2026-03-09 00:00", hours(38), id="a week"),
        pytest.param("2026-12-21 00:00", "2026-12-28 00:00", hours(21), id="the week of Christmas"),
    ],
)
def test_working_time_between_two_moments(start: str, end: str, worked: timedelta) -> None:
    assert OFFICE.working_between(local(start), local(end)) == worked


@pytest.mark.parametrize(
    ("start", "n", "then"),
    [
        pytest.param("2026-03-02 10:00", 3, "2026-03-05 17:00", id="three days from Monday"),
        pytest.param("2026-03-02 07:00", 3, "2026-03-05 17:00", id="before hours is the same day"),
        pytest.param("2026-03-02 12:45", 3, "2026-03-05 17:00", id="lunch is the same day"),
        pytest.param("2026-03-02 16:59", 1, "2026-03-03 17:00", id="a minute before the close"),
        pytest.param("2026-03-02 17:00", 1, "2026-03-04 17:00", id="the close is the next day"),
        pytest.param("2026-03-05 10:00", 2, "2026-03-07 13:00", id="a working Saturday"),
        pytest.param("2026-03-08 10:00", 1, "2026-03-10 17:00", id="Sunday counts as Monday"),
        pytest.param("2026-03-07 20:00", 1, "2026-03-10 17:00", id="so does Saturday night"),
        pytest.param("2026-04-02 10:00", 3, "2026-04-08 17:00", id="Easter"),
        pytest.param("2026-03-02 10:00", 0, "2026-03-02 17:00", id="the same day"),
        pytest.param("2026-03-02 18:00", 0, "2026-03-03 17:00", id="the same day, after hours"),
        pytest.param("2028-02-28 10:00", 1, "2028-02-29 17:00", id="29 February"),
    ],
)
def test_working_days_end_at_the_close_of_business(start: str, n: int, then: str) -> None:
    assert OFFICE.add_working_days(local(start), n) == local(then).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "n", "then"),
    [
        pytest.param("2026-03-02 10:00", 1, "2026-03-03 17:00", id="in hours"),
        pytest.param("2026-03-02 23:00", 1, "2026-03-03 17:00", id="late mail counts today"),
        pytest.param("2026-03-02 23:00", 0, "2026-03-02 17:00", id="and may be late at once"),
        pytest.param("2026-03-08 10:00", 1, "2026-03-09 17:00", id="Sunday is a day of receipt"),
        pytest.param("2026-03-08 10:00", 0, "2026-03-09 17:00", id="that closes with Monday"),
    ],
)
def test_working_days_from_the_very_date_of_receipt(start: str, n: int, then: str) -> None:
    found = OFFICE.add_working_days(local(start), n, after_hours_next_day=False)
    assert found == local(then).astimezone(UTC)


def test_the_day_of_receipt_is_the_day_where_the_desk_is() -> None:
    late_on_monday_in_new_york = local("2026-03-02 22:00", ZoneInfo("America/New_York"))
    assert OFFICE.add_working_days(late_on_monday_in_new_york, 1) == local("2026-03-04 17:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("calendar", "day", "opens", "closes"),
    [
        pytest.param(OFFICE, "2026-03-02", utc("2026-03-02 08:00"), utc("2026-03-02 16:00"), id="a working day"),
        pytest.param(OFFICE, "2026-07-01", utc("2026-07-01 07:00"), utc("2026-07-01 15:00"), id="one in summer"),
        pytest.param(NIGHTS, "2026-03-02", utc("2026-03-01 23:00"), utc("2026-03-02 23:00"), id="up to midnight"),
        pytest.param(ALWAYS, "2028-02-29", utc("2028-02-29 00:00"), utc("2028-03-01 00:00"), id="29 February"),
    ],
)
def test_a_day_opens_with_its_first_shift_and_closes_with_its_last(
    calendar: Calendar, day: str, opens: datetime, closes: datetime
) -> None:
    assert calendar.is_working_day(date.fromisoformat(day))
    assert calendar.open_of_day(date.fromisoformat(day)) == opens
    assert calendar.close_of_day(date.fromisoformat(day)) == closes


@pytest.mark.parametrize(
    ("calendar", "day", "next_day"),
    [
        pytest.param(OFFICE, "2026-03-08", "2026-03-09", id="Sunday"),
        pytest.param(OFFICE, "2026-12-24", "2026-12-28", id="Christmas"),
        pytest.param(OFFICE, "1995-05-01", "1995-05-02", id="long ago"),
        pytest.param(OFFICE, "2100-01-01", "2100-01-02", id="in a far year"),
        pytest.param(WEDNESDAYS, "2021-12-31", "2022-01-05", id="one day in the week"),
        pytest.param(ISLAND, "2011-12-30", "2011-12-31", id="a day that never was"),
    ],
)
def test_a_closed_day_speaks_for_the_next_working_day(calendar: Calendar, day: str, next_day: str) -> None:
    closed, following = date.fromisoformat(day), date.fromisoformat(next_day)
    assert not calendar.is_working_day(closed)
    assert calendar.is_working_day(following)
    assert calendar.open_of_day(closed) == calendar.open_of_day(following)
    assert calendar.close_of_day(closed) == calendar.close_of_day(following)


def test_a_holiday_moved_into_the_year_before_is_kept() -> None:
    fridays = Calendar.build(zone="America/New_York", hours={"fri": "09:00-17:00"}, country="US")
    assert not fridays.is_working_day(date(2021, 12, 31))  # New Year's Day 2022 is a Saturday
    assert fridays.is_working_day(date(2021, 12, 10))


@pytest.mark.parametrize(
    ("start", "n", "then"),
    [
        pytest.param(local("2026-03-02 10:00"), 56, local("2026-04-27 10:00"), id="eight weeks, same wall time"),
        pytest.param(local("2026-03-28 02:30"), 1, utc("2026-03-29 01:00"), id="skipped: the moment of the jump"),
        pytest.param(local("2026-03-28 02:30:15.5"), 1, utc("2026-03-29 01:00"), id="also between two seconds"),
        pytest.param(local("2026-03-28 02:00"), 1, utc("2026-03-29 01:00"), id="the first skipped moment"),
        pytest.param(local("2026-03-28 02:59:59"), 1, utc("2026-03-29 01:00"), id="the last skipped second"),
        pytest.param(local("2026-03-28 03:00"), 1, utc("2026-03-29 01:00"), id="the first that is not skipped"),
        pytest.param(local("2026-03-28 01:59:59"), 1, utc("2026-03-29 00:59:59"), id="the last before the jump"),
        pytest.param(local("2026-10-24 02:30"), 1, utc("2026-10-25 00:30"), id="twice: the first"),
        pytest.param(local("2026-10-25 02:30", fold=1), 1, utc("2026-10-26 01:30"), id="from the second"),
        pytest.param(local("2026-10-25 02:30", fold=1), 0, utc("2026-10-25 01:30"), id="no days leave it where it is"),
        pytest.param(local("2026-03-30 10:00"), -1, utc("2026-03-29 08:00"), id="a day earlier"),
        pytest.param(local("2028-02-28 10:00"), 1, local("2028-02-29 10:00"), id="to 29 February"),
        pytest.param(local("2028-02-29 10:00"), 365, local("2029-02-28 10:00"), id="a year from 29 February"),
        pytest.param(utc("2026-03-02 23:30"), 1, utc("2026-03-03 23:30"), id="from UTC"),
    ],
)
def test_calendar_days_keep_the_time_on_the_wall(start: datetime, n: int, then: datetime) -> None:
    found = OFFICE.add_days(start, n)
    assert found == then.astimezone(UTC)
    assert found.tzinfo is UTC


NAIVE = datetime(2026, 3, 2, 10, 0)  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda: OFFICE.is_open(NAIVE), id="is_open"),
        pytest.param(lambda: OFFICE.next_open(NAIVE), id="next_open"),
        pytest.param(lambda: OFFICE.add_working(NAIVE, hours(1)), id="add_working"),
        pytest.param(lambda: OFFICE.working_between(NAIVE, utc("2026-03-02 10:00")), id="working_between, start"),
        pytest.param(lambda: OFFICE.working_between(utc("2026-03-02 10:00"), NAIVE), id="working_between, end"),
        pytest.param(lambda: OFFICE.add_working_days(NAIVE, 1), id="add_working_days"),
        pytest.param(lambda: OFFICE.add_days(NAIVE, 1), id="add_days"),
    ],
)
def test_a_time_without_a_zone_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="2026-03-02 10:00:00 has no time zone"):
        ask()


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(OFFICE.is_working_day, id="is_working_day"),
        pytest.param(OFFICE.open_of_day, id="open_of_day"),
        pytest.param(OFFICE.close_of_day, id="close_of_day"),
    ],
)
def test_a_moment_is_no_date(ask: Callable[[date], object]) -> None:
    with pytest.raises(TypeError, match="give the local date"):
        ask(utc("2026-12-24 10:00"))


def test_time_cannot_be_taken_back() -> None:
    with pytest.raises(ValueError, match="below zero"):
        OFFICE.add_working(utc("2026-03-02 10:00"), timedelta(microseconds=-1))
    with pytest.raises(ValueError, match="below zero"):
        OFFICE.add_working_days(utc("2026-03-02 10:00"), -1)


def test_the_search_ends_after_five_years_without_a_working_hour() -> None:
    shut = frozenset(date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(5 * 366))
    calendar = Calendar("UTC", ALWAYS.week, shut)
    with pytest.raises(BadCalendar, match="no working hour in the five years from 2026-01-01 on"):
        calendar.next_open(utc("2026-01-01 00:00"))
    assert calendar.next_open(utc("2026-01-02 00:00")) == utc("2031-01-05 00:00")
