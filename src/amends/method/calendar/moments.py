"""From the clock on the wall to moments in UTC, also where the wall clock jumps."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo


def in_utc(at: datetime) -> datetime:
    """Return the same moment in UTC; raise `ValueError` for a time without a zone, which is no moment at all."""
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone, so it could be any of many moments; give it one.")
    return at.astimezone(UTC)


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo | None:
    """Return the time zone of this IANA name; None for a name that there is not."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones, such as Europe
        return None


def first_moment(zone: ZoneInfo, day: date, wall: time) -> datetime:
    """Return the first moment, in UTC, at which clocks in `zone` have reached the time `wall` (`fold` 0) on `day`.

    A local time that occurs twice is its first occurrence. One that is skipped is the moment of the jump. So a later
    wall time never gives an earlier moment, whatever the clock does.
    """
    # Made by `combine`, because `replace` takes five times as long, and each day of each calendar comes past here.
    before = _offset(datetime.combine(day, wall, zone))
    found = datetime.combine(day, wall, UTC) - before
    after = _offset(found.astimezone(zone))
    if after == before:
        return found
    # The time is skipped: by the offset before the jump it lies at or after it, and by the one after, before it.
    # Clocks jump on whole seconds, so the jump is one of these.
    start = (datetime.combine(day, wall, UTC) - after).replace(microsecond=0)
    seconds = range(int((after - before).total_seconds()) + 1)
    jump = bisect_left(seconds, after, key=lambda second: _offset((start + timedelta(seconds=second)).astimezone(zone)))
    return start + timedelta(seconds=jump)


def _offset(local: datetime) -> timedelta:
    """Return how far this local time is ahead of UTC."""
    return cast("timedelta", local.utcoffset())  # a datetime with an IANA zone always has one
