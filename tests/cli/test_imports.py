"""Files of customers and orders are brought in; what cannot be is named with its place."""

from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from amends.cli import progress
from amends.store.models import Customer, Order
from tests.cli.conftest import Run

pytestmark = pytest.mark.django_db

CUSTOMERS = "id,name,email\n17,Maya Patel,maya@example.com\n18,Tom Ashworth,tom@example.com\n"
ORDERS = "order id;customer id;date;total;currency\nA-1;17;2024-05-01;64,00;EUR\nA-2;18;01.06.2024;1.249,00;EUR\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    one, two = tmp_path / "c.csv", tmp_path / "o.csv"
    one.write_text(CUSTOMERS)
    two.write_text(ORDERS)
    return one, two


def test_files_in_any_order(amends: Run, files: tuple[Path, Path]) -> None:
    result = amends("import", *reversed(files))
    assert result.exit_code == 0, result.output
    assert "customers: 2 new, 0 known, 0 left out." in result.output
    assert "orders: 2 new, 0 known, 0 left out." in result.output
    assert sorted(Customer.objects.values_list("name", "spent")) == [
        ("Maya Patel", Decimal(64)),
        ("Tom Ashworth", Decimal(1249)),
    ]


def test_twice_is_once(amends: Run, files: tuple[Path, Path]) -> None:
    amends("import", *files)
    assert "orders: 0 new, 2 known" in amends("import", *files).output
    assert (Customer.objects.count(), Order.objects.count()) == (2, 2)


def test_bad_lines_are_named_and_the_others_brought_in(amends: Run, files: tuple[Path, Path]) -> None:
    _, orders = files
    orders.write_text(f"{ORDERS}A-3;17;yesterday;5;EUR\nA-4;99;2024-06-01;5;EUR\nA-5;17;2024-06-02;5,00;EUR\n")
    result = amends("import", *files)
    assert result.exit_code == 1
    assert f"{orders}:4: 'yesterday' is no date" in result.output
    assert f"{orders}:5: nobody has the customer id '99'" in result.output
    assert "orders: 3 new, 0 known, 2 left out." in result.output


def test_a_flood_of_bad_lines_is_cut_short(amends: Run, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("id,customer id,date,amount\n" + "A,1,soon,1\n" * 80)
    result = amends("import", path)
    assert result.output.count("no date that can be read") == 50
    assert "… and 30 more like these." in result.output


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("id,name\n1,José\n".encode(), "José"),
        ("id,name\n1,José\n".encode("utf-8-sig"), "José"),
        ("id,name\n1,José €\n".encode("cp1252"), "José €"),
    ],
)
def test_old_programs_write_in_their_own_way(amends: Run, tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(content)
    assert amends("import", path).exit_code == 0
    assert Customer.objects.get().name == name


def test_a_file_that_is_neither_says_what_is_wanted(amends: Run, tmp_path: Path) -> None:
    path = tmp_path / "planets.csv"
    path.write_text("planet,moons\nMars,2\n")
    result = amends("import", path)
    assert result.exit_code == 1
    assert "neither customers (id, name, email) nor orders" in result.output


def test_bytes_of_no_meaning_break_nothing(amends: Run, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(b"id,name,email\n" + b"".join(sha256(bytes([n])).digest() for n in range(250)) * 2)
    assert amends("import", path).exit_code in {0, 1}


def test_what_takes_long_shows_how_far_it_is(
    amends: Run, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr("amends.actions.imports.BATCH", 1)
    result = amends("import", *files)
    assert result.exit_code == 0
    assert "c.csv" in result.stderr


def test_without_a_desk_it_says_how_to_make_one(amends: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    result = amends("import", "--data", tmp_path / "none", *files)
    assert f"amends up --data {tmp_path / 'none'}" in result.output
