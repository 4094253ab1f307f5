"""What is at stake, loyalty and goodwill on the pages of the staff; and that no customer ever sees them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.test import Client

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from amends.store.models import Case, Customer, Order
from amends.testing import MONDAY, Cast
from tests.desk.casework import EVERY_GATE, answer, as_, say, seen
from tests.desk.own import address, complain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


def bought(customer: Customer, count: int, *, what: str = "Gooseneck kettle", first: datetime | None = None) -> None:
    start = first or datetime(2018, 5, 2, 9, tzinfo=UTC)
    for number in range(count):
        at = start + timedelta(days=30 * number)
        Order.objects.create(
            customer=customer,
            external_id=f"K{customer.pk}-{number}",
            placed_at=at,
            amount=Decimal(100),
            currency="USD",
            what=what,
        )
    Customer.objects.filter(pk=customer.pk).update(
        orders_count=count, spent=Decimal(100) * count, currency="USD", first_order_at=start
    )


def settle(cast: Cast, case: Case) -> None:
    for done in (
        handling.resolve(),
        handling.call_back(CallResult.REACHED),
        handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.DELIGHTED),
        handling.close(),
    ):
        handling.do_record(cast.owner, case.pk, done, at=clock.now(), reasons=EVERY_GATE)


def panel(page: str, name: str) -> str:
    return " ".join(page.split(f'id="{name}"')[1].split("</section>", maxsplit=1)[0].split())


def test_the_team_sees_what_is_at_stake_and_strangers_do_not(client: Client, cast: Cast) -> None:
    bought(cast.customer, 10)
    case = complain(cast.customer)
    for who in (cast.owner, cast.teammate, cast.lead):
        page = panel(seen(as_(client, who), f"/cases/{case.pk}/"), "stake")
        for words in ("$1,000", "spent so far", "32 %", "$320", "9 to 15 people", "an estimate", "PwC", "White House"):
            assert words in page, words
    for place in (f"/cases/{case.pk}/", f"/customers/{cast.customer.pk}/"):
        assert as_(client, cast.stranger).get(place).status_code == HTTPStatus.NOT_FOUND


def test_no_customer_reads_any_of_it(client: Client, cast: Cast) -> None:
    bought(cast.customer, 10)
    page = seen(client, address(complain(cast.customer)))
    for words in ("at stake", "May leave", "Goodwill", "$1,000", "$320", "Worth to us", "loyalty"):
        assert words not in page


def test_what_is_foretold_comes_before_what_was_spent(client: Client, cast: Cast) -> None:
    bought(cast.customer, 10)
    Customer.objects.filter(pk=cast.customer.pk).update(worth=Decimal(250), worth_on=date(2026, 3, 1))
    page = panel(seen(as_(client, cast.owner), f"/cases/{complain(cast.customer).pk}/"), "stake")
    assert "$250" in page
    assert "expected of them" in page
    assert "1 March 2026" in page
    assert "$80" in page


def test_a_second_failure_weighs_more_and_says_so(client: Client, cast: Cast) -> None:
    bought(cast.customer, 10)
    complain(cast.customer, subject="The lid")
    page = panel(seen(as_(client, cast.owner), f"/cases/{complain(cast.customer).pk}/"), "stake")
    assert "59 %" in page
    assert "after another failure" in page


def test_who_never_bought_breaks_nothing_and_is_told_so(client: Client, cast: Cast) -> None:
    page = seen(as_(client, cast.owner), f"/cases/{complain(cast.customer).pk}/")
    assert "no order is known" in panel(page, "stake")
    assert "Thank them for it" not in panel(page, "loyalty")
    assert "−12: the bad outweighs the good." in panel(page, "loyalty")


def test_spent_in_a_currency_without_a_rate_says_so(client: Client, cast: Cast) -> None:
    Customer.objects.filter(pk=cast.customer.pk).update(spent=Decimal(900), orders_count=3, currency="SEK")
    page = panel(seen(as_(client, cast.owner), f"/cases/{complain(cast.customer).pk}/"), "stake")
    assert "There is no rate for SEK" in page


def test_loyalty_in_one_glance_and_a_sentence_to_thank_them(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    bought(cast.customer, 8, what="Kettle <b>No. 1</b>")
    bought(Customer.objects.create(name="Lee", created_at=MONDAY), 1)
    first = complain(cast.customer, subject="The lid")
    say(cast.owner, first, "I can hear how annoying this is. It is fixed now.", reasons=EVERY_GATE)
    answer(cast, first, "Thank you so much, Jonas, you were wonderful!")
    stopped_clock.pass_time(by=timedelta(days=9))
    settle(cast, first)
    stopped_clock.pass_time(by=timedelta(days=200))
    case = complain(cast.customer)
    page = panel(seen(as_(client, cast.owner), f"/cases/{case.pk}/"), "loyalty")
    assert "1 complaint before" in page
    assert "a customer for 8 years" in page
    assert "nine days of patience" in page
    assert "you were wonderful" in page
    assert "your first order in May 2018" in page
    assert "<b>No. 1</b>" not in page
    sentence = page.split('data-insert="')[1].split('"')[0]
    plain = client.post(f"/cases/{case.pk}/draft/", {"insert": sentence, "text": "Dear Maya,", "seen": "0"})
    assert sentence in plain.content.decode()


def test_goodwill_on_the_customers_page(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    bought(cast.customer, 20)
    case = complain(cast.customer)
    here = f"/customers/{cast.customer.pk}/"
    page = panel(seen(as_(client, cast.owner), here), "goodwill")
    assert "+7: the good outweighs the bad." in page  # the last order is what the complaint is about
    assert "19 orders that went well · 1 complaint" in page
    assert "Chris Rice" in page
    stopped_clock.pass_time(by=timedelta(days=3))
    settle(cast, case)
    page = panel(seen(client, here), "goodwill")
    assert "+18: the good outweighs the bad." in page
    assert "A complaint, put right" in page


def test_what_it_takes_to_be_even(client: Client, cast: Cast) -> None:
    bought(cast.customer, 5)
    complain(cast.customer)
    page = panel(seen(as_(client, cast.owner), f"/customers/{cast.customer.pk}/"), "goodwill")
    assert "−8: the bad outweighs the good." in page
    assert "8 good contacts make it even. So does putting right what is unresolved." in page


def test_cases_of_another_team_stay_out_of_it(client: Client, cast: Cast) -> None:
    theirs = complain(cast.customer, "The lid is broken, too!", subject="For the others")
    Case.objects.filter(pk=theirs.pk).update(team=cast.other_team)
    page = seen(as_(client, cast.owner), f"/cases/{complain(cast.customer).pk}/")
    assert "no other complaint on record" in panel(page, "loyalty")
    Case.objects.filter(pk=theirs.pk).update(team=cast.team)
