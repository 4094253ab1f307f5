"""The call-back on the customer's page: when we call, times to choose from, and the file for a calendar."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Annotated, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from amends.actions.actors import Guest
from amends.actions.booking import free_times
from amends.actions.customers import phone_of
from amends.actions.invitations import FILE, KIND, event_for_customer
from amends.desk.views.own.door import for_guest
from amends.insight.history import state_of
from amends.store.models import Case

CALLED: Final[dict[str, str | Promise]] = {
    "booked": gettext_lazy("Thank you. We call you at the time that you chose."),
    "unbooked": gettext_lazy(
        "The time is free again. You can choose another one, or we call you when it suits us both."
    ),
    "writes": gettext_lazy("Then we do not call you. Tell us here, in writing, whether it is really fixed."),
    "no-call": gettext_lazy("Then we do not call you. If anything is still not right, tell us here."),
}
"""What is said after each step about the call."""

_SHOWN_OF_A_NUMBER: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time that they can choose."""

    value: Annotated[str, "What the form sends."]
    label: Annotated[str, "The hour by their clock; with the zone's name where the clock shows it twice that day."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day with times to choose from."""

    label: Annotated[str, "The day, in words."]
    times: Annotated[tuple[Time, ...], "Its times, in order."]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCall:
    """What the page says about the call-back."""

    booked: Annotated[datetime | None, "The time that they chose."]
    days: Annotated[tuple[Day, ...], "The days on which they can be called."]
    number: Annotated[str, "The end of the number that we know, never all of it; empty where we know none."]
    in_calendar: Annotated[bool, "Whether there is a file for their calendar: the call, or what strikes it out."]


def own_call(case: Case, now: datetime) -> OwnCall | None:
    """Return it, between the fix and the call-back; None before and after. Times are in the zone in force."""
    state = state_of(case)
    if state.resolved_at is None or state.closed_at is not None or state.called_back:
        return None
    free = [timezone.localtime(slot) for slot in free_times(case, at=now)]
    return OwnCall(
        booked=state.call_at,
        days=tuple(_day(list(slots)) for _date, slots in groupby(free, key=lambda slot: slot.date())),
        number=phone_of(case.customer)[-_SHOWN_OF_A_NUMBER:],
        in_calendar=event_for_customer(case) is not None,
    )


@require_safe
@for_guest
def own_call_file(request: HttpRequest, who: Guest, case: Case) -> HttpResponse:  # noqa: ARG001  a view's signature
    """Hand out the booked call as a file for their calendar; 404 where nothing was booked."""
    return call_file_of(event_for_customer(case))


def call_file_of(event: bytes | None) -> HttpResponse:
    """Return an event as a file that calendars open, or raise `Http404` where there is none."""
    if event is None:
        raise Http404
    disposition = f'attachment; filename="{FILE}"'
    return HttpResponse(event, content_type=f"{KIND}; charset=utf-8", headers={"Content-Disposition": disposition})


def _day(slots: list[datetime]) -> Day:
    hours = [formats.time_format(slot, "H:i") for slot in slots]
    twice = len(set(hours)) < len(hours)
    return Day(
        label=formats.date_format(slots[0], "l j F"),
        times=tuple(
            Time(value=f"{slot.astimezone(UTC):%Y-%m-%dT%H:%MZ}", label=f"{hour} {slot:%Z}" if twice else hour)
            for slot, hour in zip(slots, hours, strict=True)
        ),
    )
