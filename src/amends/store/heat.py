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

from amends.method.state import State

DOUBLING = timedelta(hours=36)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_UPSET_WEIGHT = (1.0, 1.5, 3.0, 6.0, 12.0)
_VALUE_STEP = 1000.0
_MOST_FOR_VALUE = 3.0  # a customer worth little is never out of sight: value moves a case by this factor at most
_NOT_OUR_TURN = 0.125


def heat(state: State, spent: Decimal) -> float:
    """Return the sort key of a case; higher is hotter. `spent` is the customer's total in the house's currency."""
    weight = _UPSET_WEIGHT[max(state.unheard, state.upset or 0)]
    weight *= min(_MOST_FOR_VALUE, 1.0 + log2(1.0 + max(0.0, float(spent)) / _VALUE_STEP))
    weight *= 1.0 if state.ours else _NOT_OUR_TURN
    since = state.waiting_since or state.last_word_at or state.opened_at or _EPOCH
    return log2(weight) - (since - _EPOCH) / DOUBLING
