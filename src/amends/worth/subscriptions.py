"""Contracts: what is agreed until they renew, and what is likely to come after it, by the house's own renewals.

>>> import numpy as np
>>> two = Contracts.of([(7, 10.0, 12, 0, None, None), (8, 10.0, 12, 0, None, 365)])
>>> learned = renewals(two, today=400)
>>> learned.of(12)
(1, 2)
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from amends.worth.histories import Floats, Numbers
from amends.worth.terms import Terms

_DAYS_A_YEAR = 365.25
_DAYS_A_MONTH = _DAYS_A_YEAR / 12
_SLACK = 5.0  # days: months differ, and a contract that ends on its last day or just after it was not renewed
_OLDEST = 60  # ends of a term; older contracts are renewed as those are
_AS_ALL = 10.0  # what all ages say counts for an age as so many renewals of its own do
_LONG = 10.0**7  # days; no end

Row = tuple[int, float, int, int, int | None, int | None]
"""Whose, the amount of a term, its months, and the days on which it began, renews next and ends."""
Asked = Mapping[int, Mapping[int, tuple[int, int]]]
"""By months of a term, and by which end of a term it was: how many contracts were renewed, and of how many."""


@dataclass(frozen=True, slots=True)
class Contracts:
    """Contracts, one an entry; days are counted from the year 1. `renews` and `ended` are 0 where nothing says so."""

    customers: Numbers
    amounts: Floats
    months: Numbers
    started: Numbers
    renews: Numbers
    ended: Numbers

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Contracts":
        """Return contracts as arrays."""
        columns = list(zip(*rows, strict=True)) or [()] * 6
        who, amounts, *days = columns
        whole = [np.array([day or 0 for day in column], np.int64) for column in days]
        return cls(np.array(who, np.int64), np.array(amounts, np.float64), *whole)

    def __len__(self) -> int:
        return len(self.customers)

    def running(self, today: int) -> NDArray[np.bool_]:
        """Return which of them run on this day, or begin later."""
        found: NDArray[np.bool_] = (self.ended == 0) | (self.ended > today)
        return found

    @property
    def term(self) -> Floats:
        """How many days a term of each has."""
        return self.months.astype(np.float64) * _DAYS_A_MONTH


@dataclass(frozen=True, slots=True)
class Renewals:
    """How often contracts were renewed, as the house has seen it; both kinds of counts may be empty."""

    asked: Asked = field(default_factory=dict)

    def of(self, months: int) -> tuple[int, int]:
        """Return how many contracts of this term were renewed, and how many came to the end of one."""
        seen = self.asked.get(months, {}).values()
        return sum(renewed for renewed, _all in seen), sum(count for _renewed, count in seen)

    def chance(self, months: int, age: int) -> float:
        """Return how likely a contract is renewed at its end of term number `age`, from 1 on.

        A beta estimate: one half where nothing was seen; then what all ages say, and with more and more renewals at
        this very age what these say.
        """
        renewed, count = self.of(months)
        usual = (renewed + 1) / (count + 2)
        own, of = self.asked.get(months, {}).get(min(age, _OLDEST), (0, 0))
        return (own + _AS_ALL * usual) / (of + _AS_ALL)

    def chances(self, months: Numbers, ages: Numbers) -> Floats:
        """Return the same for many contracts."""
        found = np.zeros(len(months))
        for term in np.unique(months).tolist():
            of_age = np.array([self.chance(term, age) for age in range(_OLDEST + 1)])
            own = months == term
            found[own] = of_age[np.clip(ages[own], 1, _OLDEST)]
        return found

    @property
    def rests_on(self) -> str:
        """What the chances rest on, in a sentence; empty where there is no contract."""
        said = []
        for months in sorted(self.asked):
            renewed, count = self.of(months)
            unit = "month" if months == 1 else "months"
            said.append(
                f"of {count:,} terms of {months} {unit} that ended, {renewed:,} were renewed"
                if count
                else f"no term of {months} {unit} has ended yet, so renewal is taken as one half"
            )
        return f"Subscriptions: {'; '.join(said)}." if said else ""


def renewals(given: Contracts, today: int) -> Renewals:
    """Return how often these contracts were renewed until today. One that was ended was not renewed at its last."""
    ended = given.ended > 0
    until = np.where(ended & (given.ended < today), given.ended, today)
    lasted = np.maximum(until - given.started, 0)
    whole = np.floor((lasted + np.where(ended, 0.0, 1.0)) / given.term).astype(np.int64)
    left = ended & (given.ended <= today)
    last = np.maximum(np.ceil((lasted - _SLACK) / given.term), 1).astype(np.int64)
    renewed: dict[int, Counter[int]] = {}
    seen: dict[int, Counter[int]] = {}
    good = np.where(left, last - 1, whole)
    kinds, counts = np.unique(
        np.column_stack([given.months, np.minimum(good, _OLDEST), left]), axis=0, return_counts=True
    )
    for (months, times, gone), count in zip(kinds.tolist(), counts.tolist(), strict=True):
        own, of = renewed.setdefault(months, Counter()), seen.setdefault(months, Counter())
        for age in range(1, times + 1):
            own[age] += count
            of[age] += count
        if gone:
            of[min(times + 1, _OLDEST)] += count
    return Renewals({months: {age: (renewed[months][age], n) for age, n in of.items()} for months, of in seen.items()})


def next_renewals(given: Contracts, today: int) -> tuple[Floats, Numbers]:
    """Return for each contract in how many days it is renewed or ends, and the end of which term that is.

    The day that is told counts; where none is, or it has passed, terms are counted from the first day on.
    """
    begins = np.maximum(given.started - today, 0)
    term = given.term
    age = np.maximum(np.floor((today - given.started) / term), 0).astype(np.int64) + 1
    after = np.maximum(given.started + age * term - today, begins)
    told = given.renews > np.maximum(given.started, today)
    after = np.where(told, given.renews - today, after)
    age = np.where(told, np.maximum(np.rint((given.renews - given.started) / term), 1), age).astype(np.int64)
    return after.astype(np.float64), age


def value(given: Contracts, learned: Renewals, terms: Terms, today: int) -> Floats:
    """Return what each contract is worth from today on: margin of what it brings, discounted, within the horizon.

    What is agreed until it renews is certain; each term after it weighs by the chance that it was renewed so often.
    One that has its last day ends there; one that ended is worth nothing.
    """
    far = terms.years * _DAYS_A_YEAR
    last = np.where(given.ended > 0, given.ended - today, _LONG).clip(0, far)
    upto, age = next_renewals(given, today)
    since = np.maximum(given.started - today, 0).astype(np.float64)
    likely = np.ones(len(given))
    found = np.zeros(len(given))
    while True:
        until = np.minimum(upto, last)
        paid = given.amounts / given.term * np.maximum(until - since, 0.0)
        found += likely * paid / (1 + terms.discount) ** (np.maximum(since + until, 0.0) / 2 / _DAYS_A_YEAR)
        if not (upto < last).any():
            break
        likely = likely * learned.chances(given.months, age)
        since, upto, age = upto, upto + given.term, age + 1
    return np.where(given.running(today), found, 0.0) * terms.margin
