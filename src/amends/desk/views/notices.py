"""What one was told: the page, the bell that asks anew each minute, and marking as read."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from amends.actions import clock
from amends.actions.access import LARGEST
from amends.actions.actors import Staff
from amends.actions.notices import access_notice, do_read_all_notices, do_read_notice
from amends.desk.shell import shell
from amends.desk.show.notices import bell as bell_view
from amends.desk.show.notices import notices_page, thing_url
from amends.desk.staff import for_staff
from amends.insight.notices import notices_of, one, unread
from amends.store.models import User


@require_safe
@for_staff
def notices(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show what one was told, the newest first. Looking marks nothing as read."""
    now, user = clock.now(), User.objects.get(pk=who.id)
    before = request.GET.get("before", "")
    found, more = notices_of(
        user, zone=timezone.get_current_timezone_name(), before=_number(before) if before else None
    )
    frame = shell(request, who, "notices")
    page = notices_page(found, now, unread=frame.bell.count if frame.bell is not None else 0, more=more)
    return render(request, "desk/notices.html", {"page": page, "shell": frame, "now": now})


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """Return the bell alone. Who is not logged in any more gets nothing: a draft on their page must stay."""
    if not isinstance(request.user, User):
        return HttpResponse(status=204)
    return render(request, "desk/_bell.html", {"bell": bell_view(unread(request.user.pk))})


@require_POST
@for_staff
def open_notice(_request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Mark a notice as read, and go to the thing that it is about."""
    told = one(User.objects.get(pk=who.id), access_notice(who, number), zone=timezone.get_current_timezone_name())
    do_read_notice(who, number, at=clock.now())
    return HttpResponseRedirect(thing_url(told))


@require_POST
@for_staff
def read_notices(request: HttpRequest, who: Staff) -> HttpResponse:
    """Mark all as read that stood on the page."""
    do_read_all_notices(who, upto=_number(request.POST.get("upto", "")), at=clock.now())
    return HttpResponseRedirect(reverse("desk:notices"))


def _number(text: str) -> int:
    """Return a number as a page wrote it; 0 for anything else."""
    return min(int(text), LARGEST) if text.isascii() and text.isdigit() and len(text) < 20 else 0
