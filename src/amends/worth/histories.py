"""From purchases to what the models look at: how often each customer came back, when last, for how long, for how much.

>>> import numpy as np
>>> shop = histories(np.array([0, 0, 0, 1]), np.array([0, 14, 70, 7]), np.array([9.0, 8, 6, 5]), until=84, unit_days=7)
>>> shop.repeats.tolist(), shop.last.tolist(), shop.age.tolist(), shop.spend.tolist()
([2.0, 0.0], [10.0, 0.0], [12.0, 11.0], [7.0, 0.0])
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Purchases:
    """Purchases, one an entry: whose (by number), on which day (counted from the year 1), for how much."""

    customers: Numbers
    days: Numbers
    amounts: Floats


@dataclass(frozen=True, slots=True)
class Histories:
    """Customers, one a row, seen from one day; times are in units of `unit_days` days.

    `customers` are their numbers, `repeats` the days with a purchase after the first, `last` the time from the first to
    the last of them (0 without any), `age` the time from the first to the day of looking, `spend` the mean of what the
    repeated purchases cost (0 without any, or where returns outweigh them). Who only ever gave something back is not
    among them: what they bought lies before these purchases begin.
    """

    customers: Numbers
    repeats: Floats
    last: Floats
    age: Floats
    spend: Floats
    unit_days: float

    def __len__(self) -> int:
        return len(self.customers)


def histories(customers: Numbers, days: Numbers, amounts: Floats, *, until: int, unit_days: float) -> Histories:
    """Return the histories up to the day `until`, of customers who had bought by then.

    The three arrays have an entry for each purchase: whose, on which day, for how much (less than nothing is a
    return). What somebody buys on one day is one purchase, and a day on which only something came back is none.
    What is placed behind `until` counts once its day has come.
    """
    seen = days <= until
    who, when, paid = _by_day(customers[seen], days[seen], amounts[seen])
    if not len(who):
        empty = np.zeros(0)
        return Histories(np.zeros(0, np.int64), empty, empty, empty, empty, unit_days)
    begins = np.flatnonzero(np.concatenate([[True], who[1:] != who[:-1]]))
    ends = np.append(begins[1:], len(who)) - 1
    repeats = (ends - begins).astype(float)
    sums = np.add.reduceat(paid, begins) - paid[begins]
    mean = np.divide(sums, repeats, out=np.zeros_like(sums), where=repeats > 0)
    return Histories(
        customers=who[begins],
        repeats=repeats,
        last=(when[ends] - when[begins]) / unit_days,
        age=(until - when[begins]) / unit_days,
        spend=np.maximum(mean, 0.0),
        unit_days=unit_days,
    )


def purchases_after(customers: Numbers, days: Numbers, amounts: Floats, *, after: int, of: Histories) -> Floats:
    """Return for each customer of `of` on how many days behind the day `after` they bought something."""
    later = days > after
    who, _when, _paid = _by_day(customers[later], days[later], amounts[later])
    found = np.zeros(len(of))
    place = np.searchsorted(of.customers, who)
    known = place < len(of)
    known[known] = of.customers[place[known]] == who[known]
    np.add.at(found, place[known], 1)
    return found


def _by_day(customers: Numbers, days: Numbers, amounts: Floats) -> tuple[Numbers, Numbers, Floats]:
    """Return who bought on which day for how much in all, in order; returns count on the customer's last purchase.

    The first day is how we know them: it counts for what was had for nothing, too. A return with no purchase before
    it is of something older than these purchases, and is left out.
    """
    order = np.lexsort((days, customers))
    who, when, paid = customers[order], days[order], amounts[order]
    if not len(who):
        return who, when, paid
    begins = np.flatnonzero(np.concatenate([[True], (who[1:] != who[:-1]) | (when[1:] != when[:-1])]))
    paid = np.add.reduceat(paid, begins)
    who, when = who[begins], when[begins]
    bought = paid > 0
    first = np.concatenate([[True], who[1:] != who[:-1]])
    bought |= first & (paid == 0)
    place = np.maximum.accumulate(np.where(bought, np.arange(len(who)), -1))
    known = (place >= 0) & (who[place] == who)
    kept = np.zeros(len(who))
    np.add.at(kept, place[known], paid[known])
    return who[bought], when[bought], kept[bought]
