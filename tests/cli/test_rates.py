"""`amends rates`: brought in from the ECB or from lines of one's own, shown, and watched by `amends check`."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from amends.actions import clock, house
from amends.actions.csvlines import CustomerLine, OrderLine
from amends.actions.imports import do_import_customers, do_import_orders
from amends.store.models import Customer
from amends.store.purchases import all_purchases
from amends.testing import MONDAY
from amends.transcript import Money
from tests.cli.conftest import Run

ECB = "Date,USD,JPY,GBP,\n2026-02-27,1.10,165,0.85,\n2026-02-26,1.08,N/A,0.84,\n"


pytestmark = pytest.mark.django_db


@pytest.fixture
def ecb(tmp_path: Path) -> Path:
    path = tmp_path / "eurofxref-hist.csv"
    path.write_text(ECB)
    return path


def test_rates_of_the_ecb_count_at_once_and_twice_the_same_changes_nothing(amends: Run, data: Path, ecb: Path) -> None:
    first = amends("rates", "import", ecb)
    assert "5 rates new, 0 known, 0 lines left out" in first.output
    again = amends("rates", "import", ecb, "--since", "2026-02-27")
    assert "0 rates new, 3 known, 0 lines left out" in again.output
    assert (data / "rates.csv").stat().st_mode & 0o077 == 0
    assert house.policy().in_house(Money.of("10", "EUR"), MONDAY) == Decimal("11.000")
    shown = amends("rates", "show", "--on", "2026-03-01").output.splitlines()
    assert shown[0] == "EUR  1.10 USD, since 2026-02-27, until 2026-03-09"
    assert "EUR  no rate on 2026-04-01" in amends("rates", "show", "--on", "2026-04-01").output


def test_without_rates_it_says_so(amends: Run) -> None:
    assert "There are no rates; all amounts count that are in USD." in amends("rates", "show").output


def test_lines_that_are_none_are_named_and_the_rest_brought_in(amends: Run, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("date,currency,rate\n2026-02-27,EUR,1.1\n2026-02-27,EUR,free\n2026-02-27,ABC,1\n")
    said = amends("rates", "import", file)
    assert said.exit_code == 1
    assert f"{file}:3: 'free' is no rate" in said.output
    assert f"{file}:4: 'ABC' is not a currency" in said.output
    assert "1 rates new, 0 known, 2 lines left out" in said.output


def test_another_file_is_refused_and_what_is_there_is_kept(amends: Run, data: Path, tmp_path: Path, ecb: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name,age\nMaya,7\n")
    said = amends("rates", "import", other)
    assert said.exit_code == 1
    assert "neither a file of the ECB" in said.output
    (data / "rates.csv").write_text("date,currency,rate\n2026-02-27,EUR,typed by hand\n")
    said = amends("rates", "import", ecb)
    assert said.exit_code == 1
    assert "rates.csv:2: 'typed by hand' is no rate" in said.output
    assert "typed by hand" in (data / "rates.csv").read_text()


def test_a_slip_in_the_rates_stops_nobody_and_the_check_names_its_line(amends: Run, data: Path) -> None:
    path = data / "rates.csv"

    def put(text: str, changed: int) -> None:
        path.write_text(text)
        os.utime(path, (changed, changed))

    euro = Money.of("10", "EUR")
    put("date,currency,rate\nnever,EUR,1.1\n", 1)
    assert house.policy().in_house(euro, MONDAY) is None  # nothing good was there yet: somebody looks at each amount
    put("date,currency,rate\n2026-03-01,EUR,1.2\n", 2)
    assert house.policy().in_house(euro, MONDAY) == 12
    put("date,currency,rate\n2026-03-01,EUR,1.2\n2026-03-01,EUR,-1\n", 3)
    assert house.policy().in_house(euro, MONDAY) == 12
    said = amends("check").output
    assert "rates.csv:3: '-1' is no rate" in said


def test_rates_that_are_no_text_are_told_of_in_plain_words(amends: Run, data: Path) -> None:
    (data / "rates.csv").write_bytes(b"date,currency,rate\n2026-03-02,EUR,\xff\n")
    told = amends("check").output
    assert "not all of it is text; save it as CSV in UTF-8" in told
    assert "codec" not in told


def test_rates_from_before_the_house_changed_its_currency_do_not_count(amends: Run, data: Path, ecb: Path) -> None:
    amends("rates", "import", ecb)
    (data / "policy.toml").write_text('currency = "GBP"\n')
    assert house.policy().in_house(Money.of("10", "EUR"), MONDAY) is None
    assert "Rates in USD do not count: the house's currency is GBP" in amends("check").output


def test_a_rate_written_into_the_policy_comes_before_one_of_the_same_day(data: Path) -> None:
    (data / "rates.csv").write_text("date,currency,rate\n2026-03-01,EUR,1.2\n")
    (data / "policy.toml").write_text('[rates]\nEUR = [{since = 2026-03-01, rate = "1.5"}]\n')
    assert house.policy().in_house(Money.of("10", "EUR"), MONDAY) == 15


def test_what_a_customer_spent_follows_the_rates(amends: Run, ecb: Path) -> None:
    do_import_customers([CustomerLine(1, "17")], at=MONDAY)
    day = clock.now().replace(year=2026, month=2, day=28)
    paid = {"a": ("10", "EUR"), "b": ("100", "USD"), "c": ("-5", "EUR")}
    do_import_orders(
        [
            OrderLine(line, name, "17", "", day, Decimal(amount), currency)
            for line, (name, (amount, currency)) in enumerate(paid.items(), 1)
        ],
        at=MONDAY,
    )
    assert (Customer.objects.get().spent, Customer.objects.get().currency) == (Decimal(100), "USD")
    assert len(all_purchases(house.policy()).purchases.amounts) == 1
    said = amends("rates", "import", ecb)
    assert "What 1 customers spent in other currencies was worked out anew" in said.output
    assert (Customer.objects.get().spent, Customer.objects.get().currency) == (Decimal("105.50"), "USD")
    assert sorted(all_purchases(house.policy()).purchases.amounts) == pytest.approx([-5.5, 11, 100])
