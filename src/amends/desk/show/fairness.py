"""The page of what was fair, put together."""

from datetime import date
from decimal import Decimal
from itertools import accumulate

from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.desk.contexts import EmptyView
from amends.desk.contexts.fairness import FairnessPage, FatesView, SavingView, StepView
from amends.desk.figures import columns, spark, split_bar
from amends.desk.text import money
from amends.desk.timewords import span
from amends.insight.fairness import FATES, LEAST, Between, Fairness, Fates, Saving
from amends.transcript import Money


def fairness_page(found: Fairness, *, currency: str) -> FairnessPage:
    """Return the page; sums are in `currency`, the house's."""
    whole = found.whole
    turned = [(month, of.turned) for month, of in found.months if of.turned.total]
    saved = [(month, of.saving) for month, of in found.months if of.saving.cases]
    stuck = whole.turned.total + whole.straight.total
    return FairnessPage(
        lead=_("The last twelve months, in the cases of those teams that you see."),
        least=LEAST,
        both=(_fates(_("Turned about"), whole.turned), _fates(_("Not turned about"), whole.straight)) if stuck else (),
        figure=columns(
            [(formats.date_format(month, "M"), fates.counts) for month, fates in turned],
            FATES,
            _("Deadlocks that were turned about, by month; the table below says how many."),
        ),
        months=tuple(_fates(_name(month), fates) for month, fates in reversed(turned)),
        steps=(
            _step(_("They proposed something"), found.to_option),
            _step(_("We made an offer"), found.to_offer),
            _step(_("We agreed"), found.to_agreement),
        )
        if turned
        else (),
        saved=_saved(whole.saving, currency),
        below=_below(whole.saving),
        line=_line([saving.saved for _month, saving in saved], currency),
        savings=tuple(_saving(_name(month), saving, currency) for month, saving in reversed(saved)),
        unknown=_unknown(found.unknown),
        no_deadlocks=None if stuck else _no_deadlocks(),
        no_savings=None if whole.saving.cases else _no_savings(),
    )


def _fates(name: str, fates: Fates) -> FatesView:
    rate = "–" if fates.rate is None else _percent(fates.rate)
    return FatesView(name=name, rate=rate, counts=fates.counts, bar=split_bar(fates.counts, FATES))


def _step(name: str, between: Between) -> StepView:
    return StepView(name=name, count=between.count, usual="–" if between.usual is None else span(between.usual))


def _saving(name: str, saving: Saving, currency: str) -> SavingView:
    return SavingView(
        name=name,
        cases=saving.cases,
        saved=_sum(saving.saved, currency),
        over_bid=_sum(saving.over_bid, currency) if saving.with_bid else "–",
        below=_("%(below)d of %(bids)d") % {"below": saving.below, "bids": saving.with_bid} if saving.with_bid else "–",
    )


def _saved(saving: Saving, currency: str) -> str:
    if not saving.cases:
        return ""
    told = (
        ngettext(
            "Asking first saved %(sum)s in %(count)d case, against what we would have given.",
            "Asking first saved %(sum)s in %(count)d cases, against what we would have given.",
            saving.cases,
        )
        if saving.saved >= 0
        else ngettext(
            "Asking first cost %(sum)s more in %(count)d case than what we would have given.",
            "Asking first cost %(sum)s more in %(count)d cases than what we would have given.",
            saving.cases,
        )
    )
    return told % {"sum": _sum(abs(saving.saved), currency), "count": saving.cases}


def _below(saving: Saving) -> str:
    if saving.share_below is None:
        return ""
    return _("%(share)s of those who named a sum (%(below)d of %(bids)d) asked for less than we would have given.") % {
        "share": _percent(saving.share_below),
        "below": saving.below,
        "bids": saving.with_bid,
    }


def _line(saved: list[Decimal], currency: str) -> SafeString:
    sums = list(accumulate(saved))
    told = ", ".join(_sum(value, currency) for value in sums)
    label = _("Saved so far, month after month: %(sums)s") % {"sums": told}
    return spark([float(value) for value in sums], label, 240, 56)


def _unknown(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)d agreement is left out: what it cost us is not written down, or stands in a currency without a rate.",
        "%(count)d agreements are left out: what they cost us is not written down, or stands in a currency without "
        "a rate.",
        count,
    ) % {"count": count}


def _sum(amount: Decimal, currency: str) -> str:
    return money(Money(amount.quantize(Decimal("0.01")), currency))


def _name(month: date) -> str:
    return formats.date_format(month, "M Y")


def _percent(rate: float) -> str:
    return _("%(figure)d %%") % {"figure": int(rate * 100)}  # never rounded up: 99.9 is not all of them


def _no_deadlocks() -> EmptyView:
    return EmptyView(
        icon="refresh-ccw",
        title=_("Nobody was stuck"),
        text=_(
            "Where an offer or a demand is turned down, the case offers you the about-face: the question what they "
            "would do in your place. What comes of it will stand here."
        ),
    )


def _no_savings() -> EmptyView:
    return EmptyView(
        icon="handshake",
        title=_("Nothing to compare yet"),
        text=_(
            "Note on the sheet of a case what you would give, before they say what they want. Once you agree, this "
            "page shows what asking first saved, or cost."
        ),
    )
