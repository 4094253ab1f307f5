"""The policy in force, for reading: its numbers with their sources."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.desk.contexts.settings import NumberView, PolicyView
from amends.method.policy import Hours, Policy, Term, Unit

_TERMS: Final[dict[str, str | Promise]] = {
    "hold": gettext_lazy("A reply waits before it goes out"),
    "acknowledge": gettext_lazy("A first word"),
    "update": gettext_lazy("An update is due"),
    "silence": gettext_lazy("The longest silence"),
    "snooze_limit": gettext_lazy("Put off at most, after our last word"),
    "promise_warning": gettext_lazy("Reminder before a promise is due"),
    "promise_escalation": gettext_lazy("A broken promise is called to the lead"),
    "bid_wait": gettext_lazy("We wait for what they think is fair"),
    "callback_opens": gettext_lazy("Call back, from"),
    "callback_closes": gettext_lazy("Call back, until"),
    "callback_slot": gettext_lazy("A booked call is kept free for"),
    "callback_retry": gettext_lazy("Try again"),
    "rates_last": gettext_lazy("A rate of exchange counts"),
    "booking_limit": gettext_lazy("A call can be booked ahead"),
    "thanks": gettext_lazy("Thank-you"),
    "survey": gettext_lazy("Survey"),
    "survey_reminder": gettext_lazy("Its one reminder"),
    "approval": gettext_lazy("An answer to who wants to give more"),
    "follow_up": gettext_lazy("A look whether they came back"),
}


def policy_view(policy: Policy) -> PolicyView:
    """Return the policy; what has no name for people yet goes by its key."""
    return PolicyView(
        title=policy.title,
        source=policy.source,
        checked=policy.checked,
        legal=tuple(
            NumberView(name=clock.title, value=term_words(clock.within), source=clock.within.source or clock.source)
            for clock in policy.legal.values()
        ),
        terms=tuple(
            NumberView(name=str(_TERMS.get(key, key)), value=term_words(term), source=term.source)
            for key, term in policy.terms()
        ),
        hours=(
            NumberView(name=_("The house"), value=_hours(policy.calendar), source=policy.calendar.zone),
            *(
                NumberView(name=name, value=_hours(team.calendar), source=team.calendar.zone)
                for name, team in policy.teams.items()
            ),
        ),
    )


def term_words(term: Term) -> str:
    """Return a span of time in words, such as `1 working day`."""
    count = int(term.amount) if term.amount == int(term.amount) else 2  # a part of one is said as many are
    return _unit(term.unit, count) % {"count": f"{term.amount:g}"}


def _unit(unit: Unit, count: int) -> str:
    match unit:
        case "seconds":
            return ngettext("%(count)s second", "%(count)s seconds", count)
        case "minutes":
            return ngettext("%(count)s minute", "%(count)s minutes", count)
        case "hours":
            return ngettext("%(count)s hour", "%(count)s hours", count)
        case "days":
            return ngettext("%(count)s day", "%(count)s days", count)
        case "working_hours":
            return ngettext("%(count)s working hour", "%(count)s working hours", count)
        case "working_days":
            return ngettext("%(count)s working day", "%(count)s working days", count)


def _hours(hours: Hours) -> str:
    return "; ".join(f"{days} {', '.join(shifts)}" for days, shifts in hours.hours.items())
