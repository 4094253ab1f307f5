"""The silent others of an incident: how many there are, and a page of them with what they ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.store.met import orders_met, silent_others, with_address
from amends.store.models import CustomerAddress, Incident

ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Silent:
    """One of them, with the newest order that was met."""

    customer: int
    name: str
    address: str
    order: str
    what: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class SilentPage:
    """A page of those to whom one can write. `unreachable` have no e-mail address; `more` is where the next begins."""

    count: int
    unreachable: int
    rows: Sequence[Silent]
    more: int | None


def silent_page(incident: Incident, *, before: int | None = None) -> SilentPage:
    """Return who was met and has not written, the newest customers first, from below the number `before` on.

    Five queries; the period of the incident bounds what is read.
    """
    everybody = silent_others(incident)
    reachable = with_address(everybody)
    count, reached = everybody.count(), reachable.count()
    if before is not None:
        reachable = reachable.filter(pk__lt=before)
    people = list(reachable.order_by("-pk").values_list("pk", "name")[: ROWS + 1]) if reached else []
    shown = dict(people[:ROWS])
    orders = orders_met(incident).filter(customer__in=shown).order_by("placed_at", "pk")
    newest = {order.customer_id: order for order in orders}
    mails = CustomerAddress.objects.filter(customer__in=shown, kind=CustomerAddress.EMAIL).order_by("-pk")
    addresses = dict(mails.values_list("customer_id", "value"))
    rows = [
        Silent(pk, name, addresses[pk], order.external_id, order.what, order.placed_at)
        for pk, name in shown.items()
        if (order := newest.get(pk)) is not None
    ]
    return SilentPage(reached, count - reached, rows, people[ROWS - 1][0] if len(people) > ROWS else None)
