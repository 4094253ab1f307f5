"""The customers' pages: who sees whom, and what is found."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock
from amends.actions import handling as record
from amends.actions.clock import StoppedClock
from amends.actions.imports import do_warm
from amends.actions.replies import do_log_spoken
from amends.insight.customers import ORDERS, ROWS
from amends.method.words import CallResult, CustomerOutcome, Gate, ProblemOutcome
from amends.store.models import Customer, Order, Subscription, User, WorthFit
from amends.testing import Cast, make_customer
from tests.desk.own import complain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


def as_(client: Client, who: Any) -> Client:
    client.force_login(User.objects.get(pk=who.id))
    return client


def listing(client: Client, **asked: str) -> str:
    answer = client.get("/customers/", asked)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def test_the_team_sees_who_wrote_to_it_and_strangers_do_not(client: Client, cast: Cast) -> None:
    complain(cast.customer)
    here = f"/customers/{cast.customer.pk}/"
    for who in (cast.owner, cast.teammate, cast.lead, cast.admin):
        assert "Maya Olsen" in listing(as_(client, who))
        assert client.get(here).status_code == HTTPStatus.OK
    as_(client, cast.stranger)
    assert "Maya Olsen" not in listing(client)
    assert "Maya Olsen" not in listing(client, q="Maya")
    assert client.get(here).status_code == HTTPStatus.NOT_FOUND
    client.logout()
    assert "login" in client.get("/customers/").headers["Location"]
    assert "login" in client.get(here).headers["Location"]


def test_a_time_zone_that_nobody_knows_says_so(client: Client, cast: Cast) -> None:
    complain(cast.customer)
    as_(client, cast.owner)
    for zone, words in (
        ("Mars/Base", "Mars/Base (unknown: they see our times)"),
        ("Asia/Tokyo", "<dd>Asia/Tokyo</dd>"),
    ):
        Customer.objects.filter(pk=cast.customer.pk).update(time_zone=zone)
        assert words in client.get(f"/customers/{cast.customer.pk}/").content.decode()


def test_who_never_complained_is_nobodys_business(client: Client, cast: Cast) -> None:
    quiet = make_customer("Lee Novak")
    as_(client, cast.owner)
    assert "Lee Novak" not in listing(client, q="Lee")
    assert client.get(f"/customers/{quiet.pk}/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("asked", ["maya", "Olsen", "OLS", "maya@exam", "+49 30 12"])
def test_they_are_found_by_the_beginning_of_a_name_or_an_address(client: Client, cast: Cast, asked: str) -> None:
    maya = make_customer("Maya Olsen", email="maya@example.com", phone="+49301234567")
    complain(maya)
    complain(make_customer("Lee Novak"), "Where is my parcel?!")
    seen = listing(as_(client, cast.owner), q=asked)
    assert "Maya Olsen" in seen
    assert "Lee Novak" not in seen


@pytest.mark.parametrize("asked", ["laya", "' OR 1=1 --", '"*', "%", "_", "NOT", "\x00", "(" * 50])
def test_what_finds_nobody_says_so(client: Client, cast: Cast, asked: str) -> None:
    complain(cast.customer)
    assert "Nobody was found" in listing(as_(client, cast.owner), q=asked)


def test_who_wrote_last_comes_first_and_each_but_once(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for n in range(ROWS + 5):
        complain(make_customer(f"N{n:03} Guest", email=f"n{n}@example.org"), "It is broken!")
    first = Customer.objects.get(name="N000 Guest")
    complain(first, "It is broken again!")
    as_(client, cast.owner)
    with django_assert_max_num_queries(13):
        seen = listing(client)
    assert seen.index("N000 Guest") < seen.index("N054 Guest") < seen.index("N053 Guest")
    assert seen.count("N000 Guest") == 1
    assert seen.count('<th scope="row">') == ROWS
    following = listing(client, before=seen.split("?before=")[1].split('"')[0])
    assert following.count('<th scope="row">') == 5
    assert "N000 Guest" not in following


def test_a_customer_with_what_they_bought_and_said(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    Customer.objects.filter(pk=cast.customer.pk).update(
        since=date(2018, 5, 2), spent=Decimal("2140.50"), orders_count=ORDERS + 2, currency="EUR", no_surveys=True
    )
    for n in range(ORDERS + 2):
        Order.objects.create(
            customer=cast.customer,
            external_id=f"K{n:02}",
            placed_at=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=n),
            amount=Decimal(n),
            currency="EUR",
            what=f"Cup {n:02}",
        )
    case = complain(cast.customer, "I have been a customer for seven years, and the pump is broken!", subject="My pump")
    do_log_spoken(cast.owner, case.pk, "I can hear how annoying this is.", at=clock.now())
    for done in (
        record.resolve(),
        record.call_back(CallResult.REACHED),
        record.outcomes(ProblemOutcome.FIXED, CustomerOutcome.DELIGHTED),
        record.close(),
    ):
        record.do_record(cast.owner, case.pk, done, at=clock.now(), reasons=dict.fromkeys(Gate, "Settled by phone."))
    here = f"/customers/{cast.customer.pk}/"
    seen = as_(client, cast.owner).get(here).content.decode()
    for words in (
        "7 years",
        "€2,140.50",
        "My pump",
        "Fixed; Delighted",
        "customer for seven years",
        "maya@example.org",
    ):
        assert words in seen
    assert "asked not to be sent surveys" in seen
    assert "Cup 21" in seen
    assert "Cup 01" not in seen
    older = client.get(here, {"orders": seen.split("?orders=")[1].split("#")[0]}).content.decode()
    assert "Cup 01" in older
    assert "Cup 02" not in older


def test_cases_of_another_team_stay_there(client: Client, cast: Cast) -> None:
    complain(cast.customer, subject="For us")
    theirs = complain(cast.customer, "The lid is broken, too!", subject="For the others")
    type(theirs).objects.filter(pk=theirs.pk).update(team=cast.other_team)
    seen = as_(client, cast.owner).get(f"/customers/{cast.customer.pk}/").content.decode()
    assert "For us" in seen
    assert "For the others" not in seen
    type(theirs).objects.filter(pk=theirs.pk).update(team=cast.team)


def test_numbers_that_are_none_are_left_alone(client: Client, cast: Cast) -> None:
    complain(cast.customer)
    as_(client, cast.owner)
    for wrong in ("x", "-1", "9" * 30, "²"):
        assert client.get("/customers/", {"before": wrong}).status_code == HTTPStatus.OK
        assert client.get(f"/customers/{cast.customer.pk}/", {"orders": wrong}).status_code == HTTPStatus.OK


def test_what_their_custom_is_worth_and_what_that_rests_on(client: Client, cast: Cast) -> None:
    complain(cast.customer)
    here, today = f"/customers/{cast.customer.pk}/", clock.now().date()
    seen = as_(client, cast.owner).get(here).content.decode()
    assert "What their custom is worth" in seen
    assert "Nothing says it yet. It takes orders in USD" in seen
    Customer.objects.filter(pk=cast.customer.pk).update(worth=Decimal("812.40"), alive=0.83, worth_on=today)
    do_warm([cast.customer.pk])
    counts = {"currency": "USD", "renewals": {"12": {"1": [90, 100]}}}
    WorthFit.objects.create(at=clock.now(), customers=1, rests_on="Fitted to all purchases.", parameters=counts)
    told = {"customer": cast.customer, "amount": 120, "currency": "USD", "months": 12}
    day = timedelta(days=1)
    Subscription.objects.create(external_id="s1", plan="<b>Tea</b>", started_on=today - 65 * day, **told)
    Subscription.objects.create(external_id="s2", started_on=today - 65 * day, ended_on=today - day, **told)
    Subscription.objects.create(external_id="s3", started_on=today - 65 * day, ended_on=today + day, **told)
    seen = client.get(here).content.decode()
    for words in ("$812.40", "83%", "Fitted to all purchases.", "&lt;b&gt;Tea&lt;/b&gt;", "$120", "for 12 months"):
        assert words in seen
    assert "with a chance of 90%" in seen
    assert "ended on" in seen
    assert "ends on" in seen
    assert as_(client, cast.stranger).get(here).status_code == HTTPStatus.NOT_FOUND
