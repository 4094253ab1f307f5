"""How often a failure drove somebody away: what this house saw, against what was published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.insight.history import state_of
from amends.method.calendar import Calendar
from amends.method.clock import after
from amends.method.policy import Figure, Policy
from amends.store.models import Case, Order
from amends.worth.stake import Leaving

NEWEST: Final = 200
"""So many followed cases are looked at, the newest: what was long ago says less of today."""


@dataclass(frozen=True, slots=True)
class Leavings:
    """How likely somebody leaves after a first failure, and after another one."""

    once: Leaving
    again: Leaving


def leavings(policy: Policy, calendar: Calendar, *, now: datetime) -> Leavings:
    """Return both, with the house's own history.

    Followed are customers who had bought before they complained, and whose case was closed for as long as `follow_up`
    of the policy asks, by what was ordered until then. Who bought nothing since has left, unless somebody wrote down
    that they came back. Two queries, however many cases there are.
    """
    left, followed = [0, 0], [0, 0]
    for again, came_back in _followed(policy, calendar, now):
        kind = int(again)
        followed[kind] += 1
        left[kind] += not came_back
    stake = policy.stake

    def leaving(figure: Figure, kind: int) -> Leaving:
        return Leaving(figure.value, stake.prior_cases, left[kind], followed[kind])

    return Leavings(leaving(stake.leaves_after_one, 0), leaving(stake.leaves_after_several, 1))


def _followed(policy: Policy, calendar: Calendar, now: datetime) -> list[tuple[bool, bool]]:
    """Return for each followed case whether it was not the first failure, and whether they came back."""
    known_until = Order.objects.order_by("-placed_at").values_list("placed_at", flat=True).first()
    if known_until is None:
        return []
    until = min(now, known_until)
    old_enough = until - (after(policy.follow_up, until, calendar) - until)
    rows = Case.objects.filter(closed_at__lte=old_enough, customer__first_order_at__isnull=False)
    found = []
    for case in rows.select_related("customer").order_by("-closed_at")[:NEWEST]:
        closed, customer = case.closed_at, case.customer
        if closed is None or after(policy.follow_up, closed, calendar) > until:
            continue
        state = state_of(case)
        begun, first, last = state.complained_at, customer.first_order_at, customer.last_order_at
        if begun is None or first is None or last is None or first > begun:
            continue
        came_back = last > closed if state.bought_again is None else state.bought_again
        found.append((state.failed_again, came_back))
    return found
