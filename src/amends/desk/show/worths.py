"""What somebody's custom is worth, in words."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.desk.contexts.customers import ContractLine, WorthView
from amends.insight.worths import Contract, WorthSheet
from amends.method.policy import Stake


def worth_view(sheet: WorthSheet, stake: Stake, currency: str) -> WorthView:
    """Return what stands on their page; `currency` is the house's."""
    return WorthView(
        value=sheet.value,
        alive=f"{sheet.alive:.0%}" if sheet.alive is not None else "",
        horizon=ngettext(
            "What stays of what they will bring within %(years)g year: %(margin)d of 100, later money counting less.",
            "What stays of what they will bring within %(years)g years: %(margin)d of 100, later money counting less.",
            round(stake.years),
        )
        % {"years": stake.years, "margin": round(100 * stake.margin)},
        rests_on=_rests_on(sheet, currency),
        contracts=tuple(_contract(one) for one in sheet.contracts),
    )


def _rests_on(sheet: WorthSheet, currency: str) -> str:
    if sheet.value is None or sheet.on is None:
        return _(
            "Nothing says it yet. It takes orders in %(currency)s, or in a currency with a rate in the policy, and "
            "some customers who came back. It is reckoned once a week, and a while after an import."
        ) % {"currency": currency}
    return _("Reckoned on %(day)s. %(why)s") % {"day": formats.date_format(sheet.on, "j F Y"), "why": sheet.rests_on}


def _contract(one: Contract) -> ContractLine:
    day = formats.date_format(one.until, "j F Y")
    if one.over:
        stands = _("ended on %(day)s") % {"day": day}
    elif one.ends or one.chance is None:
        stands = _("ends on %(day)s") % {"day": day}
    else:
        chance = {"day": day, "chance": f"{one.chance:.0%}"}
        stands = _("renews on %(day)s, with a chance of %(chance)s") % chance
    every = ngettext("a month", "for %(count)d months", one.months) % {"count": one.months}
    return ContractLine(plan=one.plan or one.number, amount=one.amount, every=every, stands=stands)
