"""Incidents: one cause behind many cases."""

from dataclasses import asdict
from typing import Final

from django.http import HttpRequest
from ninja import Router, Status

from amends.actions import clock
from amends.actions.access import visible_cases
from amends.actions.actors import Staff
from amends.actions.broadcasts import do_broadcast, do_reach_out
from amends.actions.incidents import Told, access_incident, do_link_cases, do_open_incident, visible_incidents
from amends.api import given, shapes
from amends.api.auth import caller
from amends.insight.incidents import incident_lines, reached, written_about
from amends.store.models import Broadcast, Incident

router = Router(tags=["incidents"])
_NO: Final = {404: shapes.Problem, 409: shapes.Problem, 422: shapes.Problem}


@router.get("/incidents", response={200: shapes.IncidentList})
def incidents(request: HttpRequest) -> dict[str, object]:
    """List the newest hundred incidents that the key's user may see."""
    who = caller(request)
    return {"incidents": [asdict(line) for line in incident_lines(visible_incidents(who), visible_cases(who))]}


@router.post("/incidents", response={201: shapes.IncidentOut, **_NO})
def open_incident(request: HttpRequest, body: given.NewIncident) -> Status[dict[str, object]]:
    """Open an incident, with the cases that it caused."""
    who = caller(request)
    told = Told(title=body.title, what=body.what, product=body.product, began_at=body.began_at, ended_at=body.ended_at)
    made = do_open_incident(who, told, at=clock.now(), cases=body.cases)
    return Status(201, _out(who, made))


@router.get("/incidents/{incident}", response={200: shapes.IncidentOut, 404: shapes.Problem})
def incident(request: HttpRequest, incident: str) -> dict[str, object]:
    """Show how far an incident has come."""
    who = caller(request)
    return _out(who, access_incident(who, incident))


@router.post("/incidents/{incident}/cases", response={200: shapes.IncidentOut, **_NO})
def link_cases(request: HttpRequest, incident: str, body: given.Cases) -> dict[str, object]:
    """Link cases to it. Where one of them is not the user's to see, none is linked."""
    who = caller(request)
    do_link_cases(who, incident, body.cases, at=clock.now())
    return _out(who, access_incident(who, incident))


@router.post("/incidents/{incident}/write", response={202: shapes.BroadcastOut, **_NO})
def write(request: HttpRequest, incident: str, body: given.ToMany) -> Status[dict[str, object]]:
    """Write to the customer of each linked case; each gets an own message, past the own gates."""
    made = do_broadcast(caller(request), incident, "word", body.text, at=clock.now(), once=body.once)
    return Status(202, _broadcast(made))


@router.post("/incidents/{incident}/fixed", response={202: shapes.BroadcastOut, **_NO})
def fixed(request: HttpRequest, incident: str, body: given.ToMany) -> Status[dict[str, object]]:
    """Say that it is fixed, and ask each of them whether it is."""
    made = do_broadcast(caller(request), incident, "fixed", body.text, at=clock.now(), once=body.once)
    return Status(202, _broadcast(made))


@router.post("/incidents/{incident}/reach-out", response={202: shapes.BroadcastOut, **_NO})
def reach_out(request: HttpRequest, incident: str, body: given.ToSilent) -> Status[dict[str, object]]:
    """Write first to customers whom it met and who have not written; never twice to one of them."""
    who = caller(request)
    made = do_reach_out(who, incident, body.text, at=clock.now(), customers=body.customers, once=body.once)
    return Status(202, _broadcast(made))


def _out(who: Staff, found: Incident) -> dict[str, object]:
    return {
        "id": found.pk,
        "title": found.title,
        "what": found.what,
        "product": found.product,
        "began_at": found.began_at,
        "ended_at": found.ended_at,
        "opened_at": found.opened_at,
        "fixed_at": found.fixed_at,
        "reached": asdict(reached(found, visible_cases(who))),
        "written": [asdict(one) for one in written_about(found)],
    }


def _broadcast(made: Broadcast) -> dict[str, object]:
    return {"id": made.pk, "copies": made.copies.count()}
