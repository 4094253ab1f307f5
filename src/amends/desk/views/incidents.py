"""Incidents: the list, the page of one, and what can be done there."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amends.actions import clock, house
from amends.actions.access import visible_cases
from amends.actions.actors import Staff
from amends.actions.broadcasts import do_broadcast, do_reach_out, do_stop_broadcast, linked_cases
from amends.actions.incidents import (
    access_incident,
    do_change_incident,
    do_link_cases,
    do_open_incident,
    do_unlink_case,
    visible_incidents,
)
from amends.actions.previews import check_broadcast, check_reach_out
from amends.desk.contexts import CaseRow
from amends.desk.forms.incidents import LinkByNumber, Tell, WriteToMany
from amends.desk.shell import shell
from amends.desk.show.incidents import KINDS, Given, Read, incident_page, incidents_page, written_view
from amends.desk.show.rows import case_row
from amends.desk.staff import for_staff
from amends.desk.text import number_in
from amends.desk.views.case import done
from amends.insight.inbox import Row
from amends.insight.incidents import hottest_of, incident_lines, left_by_hand, may_belong, reached, written_about
from amends.insight.silent import silent_page
from amends.method.decide import Impossible
from amends.store.models import Incident


@require_safe
@for_staff
def incidents(request: HttpRequest, who: Staff) -> HttpResponse:
    """List the incidents; with `?case=` the form stands open to start one with that case."""
    case = number_in(request.GET.get("case", ""))
    return _list(request, who, Tell(), case=str(case or ""), opened=case is not None)


@require_POST
@for_staff
def open_incident(request: HttpRequest, who: Staff) -> HttpResponse:
    """Open an incident, with the case that it was opened for, if any."""
    form, case = Tell(request.POST), number_in(request.POST.get("case", ""))
    if form.is_valid():
        try:
            made = do_open_incident(who, form.told(), at=clock.now(), cases=[case] if case is not None else [])
        except Impossible as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("It is open. Link the cases that it caused, and write to all of them at once."))
            return HttpResponseRedirect(reverse("desk:incident", args=[made.pk]))
    return _list(request, who, form, case=str(case or ""), opened=True, status=422)


@require_safe
@for_staff
def incident(request: HttpRequest, who: Staff, incident: str) -> HttpResponse:
    """Show an incident; with `?silent=` the silent others from below that customer's number on."""
    return _show(request, who, access_incident(who, incident), Given())


@require_safe
@for_staff
def progress(request: HttpRequest, who: Staff, incident: str) -> HttpResponse:
    """Show what became of what was written: the part of the page that looks again by itself."""
    found = access_incident(who, incident)
    base = reverse("desk:incident", args=[found.pk])
    written = tuple(written_view(one, base) for one in written_about(found))
    context = {"written": written, "url": base, "busy": any(one.waiting for one in written), "now": clock.now()}
    return render(request, "desk/incident/_written.html", context)


@require_POST
@for_staff
def change_incident(request: HttpRequest, who: Staff, incident: str) -> HttpResponse:
    """Tell it anew."""
    found, form = access_incident(who, incident), Tell(request.POST, auto_id="change-%s")
    if form.is_valid():
        try:
            do_change_incident(who, incident, form.told())
        except Impossible as why:
            form.add_error(None, str(why))
        else:
            return _back(request, found, _("It says so now."))
    return _show(request, who, found, Given(forms={"change": form}), status=422)


@require_POST
@for_staff
def link(request: HttpRequest, who: Staff, incident: str) -> HttpResponse:
    """Link cases: those that were ticked, or those whose numbers were typed."""
    found, ticked = access_incident(who, incident), request.POST.getlist("case")
    form = LinkByNumber(request.POST if not ticked else {"numbers": " ".join(ticked)})
    if form.is_valid():
        numbers = form.cleaned_data["numbers"]
        known = set(visible_cases(who).filter(pk__in=numbers).values_list("pk", flat=True))
        missing = [number for number in numbers if number not in known]
        if missing:
            form.add_error("numbers", _("There is no case #%(number)d.") % {"number": missing[0]})
        else:
            try:
                count = do_link_cases(who, incident, numbers, at=clock.now())
            except Impossible as why:
                form.add_error("numbers", str(why))
            else:
                linked = ngettext("%(count)d case is linked.", "%(count)d cases are linked.", count) % {"count": count}
                return _back(request, found, linked, "#cases")
    return _show(request, who, found, Given(forms={"link": form}), status=422)


