"""The page of what was fair, put together."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.desk.contexts import EmptyView
from amends.desk.contexts.fairness import FairnessPage, FatesView, SavingView, StepView
from amends.desk.figures import columns, split_bar, ups_and_downs
from amends.desk.text import money
from amends.desk.timewords import span
from amends.insight.fairness import FATES, LEAST, Between, Fairness, Fates, Saving
from amends.transcript import Money

_A_COURSE: Final = 2
"""So many months have a course that can be drawn."""
_A_HAIR: Final = 1e-9
"""What is lost of a share such as 0.29 when it is reckoned in twos."""


def fairness_page(found: Fairness, *, currency: str) -> FairnessPage:
    """Return the page; sums are in `currency`, the house's."""
    whole = found.whole
    turned = [(month, of.turned) for month, of in found.months if of.turned.total]
    saved = [(month, of.saving) for month, of in found.months if of.saving.cases]
    stuck = whole.turned.total + whole.straight.total
    return FairnessPage(
        lead=_("The last twelve months, in the cases of those teams that you see."),
        least=LEAST,
        verdict=_verdict(whole.turned, whole.straight) if stuck else "",
        both=(_fates(_("Turned about"), whole.turned), _fates(_("Not turned about"), whole.straight)) if stuck else (),
        figure=_figure(dict(turned)),
        months=tuple(_fates(_name(month), fates) for month, fates in reversed(turned)),
        steps=(
            _step(_("They proposed something"), found.to_option),
            _step(_("We made an offer"), found.to_offer),
            _step(_("We agreed"), found.to_agreement),
        )
        if turned
        else (),
        saved=_saved(whole.saving, currency),
        few=_few(whole.saving),
        below=_below(whole.saving),
        picture=_picture({month: saving.saved for month, saving in saved}, currency),
        savings=tuple(_saving(_name(month), saving, currency) for month, saving in reversed(saved)),
        unknown=_unknown(found.unknown),
        no_deadlocks=None if stuck else _no_deadlocks(),
        no_savings=None if whole.saving.cases else _no_savings(),
    )


def _fates(name: str, fates: Fates) -> FatesView:
    rate = "–" if fates.rate is None else _percent(fates.rate)
    words = ngettext("%(count)d deadlock, %(ended)d at an end", "%(count)d deadlocks, %(ended)d at an end", fates.total)
    told = words % {"count": fates.total, "ended": fates.decided}
    return FatesView(name=name, rate=rate, counts=fates.counts, told=told, bar=split_bar(fates.counts, FATES))


def _verdict(turned: Fates, straight: Fates) -> str:
    """Return how often each ended in an agreement, and of how many: as far as there are enough to say so."""
    given = {"agreed": turned.agreed, "ended": turned.decided, "others": straight.agreed, "rest": straight.decided}
    if turned.rate is None:
        return (
            ngettext(
                "Too few to say whether the about-face helps: %(ended)d deadlock that was turned about came to an end.",
                "Too few to say whether the about-face helps: %(ended)d deadlocks that were turned about came to an "
                "end.",
                turned.decided,
            )
            % given
        )
    shares = {"rate": _percent(turned.rate), "other_rate": _percent(straight.rate) if straight.rate is not None else ""}
    told = _("Turned about, %(agreed)d of %(ended)d deadlocks ended in an agreement: %(rate)s.") % (given | shares)
    if straight.rate is None:
        return f"{told} " + _("Without it there are too few to compare with: %(rest)d came to an end.") % given
    return f"{told} " + _("Without it, %(others)d of %(rest)d: %(other_rate)s.") % (given | shares)


def _figure(turned: Mapping[date, Fates]) -> SafeString:
    if len(turned) < _A_COURSE:
        return SafeString()
    return columns(
        [(_short(month), turned[month].counts if month in turned else (0,)) for month in _through(turned)],
        FATES,
        _("Deadlocks that were turned about, by month; the table below says how many."),
    )


def _through(months: Collection[date]) -> Iterator[date]:
    """Yield every month from the first of these to the last, those in between with nothing in them as well."""
    month, last = min(months), max(months)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


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


def _few(saving: Saving) -> str:
    if not saving.cases or saving.cases >= LEAST:
        return ""
    return _("That is too few to go by: take it for an example, and look again once there are %(least)d.") % {
        "least": LEAST
    }


def _below(saving: Saving) -> str:
    if saving.share_below is None:
        return ""
    return _("%(share)s of those who named a sum (%(below)d of %(bids)d) asked for less than we would have given.") % {
        "share": _percent(saving.share_below),
        "below": saving.below,
        "bids": saving.with_bid,
    }


def _picture(saved: Mapping[date, Decimal], currency: str) -> SafeString:
    if not saved:
        return SafeString()
    months = [
        (_short(month), float(saved.get(month, 0)), _whole(saved[month], currency) if month in saved else "")
        for month in _through(saved)
    ]
    told = ", ".join(f"{_name(month)} {_sum(value, currency)}" for month, value in saved.items())
    return ups_and_downs(months, _("Saved by month, and below the line what it cost: %(sums)s") % {"sums": told})


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


def _whole(amount: Decimal, currency: str) -> str:
    """Return a sum as it stands in a drawing: without its cents."""
    return money(Money(amount.quantize(Decimal(1)), currency))


def _short(month: date) -> str:
    return formats.date_format(month, "M")


def _name(month: date) -> str:
    return formats.date_format(month, "M Y")


def _percent(rate: float) -> str:
    return _("%(figure)d %%") % {"figure": int(rate * 100 + _A_HAIR)}  # never rounded up: 99.9 is not all of them


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
