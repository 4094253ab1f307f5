"""What is at stake in a case, and what each figure rests on."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _

from amends.desk.contexts.stake import StakeView
from amends.desk.text import money
from amends.insight.leaving import Leavings
from amends.insight.relation import Relation
from amends.method.policy import Policy
from amends.method.state import State
from amends.store.models import Customer
from amends.transcript import Money
from amends.worth.stake import Leaving, at_stake, chance


@dataclass(frozen=True, slots=True)
class Bond:
    """A customer, what they and the house went through, and how likely a failure drives somebody away."""

    customer: Customer
    relation: Relation
    leavings: Leavings


def stake_view(bond: Bond, state: State, policy: Policy, now: datetime) -> StakeView:
    """Return the panel."""
    again = state.failed_again
    leaving = chance(1 + again, bond.leavings.once, bond.leavings.again)
    worth, label, why = _worth(bond.customer, policy, now)
    figures = policy.figures
    low, high = figures.tells_at_least, figures.tells_at_most
    mouth = _("Word of mouth is an estimate, and no part of the money: %(source)s.") % {"source": low.source}
    return StakeView(
        worth=worth,
        worth_label=label,
        chance=round(100 * leaving),
        at_stake=Money(at_stake(worth.amount, leaving), worth.currency),
        again=again,
        tells=_("%(least)g to %(most)g people") % {"least": low.value, "most": high.value},
        rests_on=(why, *_chances(bond.leavings, policy, again=again), mouth),
    )


def _worth(customer: Customer, policy: Policy, now: datetime) -> tuple[Money, str, str]:
    """Return what they are worth, what that figure is, and what it rests on."""
    if customer.worth is not None:
        on = formats.date_format(customer.worth_on, "j F Y") if customer.worth_on is not None else _("no day known")
        terms = {"day": on, "years": policy.stake.years, "margin": round(100 * policy.stake.margin)}
        why = _("Worth: what stays with us of the purchases to expect in %(years)g years, reckoned on %(day)s.") % terms
        return Money(customer.worth, policy.currency), _("expected of them"), why
    spent = Money(customer.spent, customer.currency or policy.currency)
    if not customer.orders_count and not customer.spent:
        return (
            spent,
            _("no order is known"),
            _("Worth: no order of theirs is known, so there is nothing to reckon from."),
        )
    why = _("Worth: what they spent with us so far, since nothing has been foretold for them yet.")
    known = policy.in_house(spent, now)
    if known is None:
        why += " " + _("There is no rate for %(currency)s, so it does not move them in the inbox.") % {
            "currency": spent.currency
        }
    elif spent.currency != policy.currency:
        why += " " + _("That is %(money)s.") % {"money": money(Money(known, policy.currency))}
    return spent, _("spent so far"), why


def _chances(leavings: Leavings, policy: Policy, *, again: bool) -> tuple[str, ...]:
    figure = policy.stake.leaves_after_several if again else policy.stake.leaves_after_one
    leaving = leavings.again if again else leavings.once
    told = {"share": round(100 * figure.value), "source": figure.source}
    published = _("Chance: %(share)d %% leave after a failure (%(source)s).") % told
    if again:
        published = _("Chance: %(share)d %% leave after several failures (%(source)s).") % told
    return published, _own(leaving)


def _own(leaving: Leaving) -> str:
    if not leaving.followed:
        return _("Your own history has a say once closed cases are old enough to see who came back.")
    words = _(
        "Your own history: %(left)d of %(followed)d bought nothing since. It counts %(own)d parts, and the published "
        "figure %(prior)d."
    )
    return words % {
        "left": leaving.left,
        "followed": leaving.followed,
        "own": leaving.followed,
        "prior": leaving.prior_cases,
    }
