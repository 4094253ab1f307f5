"""What is left of a remedy: one fewer when somebody takes an offer of it, one more when that was not so after all."""

from collections import Counter

from django.db.models import F, QuerySet

from amends.method.state import OfferStatus, State
from amends.store.models import RemedyItem


def settle_stock(was: State, now: State) -> tuple[str, ...]:
    """Take what was agreed since `was` out of the stock, give back what no longer is; return what had run out.

    One plain statement for each, with its own condition: of two at once for the last one, one finds none left. What
    the customer said yes to stands all the same, and the stock is never below nothing.
    """
    if was.offers == now.offers:
        return ()
    before, after = _taken(was), _taken(now)
    for code, count in (before - after).items():
        _stocked(code).update(stock=F("stock") + count)
    return tuple(code for code, count in (after - before).items() if not _take(code, count))


def _take(code: str, count: int) -> bool:
    """Take so many, or all that are left; return whether there were enough."""
    if _stocked(code).filter(stock__gte=count).update(stock=F("stock") - count):
        return True
    return not _stocked(code).update(stock=0)  # nothing to count where there are as many as it takes


def _stocked(code: str) -> QuerySet[RemedyItem]:
    return RemedyItem.objects.filter(code=code, stock__isnull=False)


def _taken(state: State) -> Counter[str]:
    return Counter(o.item for o in state.offers if o.item and o.status is OfferStatus.ACCEPTED)
