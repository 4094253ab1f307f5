"""What a negotiation is weighed with: the catalogue, what they bought, and what they were given before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amends.insight.theirs import Bought, Theirs, bought
from amends.method.negotiation import Given
from amends.method.state import OfferStatus, State
from amends.store.models import Case, Note, Order, RemedyItem

ORDERS: Final = 20
"""So many of their orders can be chosen from; an older one is named by its number."""
_WORD = re.compile(r"[\w-]{3,40}")
_MOST_WORDS: Final = 300


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


def fair_of(case: Case, state: State, theirs: Theirs, said: Sequence[str]) -> Fair:
    """Return what the sheet of `case` rests on, where the customer `said` these words."""
    words = {word for text in said for word in _WORD.findall(text) if any(map(str.isdigit, word))}
    named = {*sorted(words)[:_MOST_WORDS], *([state.purchase] if state.purchase else [])}
    found = [order for order in theirs.orders if order.number in named]
    if named and not theirs.all_orders:
        older = Order.objects.filter(customer=case.customer_id, external_id__in=named).order_by("-placed_at")
        found = [bought(order) for order in older[:ORDERS]]
    mentioned = next((one for one in found if one.number in words), None)
    return Fair(
        catalogue=list(RemedyItem.objects.filter(active=True)),
        given=[
            Given(offer.remedy, offer.item, offer.answered_at or offer.at)
            for other in theirs.cases
            for offer in other.state.offers
            if other.number != case.pk and offer.status is OfferStatus.ACCEPTED
        ],
        orders=list({one.number: one for one in (*theirs.orders[:ORDERS], *found)}.values()),
        mentioned=mentioned,
        typed=_typed(case) if state.purchase else {},
    )


def whole_catalogue() -> list[RemedyItem]:
    """Return every remedy of the catalogue, those that are switched off last."""
    return list(RemedyItem.objects.order_by("-active", "kind", "title"))


def _typed(case: Case) -> dict[str, str]:
    return dict(Note.objects.filter(case=case, kind="purchase").values_list("id", "text"))
