"""Rows that no longer say what the journal says are found, and made anew."""

import pytest

from amends.actions.upkeep import cases_that_differ, do_mend, tallies_differ
from amends.store.models import Case, Tally
from amends.testing import Cast
from tests.actions.doing import complaint

pytestmark = pytest.mark.django_db


def test_a_desk_that_is_well(cast: Cast) -> None:
    complaint(cast)
    assert list(cases_that_differ()) == []
    assert not tallies_differ()


@pytest.mark.parametrize("state", [b"", b"{}", b"not even JSON"])
def test_a_case_whose_row_is_wrong(cast: Cast, state: bytes) -> None:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(state=state, station="learn")
    assert list(cases_that_differ()) == [case.pk]
    assert do_mend() == 1
    assert list(cases_that_differ()) == []
    assert Case.objects.get().station != "learn"


def test_only_the_newest_are_looked_at_when_that_is_asked(cast: Cast) -> None:
    first, second = complaint(cast), complaint(cast, "Another thing is broken.")
    Case.objects.update(state=b"{}")
    assert list(cases_that_differ(1)) == [second.pk]
    assert list(cases_that_differ()) == [second.pk, first.pk]
    do_mend()


def test_counts_that_are_wrong(cast: Cast) -> None:
    complaint(cast)
    Tally.objects.filter(heap="open").update(count=7)
    assert tallies_differ()
    assert Tally.objects.get(heap="open").count == 7  # looking changes nothing
    do_mend()
    assert not tallies_differ()
