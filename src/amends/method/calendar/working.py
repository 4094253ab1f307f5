"""The working calendar: is the desk open, when is it next, and when is so much working time up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile
from zoneinfo import ZoneInfo

from amends.method.calendar.closing import check_country, public_holidays
from amends.method.calendar.hours import MIDNIGHT, BadCalendar, Shift, Week, checked_week, week_of
from amends.method.calendar.moments import first_moment, in_utc, zone_named

_DAY = timedelta(days=1)
_NO_TIME = timedelta(0)
_SEARCH_DAYS = 5 * 366  # no desk that opens at all stays shut for longer


@dataclass(frozen=True, slots=True)
class Calendar:
    """When people work: a zone, a week of shifts, extra closing days, and a country's public holidays.

    `zone` is an IANA name, `week` seven tuples of shifts with Monday first, `closed` local dates, `country` and
    `subdivision` ISO 3166 codes or empty. Raises `BadCalendar` if they make no usable calendar; `build` reads
    the words of a settings file.

    A shift opens at the first moment the clock on the wall has reached its start, and closes at the first moment it
    has reached its end. So where clocks go forward, skipped time is not worked, and where they go back, an hour
    that comes twice counts twice if the shift goes on to its end.

    Methods take aware datetimes of any zone (a naive one is a `ValueError`) and return UTC. Those that look ahead
    raise `BadCalendar` after five years without a working hour, and `OverflowError` past the year 9999.
    """

    zone: str
    week: Week
    closed: frozenset[date] = frozenset()
    country: str = ""
    subdivision: str = ""
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)  # the calendar is a key of the cache of days

    def __post_init__(self) -> None:
        for day in self.closed:
            _plain(day)
        check_country(self.country, self.subdivision)
        object.__setattr__(self, "week", checked_week(self.week))
        object.__setattr__(self, "_zone", _checked_zone(self.zone))
        parts = (self.zone, self.week, self.closed, self.country, self.subdivision)
        object.__setattr__(self, "_hash", hash(parts))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type["Calendar"], tuple[object, ...]]:
        # Built anew on the other side, because hashes differ from process to process.
        return Calendar, (self.zone, self.week, self.closed, self.country, self.subdivision)

    @classmethod
    def build(
        cls,
        *,
        zone: str,
        hours: Mapping[str, str | Sequence[str]],
        country: str = "",
        subdivision: str = "",
        closed: Iterable[str | date] = (),
    ) -> "Calendar":
        """Return the calendar that the words of a settings file describe, or raise `BadCalendar`.

        >>> Calendar.build(zone="Europe/Berlin", hours={"mon-fri": ["09:00-17:00"], "sat": "10:00-13:00"}).closed
        frozenset()
        """
        days = frozenset(_date_named(day) for day in closed)
        return cls(zone.strip(), week_of(hours), days, country.strip().upper(), subdivision.strip())

    def is_open(self, at: datetime) -> bool:
        """Say whether people work at this moment; at the very end of a shift they do not."""
        start = in_utc(at)  # two zones cannot be compared by ==, which is never true in an hour that comes twice
        return self.next_open(start) == start

    def next_open(self, at: datetime) -> datetime:
        """Return the next moment at which people work: `at` itself, or the start of the next shift."""
        start = in_utc(at)
        opens, _ = next(self._spans_from(start))
        return max(opens, start)

    def add_working(self, start: datetime, amount: timedelta) -> datetime:
        """Return the moment at which `amount` of working time has passed.

        Time outside working hours does not count, so a start outside them counts from the next opening. A result that
        falls on the end of a shift stays there. Raises `ValueError` for an amount below zero.
        """
        if amount < _NO_TIME:
            raise ValueError(f"Working time can only be added, and {amount} is below zero.")
        at, left = in_utc(start), amount
        spans = self._spans_from(at)
        while True:
            opens, closes = next(spans)
            at = max(at, opens)
            if left <= closes - at:
                return at + left
            left -= closes - at

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`; below zero where `end` comes first."""
        since, until = in_utc(start), in_utc(end)
        if until < since:
            return -self.working_between(until, since)
        spans = self.spans(since, until)
        return sum((min(closes, until) - max(opens, since) for opens, closes in spans), _NO_TIME)

    def spans(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield, in order, when each shift opens and closes that has time between these two moments; none is cut."""
        end = in_utc(until)
        yield from takewhile(lambda span: span[0] < end, self._spans_from(in_utc(since)))

    def is_working_day(self, day: date) -> bool:
        """Say whether there is a working hour on this local date."""
        return bool(_open_spans(self, _plain(day)))

    def open_of_day(self, day: date) -> datetime:
        """Return the start of the first shift of this local date; of the next working day where it is closed."""
        return _open_spans(self, self._working_day_from(day))[0][0]

    def close_of_day(self, day: date) -> datetime:
        """Return the end of the last shift of this local date; of the next working day where it is closed."""
        return _open_spans(self, self._working_day_from(day))[-1][1]

    def add_working_days(self, start: datetime, n: int, *, after_hours_next_day: bool = True) -> datetime:
        """Return the close of business of the `n`-th working day that follows the day of receipt.

        What comes after the last shift, or on a closed day, counts as received on the next working day; with
        `after_hours_next_day=False` as received on its own date. With `n` 0 it is the close of the day of receipt,
        which can then be past already. Raises `ValueError` for `n` below zero.
        """
        if n < 0:
            raise ValueError(f"Working days can only be added, and {n} is below zero.")
        at = in_utc(start)
        day = self._date_of(at)
        if after_hours_next_day:
            day = self._working_day_from(day)
            if self.close_of_day(day) <= at:
                day = self._working_day_from(day + _DAY)
        for _ in range(n):
            day = self._working_day_from(day + _DAY)
        return self.close_of_day(day)

    def add_days(self, start: datetime, n: int) -> datetime:
        """Return the same local time `n` calendar days later (earlier, where `n` is below zero).

        A local time that the clocks skip on that day becomes the moment of the jump, one that comes twice the first.
        """
        at = in_utc(start)
        if n == 0:
            return at  # not through the wall clock, which cannot tell the two of a repeated hour apart
        local = at.astimezone(self._zone)
        return first_moment(self._zone, local.date() + n * _DAY, local.time().replace(fold=0))

    def _date_of(self, at: datetime) -> date:
        """Return the local date of a moment."""
        return at.astimezone(self._zone).date()

    def _working_day_from(self, day: date) -> date:
        """Return this date, or the next one with a working hour."""
        return _working_day(self, _plain(day))

    def _spans_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield, in order and without end, each open span (UTC) that closes after `at` (UTC)."""
        day = self._date_of(at)
        while True:
            day = self._working_day_from(day)
            for span in _open_spans(self, day):
                if span[1] > at:
                    yield span
            day += _DAY


@lru_cache(maxsize=16384)  # ticking asks for the same few days, case after case
def _working_day(calendar: Calendar, first: date) -> date:
    """Return this local date, or the next one with a working hour."""
    for ahead in range(_SEARCH_DAYS):
        if _open_spans(calendar, found := first + ahead * _DAY):
            return found
    raise BadCalendar(f"There is no working hour in the five years from {first} on; take out some closing days.")


@lru_cache(maxsize=16384)
def _open_spans(calendar: Calendar, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """Return the open spans of a local date as (opens, closes) in UTC, in order; none where it is closed."""
    if day in calendar.closed:
        return ()
    if calendar.country and day in public_holidays(calendar.country, calendar.subdivision, day.year):
        return ()
    spans = (_span(calendar._zone, day, shift) for shift in calendar.week[day.weekday()])  # noqa: SLF001 - same module
    return tuple((opens, closes) for opens, closes in spans if opens < closes)  # a skipped hour is no working time


def _span(zone: ZoneInfo, day: date, shift: Shift) -> tuple[datetime, datetime]:
    """Return when a shift opens and closes on a local date, in UTC."""
    last = day + _DAY if shift.end == MIDNIGHT else day
    return first_moment(zone, day, shift.start), first_moment(zone, last, shift.end)


def _plain(day: date) -> date:
    """Return `day`, or raise `TypeError` for a datetime: a date to Python, but equal to no closing day."""
    if isinstance(day, datetime):
        raise TypeError(f"{day!r} is a moment; give the local date.")
    return day


def _date_named(day: str | date) -> date:
    """Return the closing day that a settings file names, or raise `BadCalendar`."""
    if isinstance(day, str):
        try:
            return date.fromisoformat(day.strip())
        except ValueError:
            raise BadCalendar(f"The closing day {day!r} is not a date; write it like 2026-12-24.") from None
    return _plain(day)


def _checked_zone(name: str) -> ZoneInfo:
    """Return the time zone of that name, or raise `BadCalendar`."""
    zone = zone_named(name)
    if zone is None:
        raise BadCalendar(f"There is no time zone {name!r}; write it like Europe/Berlin or America/New_York.")
    return zone


ALWAYS = Calendar("UTC", ((Shift(MIDNIGHT, MIDNIGHT),),) * 7)
"""Open day and night, on every day, in UTC."""
