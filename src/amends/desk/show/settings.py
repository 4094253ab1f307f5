"""The page of settings, put together."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.actions.actors import Staff
from amends.coaching.rules import RULES, Rule
from amends.desk.contexts.settings import RuleFamily, RuleView, SettingsPage
from amends.desk.contexts.yours import YoursView
from amends.desk.show.policy import policy_view
from amends.insight.advice import Overridden
from amends.method.policy import Policy
from amends.method.words import Rank

LATELY_DAYS: Final = 90
_FAMILIES: Final[dict[str, str | Promise]] = {
    "D": gettext_lazy("Diagnose before you prescribe"),
    "F": gettext_lazy("Fix the customer, too"),
    "A": gettext_lazy("Act, and follow through"),
}
_PART = re.compile(r"\*\*(Why it costs you|Don't|Do)\*\* ")
_MARKUP = re.compile(r"[*`]")


def settings_page(
    who: Staff, off: Collection[str], counted: Mapping[str, Overridden], policy: Policy, yours: YoursView
) -> SettingsPage:
    """Return the page: what is one's own, every rule that speaks beside drafts, and the policy."""
    may = who.rank is not Rank.HANDLER
    return SettingsPage(
        families=tuple(
            RuleFamily(
                title=str(title),
                rules=tuple(_view(rule, off, counted, may=may) for rule in RULES if rule.code[0] == letter),
            )
            for letter, title in _FAMILIES.items()
        ),
        may_switch=may,
        policy=policy_view(policy),
        yours=yours,
    )


def _view(rule: type[Rule], off: Collection[str], counted: Mapping[str, Overridden], *, may: bool) -> RuleView:
    parts = _PART.split(rule.page())
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    found = counted.get(rule.code)
    return RuleView(
        code=rule.code,
        name=rule.name,
        title=_plain(parts[0]),
        why=_plain(told["Why it costs you"]),
        dont=_plain(told["Don't"]),
        do=_plain(told["Do"].partition("\n\n")[0]),
        on=rule.code not in off,
        overridden="" if found is None else _count(found),
        switch_url=reverse("desk:switch-rule", args=[rule.code]) if may else "",
    )


def _count(found: Overridden) -> str:
    sent = ngettext(
        "%(count)d reply went out against it in %(days)d days",
        "%(count)d replies went out against it in %(days)d days",
        found.replies,
    ) % {"count": found.replies, "days": LATELY_DAYS}
    if not found.dismissed:
        return f"{sent}."
    return _("%(sent)s; on %(count)d of them it was waved away.") % {"sent": sent, "count": found.dismissed}


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())
