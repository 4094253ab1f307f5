"""A second failure soon after a first: counted when the complaint comes in, for good."""

from datetime import timedelta

import pytest

from amends.actions.clock import StoppedClock
from amends.store.models import Case
from amends.testing import Cast, make_customer
from tests.desk.own import complain, state

pytestmark = pytest.mark.django_db


def test_complaints_of_the_last_half_year_count_and_older_ones_do_not(cast: Cast, stopped_clock: StoppedClock) -> None:
    counted: list[int] = []
    for days in (0, 100, 100, 100, 400):
        stopped_clock.pass_time(by=timedelta(days=days))
        counted.append(state(complain(cast.customer, subject=f"After {days} days, {len(counted)}")).failed_before)
    assert counted == [0, 1, 1, 1, 0]


def test_what_others_went_through_is_not_theirs(cast: Cast) -> None:
    complain(cast.customer)
    assert state(complain(make_customer("Lee Novak"))).failed_before == 0


def test_that_we_wrote_first_was_no_failure(cast: Cast) -> None:
    first = complain(cast.customer)
    Case.objects.filter(pk=first.pk).update(status="quiet")
    assert state(complain(cast.customer, subject="The lid")).failed_before == 0
    Case.objects.filter(pk=first.pk).update(status="open")
