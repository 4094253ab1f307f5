"""The calendar against one that is slow and obviously right: it walks minute by minute and looks at the clock."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from amends.method.calendar import Calendar, Shift
from tests.method.slow import (
    MINUTE,
    holidays_near,
    minutes_from,
    situations,
    slow_working_between,
    slow_working_days,
)

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
def test_the_next_opening_is_the_first_open_minute(situation: tuple[Calendar, datetime]) -> None:
    calendar, start = situation
    opens = next((now for now, _, is_open in islice(minutes_from(calendar, start), 6000) if is_open), None)
    assert opens is None or calendar.next_open(start) == opens


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


@given(holidays_near(), st.integers(0, 3))
def test_public_holidays_are_no_working_days(situation: tuple[Calendar, datetime], n: int) -> None:
    calendar, start = situation
    for now, _, is_open in islice(minutes_from(calendar, start), 0, 1500, 7):
        assert calendar.is_open(now) is is_open, now
    assert (
        calendar.working_between(start, start + 1500 * MINUTE) == slow_working_between(calendar, start, 1500) * MINUTE
    )
    slow = slow_working_days(calendar, start, n, after_hours_next_day=False)
    assert calendar.add_working_days(start, n, after_hours_next_day=False) == slow
