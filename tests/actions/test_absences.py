"""Holidays: who may plan them, which make no sense, and who sees to things meanwhile."""

from datetime import date, timedelta

import pytest

from amends.actions.absences import do_end_absence, do_plan_absence
from amends.actions.access import NoAccess, NotAllowed
from amends.actions.actors import Staff
from amends.method.decide import Impossible
from amends.store.cover import Cover
from amends.store.models import Absence, User
from amends.testing import MONDAY, Cast

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)


def plan(who: Staff, user: Staff, cover: Staff, starts: date = TODAY, ends: date = FRIDAY) -> Absence:
    return do_plan_absence(who, user=user.id, cover=cover.id, starts=starts, ends=ends, at=MONDAY)


def test_oneself_the_lead_and_an_admin_may_plan(cast: Cast) -> None:
    for who in (cast.owner, cast.lead, cast.admin):
        do_end_absence(who, plan(who, cast.owner, cast.teammate).pk, at=MONDAY)
    assert not Absence.objects.exists()


def test_a_teammate_may_not_and_a_stranger_finds_nobody(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        plan(cast.teammate, cast.owner, cast.teammate)
    with pytest.raises(NoAccess):
        plan(cast.stranger, cast.owner, cast.teammate)
    made = plan(cast.owner, cast.owner, cast.teammate)
    with pytest.raises(NotAllowed):
        do_end_absence(cast.teammate, made.pk, at=MONDAY)
    for who, absence in ((cast.stranger, made.pk), (cast.owner, made.pk + 1), (cast.owner, 2**70)):
        with pytest.raises(NoAccess):
            do_end_absence(who, absence, at=MONDAY)


@pytest.mark.parametrize(
    ("starts", "ends", "says"),
    [
        (FRIDAY, TODAY, "before the first"),
        (TODAY - timedelta(days=3), TODAY - timedelta(days=1), "over already"),
        (TODAY, TODAY + timedelta(days=400), "year at most"),
    ],
)
def test_days_that_make_no_sense_are_refused(cast: Cast, starts: date, ends: date, says: str) -> None:
    with pytest.raises(Impossible, match=says):
        plan(cast.owner, cast.owner, cast.teammate, starts, ends)


def test_the_cover_is_somebody_else_who_sees_the_cases_and_is_still_there(cast: Cast) -> None:
    with pytest.raises(Impossible, match="Somebody else"):
        plan(cast.owner, cast.owner, cast.owner)
    with pytest.raises(Impossible, match="same team"):
        plan(cast.owner, cast.owner, cast.stranger)
    User.objects.filter(pk=cast.teammate.id).update(is_active=False)
    with pytest.raises(Impossible, match="same team"):
        plan(cast.owner, cast.owner, cast.teammate)
    assert plan(cast.owner, cast.owner, cast.admin).cover_id == cast.admin.id


def test_overlapping_days_are_refused_and_neighbours_are_not(cast: Cast) -> None:
    plan(cast.owner, cast.owner, cast.teammate)
    with pytest.raises(Impossible, match="planned already"):
        plan(cast.lead, cast.owner, cast.lead, FRIDAY, FRIDAY + timedelta(days=7))
    plan(cast.owner, cast.owner, cast.lead, FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=7))
    assert Absence.objects.count() == 2


def test_who_is_back_early_was_away_until_yesterday(cast: Cast) -> None:
    made = plan(cast.owner, cast.owner, cast.teammate)
    do_end_absence(cast.owner, made.pk, at=MONDAY + timedelta(days=2))
    assert Absence.objects.get().ends == TODAY + timedelta(days=1)
    do_end_absence(cast.owner, made.pk, at=MONDAY + timedelta(days=9))  # over: nothing to end
    assert Absence.objects.get().ends == TODAY + timedelta(days=1)


def test_a_chain_ends_with_who_is_there_and_a_ring_with_nobody(cast: Cast) -> None:
    plan(cast.owner, cast.owner, cast.teammate)
    plan(cast.teammate, cast.teammate, cast.lead)
    cover = Cover.on(TODAY)
    assert cover.covered_by(cast.lead.id) == {cast.owner.id: FRIDAY, cast.teammate.id: FRIDAY}
    assert cover.covered_by(cast.teammate.id) == {}
    assert cover.stands_in(cast.owner.id) == cast.lead.id
    plan(cast.lead, cast.lead, cast.owner)
    assert Cover.on(TODAY).stands_in(cast.owner.id) is None
    assert Cover.on(FRIDAY + timedelta(days=1)).away == {}


def test_a_cover_who_left_covers_nobody(cast: Cast) -> None:
    plan(cast.owner, cast.owner, cast.teammate)
    User.objects.filter(pk=cast.teammate.id).update(is_active=False)
    assert Cover.on(TODAY).away == {}
