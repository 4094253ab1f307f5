"""Telling a customer how things stand, and putting that off for a reason that they read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.actions import clock
from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.actions.updates import access_update, do_send_update
from amends.desk.contexts.casepage import NoticeView
from amends.desk.contexts.waiting import WaitTold
from amends.desk.forms.waiting import Snooze
from amends.desk.show.casepage import Written
from amends.desk.staff import for_staff
from amends.desk.views.case import show
from amends.desk.views.composer import seen, send
from amends.method.decide import Impossible


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def update(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Show a case with an update in its composer; sent here, the update goes out as it stands."""
    now = clock.now()
    try:
        kept = Written(text=access_update(who, number, at=now))
    except Impossible as why:
        notice = NoticeView(words=_(str(why)))
        status = 422 if request.method == "POST" else 200
        return show(request, who, number, Written(notices=(notice,)), status=status)
    if request.method != "POST":
        return show(request, who, number, kept)
    return send(request, who, number, kept, lambda: do_send_update(who, number, at=now, seen=seen(request)))


@require_POST
@for_staff
def look(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Return how the customer will read a reason that is being typed; without scripts on the page of the case."""
    access_case(who, number)
    form, now = Snooze(request.POST), clock.now()
    good = form.is_valid()
    told = WaitTold(why=form.cleaned_data["why"], until=form.until(now)) if good else None
    if request.headers.get("HX-Request"):
        return render(request, "desk/case/_wait_preview.html", {"told": told, "now": now})
    return show(request, who, number, Written(bound={"snooze": form}, wait=told), status=200 if good else 422)
