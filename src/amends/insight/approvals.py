"""Wishes to give more that wait for an answer: who asks for what and why, and what is at stake."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from amends.insight.history import state_of
from amends.insight.texts import Texts
from amends.method.state import Approval, Offer, State
from amends.store.models import Approval as Row
from amends.store.models import Case, Customer, CustomerAddress
from amends.transcript import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody's wish to give more, with what whoever answers it should know.

    `customer` is what to call them: by name, else by an address; empty where we know neither. `bid` is in the
    customer's words, `draft` what would be written with a yes, as it was typed.
    """

    id: str
    case: Case
    customer: str
    state: State
    approval: Approval
    asked_by: str
    why: str
    bid: str
    draft: str

    @property
    def cost(self) -> Money:
        """What a yes would be to."""
        return self.approval.cost

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is offered already, and counts towards it."""
        return tuple(offer for offer in self.state.offers if offer.status in ("open", "accepted"))


def open_wishes(cases: QuerySet[Case]) -> list[Wish]:
    """Return the wishes that wait in these cases, the longest first. Five queries at most."""
    rows = Row.objects.filter(case__in=cases, granted=None, case__closed_at=None)
    return _wishes(rows.select_related("case__customer", "case__team", "asked_by").order_by("id"))


def wish_of(row: Row) -> Wish:
    """Return one wish."""
    (found,) = _wishes([row])
    return found


def _wishes(rows: Iterable[Row]) -> list[Wish]:
    found = [(row, state) for row in rows for state in (state_of(row.case),)]
    pairs = [(row, state, next(a for a in state.approvals if a.approval == row.pk)) for row, state in found]
    names = _names([row.case.customer for row, _state in found])
    texts = Texts()
    texts.fetch(
        span.source
        for _row, state, one in pairs
        for span in (one.why, one.draft, *(bid.words.span for bid in state.bids[-1:]))
        if span is not None
    )
    return [_wish(row, names[row.case.customer_id], state, one, texts) for row, state, one in pairs]


def _names(customers: Iterable[Customer]) -> dict[int, str]:
    names = {customer.pk: customer.name for customer in customers}
    nameless = [pk for pk, name in names.items() if not name]
    if nameless:
        addresses = CustomerAddress.objects.filter(customer__in=nameless).order_by("-pk")  # the oldest comes last
        names |= dict(addresses.values_list("customer_id", "value"))
    return names


def _wish(row: Row, customer: str, state: State, one: Approval, texts: Texts) -> Wish:
    draft = texts.source(one.draft.source) if one.draft is not None else None
    return Wish(
        id=row.pk,
        case=row.case,
        customer=customer,
        state=state,
        approval=one,
        asked_by=row.asked_by.name if row.asked_by is not None else "",
        why=texts.words(one.why),
        bid=texts.words(state.bids[-1].words.span) if state.bids else "",
        draft=draft.text if draft is not None else "",
    )
