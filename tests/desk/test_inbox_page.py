"""The inbox: who sees which cases, in which order, and what is found."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.insight.inbox import ROWS
from amends.store.models import Case, Customer
from amends.testing import Cast, make_customer
from tests.desk.casework import EVERY_GATE, as_, promised, seen
from tests.desk.own import CALM, complain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def rows(page: str) -> int:
    return page.count('class="case ')


def test_the_team_sees_its_cases_and_strangers_do_not(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    for who in (cast.owner, cast.teammate, cast.lead, cast.admin):
        assert f'href="/cases/{case.pk}/"' in seen(as_(client, who), "/inbox/")
    as_(client, cast.stranger)
    for asked in ({}, {"q": "Maya"}, {"q": str(case.pk)}, {"q": "machine"}, {"calls": "unheard"}):
        assert "Maya Olsen" not in seen(client, "/inbox/", **asked)
    client.logout()
    assert "login" in client.get("/inbox/").headers["Location"]


def test_the_hottest_comes_first(client: Client, cast: Cast) -> None:
    complain(make_customer("Calm Carla"), "Hello, the cup has a small chip. Could you have a look?")
    complain(make_customer("Angry Anton"))
    page = seen(as_(client, cast.owner), "/inbox/")
    assert page.index("Angry Anton") < page.index("Calm Carla")


def test_the_sum_in_a_row_is_called_what_it_is(client: Client, cast: Cast) -> None:
    Customer.objects.filter(pk=cast.customer.pk).update(spent=1000, worth=300)
    complain(Customer.objects.get(pk=cast.customer.pk))
    page = seen(as_(client, cast.owner), "/inbox/")
    assert "Spent so far: </span>$1,000" in page
    assert "At stake:" not in page


def test_every_case_is_on_one_page_and_on_one_alone(client: Client, cast: Cast, django_assert_num_queries: Any) -> None:
    for n in range(ROWS + 7):
        complain(make_customer(f"Guest {n:03}", email=f"g{n}@example.org"))
    seen(as_(client, cast.owner), "/inbox/")  # the first visit moves the session on
    with django_assert_num_queries(6):  # session, user, tallies, the bell, the outbox, and one for all rows
        first = seen(client, "/inbox/")
    assert rows(first) == ROWS
    second = seen(client, first.split('href="/inbox/?after=')[1].split('"')[0].join(["/inbox/?after=", ""]))
    assert rows(second) == 7
    both = first + second
    assert all(both.count(f"Guest {n:03}<") == 1 for n in range(ROWS + 7))
    assert "Back to the first" in second


def test_tabs_hold_their_cases_and_say_how_many(client: Client, cast: Cast) -> None:
    complain(make_customer("Lee Novak"))
    done = complain(cast.customer)
    handling.do_record(cast.owner, done.pk, handling.resolve(), at=clock.now(), reasons=EVERY_GATE)
    page = seen(as_(client, cast.owner), "/inbox/")
    assert "Lee Novak" in page
    assert "Maya Olsen" not in page
    assert 'Resolved <span class="count">1</span>' in page
    assert "Maya Olsen" in seen(client, "/inbox/?status=resolved")
    assert "Nothing here yet" in seen(client, "/inbox/?status=closed")


def test_mine_are_mine(client: Client, cast: Cast) -> None:
    mine = complain(cast.customer)
    complain(make_customer("Lee Novak"))
    handling.do_record(cast.owner, mine.pk, handling.assign(cast.owner.id), at=clock.now())
    page = seen(as_(client, cast.owner), "/inbox/?whose=mine")
    assert "Maya Olsen" in page
    assert "Lee Novak" not in page
    assert "No case is yours here" in seen(as_(client, cast.teammate), "/inbox/?whose=mine")


@pytest.mark.parametrize(
    "asked", ["{number}", "#{number}", "maya", "Olsen may", "maya@exam", "+49 30 12", "grind", "GRINDER"]
)
def test_a_case_is_found_by_what_people_remember(client: Client, cast: Cast, asked: str) -> None:
    maya = make_customer("Maya Olsen", email="maya@example.com", phone="+49301234567")
    case = complain(maya, subject="The grinder, again")
    complain(make_customer("Lee Novak"), subject="My cup")
    page = seen(as_(client, cast.owner), "/inbox/", q=asked.format(number=case.pk))
    assert "Maya Olsen" in page
    assert "Lee Novak" not in page


@pytest.mark.parametrize("asked", ["zebra", "' OR 1=1 --", '"*', "NEAR(a b)", "9" * 30, "\x00", "(" * 50, "%", "-"])
def test_what_is_not_there_is_not_found(client: Client, cast: Cast, asked: str) -> None:
    complain(cast.customer)
    assert "Nothing was found" in seen(as_(client, cast.owner), "/inbox/", q=asked)


@pytest.mark.parametrize(
    "asked",
    [{"after": "x"}, {"after": "nan,1"}, {"after": "inf,99999999999999999999"}, {"status": "?"}, {"calls": "%"}],
)
def test_an_address_with_a_slip_in_it_is_the_inbox_all_the_same(
    client: Client, cast: Cast, asked: dict[str, str]
) -> None:
    complain(cast.customer)
    assert "<h1>Inbox</h1>" in seen(as_(client, cast.owner), "/inbox/", **asked)


def test_a_row_shows_when_a_promise_is_due_not_when_we_are_reminded(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case, promise = promised(cast)
    client = as_(client, cast.owner)
    client.post(f"/cases/{case.pk}/promises/{promise}/confirm/", {"owner": cast.owner.id, "due": "2026-03-02T18:00"})
    handling.do_record(cast.owner, case.pk, handling.left_to_us("You decide."), at=clock.now())
    Case.objects.filter(pk=case.pk).update(next_due_kind="promise_soon", next_due_at=clock.now() + timedelta(hours=4))
    page = seen(client, "/inbox/")
    assert ">in 8 hours</time>" in page
    assert CALM not in page


@pytest.mark.parametrize(
    "url",
    [
        "/inbox/?q=a&before=" + "9" * 5000,
        "/inbox/?q=a&before=" + "9" * 19,
        "/inbox/?after=1,99999999999999999999",
        "/inbox/?after=nan,1",
        "/inbox/?after=inf,1",
        "/customers/?before=" + "9" * 5000,
    ],
)
def test_a_place_that_is_none_is_the_beginning(client: Client, cast: Cast, url: str) -> None:
    complain(cast.customer)
    assert as_(client, cast.owner).get(url).status_code == 200


@pytest.mark.parametrize("url", ["/cases/{}/", "/customers/{}/", "/attachments/{}/"])
def test_numbers_beyond_all_rows_find_nothing(client: Client, cast: Cast, url: str) -> None:
    for who in (cast.owner, cast.admin):
        assert as_(client, who).get(url.format("9" * 25)).status_code == 404


@pytest.mark.parametrize("before", ["\0", "x\0y", "' or 1=1", "x" * 5000])
def test_words_before_a_message_that_is_none_are_the_newest(client: Client, cast: Cast, before: str) -> None:
    case = complain(cast.customer)
    assert "the pump is broken" in seen(as_(client, cast.owner), f"/cases/{case.pk}/", before=before)
