"""One cause behind many cases: opened, told anew, linked, left; and who sees it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.actions.access import NoAccess
from amends.actions.incidents import (
    Told,
    access_incident,
    do_change_incident,
    do_link_cases,
    do_open_incident,
    do_unlink_case,
    visible_incidents,
)
from amends.method.decide import Impossible
from amends.store.models import Case, Incident
from amends.testing import MONDAY, Cast, make_staff, make_team
from tests.actions.doing import Everything, complaint, fresh, names
from tests.actions.meeting import LAMP, complaint_of, incident_of

pytestmark = pytest.mark.django_db


def test_an_incident_is_opened_with_its_cases(cast: Cast) -> None:
    case, other = complaint(cast), complaint_of("Ben Hill", cast)
    incident = incident_of(cast, case, other)
    assert {fresh(case).incident_id, fresh(other).incident_id} == {incident.pk}
    assert names(case)[-1] == "IncidentLinked"
    assert (incident.team_id, incident.opened_by_id, incident.title) == (cast.team.pk, cast.owner.id, LAMP.title)


def test_it_is_seen_by_its_team_and_by_admins(cast: Cast) -> None:
    incident = incident_of(cast)
    for who in (cast.owner, cast.teammate, cast.lead, cast.admin):
        assert access_incident(who, incident.pk) == incident
        assert list(visible_incidents(who)) == [incident]
    for who in (cast.stranger, make_staff("Lou Lost", None)):
        assert not visible_incidents(who).exists()
        with pytest.raises(NoAccess):
            access_incident(who, incident.pk)


@pytest.mark.parametrize("nothing", ["", "x" * 500, "a\0b", "'; --"])
def test_what_is_no_incident_is_none(cast: Cast, nothing: str) -> None:
    with pytest.raises(NoAccess):
        access_incident(cast.owner, nothing)


def test_strangers_neither_change_nor_link_nor_take_out(cast: Cast) -> None:
    case = complaint(cast)
    incident = incident_of(cast, case)
    own = do_open_incident(cast.stranger, LAMP, at=MONDAY)
    before = Everything.now()
    for forbidden in (
        lambda: do_change_incident(cast.stranger, incident.pk, LAMP),
        lambda: do_link_cases(cast.stranger, incident.pk, [case.pk], at=MONDAY),
        lambda: do_link_cases(cast.stranger, own.pk, [case.pk], at=MONDAY),
        lambda: do_open_incident(cast.stranger, LAMP, at=MONDAY, cases=[case.pk]),
        lambda: do_unlink_case(cast.stranger, case.pk, at=MONDAY),
    ):
        with pytest.raises(NoAccess):
            forbidden()
    assert Everything.now() == before
    assert Incident.objects.count() == 2


def test_of_many_cases_one_that_is_not_theirs_stops_all(cast: Cast) -> None:
    mine, theirs = complaint(cast), complaint_of("Ben Hill", cast)
    Case.objects.filter(pk=theirs.pk).update(team=cast.other_team)
    incident = incident_of(cast)
    with pytest.raises(NoAccess):
        do_link_cases(cast.owner, incident.pk, [mine.pk, theirs.pk], at=MONDAY)
    with pytest.raises(Impossible, match="another team"):
        do_link_cases(cast.admin, incident.pk, [theirs.pk], at=MONDAY)
    assert fresh(mine).incident_id is None
    Case.objects.filter(pk=theirs.pk).update(team=cast.team)


def test_linked_twice_is_linked_once_and_one_moves_to_another_incident(cast: Cast) -> None:
    case = complaint(cast)
    incident, other = incident_of(cast, case), incident_of(cast)
    assert do_link_cases(cast.owner, incident.pk, [case.pk], at=MONDAY) == 0
    assert do_link_cases(cast.owner, other.pk, [case.pk], at=MONDAY) == 1
    assert fresh(case).incident_id == other.pk
    assert names(case).count("IncidentLinked") == 2


def test_a_case_is_taken_out(cast: Cast) -> None:
    case = complaint(cast)
    incident_of(cast, case)
    do_unlink_case(cast.teammate, case.pk, at=MONDAY)
    do_unlink_case(cast.teammate, case.pk, at=MONDAY)
    assert fresh(case).incident_id is None
    assert names(case).count("IncidentUnlinked") == 1


def test_it_is_told_anew(cast: Cast) -> None:
    incident = incident_of(cast)
    told = replace(LAMP, title="  Lamps \r\n without\0 bulbs ", product="", began_at=None)
    changed = do_change_incident(cast.teammate, incident.pk, told)
    assert (changed.title, changed.product, changed.began_at) == ("Lamps without bulbs", "", None)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told(title="  "), "Give the incident a name"),
        (Told(title="x" * 121), "longer than anybody reads"),
        (Told(title="x", what="x" * 5001), "longer than anybody reads"),
        (replace(LAMP, ended_at=MONDAY - timedelta(days=30)), "ended before it began"),
    ],
)
def test_what_makes_no_sense_is_not_kept(cast: Cast, told: Told, why: str) -> None:
    with pytest.raises(Impossible, match=why):
        do_open_incident(cast.owner, told, at=MONDAY)
    assert not Incident.objects.exists()


def test_nothing_chosen_and_impossible_numbers(cast: Cast) -> None:
    incident = incident_of(cast)
    with pytest.raises(Impossible, match="at least one"):
        do_link_cases(cast.owner, incident.pk, [], at=MONDAY)
    for number in (0, -1, 2**70, 999):
        with pytest.raises(NoAccess):
            do_link_cases(cast.owner, incident.pk, [number], at=MONDAY)


def test_an_admin_without_a_team_opens_it_for_the_team_of_the_case(cast: Cast) -> None:
    case = complaint(cast)
    other = make_team("Third")
    incident = do_open_incident(cast.admin, LAMP, at=MONDAY, cases=[case.pk])
    assert incident.team_id == cast.team.pk
    assert do_open_incident(cast.admin, LAMP, at=MONDAY).team_id != other.pk
