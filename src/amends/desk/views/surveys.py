"""What customers say afterwards."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.actions import clock, house
from amends.actions.actors import Staff
from amends.desk.shell import shell
from amends.desk.show.surveys import surveys_page
from amends.desk.staff import for_staff, teams_of
from amends.insight.surveys import survey_figures

_A_YEAR = timedelta(days=365)


@require_safe
@for_staff
def surveys(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show the averages of the own team's surveys, and what was written with them; admins see all teams'."""
    now, zone = clock.now(), ZoneInfo(house.calendar().zone)
    page = surveys_page(survey_figures(teams_of(who), since=now - _A_YEAR, zone=zone))
    return render(request, "desk/surveys.html", {"page": page, "shell": shell(request, who, "surveys"), "now": now})
