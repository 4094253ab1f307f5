"""Money of another currency: what it is worth in the house's own, and by the rate of which day."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amends.desk.text import money
from amends.method.policy import Policy
from amends.transcript import Money


def in_house(value: Money | None, at: datetime | None, policy: Policy) -> str:
    """Return in a few words what `value` was worth here on the day of `at`; empty for the house's own currency."""
    if value is None or at is None or value.currency == policy.currency:
        return ""
    worth, rate = policy.exchanged(value, at), policy.rate(value.currency, at)
    if worth is None or rate is None:
        return _("no rate is known for %(currency)s") % {"currency": value.currency}
    day = date_format(rate.since, "j F Y")
    return _("%(amount)s here, by the rate of %(day)s") % {"amount": money(worth), "day": day}
