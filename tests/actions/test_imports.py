"""Customers and orders are brought in: once, whole, and with what follows from them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.actions import customers
from amends.actions.csvlines import CustomerLine, OrderLine
from amends.actions.imports import Imported, do_import_customers, do_import_orders
from amends.actions.incoming import do_receive
from amends.formats.tables import Problem
from amends.store.models import Case, Customer, CustomerAddress, Order
from amends.testing import MONDAY, mail_from

pytestmark = pytest.mark.django_db

AGO = MONDAY - timedelta(days=400)


def maya(**told: object) -> CustomerLine:
    return CustomerLine(**{"line": 2, "id": "17", "name": "Maya Patel", "email": "maya@example.com"} | told)  # type: ignore[arg-type]  # a line in parts


def order(number: int, amount: str, *, at: datetime = AGO, of: str = "17", **told: object) -> OrderLine:
    return OrderLine(
        **{
            "line": number,
            "id": f"A-{number}",
            "customer": of,
            "email": "",
            "placed_at": at,
            "amount": Decimal(amount),
            "currency": "USD",
        }
        | told  # type: ignore[arg-type]  # a line in parts
    )


def bring(*lines: CustomerLine) -> Imported:
    return do_import_customers(lines, at=MONDAY)


def buy(*lines: OrderLine) -> Imported:
    return do_import_orders(lines, at=MONDAY)


def test_a_new_customer() -> None:
    result = bring(maya(phone="+441234567", since=date(2018, 3, 4), currency="GBP", zone="Europe/London"))
    assert (result.new, result.known, result.problems) == (1, 0, [])
    found = Customer.objects.get()
    assert (found.external_id, found.name, found.since, found.time_zone) == (
        "17",
        "Maya Patel",
        date(2018, 3, 4),
        "Europe/London",
    )
    assert (customers.email_of(found), customers.phone_of(found)) == ("maya@example.com", "+441234567")


def test_the_same_again_changes_nothing() -> None:
    bring(maya())
    before = list(Customer.objects.values())
    result = bring(maya())
    assert (result.new, result.known) == (0, 1)
    assert list(Customer.objects.values()) == before
    assert CustomerAddress.objects.count() == 1


def test_an_empty_cell_takes_nothing_away() -> None:
    bring(maya(since=date(2018, 3, 4), language="en-GB"))
    bring(maya(name="Maya Patel-Jones"))
    found = Customer.objects.get()
    assert (found.name, found.since, found.language) == ("Maya Patel-Jones", date(2018, 3, 4), "en-GB")


def test_who_wrote_before_is_recognised_by_the_address() -> None:
    do_receive(mail_from("Maya@example.com", "My kettle leaks!"), at=MONDAY)
    assert bring(maya()).known == 1
    assert Customer.objects.get().external_id == "17"


def test_an_address_stays_with_its_owner() -> None:
    bring(maya())
    result = bring(maya(line=3, id="18", name="Somebody else"), maya(line=4, id="19", email="tom@example.com"))
    assert result.problems == [Problem(3, "maya@example.com is the address of customer 17 already")]
    assert (result.new, Customer.objects.count()) == (1, 2)


def test_two_new_customers_of_one_file_with_one_address() -> None:
    result = bring(maya(), maya(line=3, id="18"))
    assert (result.new, [p.line for p in result.problems]) == (1, [3])


def test_a_customer_who_wrote_and_another_who_was_imported_are_not_made_one() -> None:
    bring(maya(email="old@example.com"))
    do_receive(mail_from("maya@example.com", "My kettle leaks!"), at=MONDAY)
    (problem,) = bring(maya()).problems
    assert problem.why == "maya@example.com is the address of a customer who wrote to us before already"


def test_a_family_shares_a_telephone() -> None:
    bring(maya(phone="+441234567"), maya(id="18", email="tom@example.com", phone="+441234567"))
    assert CustomerAddress.objects.filter(kind="phone").count() == 1
    assert Customer.objects.count() == 2


def test_of_one_id_twice_the_last_line_counts() -> None:
    bring(maya(name="Maya"), maya(name="Maya Patel"))
    assert Customer.objects.get().name == "Maya Patel"


def test_what_somebody_spent() -> None:
    bring(maya())
    result = buy(order(1, "100.10"), order(2, "50.20", at=AGO + timedelta(days=30)), order(3, "-20.05", at=MONDAY))
    assert (result.new, result.known) == (3, 0)
    found = Customer.objects.get()
    assert (found.spent, found.orders_count, found.currency) == (Decimal("130.25"), 2, "USD")
    assert (found.first_order_at, found.last_order_at) == (AGO, AGO + timedelta(days=30))


def test_orders_again_are_not_counted_again() -> None:
    bring(maya())
    buy(order(1, "100"))
    result = buy(order(1, "90"), order(1, "80"))
    assert (result.new, result.known) == (0, 1)
    assert (Customer.objects.get().spent, Order.objects.get().amount) == (Decimal(80), Decimal(80))


def test_an_order_that_moves_takes_its_sum_along() -> None:
    bring(maya(), maya(id="18", email="tom@example.com"))
    buy(order(1, "100"))
    buy(order(1, "100", of="18"))
    spent = dict(Customer.objects.values_list("external_id", "spent"))
    assert spent == {"17": 0, "18": 100}
    assert Customer.objects.get(external_id="17").first_order_at is None


@pytest.mark.parametrize(
    ("own", "paid", "currency", "spent"),
    [
        ("GBP", {"GBP": 1, "USD": 2, "EUR": 9}, "GBP", 1),
        ("", {"USD": 2, "EUR": 9}, "USD", 2),
        ("", {"EUR": 9, "CHF": 4}, "EUR", 9),
        ("JPY", {"EUR": 9}, "EUR", 9),
    ],
)
def test_the_sum_is_in_one_currency(own: str, paid: dict[str, int], currency: str, spent: int) -> None:
    bring(maya(currency=own))
    orders = [(name, number) for name, amount in paid.items() for number in range(2 if amount == 9 else 1)]
    buy(
        *(
            order(at, str(Decimal(paid[name]) / (2 if paid[name] == 9 else 1)), currency=name)
            for at, (name, _) in enumerate(orders)
        )
    )
    found = Customer.objects.get()
    assert (found.currency, found.spent, found.orders_count) == (currency, Decimal(spent), len(orders))


def test_an_order_of_nobody_is_named() -> None:
    result = buy(order(1, "10", of="99"))
    assert result.problems == [Problem(1, "nobody has the customer id '99'")]
    assert not Order.objects.exists()


def test_an_order_with_an_address_makes_its_customer() -> None:
    buy(order(1, "10", of="", email="new@example.com"), order(2, "10", of="", email="new@example.com"))
    buy(order(3, "10", of="55", email="tom@example.com"), order(4, "10", of="55", email="tom2@example.com"))
    counts = sorted(Customer.objects.values_list("external_id", "orders_count"), key=str)
    assert counts == [("55", 2), (None, 2)]


def test_an_open_case_grows_hotter_with_what_is_at_stake() -> None:
    bring(maya())
    do_receive(mail_from("maya@example.com", "My kettle leaks!"), at=MONDAY)
    before = Case.objects.get().heat
    buy(order(1, "4000"))
    assert Case.objects.get().heat > before


def test_many_lines_take_few_statements() -> None:
    bring(*(maya(id=str(n), email=f"c{n}@example.com") for n in range(300)))
    lines = [order(n, "10", of=str(n % 300)) for n in range(1000)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        buy(*lines)
    assert len(queries) < 60
    assert Customer.objects.filter(orders_count__gte=3).count() == 300
