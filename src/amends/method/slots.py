"""When a call suits both sides: in our working hours, and at hours that suit the customer by their own clock."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import islice

from msgspec.structs import replace

from amends.method.calendar import BadCalendar, Calendar
from amends.method.clock import after, callback_opens
from amends.method.policy import Policy
from amends.method.state import State

MOST = 200
"""Slots in a list: nobody chooses among more."""

_SOON = timedelta(days=14)  # whom no hour suits by then, none ever will


def hours_that_suit(policy: Policy, calendar: Calendar, zone: str) -> Calendar:
    """Return the hours that suit people as a calendar of the zone `zone`; of the house's, where there is none such."""
    week = (policy.shifts_that_suit,) * 7
    try:
        return Calendar(zone, week)
    except BadCalendar:
        return Calendar(calendar.zone, week)


def call_slots(
    state: State, policy: Policy, calendar: Calendar, *, zone: str, taken: Collection[datetime], now: datetime
) -> list[datetime]:
    """Return when this customer can be called back: a day or two after the fix, and after a try in vain from now on.

    None before the fix, and none once they were called back. A time that they chose before counts as free for them,
    so `taken` does not hold it.
    """
    opens = callback_opens(replace(state, call_at=None, calls=()), policy, calendar)
    if opens is None or state.closed_at is not None or state.called_back:
        return []
    first = now if state.calls else opens
    return free_slots(policy, calendar, zone=zone, opens=first, taken=taken, now=now)


def free_slots(
    policy: Policy, calendar: Calendar, *, zone: str, opens: datetime, taken: Collection[datetime], now: datetime
) -> list[datetime]:
    """Return when calls can begin (UTC, in order): not before `opens`, and none that would run into one of `taken`.

    Slots follow each other from the opening of a shift on, and each fits whole into the shift and into the hours that
    suit the customer in `zone`.
    """
    length = policy.slot
    suits = hours_that_suit(policy, calendar, zone)
    free = (
        slot
        for slot in _slots(calendar, max(opens, now), after(policy.booking_limit, now, calendar), length)
        if slot > now and suits.working_between(slot, slot + length) == length and not clashes(slot, taken, length)
    )
    return list(islice(free, MOST))


def clashes(slot: datetime, taken: Collection[datetime], length: timedelta) -> bool:
    """Whether a call at `slot` would run into one of those at `taken`."""
    return any(abs(slot - other) < length for other in taken)


def suits_both(policy: Policy, calendar: Calendar, *, zone: str, at: datetime) -> tuple[datetime, datetime] | None:
    """Return from when until when (UTC) it next suits both, from `at` on; None where their hours never meet."""
    suits = hours_that_suit(policy, calendar, zone)
    for opens, closes in calendar.spans(at, at + _SOON):
        for begins, ends in suits.spans(max(opens, at), closes):
            return max(opens, begins, at), min(closes, ends)
    return None


def _slots(calendar: Calendar, first: datetime, last: datetime, length: timedelta) -> Iterator[datetime]:
    """Yield each slot after `first`, up to `last`, that fits into a shift."""
    for opens, closes in calendar.spans(first, last + timedelta(microseconds=1)):
        slot = opens
        while slot + length <= closes and slot <= last:
            if slot >= first:
                yield slot
            slot += length
