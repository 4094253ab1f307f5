"""The digest: one mail each working day, to everybody for whom something is due. Here it is asked for."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import Q

from amends.actions import house
from amends.actions.effects import queue_effect
from amends.method.calendar import Calendar
from amends.store.cover import Cover
from amends.store.models import User

DIGEST = "digest"


def do_ask_for_digests(at: datetime) -> int:
    """Ask for the digest of everybody whose working day has begun, once a day, and return how many that were.

    The day opens when the house does, on each one's own clock. Who is away gets none. After the close there is none
    any more: a worker that was away all day would send what nobody reads.
    """
    away = Cover.on(house.day_of(at)).away
    house_calendar = house.calendar()
    asked = 0
    for person in User.objects.filter(is_active=True, digest=True).only("pk", "time_zone", "digest_on"):
        day = _day_begun(_calendar_of(person, house_calendar), at)
        if day is None or person.digest_on == day or person.pk in away:
            continue
        asked += _ask(person.pk, day, at)
    return asked


def _ask(person: int, day: date, at: datetime) -> int:
    """Take the day for this person, and ask for the mail; in one transaction, so that one worker does it."""
    with transaction.atomic():
        not_yet = Q(digest_on=None) | ~Q(digest_on=day)
        taken = User.objects.filter(not_yet, pk=person).update(digest_on=day)
        if taken:
            queue_effect(DIGEST, f"{person}:{day}", key=f"{DIGEST}:{person}:{day}", at=at)
    return taken


def _calendar_of(person: User, calendar: Calendar) -> Calendar:
    """Return the house's hours on this person's clock; an unknown zone is the house's."""
    try:
        ZoneInfo(person.time_zone or calendar.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return calendar
    return replace(calendar, zone=person.time_zone or calendar.zone)


def _day_begun(calendar: Calendar, at: datetime) -> date | None:
    """Return the local date where it is a working day that has opened and not closed; else None."""
    day = at.astimezone(ZoneInfo(calendar.zone)).date()
    if not calendar.is_working_day(day) or not calendar.open_of_day(day) <= at < calendar.close_of_day(day):
        return None
    return day
