"""What a negotiation is weighed with: the catalogue, what they bought, and what they were given before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from amends.method.negotiation import Given
from amends.method.state import OfferStatus, State
from amends.method.words import Remedy
from amends.store.models import Case, Note, Offer, Order, RemedyItem
from amends.transcript import Money

ORDERS: Final = 20
"""So many of their orders can be chosen from; an older one is named by its number."""
_WORD = re.compile(r"[\w-]{3,40}")
_MOST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Bought:
    """One of their orders."""

    number: str
    what: str
    price: Money
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """What stands behind the sheet. `mentioned` is the order whose number stands in their words, where one does.

    `typed` holds what staff typed of purchases that are no orders, by the names that the journal knows them by.
    """

    catalogue: Sequence[RemedyItem]
    given: Sequence[Given]
    orders: Sequence[Bought]
    mentioned: Bought | None
    typed: Mapping[str, str]

    def purchase(self, name: str) -> str:
        """Return a purchase as people know it, from the name in the journal."""
        order = next((one for one in self.orders if one.number == name), None)
        if order is not None:
            return f"{order.what} ({name})" if order.what else name
        return self.typed.get(name, name)


def fair_of(case: Case, state: State, cases: QuerySet[Case], said: Sequence[str]) -> Fair:
    """Return what the sheet of `case` rests on.

    `cases` are those that the reader may see, `said` the customer's words.
    """
    words = {word for text in said for word in _WORD.findall(text) if any(map(str.isdigit, word))}
    named = {*sorted(words)[:_MOST_WORDS], *([state.purchase] if state.purchase else [])}
    theirs = Order.objects.filter(customer=case.customer_id)
    newest = [_bought(order) for order in theirs.order_by("-placed_at")[:ORDERS]]
    found = [_bought(o) for o in theirs.filter(external_id__in=named).order_by("-placed_at")[:ORDERS]] if named else []
    mentioned = next((one for one in found if one.number in words), None)
    others = cases.filter(customer=case.customer_id).exclude(pk=case.pk)
    taken = Offer.objects.filter(case__in=others, status=OfferStatus.ACCEPTED.value).order_by("-answered_at")
    return Fair(
        catalogue=list(RemedyItem.objects.filter(active=True)),
        given=[Given(Remedy(one.remedy), one.item, one.answered_at or one.at) for one in taken[:ORDERS]],
        orders=list({one.number: one for one in (*newest, *found)}.values()),
        mentioned=mentioned,
        typed=_typed(case) if state.purchase else {},
    )


def whole_catalogue() -> list[RemedyItem]:
    """Return every remedy of the catalogue, those that are switched off last."""
    return list(RemedyItem.objects.order_by("-active", "kind", "title"))


def _typed(case: Case) -> dict[str, str]:
    return dict(Note.objects.filter(case=case, kind="purchase").values_list("id", "text"))


def _bought(order: Order) -> Bought:
    return Bought(order.external_id, order.what, Money(order.amount, order.currency), order.placed_at)
