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
from amends.worth.stake import Leaving, at_stake, chance

DOUBLING = timedelta(hours=36)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_UPSET_WEIGHT = (1.0, 1.5, 3.0, 6.0, 12.0)
_NOT_OUR_TURN = 0.125


def heat_of(state: State, customer: Customer, policy: Policy) -> float:
    """Return the sort key of a case of this customer; higher is hotter."""
    return heat(state, value_at_stake(state, customer, policy), policy)


def heat(state: State, value: Decimal, policy: Policy) -> float:
    """Return the sort key of a case with this value at stake, in the house's currency.

    A case weighs from once to `most` times (of the policy) for it. So nobody is out of sight for being worth little:
    who waits `log2(most)` doublings longer stands above somebody as upset who is worth any fortune.
    """
    weight = _UPSET_WEIGHT[max(state.unheard, state.upset or 0)]
    weight *= min(policy.stake.most, 1.0 + log2(1.0 + max(0.0, float(value)) / policy.stake.doubles_at))
    weight *= 1.0 if state.ours else _NOT_OUR_TURN
    since = state.waiting_since or state.last_word_at or state.opened_at or _EPOCH
    return log2(weight) - (since - _EPOCH) / DOUBLING


def value_at_stake(state: State, customer: Customer, policy: Policy) -> Decimal:
    """Return what is at stake, from the policy's figures alone, in the house's currency.

    The house's own history has no say here: it changes from day to day, and with it every case would have to be
    sorted anew. It moves all cases alike, but for the difference between a first failure and a second.
    """
    stake = policy.stake
    once, again = (Leaving(f.value, stake.prior_cases) for f in (stake.leaves_after_one, stake.leaves_after_several))
    return at_stake(_worth(customer, policy), chance(1 + state.failed_again, once, again))


def _worth(customer: Customer, policy: Policy) -> Decimal:
    """Return what they are expected to bring, else what they spent so far; 0 in a currency without a rate."""
    if customer.worth is not None:
        return customer.worth
    spent = Money(customer.spent, customer.currency or policy.currency)
    return policy.in_house(spent, customer.last_order_at or customer.created_at) or Decimal(0)
