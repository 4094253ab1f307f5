"""Lines of purchases for the models of worth: whose, when, for how much. Nothing is stored, so they need no id."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from amends.formats.tables import House, Problem, amount_of, moment_of, read_table

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer", "customer id", "customer number", "cust", "email", "customer email", "id"),
    "day": ("date", "placed at", "order date", "ordered at", "created at", "placed", "created", "day"),
    "amount": ("amount", "total", "total price", "price", "sum", "value", "spend"),
}


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a customer bought on a day, or with a negative amount gave back."""

    customer: str
    day: date
    amount: Decimal


def purchases(lines: Iterable[str], house: House) -> Iterator[Purchase | Problem]:
    """Yield the purchases of a file with a header, and the lines that are none; raise `BadFile` for no such file."""
    yield from read_table(lines, _HEADERS, lambda _line, row: _purchase(row, house))


def _purchase(row: dict[str, str], house: House) -> Purchase:
    if not row.get("customer"):
        raise ValueError("no customer")
    placed = moment_of(row.get("day", ""), house)
    if placed > house.now:
        raise ValueError(f"the order was placed in the future ({row['day']})")
    return Purchase(row["customer"], placed.date(), amount_of(row.get("amount", "")))
