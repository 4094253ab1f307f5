"""Lines of customers and of orders, as other programs export them: headers of many names, values checked.

Nothing here touches the database.

>>> kind_of(["Order number;Customer number;Date;Total"])
'orders'
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from amends.actions.customers import clean_email, clean_phone
from amends.formats.tables import BadFile, House, Problem, columns, moment_of, read_table, table
from amends.formats.typed import money_of
from amends.transcript import Money, currency_of

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
SUBSCRIPTION_HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "subscription id", "subscription number", "subscription", "contract id", "contract", "external id"),
    "customer": ("customer id", "customer number", "customer"),
    "email": ("email", "customer email", "e-mail address", "mail"),
    "plan": ("plan", "plan name", "product", "description", "what"),
    "amount": ("amount", "price", "total", "fee"),
    "currency": ("currency",),
    "months": ("months", "interval", "billing period", "period", "term"),
    "started": ("started on", "started", "start date", "start"),
    "renews": ("renews on", "renews", "renewal date", "next renewal", "current period end"),
    "ended": ("ended on", "ended", "end date", "end", "cancelled on", "canceled on", "cancelled at", "canceled at"),
}
_TERMS = {"month": 1, "monthly": 1, "quarter": 3, "quarterly": 3, "year": 12, "yearly": 12, "annual": 12}
_LONGEST_TERM = 120  # months
_FAR = timedelta(days=365 * 30)  # the last day of the longest contract that is no slip of the pen
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


@dataclass(frozen=True, slots=True)
class SubscriptionLine:
    """A contract: `amount` for each `months` months. Its customer is named by id or by e-mail address."""

    line: int
    id: str
    customer: str
    email: str
    amount: Decimal
    currency: str
    months: int
    started_on: date
    renews_on: date | None = None
    ended_on: date | None = None
    plan: str = ""


def kind_of(lines: Iterable[str]) -> str:
    """Return "orders", "subscriptions" or "customers", by the header. Raises `BadFile` for none of them."""
    header, _rows = table(lines)
    if columns(header, SUBSCRIPTION_HEADERS).keys() >= {"id", "started", "amount"}:
        return "subscriptions"
    if columns(header, ORDER_HEADERS).keys() >= {"id", "placed", "amount"}:
        return "orders"
    found = columns(header, CUSTOMER_HEADERS).keys()
    if "email" in found or found >= {"id", "name"}:
        return "customers"
    raise BadFile(
        f"These columns are neither customers (id, name, email) nor orders (id, customer, date, amount) nor "
        f"subscriptions (id, customer, started, amount): {', '.join(header)[:200]}."
    )


def customers(lines: Iterable[str], house: House) -> Iterator[CustomerLine | Problem]:
    """Yield the customers of a file with a header, and the lines that are none."""
    yield from read_table(lines, CUSTOMER_HEADERS, lambda line, row: customer_line(line, row, house))


def orders(lines: Iterable[str], house: House) -> Iterator[OrderLine | Problem]:
    """Yield the orders of a file with a header, and the lines that are none."""
    yield from read_table(lines, ORDER_HEADERS, lambda line, row: order_line(line, row, house))


def subscriptions(lines: Iterable[str], house: House) -> Iterator[SubscriptionLine | Problem]:
    """Yield the subscriptions of a file with a header, and the lines that are none."""
    yield from read_table(lines, SUBSCRIPTION_HEADERS, lambda line, row: subscription_line(line, row, house))


def customer_line(line: int, row: Mapping[str, str], house: House) -> CustomerLine:
    """Return the customer of these cells. Raises `ValueError` with what is wrong with them, as the next two do."""
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


def order_line(line: int, row: Mapping[str, str], house: House) -> OrderLine:
    """Return the order of these cells."""
    customer, email = _whose(row, "order")
    placed = moment_of(row.get("placed", ""), house)
    if placed > house.now + _AHEAD:
        raise ValueError(f"the order was placed in the future ({row['placed']})")
    paid = _paid(row, house)
    return OrderLine(
        line=line,
        id=_id(row["id"]),
        customer=customer,
        email=email,
        placed_at=placed,
        amount=paid.amount,
        currency=paid.currency,
        what=" ".join(row.get("what", "").split())[:300],
    )


def subscription_line(line: int, row: Mapping[str, str], house: House) -> SubscriptionLine:
    """Return the subscription of these cells."""
    customer, email = _whose(row, "subscription")
    paid = _paid(row, house)
    if paid.amount < 0:
        raise ValueError(f"a subscription for less than nothing ({row['amount']}); give its last day instead")
    started, renews, ended = (_contract_day(row.get(name, ""), house) for name in ("started", "renews", "ended"))
    if started is None:
        raise ValueError("no day on which it began")
    for day, what in ((renews, "renews"), (ended, "ended")):
        if day is not None and day < started:
            raise ValueError(f"it {what} on {day}, before it began on {started}")
    return SubscriptionLine(
        line=line,
        id=_id(row["id"]),
        customer=customer,
        email=email,
        amount=paid.amount,
        currency=paid.currency,
        months=_months(row.get("months", "")),
        started_on=started,
        renews_on=renews,
        ended_on=ended,
        plan=" ".join(row.get("plan", "").split())[:120],
    )


def _whose(row: Mapping[str, str], what: str) -> tuple[str, str]:
    """Return the id and the e-mail address that say whose line this is; one of them may be empty."""
    if not row.get("id"):
        raise ValueError(f"no {what} id, so importing it again would count it twice")
    email = _email(row.get("email", ""))
    if not row.get("customer") and not email:
        raise ValueError(f"neither a customer's id nor an e-mail address says whose {what} this is")
    return _id(row.get("customer", "")), email


def _contract_day(text: str, house: House) -> date | None:
    if not text:
        return None
    found = moment_of(text, house)
    if found > house.now + _FAR:
        raise ValueError(f"a day more than thirty years ahead ({text})")
    return found.astimezone(ZoneInfo(house.zone)).date()


def _months(text: str) -> int:
    """Return how many months a term has; one where nothing says so."""
    bare = text.lower()
    if not bare:
        return 1
    found = re.fullmatch(r"(\d{1,3})(?: months?)?", bare, re.ASCII)
    months = int(found[1]) if found else _TERMS.get(bare, 0)
    if not 1 <= months <= _LONGEST_TERM:
        raise ValueError(f"{text!r} is no term; write its months, such as 1, 3 or 12")
    return months


def _paid(row: Mapping[str, str], house: House) -> Money:
    told = row.get("currency", "")
    paid = money_of(row.get("amount", ""), currency_of(told or house.currency))
    if told and paid.currency != currency_of(told):
        raise ValueError(f"the amount is in {paid.currency}, and the currency is said to be {told}")
    return Money(paid.amount.quantize(_KEPT, ROUND_HALF_UP), paid.currency)


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
