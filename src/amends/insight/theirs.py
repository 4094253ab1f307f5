"""What a customer bought and complained of: read once, for everything on a page that is made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from amends.insight.history import state_of
from amends.method.state import State
from amends.store.models import Case, Customer, Order
from amends.transcript import Money

ORDERS: Final = 400
"""So many orders are read one by one, the newest."""
CASES: Final = 50


@dataclass(frozen=True, slots=True)
class Bought:
    """One of their orders; a return has a price below nothing."""

    number: str
    what: str
    price: Money
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Complained:
    """One of their cases."""

    number: int
    subject: str
    opened_at: datetime
    status: str
    peak: int
    state: State


@dataclass(frozen=True, slots=True)
class Theirs:
    """Their newest orders and cases, newest first, as far as the reader may see them."""

    orders: Sequence[Bought]
    cases: Sequence[Complained]

    @property
    def all_orders(self) -> bool:
        """Whether there are no older orders than these."""
        return len(self.orders) < ORDERS


def theirs_of(customer: Customer, cases: QuerySet[Case]) -> Theirs:
    """Return what they bought, and those of their cases that are among `cases`. Two queries."""
    rows = cases.filter(customer=customer).order_by("-opened_at", "-pk")
    found = rows.only("subject", "opened_at", "status", "peak", "state")[:CASES]
    return Theirs(
        orders=[
            bought(order) for order in Order.objects.filter(customer=customer).order_by("-placed_at", "-pk")[:ORDERS]
        ],
        cases=[
            Complained(
                number=case.pk,
                subject=case.subject,
                opened_at=case.opened_at,
                status=case.status,
                peak=case.peak,
                state=state_of(case),
            )
            for case in found
        ],
    )


def bought(order: Order) -> Bought:
    """Return an order as people look at it."""
    return Bought(order.external_id, order.what, Money(order.amount, order.currency), order.placed_at)
