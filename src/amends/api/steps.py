"""What can be done about a case. Where a gate refuses, 409 says which, why, and what would pass it."""

from typing import Final

from django.http import HttpRequest
from ninja import Router, Status

from amends.actions import booking, clock, handling, promises
from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.actions.replies import do_reply, do_write_note
from amends.api import given, shapes
from amends.api.auth import caller
from amends.insight.history import state_of
from amends.method.state import Held

router = Router(tags=["steps"])
_NO: Final = {404: shapes.Problem, 409: shapes.Problem, 422: shapes.Problem}
_DONE: Final = {200: shapes.Standing, **_NO}
_MADE: Final = {201: shapes.Made, **_NO}


@router.post("/cases/{int:number}/reply", response={201: shapes.Held, **_NO})
def reply(request: HttpRequest, number: int, body: given.NewReply) -> Status[dict[str, object]]:
    """Reply to the customer. The reply is held for the house's count of ten, and goes out then."""
    who, at = caller(request), clock.now()
    row = do_reply(who, number, body.text, at=at, seen=body.seen, reasons=body.reasons)
    held = state_of(access_case(who, number)).held or Held(row.pk, at)
    return Status(201, {"message": row.pk, "until": held.until})


@router.post("/cases/{int:number}/notes", response={201: shapes.Standing, **_NO})
def note(request: HttpRequest, number: int, body: given.NewNote) -> Status[dict[str, object]]:
    """Leave a note for colleagues. The customer never sees it."""
    who = caller(request)
    do_write_note(who, number, body.text, at=clock.now())
    return Status(201, _standing(who, number))


@router.post("/cases/{int:number}/promises", response=_MADE)
def make_promise(request: HttpRequest, number: int, body: given.NewPromise) -> Status[dict[str, object]]:
    """Record a promise that was made to the customer in other words than a reply."""
    who = caller(request)
    owner = who.id if body.owner is None else body.owner
    made = promises.do_make_promise(who, number, body.what, due=body.due, owner=owner, at=clock.now())
    return Status(201, _standing(who, number) | {"id": made})


@router.post("/cases/{int:number}/promises/{promise}/confirm", response=_DONE)
def confirm_promise(
    request: HttpRequest, number: int, promise: str, body: given.Confirm | None = None
) -> dict[str, object]:
    """Confirm that what was read as a promise is one."""
    who, words = caller(request), body or given.Confirm()
    promises.do_confirm_promise(who, number, promise, at=clock.now(), owner=words.owner, due=words.due)
    return _standing(who, number)


@router.post("/cases/{int:number}/promises/{promise}/dismiss", response=_DONE)
def dismiss_promise(request: HttpRequest, number: int, promise: str) -> dict[str, object]:
    """Say that what was read as a promise is none."""
    who = caller(request)
    promises.do_dismiss_promise(who, number, promise, at=clock.now())
    return _standing(who, number)


@router.post("/cases/{int:number}/promises/{promise}/keep", response=_DONE)
def keep_promise(request: HttpRequest, number: int, promise: str, body: given.Keep | None = None) -> dict[str, object]:
    """Say that it was done."""
    who = caller(request)
    promises.do_keep_promise(who, number, promise, at=clock.now(), how=body.how if body else "")
    return _standing(who, number)


@router.post("/cases/{int:number}/promises/{promise}/move", response=_DONE)
def move_promise(request: HttpRequest, number: int, promise: str, body: given.Move) -> dict[str, object]:
    """Move a promise before it is due, and tell the customer so."""
    who = caller(request)
    promises.do_move_promise(who, number, promise, due=body.due, tell=body.tell, at=clock.now())
    return _standing(who, number)


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
    return _standing(who, number)


@router.post("/cases/{int:number}/booking/give-back", response=_DONE)
def unbook_call(request: HttpRequest, number: int) -> dict[str, object]:
    """Give the booked time back, and tell the customer."""
    who = caller(request)
    booking.do_unbook_call(who, number, at=clock.now())
    return _standing(who, number)


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
    return _standing(who, number)


def _standing(who: Staff, number: int) -> dict[str, object]:
    case = access_case(who, number)
    return {"number": case.pk, "status": case.status, "station": case.station, "seen": case.seq}
