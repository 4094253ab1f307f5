"""What other currencies are worth in the house's own, day by day."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct


class Rate(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """From this day on, one unit of a currency is worth `rate` units of the house's; after `until`, nobody knows."""

    since: date
    rate: Decimal
    until: date | None = None


class Table:
    """Rates of each currency, in the order of their days, so that a day among thousands is found at once.

    Of two rates of one day, the one that was given last counts.

    >>> table = Table({"EUR": [Rate(date(2026, 3, 2), Decimal("1.08"))]})
    >>> table.at("EUR", date(2026, 3, 7)).rate, table.at("EUR", date(2026, 3, 1))
    (Decimal('1.08'), None)
    """

    def __init__(self, rates: Mapping[str, Iterable[Rate]]) -> None:
        self._rates = {currency: sorted(given, key=lambda rate: rate.since) for currency, given in rates.items()}
        self._days = {currency: [rate.since for rate in given] for currency, given in self._rates.items()}

    def at(self, currency: str, day: date) -> Rate | None:
        """Return the rate of this day: its own, or the last one before it; None where that is too old, or missing."""
        place = bisect_right(self._days.get(currency, ()), day)
        if not place:
            return None
        found = self._rates[currency][place - 1]
        return None if found.until is not None and found.until < day else found
