"""The outbox: what waits to leave the desk, and a second try for what could not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.actions import clock
from amends.actions.access import visible_cases
from amends.actions.actors import Staff
from amends.actions.outbox import do_try_again
from amends.desk.shell import shell
from amends.desk.show.outbox import outbox_page
from amends.desk.staff import for_staff
from amends.insight.outbox import outbox as what_waits
from amends.method.words import Rank


@require_safe
@for_staff
def outbox(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show what waits, and what was given up."""
    now = clock.now()
    page = outbox_page(what_waits(visible_cases(who), everything=who.rank is Rank.ADMIN), who, now)
    return render(request, "desk/outbox.html", {"page": page, "shell": shell(request, who, "settings"), "now": now})


@require_POST
@for_staff
def try_again(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Try it again now."""
    do_try_again(who, number, at=clock.now())
    messages.success(request, _("It is tried again now."))
    return HttpResponseRedirect(reverse("desk:outbox"))
