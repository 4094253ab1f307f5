"""What the key's user was told, for reading and for marking as read."""

from django.http import HttpRequest
from ninja import Router, Status

from amends.actions import clock, house
from amends.actions.notices import do_read_notice
from amends.api.auth import caller
from amends.api.shapes import NoticeList, Problem
from amends.insight.notices import notices_of, unread
from amends.store.models import User

router = Router(tags=["notices"])


@router.get("/notices", response={200: NoticeList})
def notices(request: HttpRequest, before: int | None = None) -> dict[str, object]:
    """List what the key's user was told, the newest first. Listing marks nothing as read."""
    who = caller(request)
    found, more = notices_of(User.objects.get(pk=who.id), zone=house.calendar().zone, before=before)
    lines = [
        {"id": one.id, "kind": one.kind, "case": one.case, "subject": one.subject, "at": one.at, "read": one.read}
        for one in found
    ]
    return {"notices": lines, "unread": unread(who.id), "next": found[-1].id if more else None}


@router.post("/notices/{int:number}/read", response={204: None, 404: Problem})
def read_notice(request: HttpRequest, number: int) -> Status[None]:
    """Mark a notice as read."""
    do_read_notice(caller(request), number, at=clock.now())
    return Status(204, None)
