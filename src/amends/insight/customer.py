"""Whose case it is: how long they have been with us, what they spent, and what they went through with us before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from amends.insight.theirs import Theirs
from amends.method.state import Outcomes
from amends.store.models import Customer, CustomerAddress
from amends.transcript import Money

EARLIER: Final = 6


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """Another case of theirs, newest first."""

    number: int
    subject: str
    opened_at: datetime
    status: str
    peak: int
    outcomes: Outcomes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSheet:
    """What stands beside the case. `since` is the day from which they count as a customer, where anything says so."""

    id: int
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    since: date | None
    years: float | None
    spent: Money
    orders: int
    last_order_at: datetime | None
    time_zone: str
    language: str
    earlier: Sequence[EarlierCase]

    @property
    def label(self) -> str:
        """What to call them: by name, else by an address; empty where we know neither."""
        return self.name or next(iter((*self.emails, *self.phones)), "")


def customer_sheet(customer: Customer, theirs: Theirs, *, but: int, currency: str, now: datetime) -> CustomerSheet:
    """Return the sheet, with the newest of their cases but for the number `but`. One query."""
    addresses = CustomerAddress.objects.filter(customer=customer).order_by("pk").values_list("kind", "value")
    reached = list(addresses)
    others = [case for case in theirs.cases if case.number != but]
    return CustomerSheet(
        id=customer.pk,
        name=customer.name,
        emails=tuple(value for kind, value in reached if kind == CustomerAddress.EMAIL),
        phones=tuple(value for kind, value in reached if kind == CustomerAddress.PHONE),
        since=customer.customer_since,
        years=customer.tenure_years(now),
        spent=Money(customer.spent, customer.currency or currency),
        orders=customer.orders_count,
        last_order_at=customer.last_order_at,
        time_zone=customer.time_zone,
        language=customer.language,
        earlier=[
            EarlierCase(case.number, case.subject, case.opened_at, case.status, case.peak, case.state.outcomes)
            for case in others[:EARLIER]
        ],
    )
