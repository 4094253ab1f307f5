"""What can be done about a case. Where a gate refuses, 409 says which, why, and what would pass it."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest
from ninja import Router, Status

from amends.actions import booking, clock, handling
from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.actions.replies import do_reply, do_write_note
from amends.actions.updates import access_update, do_send_update
from amends.api import given, shapes
from amends.api.auth import caller
from amends.api.show import standing
from amends.insight.history import state_of
from amends.method.state import Held

router = Router(tags=["steps"])
_NO: Final = {404: shapes.Problem, 409: shapes.Problem, 422: shapes.Problem}
_DONE: Final = {200: shapes.Standing, **_NO}


@router.post("/cases/{int:number}/reply", response={201: shapes.Held, **_NO})
def reply(request: HttpRequest, number: int, body: given.NewReply) -> Status[dict[str, object]]:
    """Reply to the customer. The reply is held for the house's count of ten, and goes out then."""
    who, at = caller(request), clock.now()
    row = do_reply(who, number, body.text, at=at, seen=body.seen, reasons=body.reasons)
    return Status(201, _held(who, number, row.pk, at))


@router.get("/cases/{int:number}/update", response={200: shapes.Draft, **_NO})
def draft_update(request: HttpRequest, number: int) -> dict[str, object]:
    """Draft a letter that says what has happened since the customer last heard from us. Changes nothing."""
    who = caller(request)
    return {"text": access_update(who, number, at=clock.now()), "seen": access_case(who, number).seq}


@router.post("/cases/{int:number}/update", response={201: shapes.Held, **_NO})
def send_update(request: HttpRequest, number: int, body: given.Looked | None = None) -> Status[dict[str, object]]:
    """Send that letter as it stands. It is held like a reply."""
    who, at = caller(request), clock.now()
    row = do_send_update(who, number, at=at, seen=body.seen if body else None)
    return Status(201, _held(who, number, row.pk, at))


@router.post("/cases/{int:number}/snooze", response=_DONE)
def snooze(request: HttpRequest, number: int, body: given.NewSnooze) -> dict[str, object]:
    """Put the next word off, for a reason that the customer reads on their page."""
    return _recorded(request, number, handling.snooze(body.until, body.why), {})


@router.post("/cases/{int:number}/wake", response=_DONE)
def wake(request: HttpRequest, number: int) -> dict[str, object]:
    """Look at it now after all."""
    return _recorded(request, number, handling.end_snooze(), {})


@router.post("/cases/{int:number}/notes", response={201: shapes.Standing, **_NO})
def note(request: HttpRequest, number: int, body: given.NewNote) -> Status[dict[str, object]]:
    """Leave a note for colleagues. The customer never sees it."""
    who = caller(request)
    do_write_note(who, number, body.text, at=clock.now())
    return Status(201, standing(who, number))


@router.post("/cases/{int:number}/resolve", response=_DONE)
def resolve(request: HttpRequest, number: int, body: given.Why | None = None) -> dict[str, object]:
    """Say that it is fixed, as far as we know."""
    return _recorded(request, number, handling.resolve(), body.reasons if body else {})


@router.post("/cases/{int:number}/callback", response=_DONE)
def call_back(request: HttpRequest, number: int, body: given.Call) -> dict[str, object]:
    """Record a try at the call-back."""
    return _recorded(request, number, handling.call_back(body.result, body.note), {})


@router.get("/cases/{int:number}/booking", response={200: shapes.Booking, 404: shapes.Problem})
def times(request: HttpRequest, number: int) -> dict[str, object]:
    """Show when the customer is called back, if they chose a time, and which times are free for them."""
    row = access_case(caller(request), number)
    return {"slot": row.call_at, "free": booking.free_times(row, at=clock.now())}


@router.post("/cases/{int:number}/booking", response=_DONE)
def book_call(request: HttpRequest, number: int, body: given.NewBooking) -> dict[str, object]:
    """Book the call-back, or move it; the customer gets a mail with the time. 409 where somebody was quicker."""
    who = caller(request)
    booking.do_book_call(who, number, body.slot, at=clock.now(), phone=body.phone)
    return standing(who, number)


@router.post("/cases/{int:number}/booking/give-back", response=_DONE)
def unbook_call(request: HttpRequest, number: int) -> dict[str, object]:
    """Give the booked time back, and tell the customer."""
    who = caller(request)
    booking.do_unbook_call(who, number, at=clock.now())
    return standing(who, number)


@router.post("/cases/{int:number}/outcomes", response=_DONE)
def outcomes(request: HttpRequest, number: int, body: given.NewOutcomes) -> dict[str, object]:
    """Record what became of the problem, and of the customer."""
    return _recorded(request, number, handling.outcomes(body.problem, body.customer, body.note), {})


@router.post("/cases/{int:number}/close", response=_DONE)
def close(request: HttpRequest, number: int, body: given.Why | None = None) -> dict[str, object]:
    """Close the case."""
    return _recorded(request, number, handling.close(), body.reasons if body else {})


def _recorded(request: HttpRequest, number: int, record: handling.Record, reasons: given.Reasons) -> dict[str, object]:
    who = caller(request)
    handling.do_record(who, number, record, at=clock.now(), reasons=reasons)
    return standing(who, number)


def _held(who: Staff, number: int, message: str, at: datetime) -> dict[str, object]:
    held = state_of(access_case(who, number)).held or Held(message, at)
    return {"message": message, "until": held.until}
