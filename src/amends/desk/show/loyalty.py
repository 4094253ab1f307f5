"""Their loyalty in one glance, and a sentence of thanks for it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.coaching import Known
from amends.coaching.loyalty import Shared, loyalty_lines
from amends.desk.contexts import QuoteView
from amends.desk.contexts.stake import LoyaltyView, ThanksLine
from amends.desk.show.customer import tenure
from amends.desk.show.goodwill import goodwill_view
from amends.desk.show.stake import Bond
from amends.insight.customer import CustomerSheet
from amends.insight.relation import Praise, Relation
from amends.method.policy import Policy

_PRAISE = 2
_SMALL = (280, 56)  # the picture beside a case


def loyalty_view(bond: Bond, sheet: CustomerSheet, known: Known, policy: Policy) -> LoyaltyView:
    """Return the panel."""
    relation = bond.relation
    width, height = _SMALL
    return LoyaltyView(
        tenure=tenure(sheet.years),
        quarters=relation.quarters if sheet.orders else (),
        bought=_bought(relation, sheet.orders),
        praise=tuple(_quote(said, sheet.label) for said in relation.praise[:_PRAISE]),
        good_surveys=_surveys(relation.good_surveys),
        failures=_failures(relation.failures),
        lines=tuple(ThanksLine(text=one.text, why=one.why) for one in loyalty_lines(known, shared(relation))),
        goodwill=goodwill_view(relation, policy, width=width, height=height),
    )


def shared(relation: Relation) -> Shared:
    """Return what a sentence of thanks can name."""
    praise = next(iter(relation.praise), None)
    return Shared(
        first=(relation.first[0], relation.first[1].date()) if relation.first is not None else None,
        waited=(relation.waited[0], relation.waited[1].date()) if relation.waited is not None else None,
        praise=(praise.words, praise.at.date()) if praise is not None else None,
    )


def _bought(relation: Relation, orders: int) -> str:
    if not orders:
        return ""
    lately = sum(relation.quarters)
    words = ngettext("%(count)d order in the last two years", "%(count)d orders in the last two years", lately)
    return words % {"count": lately}


def _surveys(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)d good survey", "%(count)d good surveys", count) % {"count": count}


def _failures(count: int) -> str:
    if not count:
        return _("no other complaint on record")
    return ngettext("%(count)d complaint before", "%(count)d complaints before", count) % {"count": count}


def _quote(said: Praise, who: str) -> QuoteView:
    return QuoteView(words=said.words, side="customer", who=who, at=said.at, url=reverse("desk:case", args=[said.case]))
