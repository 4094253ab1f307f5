"""The page of one case, and how every form on it is answered."""

from collections.abc import Collection
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from amends.actions import clock, house
from amends.actions.access import access_case, visible_cases
from amends.actions.actors import Staff
from amends.actions.authority import mover
from amends.actions.booking import booked_beside
from amends.actions.links import preview_url
from amends.actions.replies import check_draft
from amends.desk.contexts.casepage import CoachView
from amends.desk.shell import shell
from amends.desk.show.casepage import Desk, Written, case_page
from amends.desk.show.coach import BLANK, coach_view
from amends.desk.show.stake import Bond
from amends.desk.staff import for_staff
from amends.insight.casefile import CaseFile, case_file
from amends.insight.leaving import leavings
from amends.insight.relation import relation
from amends.method.decide import Impossible
from amends.store.models import Case


@require_safe
@for_staff
def case(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Show a case; with `?before=` the messages before that one."""
    return show(request, who, number, Written())


def show(
    request: HttpRequest,
    who: Staff,
    number: int,
    written: Written,
    *,
    status: int = 200,
    template: str = "desk/case.html",
) -> HttpResponse:
    """Return the page of a case with what was `written`, as a page or as the answer to a form."""
    row = access_case(who, number)
    desk = desk_of(who, row)
    if written.text and written.coach is BLANK:
        written = replace(written, coach=coach(who, number, written.text, written.dismissed, written.item))
    before = request.GET.get("before", "")
    before = before if before.isalnum() else ""  # a message's id, or nothing that a database should be asked for
    file = read(who, row, before=before)
    beside = booked_beside(row) if row.status == "resolved" else []
    bond = Bond(
        row.customer,
        relation(row.customer, file.theirs, but=row.pk, now=desk.now),
        leavings(desk.policy, desk.calendar, now=desk.now),
    )
    page = case_page(file, desk, preview_url(row), written, bond, beside)
    context = {"page": page, "shell": shell(request, who, "inbox"), "now": desk.now}
    return render(request, template, context, status=status)


def read(who: Staff, row: Case, *, before: str = "") -> CaseFile:
    """Return the file of a case, as `access_case` gave it."""
    now, currency = clock.now(), house.policy().currency
    return case_file(row, visible_cases(who), now=now, currency=currency, before=before)


def desk_of(who: Staff, row: Case) -> Desk:
    """Return who looks at a case, when, and by which rules."""
    now = clock.now()
    return Desk(who, mover(who, row, now), now, house.house(), house.policy(), house.calendar_of(row))


def coach(who: Staff, number: int, text: str, dismissed: Collection[str] = (), item: str = "") -> CoachView:
    """Return what the draft would do; a draft that is no draft yet does nothing."""
    if not text.strip():
        access_case(who, number)
        return BLANK
    try:
        draft = check_draft(who, number, text, at=clock.now(), item=item)
    except Impossible:
        return BLANK
    return coach_view(draft, text.replace("\r\n", "\n").strip(), dismissed)


def done(request: HttpRequest, number: int, words: object, anchor: str = "") -> HttpResponse:
    """Say what was done, and go back to the case, or to the page of the desk that `next` names."""
    messages.success(request, str(words))
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return HttpResponseRedirect(wanted)
    return HttpResponseRedirect(reverse("desk:case", args=[number]) + anchor)
