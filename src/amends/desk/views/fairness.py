"""What was fair: the about-face, and what asking first saved or cost."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.actions import clock, house
from amends.actions.actors import Staff
from amends.desk.shell import shell
from amends.desk.show.fairness import fairness_page
from amends.desk.staff import for_staff, teams_of
from amends.insight.fairness import fairness

_A_YEAR = timedelta(days=365)


@require_safe
@for_staff
def insight(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show the figures of the own team; admins see all teams'."""
    now, zone, policy = clock.now(), ZoneInfo(house.calendar().zone), house.policy()
    found = fairness(teams_of(who), since=now - _A_YEAR, zone=zone, in_house=policy.in_house)
    page = fairness_page(found, currency=policy.currency)
    return render(request, "desk/insight.html", {"page": page, "shell": shell(request, who, "insight"), "now": now})
