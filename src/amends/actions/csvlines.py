"""Lines of customers and of orders, as other programs export them: headers of many names, values checked.

Nothing here touches the database.

>>> kind_of(["Order number;Customer number;Date;Total"])
'orders'
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from amends.actions.customers import clean_email, clean_phone
from amends.formats.tables import BadFile, House, Problem, columns, moment_of, read_table, table
from amends.formats.typed import money_of
from amends.transcript import currency_of

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
_AHEAD = timedelta(days=1)  # somewhere it is tomorrow already
_LONGEST_ID = 120
_KEPT = Decimal("0.01")  # rows of orders have two decimals, also where coins are smaller


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


def kind_of(lines: Iterable[str]) -> str:
    """Return "orders" or "customers", by the header. Raises `BadFile` for neither."""
    header, _rows = table(lines)
    if columns(header, ORDER_HEADERS).keys() >= {"id", "placed", "amount"}:
        return "orders"
    found = columns(header, CUSTOMER_HEADERS).keys()
    if "email" in found or found >= {"id", "name"}:
        return "customers"
    raise BadFile(
        f"These columns are neither customers (id, name, email) nor orders (id, customer, date, amount): "
        f"{', '.join(header)[:200]}."
    )


def customers(lines: Iterable[str], house: House) -> Iterator[CustomerLine | Problem]:
    """Yield the customers of a file with a header, and the lines that are none."""
    yield from read_table(lines, CUSTOMER_HEADERS, lambda line, row: _customer(line, row, house))


def orders(lines: Iterable[str], house: House) -> Iterator[OrderLine | Problem]:
    """Yield the orders of a file with a header, and the lines that are none."""
    yield from read_table(lines, ORDER_HEADERS, lambda line, row: _order(line, row, house))


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
        currency=currency_of(row["currency"]) if row.get("currency") else "",
        language=row.get("language", "")[:12],
        zone=row.get("zone", "")[:40],  # kept as it is: of a zone that nobody knows, the house's stands in
    )


def _order(line: int, row: dict[str, str], house: House) -> OrderLine:
    if not row.get("id"):
        raise ValueError("no order id, so importing it again would count it twice")
    email = _email(row.get("email", ""))
    if not row.get("customer") and not email:
        raise ValueError("neither a customer's id nor an e-mail address says whose order this is")
    placed = moment_of(row.get("placed", ""), house)
    if placed > house.now + _AHEAD:
        raise ValueError(f"the order was placed in the future ({row['placed']})")
    told = row.get("currency", "")
    paid = money_of(row.get("amount", ""), currency_of(told or house.currency))
    if told and paid.currency != currency_of(told):
        raise ValueError(f"the amount is in {paid.currency}, and the currency is said to be {told}")
    return OrderLine(
        line=line,
        id=_id(row["id"]),
        customer=_id(row.get("customer", "")),
        email=email,
        placed_at=placed,
        amount=paid.amount.quantize(_KEPT, ROUND_HALF_UP),
        currency=paid.currency,
        what=" ".join(row.get("what", "").split())[:300],
    )


def _day(text: str, house: House) -> date:
    found = moment_of(text, house)
    if found > house.now + _AHEAD:
        raise ValueError(f"a customer since a day to come ({text})")
    return found.astimezone(ZoneInfo(house.zone)).date()


def _email(text: str) -> str:
    found = clean_email(text)
    if text and not found:
        raise ValueError(f"{text[:80]!r} is no e-mail address")
    return found


def _id(text: str) -> str:
    if len(text) > _LONGEST_ID:
        raise ValueError(f"an id of more than {_LONGEST_ID} characters")
    return text
