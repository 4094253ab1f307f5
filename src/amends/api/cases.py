"""Cases, for reading."""

from django.http import HttpRequest
from ninja import Query, Router

from amends.actions import clock, house
from amends.actions.access import access_case, visible_cases
from amends.actions.links import preview_url
from amends.api.auth import caller
from amends.api.given import Asked
from amends.api.shapes import CaseList, CaseOut, Problem
from amends.api.show import case_line, case_out
from amends.insight.case_list import newest
from amends.insight.casefile import case_file

router = Router(tags=["cases"])


@router.get("/cases", response={200: CaseList, 422: Problem})
def cases(request: HttpRequest, asked: Query[Asked]) -> dict[str, object]:
    """List the cases that the key's user may see, the newest first."""
    seen = visible_cases(caller(request))
    lines, more = newest(seen, status=asked.status or "", before=asked.before, limit=asked.limit)
    return {"cases": [case_line(line) for line in lines], "next": more}


@router.get("/cases/{int:number}", response={200: CaseOut, 404: Problem})
def case(request: HttpRequest, number: int) -> dict[str, object]:
    """Show one case: its path with the sentences that passed it, what is owed, and what was said."""
    who, policy = caller(request), house.policy()
    row = access_case(who, number)
    file = case_file(row, visible_cases(who), now=clock.now(), currency=policy.currency)
    return case_out(file, preview_url(row), policy=policy, calendar=house.calendar_of(row))