@require_POST
@for_staff
def case_incident(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Say which incident a case belongs to, or that it belongs to none."""
    wanted = request.POST.get("incident", "")
    if wanted:
        try:
            do_link_cases(who, wanted, [number], at=clock.now())
        except Impossible as why:
            messages.error(request, str(why))
            return HttpResponseRedirect(reverse("desk:case", args=[number]))
        return done(request, number, _("It belongs to the incident now."), "#incident")
    do_unlink_case(who, number, at=clock.now())
    return done(request, number, _("It belongs to no incident."), "#incident")


@require_POST
@for_staff
def write(request: HttpRequest, who: Staff, incident: str, kind: str) -> HttpResponse:
    """Write to many; with `step=look` only show what that would do."""
    if kind not in KINDS:
        raise Http404
    found, form = access_incident(who, incident), WriteToMany(request.POST, kind=kind)
    once = request.POST.get("once", "")
    ticked = [number for one in request.POST.getlist("customer") if (number := number_in(one)) is not None]
    chosen = ticked if kind == "outreach" and request.POST.get("whom") != "everybody" else None
    given = Given(forms={kind: form}, kind=kind, once=once, chosen=chosen)
    if not form.is_valid():
        return _show(request, who, found, given, status=422)
    text, at = form.cleaned_data["text"], clock.now()
    try:
        if request.POST.get("step") == "look":
            if kind == "outreach":
                preview = check_reach_out(who, incident, text, at=at, customers=chosen)
            else:
                preview = check_broadcast(who, incident, text, at=at)
            looked = Given(forms={kind: form}, kind=kind, once=once, chosen=chosen, preview=preview)
            return _show(request, who, found, looked)
        if kind == "outreach":
            do_reach_out(who, incident, text, at=at, customers=chosen, once=once)
        else:
            do_broadcast(who, incident, "fixed" if kind == "fixed" else "word", text, at=at, once=once)
    except Impossible as why:
        form.add_error("text", str(why))
        return _show(request, who, found, given, status=422)
    return _back(request, found, _("It is on its way: each gets an own message. You can still stop it."), "#written")


@require_POST
@for_staff
def stop(request: HttpRequest, who: Staff, incident: str, broadcast: str) -> HttpResponse:
    """Let nothing more of it go out."""
    count = do_stop_broadcast(who, incident, broadcast, at=clock.now())
    stopped = ngettext("Stopped: %(count)d did not go out.", "Stopped: %(count)d did not go out.", count)
    return _back(request, access_incident(who, incident), stopped % {"count": count}, "#written")


def _list(request: HttpRequest, who: Staff, form: Tell, *, case: str, opened: bool, status: int = 200) -> HttpResponse:
    lines = incident_lines(visible_incidents(who), visible_cases(who))
    page = incidents_page(lines, form, case=case, opened=opened)
    context = {"page": page, "shell": shell(request, who, "incidents"), "now": clock.now()}
    return render(request, "desk/incidents.html", context, status=status)


def _show(request: HttpRequest, who: Staff, found: Incident, given: Given, *, status: int = 200) -> HttpResponse:
    found.refresh_from_db()
    now, policy, calendar, cases = clock.now(), house.policy(), house.calendar(), visible_cases(who)
    before = number_in(request.GET.get("silent", ""))

    def rows(read: Sequence[Row]) -> tuple[CaseRow, ...]:
        return tuple(case_row(row, now, policy, calendar) for row in read)

    read = Read(
        incident=found,
        reached=reached(found, cases),
        written=written_about(found),
        by_hand=left_by_hand(found),
        cases=rows(hottest_of(found, cases)),
        similar=rows(may_belong(found, cases)),
        listed=linked_cases(who, found).count(),
        silent=silent_page(found, before=before) if found.product and found.began_at is not None else None,
        later=before is not None,
    )
    page = incident_page(read, given, policy)
    context = {"page": page, "shell": shell(request, who, "incidents"), "now": now}
    return render(request, "desk/incident.html", context, status=status)


def _back(request: HttpRequest, found: Incident, words: str, anchor: str = "") -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("desk:incident", args=[found.pk]) + anchor)
