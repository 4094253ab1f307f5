"""Who a customer is: one person however their address is written, and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.actions.customers import clean_email, clean_phone, email_of, find_or_make, phone_of
from amends.store.models import Customer, CustomerAddress
from amends.testing import MONDAY, make_customer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("maya@example.org", "maya@example.org"),
        (" Maya@Example.ORG\n", "maya@example.org"),
        ("maya+shop@example.org", "maya+shop@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("märz@exämple.org", "märz@exämple.org"),
        ("", ""),
        ("maya", ""),
        ("maya@", ""),
        ("@example.org", ""),
        ("a@b@c", ""),
        ("Maya <maya@example.org>", ""),
        ("maya@example.org, ben@example.org", ""),
        ("maya@example.org\r\nBcc: all@example.org", ""),
        ("ma\x01ya@example.org", ""),
        ("maya\u202e@example.org", ""),
        ("ma\0ya@example.org", "maya@example.org"),
        ("x" * 65 + "@example.org", ""),
        ("x@" + "y" * 190, ""),
    ],
)
def test_an_address_is_compared_in_one_spelling(written: str, compared: str) -> None:
    assert clean_email(written) == compared


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("+44 (0)20 7946-0000", "+4402079460000"),
        ("020 7946 0000", "02079460000"),
        ("call me", ""),
        ("", ""),
        ("123", ""),
        ("1" * 21, ""),
        ("+", ""),
        ("12+34567", ""),
        ("٠١٢٣٤٥", "012345"),
    ],
)
def test_a_number_is_compared_without_what_is_not_dialled(written: str, compared: str) -> None:
    assert clean_phone(written) == compared


@given(st.text(), st.text())
def test_no_words_break_an_address(email: str, phone: str) -> None:
    assert len(clean_email(email)) <= 254
    assert clean_email(clean_email(email)) == clean_email(email)
    assert clean_phone(clean_phone(phone)) == clean_phone(phone)


def test_the_same_person_is_found_by_either_address() -> None:
    ben = make_customer("Ben Hill", phone="+44 20 7946 0000")
    assert find_or_make(name="B.", email="BEN@example.org", at=MONDAY) == ben
    assert find_or_make(name="B.", phone="+442079460000", at=MONDAY) == ben
    assert find_or_make(name="", email="new@example.org", phone="+442079460000", at=MONDAY) == ben
    assert Customer.objects.count() == 1
    ben.refresh_from_db()
    assert ben.name == "Ben Hill"


def test_who_had_no_name_gets_the_one_that_they_sign_with() -> None:
    nameless = find_or_make(name="", email="ben@example.org", at=MONDAY)
    assert str(nameless) == "Somebody"
    assert find_or_make(name=" Ben\n Hill ", email="ben@example.org", at=MONDAY).name == "Ben Hill"
    assert Customer.objects.get().name == "Ben Hill"


def test_addresses_of_two_people_are_never_made_one_by_a_form() -> None:
    ben, maya = make_customer("Ben Hill"), make_customer("Maya Olsen", email="", phone="+47 22 00 00 00")
    both = find_or_make(name="X", email="ben@example.org", phone="+4722000000", at=MONDAY)
    assert both == ben
    assert CustomerAddress.objects.get(kind="phone").customer == maya


def test_who_gives_nothing_is_somebody_new_each_time() -> None:
    assert find_or_make(name="", at=MONDAY) != find_or_make(name="", email="nonsense", phone="1", at=MONDAY)
    assert not CustomerAddress.objects.exists()


def test_a_name_may_hold_any_character() -> None:
    assert find_or_make(name="a\0b\ud800" + "x" * 500, at=MONDAY).name == "ab?" + "x" * 197


def test_where_to_write_is_the_address_that_we_have_known_the_longest() -> None:
    ben = make_customer("Ben Hill", phone="+442079460000")
    CustomerAddress.objects.create(customer=ben, kind="email", value="a@example.org")
    CustomerAddress.objects.create(customer=ben, kind="phone", value="0000")
    assert (email_of(ben), phone_of(ben)) == ("ben@example.org", "+442079460000")
    assert (email_of(make_customer("N", email="")), phone_of(make_customer("M"))) == ("", "")
