"""Good and bad contacts with a customer, as a sentence, a picture and a table."""

from collections.abc import Iterator
from typing import Final

from django.utils import formats
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from amends.desk.contexts.stake import GoodwillStep, GoodwillView
from amends.desk.figures import balance
from amends.insight.relation import Relation
from amends.method.policy import Policy
from amends.worth.goodwill import BAD, Goodwill, Kind, Step, goodwill

_STEPS: Final = 12
_NAMES: Final[dict[Kind, str | Promise]] = {
    Kind.ORDER: gettext_lazy("An order that went well"),
    Kind.KEPT: gettext_lazy("A promise kept in time"),
    Kind.PRAISE: gettext_lazy("Praise"),
    Kind.SURVEY: gettext_lazy("A good survey"),
    Kind.FAILURE: gettext_lazy("A complaint"),
    Kind.BROKEN: gettext_lazy("A broken promise"),
    Kind.BAD_SURVEY: gettext_lazy("A bad survey"),
}
_COUNTS: Final = {
    Kind.ORDER: ngettext_lazy("%d order that went well", "%d orders that went well"),
    Kind.KEPT: ngettext_lazy("%d promise kept in time", "%d promises kept in time"),
    Kind.PRAISE: ngettext_lazy("%d word of praise", "%d words of praise"),
    Kind.SURVEY: ngettext_lazy("%d good survey", "%d good surveys"),
    Kind.FAILURE: ngettext_lazy("%d complaint", "%d complaints"),
    Kind.BROKEN: ngettext_lazy("%d broken promise", "%d broken promises"),
    Kind.BAD_SURVEY: ngettext_lazy("%d bad survey", "%d bad surveys"),
}


def goodwill_view(relation: Relation, policy: Policy, *, width: int = 560, height: int = 120) -> GoodwillView:
    """Return the balance, its picture so wide and high."""
    figure = policy.figures.good_for_one_bad
    found = goodwill(relation.contacts, weight=figure.value, before=relation.before)
    told = _("One bad experience left unresolved weighs %(weight)g good ones (%(source)s). One put right weighs 1.")
    return GoodwillView(
        says=_says(found),
        to_do=_to_do(found),
        picture=_picture(found, width, height),
        counted=tuple(_counted(found)),
        steps=tuple(_step(step) for step in reversed(found.steps[-_STEPS:])),
        source=told % {"weight": figure.value, "source": figure.source},
    )


def _says(found: Goodwill) -> str:
    if not found.steps and not found.before:
        return _("Nothing is known yet, good or bad.")
    if found.balance < 0:
        return _("%(balance)s: the bad outweighs the good.") % {"balance": _signed(found.balance)}
    if found.balance > 0:
        return _("%(balance)s: the good outweighs the bad.") % {"balance": _signed(found.balance)}
    return _("Even: good and bad outweigh each other.")


def _to_do(found: Goodwill) -> str:
    short = found.to_be_even
    if not short:
        return ""
    alone = ngettext("%(count)d good contact makes it even.", "%(count)d good contacts make it even.", short)
    words = alone % {"count": short}
    if not found.unresolved:
        return words
    mended = found.after_mending()
    if mended >= 0:
        return words + " " + _("So does putting right what is unresolved.")
    left = {"balance": _signed(mended)}
    return words + " " + _("Putting right what is unresolved brings it to %(balance)s.") % left


def _counted(found: Goodwill) -> Iterator[str]:
    for kind in Kind:
        count = found.count(kind) + (found.before if kind is Kind.ORDER else 0)
        if count:
            yield str(_COUNTS[kind] % count)


def _step(step: Step) -> GoodwillStep:
    name = str(_NAMES[step.kind])
    return GoodwillStep(
        at=step.at,
        says=_("%(what)s, put right") % {"what": name} if step.mended else name,
        change=_signed(step.change),
        balance=_signed(step.balance),
        good=step.mended or step.kind not in BAD,
    )


def _picture(found: Goodwill, width: int, height: int) -> SafeString:
    if not found.steps:
        return SafeString()
    points = [(step.at.timestamp(), step.balance) for step in found.steps]
    label = _("Goodwill over time, from %(first)s to %(last)s: it stands at %(balance)s.") % {
        "first": formats.date_format(found.steps[0].at, "F Y"),
        "last": formats.date_format(found.steps[-1].at, "F Y"),
        "balance": _signed(found.balance),
    }
    return balance(points, label, start=found.before, width=width, height=height)


def _signed(value: float) -> str:
    figure = formats.number_format(f"{abs(value):g}", use_l10n=True)
    return f"−{figure}" if value < 0 else f"+{figure}" if value > 0 else figure
