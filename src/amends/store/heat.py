"""How hot a case is: upset × value at stake × waiting, as one number that can be stored and sorted.

Waiting grows while nobody looks, so the plain product would change every second. Its logarithm does not have to:
with an urgency that doubles for every `DOUBLING` of waiting,

    log2(weight × 2^((now - since) / DOUBLING)) = log2(weight) + now/DOUBLING - since/DOUBLING

and `now/DOUBLING` is the same for all cases. What is left, `log2(weight) - since/DOUBLING`, stands still until the
case changes, and sorts just the same.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import log2

from amends.method.policy import Policy
from amends.method.state import State
from amends.store.models import Customer
from amends.transcript import Money

DOUBLING = timedelta(hours=36)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_UPSET_WEIGHT = (1.0, 1.5, 3.0, 6.0, 12.0)
_VALUE_STEP = 1000.0
_NOT_OUR_TURN = 0.125


def heat(state: State, value: Decimal, most: float) -> float:
    """Return the sort key of a case; higher is hotter.

    `value` is what the customer is worth to the house, in its currency; `most` how many times more a case can weigh
    for it. So nobody is out of sight for being worth little: who waits `log2(most)` doublings longer stands above
    somebody as upset who is worth any fortune.
    """
    weight = _UPSET_WEIGHT[max(state.unheard, state.upset or 0)]
    weight *= min(most, 1.0 + log2(1.0 + max(0.0, float(value)) / _VALUE_STEP))
    weight *= 1.0 if state.ours else _NOT_OUR_TURN
    since = state.waiting_since or state.last_word_at or state.opened_at or _EPOCH
    return log2(weight) - (since - _EPOCH) / DOUBLING


def value_of(customer: Customer, policy: Policy) -> Decimal:
    """Return what a customer's case weighs by, in the house's currency.

    What they are expected to bring, else what they spent so far: nothing where no rate says what that is worth here.
    """
    if customer.worth is not None:
        return customer.worth
    spent = Money(customer.spent, customer.currency or policy.currency)
    return policy.in_house(spent, customer.last_order_at or customer.created_at) or Decimal(0)
