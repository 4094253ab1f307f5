"""What other programs export is read, or named as what it is."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.actions.csvlines import CustomerLine, OrderLine, customers, kind_of, orders
from amends.formats.tables import BadFile, House, Problem, amount_of

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
HOUSE = House(currency="EUR", zone="Europe/Berlin", now=NOW)


def order(**cells: str) -> OrderLine | Problem:
    row = {"id": "A-1", "customer": "17", "date": "2026-03-30", "amount": "12.50", "currency": "", "what": ""} | cells
    header = {"id": "order id", "customer": "customer id"}
    lines = [";".join(header.get(name, name) for name in row), ";".join(row.values())]
    return next(orders(lines, HOUSE))


def customer(**cells: str) -> CustomerLine | Problem:
    row = {"id": "17", "name": "Maya"} | cells
    return next(customers(["\t".join(row), "\t".join(row.values())], HOUSE))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12", "12.00"),
        ("12.5", "12.50"),
        ("12,50", "12.50"),
        ("1,234", "1234.00"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1.234.567", "1234567.00"),
        ("1 234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("€ 12,50", "12.50"),
        ("£649", "649.00"),
        ("12.50 USD", "12.50"),
        ("12.5000", "12.50"),
        ("0", "0.00"),
        ("-12.50", "-12.50"),
        ("\N{MINUS SIGN}12,50", "-12.50"),
        ("(12.50)", "-12.50"),
    ],
)
def test_an_amount(text: str, amount: str) -> None:
    assert amount_of(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no amount"),
        ("free", "no amount of money"),
        ("NaN", "no amount of money"),
        ("Infinity", "no amount of money"),
        ("12.345.67", "no amount of money"),
        ("12.3456", "write two at most"),
        ("1.234", "thousands or a fraction"),
        ("9999999999999", "anybody paid"),
        ("0.125", "write two at most"),
        ("0,125", "write two at most"),
        ("1,23,456", "no amount of money"),
        ("\u0661\u0662", "no amount of money"),
        ("1e3", "no amount of money"),
        ("--12", "no amount of money"),
    ],
)
def test_what_is_no_amount(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        amount_of(text)


@given(st.decimals(min_value=-999_999, max_value=999_999, places=2))
def test_every_amount_comes_back(amount: Decimal) -> None:
    assert amount_of(f"{amount:,.2f}") == amount
    assert amount_of(f"{amount:.2f}") == amount
    assert amount_of(f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))) == amount


@given(st.text(max_size=40))
def test_nothing_that_anybody_writes_breaks_it(text: str) -> None:
    for cell in ("amount", "date", "currency", "id"):
        assert isinstance(
            order(**{cell: text.replace('"', "").replace("\n", " ").replace("\r", " ")}), OrderLine | Problem
        )


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("2026-03-30", "2026-03-30T10:00"),  # noon in Berlin, where it is summer already
        ("2026-01-30", "2026-01-30T11:00"),
        ("2026-03-30 14:05", "2026-03-30T12:05"),
        ("2026-03-30T14:05:00Z", "2026-03-30T14:05"),
        ("2026-03-30 14:05:00 UTC", "2026-03-30T14:05"),
        ("2026-03-30 14:05:00 +0200", "2026-03-30T12:05"),
        ("2026-03-30T14:05+05:30", "2026-03-30T08:35"),
        ("2026/03/30", "2026-03-30T10:00"),
        ("30.03.2026", "2026-03-30T10:00"),
        ("30.3.2026 14:05", "2026-03-30T12:05"),
    ],
)
def test_a_date(text: str, placed: str) -> None:
    line = order(date=text)
    assert isinstance(line, OrderLine), line
    assert line.placed_at == datetime.fromisoformat(placed).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"id": ""}, "no order id"),
        ({"id": "9" * 121}, "more than 120 characters"),
        ({"customer": ""}, "whose order this is"),
        ({"date": ""}, "no date"),
        ({"date": "03/04/2026"}, "no date that can be read for certain"),
        ({"date": "2026-02-30"}, "no date that can be read for certain"),
        ({"date": "1066-10-14"}, "too long ago"),
        ({"date": "2026-04-02"}, "in the future"),
        ({"amount": "much"}, "no amount of money"),
        ({"currency": "bucks"}, "is not a currency"),
    ],
)
def test_an_order_that_is_left_out(cells: dict[str, str], why: str) -> None:
    found = order(**cells)
    assert isinstance(found, Problem)
    assert found.line == 2
    assert why in found.why


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"id": ""}, "nobody would find this customer again"),
        ({"email": "maya"}, "no e-mail address"),
        ({"since": "2027-01-01"}, "a day to come"),
        ({"since": "long ago"}, "no date"),
        ({"currency": "€"}, "is not a currency"),
    ],
)
def test_a_customer_who_is_left_out(cells: dict[str, str], why: str) -> None:
    found = customer(**cells)
    assert isinstance(found, Problem)
    assert why in found.why


def test_a_customer_by_any_names_of_the_columns() -> None:
    header = "Customer ID,First Name,Last Name,E-Mail Address,Telephone,Created At,Time Zone,Locale,Currency,Shoe size"
    row = "17,Maya, Patel ,Maya@Example.com,+44 20 7946 0101,2018-03-04,Europe/London,en-GB,gbp,39"
    assert list(customers([header, row], HOUSE)) == [
        CustomerLine(
            line=2,
            id="17",
            name="Maya Patel",
            email="maya@example.com",
            phone="+442079460101",
            since=date(2018, 3, 4),
            currency="GBP",
            language="en-GB",
            zone="Europe/London",
        )
    ]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "Europe"])
def test_a_time_zone_that_nobody_knows_costs_nobody_their_customer(zone: str) -> None:
    found = customer(**{"time zone": zone})
    assert isinstance(found, CustomerLine)
    assert found.zone == zone


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    lines = ["id,name\r\n", '1,"two\r\n', 'lines"\r\n', "\r\n", ",nobody\r\n"]
    assert [found.line for found in customers(lines, HOUSE)] == [3, 5]


def test_a_cell_that_is_far_too_long_ends_the_file() -> None:
    found = list(customers(["id,name", "1,Maya", f"2,{'x' * 200_000}", "3,Tom"], HOUSE))
    assert [type(one).__name__ for one in found] == ["CustomerLine", "Problem"]


def test_a_byte_order_mark_and_short_rows_do_no_harm() -> None:
    found = list(customers(["\ufeffid,name,email", "1,Maya"], HOUSE))
    assert found == [CustomerLine(line=2, id="1", name="Maya")]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("id,name,email", "customers"),
        ("email", "customers"),
        ("Customer number;Name", "customers"),
        ("Order ID,Customer ID,Date,Total", "orders"),
        ("Name,Email,Created at,Total,Currency", "orders"),
        ("number\tcustomer\tdate\tamount", "orders"),
    ],
)
def test_which_file_is_which(header: str, kind: str) -> None:
    assert kind_of([header]) == kind


@pytest.mark.parametrize("lines", [[], ["\n"], ["planet,moons"], ["\x00\x01\x02"]])
def test_a_file_that_is_neither(lines: list[str]) -> None:
    with pytest.raises(BadFile):
        kind_of(lines)
