"""Shifts, and the week they make, read from the words people write in a settings file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import TypeAlias

MIDNIGHT = time(0)

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHIFT = re.compile(r"\s*(\d{1,2}:\d\d)\s*[-\u2013]\s*(\d{1,2}:\d\d)\s*", re.ASCII)


class BadCalendar(ValueError):
    """The calendar cannot be used; the message says why and what to write instead."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Opening hours on one day, by the clock on the wall: from `start` up to, but not including, `end`.

    An `end` of `time(0)` is the midnight that ends the day, so a shift never reaches into the next day. Raises
    `BadCalendar` for a shift without length, one that crosses midnight, or times that carry a zone.

    >>> str(Shift.of("22:00-24:00"))
    '22:00-24:00'
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise BadCalendar(f"The shift {self} carries a time zone; leave it out, the calendar has one for all.")
        if self.end == MIDNIGHT:
            return
        if self.end == self.start:
            raise BadCalendar(f"The shift {self} ends when it starts; for a whole day write 00:00-24:00.")
        if self.end < self.start:
            raise BadCalendar(
                f"The shift {self} crosses midnight; split it into {self.start:%H:%M}-24:00"
                f" and 00:00-{self.end:%H:%M} on the next day."
            )

    @classmethod
    def of(cls, words: str) -> "Shift":
        """Return the shift that words such as `09:00-12:30` name, or raise `BadCalendar`."""
        found = _SHIFT.fullmatch(words)
        if found is None:
            raise BadCalendar(f"{words!r} is not a shift; write it like 09:00-12:30.")
        start, end = found.groups()
        return cls(_time(start, words), MIDNIGHT if end == "24:00" else _time(end, words))

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-" + ("24:00" if self.end == MIDNIGHT else f"{self.end:%H:%M}")


Week: TypeAlias = tuple[tuple[Shift, ...], ...]
"""Seven tuples of shifts, Monday first; a day without shifts is closed."""


def checked_week(week: Week) -> Week:
    """Return the week with each day's shifts in order, or raise `BadCalendar`.

    Shifts may touch but not overlap, and at least one day must have one.
    """
    if len(week) != len(_DAYS):
        raise BadCalendar(f"A week has seven days, Monday first, not {len(week)}; write a closed day as ().")
    if not any(week):
        raise BadCalendar("There is no working hour in the whole week; give at least one day a shift like 09:00-17:00.")
    ordered = tuple(tuple(sorted(shifts, key=lambda shift: shift.start)) for shifts in week)
    for name, shifts in zip(_DAY_NAMES, ordered, strict=True):
        for earlier, later in pairwise(shifts):
            if earlier.end == MIDNIGHT or earlier.end > later.start:
                raise BadCalendar(f"On {name} the shifts {earlier} and {later} overlap; make them one, or move one.")
    return ordered


def week_of(hours: Mapping[str, str | Sequence[str]]) -> Week:
    """Return the week that `hours` names, or raise `BadCalendar`.

    Keys name days (`mon-fri`, `sat`, `mon,wed`, `sun-thu`), values one shift or a list of them (`09:00-12:30`). Days
    that are not named are closed. A day may be named once only, because whether a second mention adds or replaces
    would be anybody's guess.
    """
    named: dict[int, str] = {}
    week: list[tuple[Shift, ...]] = [()] * len(_DAYS)
    for words, shifts in hours.items():
        texts = [shifts] if isinstance(shifts, str) else shifts
        for day in _days(words):
            if day in named:
                raise BadCalendar(
                    f"The hours name {_DAY_NAMES[day]} twice, by {named[day]!r} and by {words!r}; name each day once."
                )
            named[day] = words
            week[day] = tuple(Shift.of(text) for text in texts)
    return checked_week(tuple(week))


def _days(words: str) -> Iterator[int]:
    """Yield the weekdays (Monday is 0) that a key of the hours names."""
    for part in words.lower().split(","):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        if first not in _DAYS or (dash and last not in _DAYS):
            raise BadCalendar(f"{words!r} does not name days of the week; write mon-fri, sat or mon,wed,fri.")
        start = _DAYS.index(first)
        length = (_DAYS.index(last) - start) % len(_DAYS) + 1 if dash else 1
        yield from ((start + step) % len(_DAYS) for step in range(length))


def _time(text: str, words: str) -> time:
    """Return the time that `text` (H:MM or HH:MM) names; `words` is the whole shift, for the error."""
    hour, minute = text.split(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise BadCalendar(f"{words!r} is not a shift: no clock shows {text}; write it like 09:00-12:30.") from None
