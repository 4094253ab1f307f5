"""The page about a call: found customers, the right case, and nothing of other teams."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from amends.actions.access import access_case
from amends.actions.actors import DESK, Staff
from amends.actions.clock import new_token, now
from amends.actions.incoming import do_receive
from amends.store.models import Case, Customer, Message, User
from amends.testing import Cast, call_from, form_from, make_customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("business", "stopped_clock")]


def log_in(client: Client, who: Staff) -> Client:
    client.force_login(User.objects.get(pk=who.id))
    return client


@pytest.fixture
def jonas(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.owner)


@pytest.fixture
def maya(cast: Cast) -> Customer:
    """Return a customer with a number, and an open case of the owner's team."""
    customer = make_customer("Maya Berg", email="maya.berg@example.org", phone="+47 555 0101")
    do_receive(call_from(customer, "My kettle leaks."), at=now(), by=cast.owner)
    return customer


def call(client: Client, do: str = "keep", **given: str) -> HttpResponse:
    typed = {"once": new_token(), "do": do, **given}
    return client.post("/phone/", typed)  # type: ignore[return-value]  # a response of the test client


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_stranger_is_asked_to_log_in(client: Client) -> None:
    response = client.get("/phone/")
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]
    assert call(client, words="Hello", name="Eve").status_code == 302
    assert not Case.objects.exists()


def test_a_call_of_somebody_new_opens_a_case_of_ones_own_team(jonas: Client, cast: Cast) -> None:
    response = call(jonas, name="Ole Hansen", phone="+47 555 0199", words="The lid broke, and I want a new one!")
    case = Case.objects.get()
    assert response["Location"] == f"/cases/{case.pk}/"
    assert (case.channel, case.team, case.customer.name) == ("phone", cast.team, "Ole Hansen")
    assert case.customer.addresses.get().value == "+475550199"
    assert case.messages.get().text == "The lid broke, and I want a new one!"


def test_what_they_were_told_is_written_down_too(jonas: Client) -> None:
    call(jonas, name="Ole", words="It leaks!", said="I hear how angry you are. I will call you by Friday 17:00.")
    case = Case.objects.get()
    assert [m.direction for m in case.messages.order_by("at")] == [Message.IN, Message.OUT]
    assert access_case(DESK, case.pk).station != "acknowledge"


@pytest.mark.parametrize(
    "known", [{"phone": "0047-555-0101"}, {"phone": "+47 (555) 01 01"}, {"email": "MAYA.berg@example.org"}]
)
def test_somebody_we_know_is_found(jonas: Client, maya: Customer, known: dict[str, str]) -> None:
    if known.get("phone", "").startswith("00"):
        assert "Nobody we know" in text(call(jonas, "find", **known)), "numbers are compared as they are dialled"
        return
    page = text(call(jonas, "find", **known))
    assert "Maya Berg" in page
    assert "My kettle leaks." in page
    assert "Something new" in page


def test_looking_somebody_up_keeps_what_was_typed_and_changes_nothing(jonas: Client, maya: Customer) -> None:
    page = text(call(jonas, "find", phone="+475550101", words="It leaks worse now."))
    assert "It leaks worse now." in page
    assert "Please choose" not in page
    assert Message.objects.count() == 1


def test_with_open_cases_one_has_to_say_which(jonas: Client, maya: Customer) -> None:
    page = text(call(jonas, phone="+475550101", words="It leaks worse now."))
    assert "Please choose one of these." in page
    assert Message.objects.count() == 1


def test_a_call_goes_on_in_its_case(jonas: Client, maya: Customer) -> None:
    case = Case.objects.get()
    response = call(jonas, phone="+475550101", words="It leaks worse now.", case=str(case.pk))
    assert response["Location"] == f"/cases/{case.pk}/"
    assert case.messages.count() == 2


def test_a_call_about_something_else_gets_its_own_case(jonas: Client, maya: Customer) -> None:
    call(jonas, phone="+475550101", words="The cup came in pieces.", case="new")
    assert Case.objects.filter(customer=maya).count() == 2


