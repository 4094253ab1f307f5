"""When something is promised for: words such as "by Friday" against the working calendar."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from amends.method.calendar import Calendar
from amends.reading import Due

_WEEK = 7
_MONTHS = 12
_LAST_OF_ALL = 31
_FURTHEST = 1000  # days
_SOME_HOURS = timedelta(hours=2)


def moment(due: Due | None, said_at: datetime, calendar: Calendar) -> datetime | None:
    """Return the moment (UTC) that `due`, said at `said_at`, means in the house's calendar; None where it names none.

    A day without an hour ends at its close of business; a day that is closed, at the close of the next working day
    (nobody can keep it sooner). Where the words allow two readings, the customer's is the later one: "3 to 5
    business days" is five.
    """
    if due is None or _beyond(due):
        return None
    if due.within is not None:
        return said_at + due.within
    if due.working_hours is not None:
        return calendar.add_working(said_at, timedelta(hours=due.working_hours))
    if due.working_days is not None:
        return calendar.add_working_days(said_at, due.working_days)
    day = _day(due, said_at.astimezone(ZoneInfo(calendar.zone)).date())
    if day is None:
        return None
    found = _on(day, due, calendar)
    if due.weekday is not None and due.days_ahead is None and found <= said_at:  # "by Friday", said on Friday evening
        return _on(day + timedelta(days=_WEEK), due, calendar)
    return found


def suggestions(at: datetime, calendar: Calendar) -> tuple[datetime, ...]:
    """Return times (UTC) to offer to who promised something and named none: never chosen for them, easy to choose.

    The close of today where some hours of work are left of it (after hours: of the next working day), of the working
    day after it, and of the third.
    """
    today = calendar.add_working_days(at, 0)
    first = (today,) if calendar.add_working(at, _SOME_HOURS) <= today else ()
    return (*first, *(calendar.add_working_days(at, days) for days in (1, 3)))


def _beyond(due: Due) -> bool:
    """Whether nobody can have meant it: a slip of the finger that no calendar reaches."""
    days = max(due.working_days or 0, (due.working_hours or 0) / 24, abs(due.days_ahead or 0))
    return days > _FURTHEST or (due.within is not None and due.within > timedelta(days=_FURTHEST))


def _on(day: date, due: Due, calendar: Calendar) -> datetime:
    if due.at is not None:
        return datetime.combine(day, due.at, ZoneInfo(calendar.zone)).astimezone(UTC)
    if due.start_of_day:
        return calendar.add_working(calendar.open_of_day(day), timedelta(hours=1))
    return calendar.close_of_day(day)


def _day(due: Due, today: date) -> date | None:
    if due.days_ahead is not None:
        day = today + timedelta(days=due.days_ahead)
        return day if due.weekday is None else day + timedelta(days=due.weekday - day.weekday())
    if due.weekday is not None:
        return today + timedelta(days=(due.weekday - today.weekday()) % _WEEK)
    if due.day == _LAST_OF_ALL and due.month is None and due.end_of_day:  # "by the end of the month"
        return today.replace(day=monthrange(today.year, today.month)[1])
    if due.day is not None:
        return _day_of_month(due.day, due.month, today)
    if due.at is not None or due.end_of_day or due.start_of_day:
        return today
    return None


def _day_of_month(day: int, month: int | None, today: date) -> date | None:
    """Return the next such day from today on; None for a day that no month has (the 31st of June)."""
    for ahead in range(_MONTHS + 1 if month is None else 4 * _MONTHS + 1):  # 29 February: four years
        year, zero_based = divmod(today.year * _MONTHS + today.month - 1 + ahead, _MONTHS)
        if month is not None and zero_based + 1 != month:
            continue
        try:
            found = date(year, zero_based + 1, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None
