"""Today: what is due, in the order in which it hurts."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from amends.actions import clock
from amends.actions.access import visible_cases
from amends.actions.actors import Staff
from amends.desk.shell import shell
from amends.desk.show.today import today_page
from amends.desk.staff import for_staff, teams_of
from amends.insight import today as due_today
from amends.insight.people import members
from amends.insight.tallies import tallies
from amends.method.words import Rank


@require_safe
@for_staff
def today(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show what is due for the team, or with `?whose=mine` for oneself."""
    now = clock.now()
    counts = tallies(teams_of(who))
    dues = due_today.today(
        visible_cases(who),
        me=who.id,
        until=timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1),
        members=None if who.rank is Rank.ADMIN else members(who.team),
        approves=who.rank is not Rank.HANDLER,
    )
    page = today_page(dues, counts, now, mine=request.GET.get("whose") == "mine")
    frame = shell(request, who, "today", counts=counts, things=len(dues))
    return render(request, "desk/today.html", {"page": page, "shell": frame, "now": now})
