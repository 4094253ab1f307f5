"""Today: what is due, in the order in which it hurts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.actions import clock, house
from amends.actions.access import visible_cases
from amends.actions.actors import Staff
from amends.desk.shell import shell
from amends.desk.show.absences import away_view
from amends.desk.show.today import today_page
from amends.desk.staff import for_staff, looker_of, teams_of
from amends.insight import today as due_today
from amends.insight.absences import away_now
from amends.insight.tallies import tallies
from amends.store.cover import Cover


@require_safe
@for_staff
def today(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show what is due for the team, or with `?whose=mine` for oneself and those for whom one stands in."""
    now = clock.now()
    counts = tallies(teams_of(who))
    day = house.day_of(now)
    cover = Cover.on(day)
    dues = due_today.today(visible_cases(who), looker_of(who, now, cover))
    away = away_view(away_now(who.id, day)) if who.id in cover.away else None
    page = today_page(dues, counts, now, mine=request.GET.get("whose") == "mine", away=away)
    frame = shell(request, who, "today", counts=counts, things=len(dues))
    return render(request, "desk/today.html", {"page": page, "shell": frame, "now": now})
