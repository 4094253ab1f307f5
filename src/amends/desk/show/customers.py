"""From customers, as they were read, to lines on a page."""

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.desk.contexts import ActionView, EmptyView, HeatView, QuoteView, StatView
from amends.desk.contexts.customers import CaseLine, CustomerLine, CustomerPage, CustomersPage, OrderLine, WorthView
from amends.desk.contexts.stake import GoodwillView
from amends.desk.names import CUSTOMERS, PROBLEMS
from amends.desk.show.customer import tenure
from amends.desk.text import money
from amends.desk.timewords import in_past
from amends.insight.customer import CustomerSheet
from amends.insight.customers import CASES, CustomerRow, History, Loyal, Orders, People, TheirCase
from amends.method.calendar import zone_named


def customers_page(people: People, *, query: str, later: bool) -> CustomersPage:
    """Return the list, or what a search for `query` found."""
    base = reverse("desk:customers")
    lead = _("Those who wrote last come first.")
    if query:
        lead = _("Customers with “%(query)s” in their name, or at the beginning of an address.") % {"query": query}
    return CustomersPage(
        query=query,
        lead=lead,
        url=base,
        rows=tuple(_line(row) for row in people.rows),
        more_url=f"{base}?{urlencode({'before': people.more})}" if people.more is not None else "",
        first_url=base if later else "",
        empty=None if people.rows else _empty(base, query),
    )


def customer_page(
    sheet: CustomerSheet,
    history: History,
    orders: Orders,
    worth: WorthView,
    goodwill: GoodwillView,
    *,
    now: datetime,
    no_surveys: bool,
    later: bool,
) -> CustomerPage:
    """Return the page of one customer."""
    base = reverse("desk:customer", args=[sheet.id])
    return CustomerPage(
        name=sheet.label or _("Somebody"),
        stats=_stats(sheet, history, now),
        emails=sheet.emails,
        phones=sheet.phones,
        zone=_zone(sheet.time_zone),
        language=sheet.language,
        no_surveys=no_surveys,
        worth=worth,
        loyalty=tuple(_quote(sheet, said) for said in history.loyalty),
        goodwill=goodwill,
        cases=tuple(_case(case) for case in history.cases),
        orders=tuple(OrderLine(number=o.number, what=o.what, amount=o.amount, at=o.placed_at) for o in orders.rows),
        more_url=f"{base}?{urlencode({'orders': orders.more})}#orders" if orders.more is not None else "",
        first_url=f"{base}#orders" if later else "",
    )


def _zone(name: str) -> str:
    """Return a customer's time zone, with a word where there is none of that name."""
    if not name or zone_named(name) is not None:
        return name
    return _("%(zone)s (unknown: they see our times)") % {"zone": name}


def _line(row: CustomerRow) -> CustomerLine:
    return CustomerLine(
        url=reverse("desk:customer", args=[row.id]),
        name=row.name or row.address or _("Somebody"),
        address=row.address if row.name else "",
        tenure=tenure(row.years),
        spent=row.spent if row.spent.amount > 0 else None,
        orders=row.orders,
        cases=row.cases,
        open_cases=row.open_cases,
        last_url=reverse("desk:case", args=[row.last_case]) if row.last_case is not None else "",
        last_title=row.last_subject or _("No subject"),
        last_at=row.last_opened_at,
        heat=HeatView(level=row.last_upset) if row.last_upset is not None else None,
    )


def _stats(sheet: CustomerSheet, history: History, now: datetime) -> tuple[StatView, ...]:
    unhappy = sum(1 for case in history.cases if case.outcomes is None and case.status == "open")
    since = formats.date_format(sheet.since, "j F Y") if sheet.since is not None else ""
    last = sheet.last_order_at
    count = len(history.cases)
    return (
        StatView(
            label=_("With us"),
            value=_years(sheet.years),
            note=_("since %(day)s") % {"day": since} if since else "",
        ),
        StatView(label=_("Spent with us"), value=money(sheet.spent)),
        StatView(
            label=_("Orders"),
            value=formats.number_format(sheet.orders, use_l10n=True, force_grouping=True),
            note=_("the last one %(when)s") % {"when": in_past(last, now)} if last is not None else "",
        ),
        StatView(
            label=_("Complaints"),
            value=f"{count}+" if count == CASES else str(count),
            note=ngettext("%(count)d is open", "%(count)d are open", unhappy) % {"count": unhappy},
        ),
    )


def _years(years: float | None) -> str:
    if years is None:
        return _("not known")
    whole = int(years)
    return ngettext("%(count)d year", "%(count)d years", whole) % {"count": whole} if whole else _("under a year")


def _quote(sheet: CustomerSheet, said: Loyal) -> QuoteView:
    return QuoteView(
        words=said.words,
        side="customer",
        who=sheet.label,
        at=said.at,
        url=reverse("desk:case", args=[said.case]),
    )


def _case(case: TheirCase) -> CaseLine:
    if case.outcomes is not None:
        both = {"problem": PROBLEMS[case.outcomes.problem], "customer": CUSTOMERS[case.outcomes.customer]}
        became = _("%(problem)s; %(customer)s") % both
    else:
        stands = {"open": _("still open"), "resolved": _("resolved"), "closed": _("closed")}
        became = stands.get(case.status) or _("we wrote first")
    return CaseLine(
        ref=f"#{case.number}",
        url=reverse("desk:case", args=[case.number]),
        title=case.subject or _("No subject"),
        opened_at=case.opened_at,
        became=became,
        heat=HeatView(level=case.peak),
    )


def _empty(base: str, query: str) -> EmptyView:
    if query:
        return EmptyView(
            icon="search",
            title=_("Nobody was found"),
            text=_("Try the beginning of a name, of an e-mail address, or of a telephone number."),
            action=ActionView(label=_("All customers"), url=base, post=False),
        )
    return EmptyView(
        icon="users-round",
        title=_("No customer has written yet"),
        text=_(
            "Whoever complains to your team stands here, with what they bought and what they went through with you."
        ),
    )
