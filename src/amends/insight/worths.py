"""What one customer's custom is worth, as it was reckoned last, with their subscriptions and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from amends.store.models import Customer, CustomerAddress, Subscription, WorthFit
from amends.transcript import Money
from amends.worth.subscriptions import Contracts, Renewals, next_renewals

FRESH: Final = timedelta(days=8)
"""Reckoned weekly: what is older than this was missed."""
CONTRACTS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A subscription: running until `until` (its renewal; with `ends` its last day), renewed with this chance."""

    number: str
    plan: str
    amount: Money
    months: int
    since: date
    until: date
    ends: bool
    over: bool
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthSheet:
    """What they are worth on the day `on`; None where nothing says so. The newest subscriptions, running ones first."""

    value: Money | None
    alive: float | None
    on: date | None
    rests_on: str
    contracts: Sequence[Contract]


def is_fresh(customer: Customer, day: date) -> bool:
    """Return whether what they are worth was reckoned of late."""
    return customer.worth is not None and customer.worth_on is not None and day - customer.worth_on <= FRESH


def worth_of(customer: Customer, day: date, currency: str) -> WorthSheet:
    """Return what is known of their worth on this day. Two queries; `currency` is the house's."""
    last = WorthFit.objects.order_by("-pk").first()
    learned: dict[str, Any] = last.parameters if last is not None else {}
    known = customer.worth is not None and last is not None
    return WorthSheet(
        value=Money(customer.worth, learned.get("currency", currency)) if customer.worth is not None else None,
        alive=customer.alive,
        on=customer.worth_on,
        rests_on=last.rests_on if known and last is not None else "",
        contracts=_contracts(customer, day, _renewals(learned)),
    )


def customer_called(name: str) -> Customer | None:
    """Return the customer with this id of theirs or this e-mail address, or None."""
    found = Customer.objects.filter(external_id=name).first()
    if found is not None:
        return found
    address = CustomerAddress.objects.select_related("customer").filter(kind=CustomerAddress.EMAIL, value=name.lower())
    known = address.first()
    return None if known is None else known.customer


def _renewals(learned: dict[str, Any]) -> Renewals:
    counts = learned.get("renewals", {})
    return Renewals(
        {
            int(months): {int(age): (renewed, count) for age, (renewed, count) in by_age.items()}
            for months, by_age in counts.items()
        }
    )


def _contracts(customer: Customer, day: date, learned: Renewals) -> list[Contract]:
    rows = list(Subscription.objects.filter(customer=customer).order_by("-started_on", "-pk")[:CONTRACTS])
    today = day.toordinal()
    given = Contracts.of((row.customer_id, 0.0, row.months, *_days(row)) for row in rows)
    after, ages = next_renewals(given, today)
    chances = learned.chances(given.months, ages)
    found = []
    for row, days, chance in zip(rows, after.tolist(), chances.tolist(), strict=True):
        over = row.ended_on is not None and row.ended_on <= day
        found.append(
            Contract(
                number=row.external_id,
                plan=row.plan,
                amount=Money(row.amount, row.currency),
                months=row.months,
                since=row.started_on,
                until=row.ended_on or day + timedelta(days=round(days)),
                ends=row.ended_on is not None,
                over=over,
                chance=None if row.ended_on is not None else chance,
            )
        )
    return sorted(found, key=lambda one: one.over)


def _days(row: Subscription) -> tuple[int, int | None, int | None]:
    renews, ended = (day.toordinal() if day is not None else None for day in (row.renews_on, row.ended_on))
    return row.started_on.toordinal(), renews, ended
