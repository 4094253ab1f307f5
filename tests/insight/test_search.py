"""The search finds words by their beginnings, and follows every change of them."""

import pytest
from django.db import connection

from amends.actions.access import visible_cases
from amends.actions.clock import StoppedClock
from amends.insight.inbox import matching
from amends.insight.search import customers_matching
from amends.store.models import Case, Customer
from amends.testing import Cast, make_customer
from tests.desk.own import complain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


def found(cast: Cast, asked: str) -> list[int]:
    return [row.number for row in matching(visible_cases(cast.owner), asked).rows]


def test_a_changed_subject_is_found_by_its_new_words_alone(cast: Cast) -> None:
    case = complain(cast.customer, subject="Broken grinder")
    Case.objects.filter(pk=case.pk).update(subject="Leaking kettle")
    assert found(cast, "kettle") == [case.pk]
    assert found(cast, "grinder") == []


def test_erased_words_are_not_found_any_more(cast: Cast) -> None:
    case = complain(cast.customer, subject="Broken grinder")
    Case.objects.filter(pk=case.pk).update(subject="")
    Customer.objects.filter(pk=cast.customer.pk).update(name="")
    cast.customer.addresses.all().delete()
    for asked in ("grinder", "Maya", "maya@"):
        assert found(cast, asked) == []


def test_a_name_is_found_by_any_of_its_words_in_any_order(cast: Cast) -> None:
    zoe = make_customer("Zoë van der Berg")
    for asked in ("zoë", "zoe" if connection.vendor == "sqlite" else "zoë", "berg van", "VAN DER"):
        assert customers_matching(asked) == [zoe.pk]
    assert customers_matching("ergo") == []
    zoe.addresses.all().delete()
    zoe.delete()
    assert customers_matching("berg") == []


def test_the_newest_comes_first_and_the_next_page_goes_on(cast: Cast) -> None:
    numbers = [complain(cast.customer, f"It broke {n} times!", subject=f"Kettle {n}").pk for n in range(5)]
    cases = visible_cases(cast.owner)
    first = matching(cases, "kettle", limit=3)
    assert [row.number for row in first.rows] == numbers[:1:-1]
    assert first.more is not None
    second = matching(cases, "kettle", before=first.more.number, limit=3)
    assert [row.number for row in second.rows] == numbers[1::-1]
    assert second.more is None


@pytest.mark.parametrize(("asked", "matches"), [("+4930", True), ("4930", False), ("+49 (30) 1", True), ("49", False)])
def test_telephone_numbers_are_found_as_people_write_them(cast: Cast, asked: str, matches: bool) -> None:
    lee = make_customer("Lee Novak", phone="+49301234567")
    assert (lee.pk in customers_matching(asked)) is matches
