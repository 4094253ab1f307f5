"""Lines of customers and of orders, as other programs export them: headers of many names, values checked.

Nothing here touches the database.

>>> kind_of(["Order number;Customer number;Date;Total"])
'orders'
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from typing import TypeVar
from zoneinfo import ZoneInfo

from amends.actions.customers import clean_email, clean_phone
from amends.actions.texts import storable

Line = TypeVar("Line")

CUSTOMER_HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "customer id", "customer number", "customer", "external id", "number"),
    "name": ("name", "full name", "customer name"),
    "first": ("first name", "given name"),
    "last": ("last name", "family name", "surname"),
    "email": ("email", "e-mail address", "mail"),
    "phone": ("phone", "phone number", "telephone", "mobile"),
    "since": ("since", "customer since", "created at", "created", "joined"),
    "currency": ("currency",),
    "language": ("language", "locale"),
    "zone": ("time zone", "zone"),
}
ORDER_HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "order id", "order number", "order", "external id", "number", "name"),
    "customer": ("customer id", "customer number", "customer"),
    "email": ("email", "customer email", "e-mail address", "mail"),
    "placed": ("placed at", "date", "order date", "ordered at", "created at", "placed", "created"),
    "amount": ("amount", "total", "total price", "price", "sum", "value"),
    "currency": ("currency",),
    "what": ("what", "description", "items", "product", "products", "title", "lineitem name"),
}
_OLDEST = date(1900, 1, 1)
_AHEAD = timedelta(days=1)  # somewhere it is tomorrow already
_MOST = Decimal(10) ** 12
_LONGEST_ID = 120
_CENTS = 2
_AMOUNT = re.compile(
    r"(?P<minus>-?)(?P<whole>[1-9]\d{0,2}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*|\d+)(?:(?P<point>[.,])(?P<cents>\d+))?",
    re.ASCII,
)


class BadFile(ValueError):
    """The file as a whole cannot be used; the message says what would help."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was left out, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """A customer. `id` is the one of the other program; empty: known by the e-mail address. Empty: not told."""

    line: int
    id: str
    name: str = ""
    email: str = ""
    phone: str = ""
    since: date | None = None
    currency: str = ""
    language: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order, or with a negative amount a return. Its customer is named by id or by e-mail address."""

    line: int
    id: str
    customer: str
    email: str
    placed_at: datetime
    amount: Decimal
    currency: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """What a line leaves open: the currency, the zone that times without one are in, and the time now."""

    currency: str
    zone: str
    now: datetime


def kind_of(lines: Iterable[str]) -> str:
    """Return "orders" or "customers", by the header. Raises `BadFile` for neither."""
    header, _rows = _table(lines)
    if _columns(header, ORDER_HEADERS).keys() >= {"id", "placed", "amount"}:
        return "orders"
    found = _columns(header, CUSTOMER_HEADERS).keys()
    if "email" in found or found >= {"id", "name"}:
        return "customers"
    raise BadFile(
        f"These columns are neither customers (id, name, email) nor orders (id, customer, date, amount): "
        f"{', '.join(header)[:200]}."
    )


def customers(lines: Iterable[str], house: House) -> Iterator[CustomerLine | Problem]:
    """Yield the customers of a file with a header, and the lines that are none."""
    yield from _read(lines, CUSTOMER_HEADERS, lambda line, row: _customer(line, row, house))


def orders(lines: Iterable[str], house: House) -> Iterator[OrderLine | Problem]:
    """Yield the orders of a file with a header, and the lines that are none."""
    yield from _read(lines, ORDER_HEADERS, lambda line, row: _order(line, row, house))


def _read(
    lines: Iterable[str], headers: Mapping[str, tuple[str, ...]], make: Callable[[int, dict[str, str]], Line]
) -> Iterator[Line | Problem]:
    header, rows = _table(lines)
    columns = _columns(header, headers)
    while True:
        try:
            line, row = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            yield Problem(0, f"cannot be read: {wrong}")
            return
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: storable(row[at]).strip() for name, at in columns.items() if at < len(row)}
        try:
            yield make(line, cells)
        except ValueError as wrong:
            yield Problem(line, str(wrong))


