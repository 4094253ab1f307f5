"""The inbox: cases by heat, and the search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.actions import clock, house
from amends.actions.access import visible_cases
from amends.actions.actors import Staff
from amends.desk.contexts import CaseRow
from amends.desk.shell import shell
from amends.desk.show.inbox import TABS, found_page, inbox_page
from amends.desk.show.rows import case_row
from amends.desk.staff import for_staff, teams_of
from amends.desk.text import number_in
from amends.insight.inbox import Listing, Place, hottest, matching
from amends.insight.tallies import tallies
from amends.insight.today import TALLIES

_STATUSES = frozenset(name for name, _label, _icon in TABS)
_CALLS = frozenset(name for names in TALLIES.values() for name in names)


@require_safe
@for_staff
def inbox(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show a page of cases by heat (`?status=`, `?whose=mine`, `?calls=`, `?after=`), or what `?q=` finds."""
    now, policy = clock.now(), house.policy()
    asked = {name: request.GET.get(name, "") for name in ("q", "whose", "calls", "after", "before")}
    cases, counts = visible_cases(who), tallies(teams_of(who))
    query = asked["q"].strip()[:200]

    def rows(listing: Listing) -> tuple[CaseRow, ...]:
        return tuple(case_row(row, now, policy, house.calendar_of_team(row.team)) for row in listing.rows)

    if query:
        before = number_in(asked["before"])
        listing = matching(cases, query, before=before)
        page = found_page(listing, rows(listing), query=query, later=before is not None)
    else:
        status = request.GET.get("status", "open")
        status = status if status in _STATUSES else "open"
        call = asked["calls"] if asked["calls"] in _CALLS else ""
        owner = who.id if asked["whose"] == "mine" else None
        listing = hottest(cases, status=status, after=Place.read(asked["after"]), owner=owner, call=call)
        page = inbox_page(listing, counts, rows(listing), status=status, asked=asked | {"calls": call})
    frame = shell(request, who, "inbox", counts=counts, query=query)
    return render(request, "desk/inbox.html", {"page": page, "shell": frame, "now": now})