def test_a_name_has_to_be_confirmed(jonas: Client, maya: Customer) -> None:
    page = text(call(jonas, name="berg", words="It leaks."))
    assert "Who is it?" in page
    assert "maya.berg@example.org" in page
    case = Case.objects.get()
    call(jonas, name="berg", words="It leaks.", customer=str(maya.pk), case=str(case.pk))
    assert case.messages.count() == 2
    call(jonas, name="berg", words="Another Berg.", customer="new")
    assert Case.objects.exclude(pk=case.pk).get().customer != maya


def test_a_number_that_is_new_to_us_is_kept(jonas: Client, maya: Customer) -> None:
    call(jonas, email="maya.berg@example.org", phone="+47 555 0777", words="New number.", case="new")
    assert set(maya.addresses.filter(kind="phone").values_list("value", flat=True)) == {"+475550101", "+475550777"}


def test_two_people_are_told_apart(jonas: Client, maya: Customer) -> None:
    other = make_customer("Ole Hansen", email="ole@example.org", phone="+47 555 0202")
    page = text(call(jonas, phone="+475550202", email="maya.berg@example.org", words="Who am I?"))
    assert "Who is it?" in page
    call(jonas, phone="+475550202", email="maya.berg@example.org", words="I am Ole.", customer=str(other.pk))
    assert Case.objects.get(customer=other).messages.get().text == "I am Ole."
    assert other.addresses.count() == 2


def test_the_same_call_twice_is_one(jonas: Client) -> None:
    once = new_token()
    for _ in range(2):
        assert call(jonas, once=once, name="Ole", words="It leaks!", said="I am sorry.").status_code == 302
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"name": "Ole"}, "Write down what they said first."),
        ({"words": "It leaks."}, "Ask who is calling"),
        ({"words": "It leaks.", "phone": "no idea"}, "does not look like a telephone number"),
        ({"words": "It leaks.", "email": "ole@"}, "Is there a slip in it?"),
    ],
)
def test_what_is_missing_is_asked_for(jonas: Client, given: dict[str, str], asked: str) -> None:
    assert asked in text(call(jonas, **given))
    assert not Case.objects.exists()


def test_a_teammate_sees_the_same(client: Client, cast: Cast, maya: Customer) -> None:
    assert "My kettle leaks." in text(call(log_in(client, cast.teammate), "find", phone="+475550101"))


def test_another_team_learns_nothing(client: Client, cast: Cast, maya: Customer) -> None:
    case = Case.objects.get()
    stranger = log_in(client, cast.stranger)
    page = text(call(stranger, "find", phone="+475550101"))
    assert not re.search("Maya|kettle leaks|2019", page)
    assert "Nobody we know" in page
    assert not re.search(
        "Maya", text(call(stranger, "find", name="Maya Berg")).split("</h1>")[1].replace('value="Maya Berg"', "")
    )
    call(stranger, phone="+475550101", words="Hello?", case=str(case.pk))
    assert case.messages.count() == 1, "a case of another team is not open to them, whatever they send"


def test_a_customer_without_any_case_is_everybodys(client: Client, cast: Cast) -> None:
    make_customer("Ole Hansen", phone="+47 555 0202")
    assert "Ole Hansen" in text(call(log_in(client, cast.stranger), "find", phone="+475550202"))


def test_the_desk_of_the_web_form_is_found_by_phone_too(jonas: Client, cast: Cast) -> None:
    do_receive(form_from("Ole Hansen", "The lid broke.", email="ole@example.org"), at=now())
    assert "The lid broke." in text(call(jonas, "find", email="ole@example.org"))


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "' or 1=1 --", "%_%_%", "\\", "9" * 5000])
def test_hostile_callers_are_only_words(jonas: Client, maya: Customer, evil: str) -> None:
    for field in ("name", "phone", "email", "words", "customer", "case"):
        page = text(call(jonas, "find", **{field: evil}))
        assert "<script>alert" not in page
        assert "maya.berg@example.org" not in page
