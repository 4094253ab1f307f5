"""Incidents: one cause behind many cases. A team sees its own incidents, an admin all."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amends.actions.access import LARGEST, NoAccess, access_case, visible_cases
from amends.actions.actors import Staff
from amends.actions.carry import carry_out, carry_out_on_all
from amends.actions.clock import new_id
from amends.actions.texts import storable
from amends.method.decide import Impossible
from amends.method.moves import LinkIncident, UnlinkIncident
from amends.method.words import Rank
from amends.store.models import Case, Incident, Team

LONGEST_TITLE = 120
LONGEST_WHAT = 5_000
MOST_AT_ONCE = 5_000
"""Cases that can be linked in one step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of an incident. `what` is said to customers; orders of `product` in the period find others."""

    title: str
    what: str = ""
    product: str = ""
    began_at: datetime | None = None
    ended_at: datetime | None = None


def visible_incidents(who: Staff) -> QuerySet[Incident]:
    """Return the incidents that `who` may see: those of their team, an admin all."""
    if who.rank is Rank.ADMIN:
        return Incident.objects.all()
    return Incident.objects.filter(team_id=who.team) if who.team is not None else Incident.objects.none()


def access_incident(who: Staff, incident_id: str, *, lock: bool = False) -> Incident:
    """Return the incident, or raise `NoAccess`. With `lock` (inside a transaction) nobody else writes to it."""
    found = visible_incidents(who)
    if lock:
        found = found.select_for_update(of=("self",))
    incident = found.filter(pk=storable(incident_id)).first()
    if incident is None:
        raise NoAccess
    return incident


def do_open_incident(who: Staff, told: Told, *, at: datetime, cases: Collection[int] = ()) -> Incident:
    """Open an incident of the actor's team with these cases in it; of theirs where the actor has no team."""
    told = _checked(told)
    with transaction.atomic():
        first = access_case(who, min(cases)) if cases else None
        incident = Incident.objects.create(
            id=new_id(), team_id=_team(who, first), opened_by_id=who.id, opened_at=at, **asdict(told)
        )
        if cases:
            do_link_cases(who, incident.pk, cases, at=at)
    return incident


def do_change_incident(who: Staff, incident_id: str, told: Told) -> Incident:
    """Tell it anew. What was written to customers stays as it was written."""
    told = _checked(told)
    with transaction.atomic():
        incident = access_incident(who, incident_id, lock=True)
        for name, value in asdict(told).items():
            setattr(incident, name, value)
        incident.save()
    return incident


def do_link_cases(who: Staff, incident_id: str, cases: Collection[int], *, at: datetime) -> int:
    """Say that these cases have this cause; return for how many that is new. One may be of one incident only."""
    wanted = set(cases)
    if not wanted:
        raise Impossible(_("Choose at least one case."))
    if len(wanted) > MOST_AT_ONCE:
        raise Impossible(_("Link at most %(most)d cases at once.") % {"most": MOST_AT_ONCE})
    if not all(0 < number <= LARGEST for number in wanted):
        raise NoAccess
    with transaction.atomic():
        incident = access_incident(who, incident_id)
        seen = visible_cases(who).select_related("customer").select_for_update(of=("self",))
        found = list(seen.filter(pk__in=wanted).order_by("pk"))
        if len(found) < len(wanted):
            raise NoAccess
        if any(case.team_id != incident.team_id for case in found):
            raise Impossible(_("A case of another team cannot be linked: that team would not see the incident."))
        return carry_out_on_all(found, LinkIncident(incident=incident.pk), by=who, at=at)


def do_unlink_case(who: Staff, case_id: int, *, at: datetime) -> None:
    """Say that a case has another cause after all."""
    with transaction.atomic():
        carry_out(access_case(who, case_id, lock=True), [UnlinkIncident()], by=who, at=at)


def _team(who: Staff, case: Case | None) -> int:
    if case is not None:
        return case.team_id
    if who.team is not None:
        return who.team
    team = Team.objects.order_by("pk").values_list("pk", flat=True).first()
    if team is None:
        raise Impossible(_("There is no team yet. Make one first: amends user add --team."))
    return team


def _checked(told: Told) -> Told:
    """Return it as it is kept, or raise `Impossible` with what is missing."""
    kept = Told(
        title=" ".join(storable(told.title).split()),
        what=storable(told.what).replace("\r\n", "\n").strip(),
        product=" ".join(storable(told.product).split()),
        began_at=told.began_at,
        ended_at=told.ended_at,
    )
    if not kept.title:
        raise Impossible(_("Give the incident a name, so that colleagues know it."))
    if max(len(kept.title), len(kept.product)) > LONGEST_TITLE or len(kept.what) > LONGEST_WHAT:
        raise Impossible(_("That is longer than anybody reads. Say it shorter."))
    if kept.began_at is not None and kept.ended_at is not None and kept.ended_at < kept.began_at:
        raise Impossible(_("It cannot have ended before it began."))
    return kept