def _table(lines: Iterable[str]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the header, and the rows with the line that each ends on. Commas, semicolons or tabs are told apart."""
    source = iter(lines)
    first = next(source, "").removeprefix("\ufeff")
    if not first.strip():
        raise BadFile("There is nothing in it.")
    mark = max(",;\t", key=first.count)
    reader = csv.reader(chain([first], source), delimiter=mark)
    header = next(reader)
    return header, ((reader.line_num, row) for row in reader)


def _columns(header: list[str], wanted: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return at which place each wanted column stands; of several names that fit, the first in our list."""
    known = {_plain(name): at for at, name in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for column, names in wanted.items():
        at = next((known[_plain(name)] for name in names if _plain(name) in known), None)
        if at is not None and at not in found.values():
            found[column] = at
    return found


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _customer(line: int, row: dict[str, str], house: House) -> CustomerLine:
    email = _email(row.get("email", ""))
    name = row.get("name", "") or " ".join(filter(None, (row.get("first", ""), row.get("last", ""))))
    if not row.get("id") and not email:
        raise ValueError("neither an id nor an e-mail address, so nobody would find this customer again")
    since = row.get("since", "")
    return CustomerLine(
        line=line,
        id=_id(row.get("id", "")),
        name=" ".join(name.split())[:200],
        email=email,
        phone=clean_phone(row.get("phone", "")),
        since=_day(since, house) if since else None,
        currency=_currency(row.get("currency", ""), "") if row.get("currency") else "",
        language=row.get("language", "")[:12],
        zone=_zone(row.get("zone", "")),
    )


def _order(line: int, row: dict[str, str], house: House) -> OrderLine:
    if not row.get("id"):
        raise ValueError("no order id, so importing it again would count it twice")
    email = _email(row.get("email", ""))
    if not row.get("customer") and not email:
        raise ValueError("neither a customer's id nor an e-mail address says whose order this is")
    placed = _moment(row.get("placed", ""), house)
    if placed > house.now + _AHEAD:
        raise ValueError(f"the order was placed in the future ({row['placed']})")
    return OrderLine(
        line=line,
        id=_id(row["id"]),
        customer=_id(row.get("customer", "")),
        email=email,
        placed_at=placed,
        amount=amount_of(row.get("amount", "")),
        currency=_currency(row.get("currency", ""), house.currency),
        what=" ".join(row.get("what", "").split())[:300],
    )


def amount_of(text: str) -> Decimal:
    """Return an amount of money. Raises `ValueError` for what is none, or can be read in two ways.

    >>> amount_of("1.234,50"), amount_of("-12"), amount_of("€ 1,234")
    (Decimal('1234.50'), Decimal('-12.00'), Decimal('1234.00'))
    """
    bare = re.sub(r"[\s'\u2019]|[A-Z]{3}|[$€£¥]", "", text.strip()).replace("\u2212", "-")
    if bare.startswith("(") and bare.endswith(")"):  # how bookkeepers write what was given back
        bare = f"-{bare[1:-1]}"
    found = _AMOUNT.fullmatch(bare)
    if found is None or (found["mark"] and found["mark"] == found["point"]):
        raise ValueError(f"{text!r} is no amount of money" if text else "no amount")
    if found["mark"] == "." and bare.count(".") == 1 and not found["point"]:
        raise ValueError(f"{text!r} may be thousands or a fraction; write 1234.00 or 1.23")
    whole, cents = found["whole"].replace(found["mark"] or ",", ""), (found["cents"] or "").rstrip("0")
    if len(cents) > _CENTS:
        raise ValueError(f"{text!r} has more than two decimals")
    amount = Decimal(f"{found['minus']}{whole}.{cents.ljust(_CENTS, '0')}")
    if abs(amount) >= _MOST:
        raise ValueError(f"{text!r} is no amount that anybody paid")
    return amount


def _moment(text: str, house: House) -> datetime:
    """Return a time in UTC; one without a zone is in the house's, a day without an hour at noon."""
    if not text:
        raise ValueError("no date")
    day_first = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)", text)
    iso = f"{day_first[3]}-{int(day_first[2]):02}-{int(day_first[1]):02}{day_first[4]}" if day_first else text
    iso = re.sub(r"^(\d{4})/(\d\d)/(\d\d)", r"\1-\2-\3", iso)
    iso = re.sub(r"(\d) (?:UTC|GMT|Z)$", r"\1+00:00", iso)
    iso = re.sub(r" ([+-]\d\d:?\d\d)$", r"\1", iso)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
            found = datetime.combine(date.fromisoformat(iso), time(12))
        else:
            found = datetime.fromisoformat(iso)
    except ValueError:
        raise ValueError(f"{text!r} is no date that can be read for certain; write it as 2026-03-31") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(house.zone))
    if found.date() < _OLDEST:
        raise ValueError(f"{text!r} is too long ago")
    return found.astimezone(UTC)


def _day(text: str, house: House) -> date:
    found = _moment(text, house)
    if found > house.now + _AHEAD:
        raise ValueError(f"a customer since a day to come ({text})")
    return found.astimezone(ZoneInfo(house.zone)).date()


def _currency(text: str, otherwise: str) -> str:
    found = text.upper() or otherwise
    if not re.fullmatch("[A-Z]{3}", found):
        raise ValueError(f"{text!r} is no currency; write three letters, such as EUR")
    return found


def _email(text: str) -> str:
    found = clean_email(text)
    if text and not found:
        raise ValueError(f"{text[:80]!r} is no e-mail address")
    return found


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key if text else ""
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text[:40]!r} is no time zone; write one such as Europe/Berlin") from None


def _id(text: str) -> str:
    if len(text) > _LONGEST_ID:
        raise ValueError(f"an id of more than {_LONGEST_ID} characters")
    return text
