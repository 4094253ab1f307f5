"""How often a failure drove somebody away: what this house saw, against what was published."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Subquery

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
    that they came back. A few queries: the place from which cases are old enough is found by halving.
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
    last_order = Order.objects.order_by("-placed_at").values("placed_at")[:1]
    ends = Case.objects.order_by("-pk").annotate(ordered=Subquery(last_order)).values_list("pk", "ordered").first()
    if ends is None or ends[1] is None:
        return []
    newest, known_until = ends
    until = min(now, known_until)
    old_enough = until - (after(policy.follow_up, until, calendar) - until)
    place = bisect_left(range(newest + 1), old_enough, key=_opened)
    rows = Case.objects.filter(pk__lt=place, closed_at__isnull=False, customer__first_order_at__isnull=False)
    found = []
    for case in rows.select_related("customer").order_by("-pk")[:NEWEST]:
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


def _opened(number: int) -> datetime:
    """Return when the first case from this number on came in: numbers rise with time."""
    return Case.objects.filter(pk__gte=number).order_by("pk").values_list("opened_at", flat=True)[0]
