"""Somebody is here: times in their zone, and a session that lasts while they work."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from amends.actions import clock, house
from amends.method.calendar import zone_named
from amends.store.models import User

Answer = Callable[[HttpRequest], HttpResponse]

# Moving a session's end on is a write; one in a quarter of an hour is as good as one for each page.
_EVERY: Final = timedelta(minutes=15)
_SEEN: Final = "seen"


def presence(get_response: Answer) -> Answer:
    """Return the middleware. Staff see times in their own zone, or in that of their team; others in the business's."""

    def answer(request: HttpRequest) -> HttpResponse:
        zone = ZoneInfo(house.calendar().zone)
        if SESSION_KEY in request.session and isinstance(request.user, User):
            zone = zone_named(request.user.time_zone) or ZoneInfo(house.calendar_of(request.user).zone)
            _stay(request)
        with timezone.override(zone):
            return get_response(request)

    return answer


def _stay(request: HttpRequest) -> None:
    """Let the session end twelve hours from now, if it was not moved on lately."""
    now = int(clock.now().timestamp())
    if now - request.session.get(_SEEN, 0) >= _EVERY.total_seconds():
        request.session[_SEEN] = now
