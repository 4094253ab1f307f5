"""Who the customer is, and what they are to us."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.desk.contexts import HeatView
from amends.desk.contexts.casepage import CustomerCard, EarlierView
from amends.desk.names import CUSTOMERS, PROBLEMS, THREATS
from amends.desk.show.quotes import Quoter
from amends.insight.casefile import NEWEST
from amends.insight.customer import EarlierCase


def customer_card(quoter: Quoter, page_url: str) -> CustomerCard:
    """Return the card. `page_url` is where to look at the customer's own page."""
    sheet, state = quoter.file.customer, quoter.file.state
    return CustomerCard(
        name=sheet.label or _("Somebody"),
        emails=sheet.emails,
        phones=sheet.phones,
        tenure=tenure(sheet.years),
        spent=sheet.spent if sheet.spent.amount > 0 else None,
        orders=sheet.orders,
        last_order_at=sheet.last_order_at,
        loyalty=quoter.maybe(state.loyalty, "LoyaltyTold"),
        threats=tuple(
            (str(THREATS[kind]), quoter.quote(words, "ThreatMade")) for kind, words in state.threats[-NEWEST:]
        ),
        again=quoter.maybe(state.earlier_contact, "EarlierContactTold"),
        earlier=tuple(_earlier(case) for case in sheet.earlier),
        page_url=page_url,
        url=_url(sheet.id),
    )


def tenure(years: float | None) -> str:
    """Return for how long somebody has been a customer, in words; empty where nothing says so."""
    if years is None:
        return ""
    whole = int(years)
    if whole < 1:
        return _("a customer since this year")
    return ngettext("a customer for %(count)d year", "a customer for %(count)d years", whole) % {"count": whole}


def _earlier(case: EarlierCase) -> EarlierView:
    return EarlierView(
        ref=f"#{case.number}",
        url=reverse("desk:case", args=[case.number]),
        title=case.subject or _("No words"),
        opened_at=case.opened_at,
        says=_became(case),
        heat=HeatView(level=case.peak),
    )


def _became(case: EarlierCase) -> str:
    if case.outcomes is not None:
        both = {"problem": PROBLEMS[case.outcomes.problem], "customer": CUSTOMERS[case.outcomes.customer]}
        return _("%(problem)s; %(customer)s") % both
    return {"open": _("still open"), "resolved": _("resolved"), "closed": _("closed"), "quiet": _("we wrote first")}[
        case.status
    ]


def _url(customer: int) -> str:
    try:
        return reverse("desk:customer", args=[customer])
    except NoReverseMatch:
        return ""
