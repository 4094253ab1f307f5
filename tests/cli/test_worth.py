"""`amends worth`: a file of orders in, models and one customer's worth out."""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from amends.actions import house
from amends.cli import main
from amends.store.models import Order
from amends.testing import make_customer
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dice = np.random.default_rng(1)
    lines = ["Customer;Date;Total"]
    for number in range(400):
        day = int(dice.integers(0, 90))
        rate, spend = dice.gamma(0.7, 25.0) + 5, dice.gamma(3, 2)
        while day < 700:
            date = np.datetime64("2024-01-01") + day
            lines.append(f"c{number};{date};{dice.gamma(6, spend) + 0.01:.2f}")
            if dice.random() < 0.15:
                break
            day += 1 + int(dice.exponential(rate))
    path = tmp_path_factory.mktemp("worth") / "orders.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["worth", *map(str, words)])


def test_json_has_what_programs_ask_for(orders: Path) -> None:
    told = json.loads(run("fit", "--until", "2025-01-01", "--unit", "weeks", "--format", "json", orders).stdout)
    assert set(told["bg_nbd"]) == {"r", "alpha", "a", "b", "log_likelihood"}
    assert set(told["gamma_gamma"]) == {"p", "q", "gamma", "log_likelihood"}
    assert told["customers"] == sum(row["customers"] for row in told["calibration"])
    expected = sum(row["customers"] * row["expected"] for row in told["calibration"])
    assert expected == pytest.approx(sum(row["customers"] * row["actual"] for row in told["calibration"]), rel=0.4)


def test_days_are_another_unit_of_the_same(orders: Path) -> None:
    weeks, days = (
        json.loads(run("fit", "--unit", unit, "--format", "json", orders).stdout) for unit in ("weeks", "days")
    )
    assert days["bg_nbd"]["alpha"] == pytest.approx(7 * weeks["bg_nbd"]["alpha"], rel=0.01)
    assert days["bg_nbd"]["r"] == pytest.approx(weeks["bg_nbd"]["r"], rel=0.01)
    assert weeks["calibration"] == []


def test_people_see_the_comparison_drawn(orders: Path) -> None:
    text = run("fit", "--until", "2025-01-01", orders).stdout
    assert "BG/NBD       r " in text
    assert "expected" in text
    assert "█" in text


def test_one_customer(orders: Path) -> None:
    text = run("show", "--orders", orders, "c7").stdout
    assert "still a customer" in text
    assert "Fitted to all purchases" in text
    unknown = run("show", "--orders", orders, "nobody")
    assert unknown.exit_code == 1
    assert "nobody bought nothing in" in unknown.stderr


@pytest.mark.django_db
def test_one_customer_of_the_desk(amends: Run) -> None:
    maya, currency = make_customer("Maya Olsen"), house.policy().currency
    make_customer("Omar Haddad")
    for number in range(4):
        at = datetime(2025, 1 + 2 * number, 3, tzinfo=UTC)
        Order.objects.create(customer=maya, external_id=f"o{number}", placed_at=at, amount=40, currency=currency)
    told = amends("worth", "show", "maya@example.org")
    assert told.exit_code == 0, told.output
    assert "came back            3 times" in told.output
    assert "A plain estimate" in told.output  # one customer is no shop
    assert f"has no orders in {currency}" in amends("worth", "show", "omar@example.org").output
    assert "Nobody is called nobody" in amends("worth", "show", "nobody").output


def test_lines_that_cannot_be_used_are_named_and_left_out(orders: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(
        orders.read_text("utf-8") + "\nc1;2999-01-01;5\nc2;yesterday;5\nc3;2024-03-01;a lot\n;2024-03-01;5\n", "utf-8"
    )
    result = run("fit", "--format", "json", path)
    assert json.loads(result.stdout)["left_out"] == 4
    for why in ("in the future", "is no date", "is no amount of money", "no customer"):
        assert why in result.stderr


@pytest.mark.parametrize("text", ["", "customer,date,amount\n", "a,b\n1,2\n"])
def test_a_file_without_purchases_says_what_is_needed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "none.csv"
    path.write_text(text, "utf-8")
    result = run("fit", path)
    assert result.exit_code == 1
    assert "Error:" in result.stderr
