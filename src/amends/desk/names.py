"""What remedies, outcomes, threats and channels are called."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amends.desk.text import money
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome, Remedy, ThreatKind
from amends.transcript import Money

REMEDIES: Final[dict[Remedy, str | Promise]] = {
    Remedy.REFUND: gettext_lazy("A refund"),
    Remedy.REPLACEMENT: gettext_lazy("A replacement"),
    Remedy.REPAIR: gettext_lazy("A repair"),
    Remedy.COMPENSATION: gettext_lazy("A compensation"),
    Remedy.APOLOGY: gettext_lazy("An apology"),
    Remedy.EXPLANATION: gettext_lazy("An explanation"),
    Remedy.CANCELLATION: gettext_lazy("A cancellation"),
    Remedy.ACTION: gettext_lazy("Something to be done"),
    Remedy.HUMAN: gettext_lazy("To speak with a person"),
    Remedy.CREDIT: gettext_lazy("A credit"),
    Remedy.DISCOUNT: gettext_lazy("A discount"),
    Remedy.PRIORITY: gettext_lazy("Priority"),
    Remedy.GIFT: gettext_lazy("A gift"),
    Remedy.DONATION: gettext_lazy("A donation"),
    Remedy.CHANGE: gettext_lazy("That we do it differently from now on"),
}
THREATS: Final[dict[ThreatKind, str | Promise]] = {
    ThreatKind.LEAVE: gettext_lazy("Thinks of leaving"),
    ThreatKind.PUBLIC: gettext_lazy("Wants to tell others"),
    ThreatKind.LEGAL: gettext_lazy("Speaks of the law"),
}
CALLS: Final[dict[CallResult, str | Promise]] = {
    CallResult.REACHED: gettext_lazy("Reached them"),
    CallResult.NOT_REACHED: gettext_lazy("Did not reach them"),
    CallResult.DECLINED: gettext_lazy("They did not want to talk"),
    CallResult.NOT_FIXED: gettext_lazy("Reached them: it is not fixed"),
    CallResult.PREFERS_WRITING: gettext_lazy("They would rather write"),
}
PROBLEMS: Final[dict[ProblemOutcome, str | Promise]] = {
    ProblemOutcome.FIXED: pgettext_lazy("problem", "Fixed"),
    ProblemOutcome.PARTLY: pgettext_lazy("problem", "Partly fixed"),
    ProblemOutcome.NOT_FIXED: pgettext_lazy("problem", "Not fixed"),
    ProblemOutcome.NO_REMEDY: pgettext_lazy("problem", "There was no remedy"),
}
CUSTOMERS: Final[dict[CustomerOutcome, str | Promise]] = {
    CustomerOutcome.DELIGHTED: pgettext_lazy("customer", "Delighted"),
    CustomerOutcome.CONTENT: pgettext_lazy("customer", "Content"),
    CustomerOutcome.NEUTRAL: pgettext_lazy("customer", "So-so"),
    CustomerOutcome.UNHAPPY: pgettext_lazy("customer", "Unhappy"),
    CustomerOutcome.LOST: pgettext_lazy("customer", "Lost"),
}
_MEASURED: Final = frozenset({Remedy.REFUND, Remedy.COMPENSATION})
CHANNELS: Final[dict[str, tuple[str | Promise, str]]] = {
    "email": (gettext_lazy("e-mail"), "mail"),
    "phone": (gettext_lazy("phone"), "phone"),
    "webform": (gettext_lazy("web form"), "panel-top"),
    "page": (gettext_lazy("their page"), "user-round"),
    "api": (gettext_lazy("a program"), "plug"),
    "outreach": (gettext_lazy("a word of ours"), "megaphone"),
}
"""Name and icon of each way that words travel."""


def channel(name: str) -> tuple[str, str]:
    """Return the name and the icon of a channel; a plug-in's own name stands for itself."""
    label, icon = CHANNELS.get(name, (name, "message-square"))
    return str(label), icon


def remedy(kind: Remedy | None, amount: Money | None) -> str:
    """Return a remedy in a few words, with its amount where one was named."""
    what = str(REMEDIES[kind]) if kind is not None else ""
    if amount is None or kind is None:
        return what if amount is None else money(amount)
    both = {"remedy": what, "amount": money(amount)}
    return _("%(remedy)s of %(amount)s") % both if kind in _MEASURED else _("%(remedy)s: %(amount)s") % both
