"""What every customer is worth, learned from all that was bought and written beside them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection, transaction

from amends.actions import house
from amends.actions.imports import do_warm
from amends.method.policy import Policy
from amends.store.models import Case, Customer, WorthFit
from amends.store.purchases import all_purchases, contracts
from amends.worth.histories import Floats, Numbers, histories
from amends.worth.models import Model, fit
from amends.worth.subscriptions import Renewals, renewals, value
from amends.worth.terms import Terms

BATCH = 5_000
"""Rows of one transaction: so that others who write never wait long."""

_UNIT = 7.0  # days
_LARGEST = 1e11  # what the column holds, and nobody is worth
_READING, _WRITING = 0.5, 0.6  # by when, of all the time it takes
Said = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class _Figures:
    """What each of these customers (by ids, in order) is worth, and how likely they still are one."""

    customers: Numbers
    worth: Floats
    alive: Floats


def do_refit(*, at: datetime, said: Said = lambda _share: None) -> WorthFit:
    """Fit the models to all orders, and write beside each customer what they are worth. Return what was learned.

    `said` is told how far it is, from 0 to 1. Cases that are open become hotter or cooler with it. Of whom nothing
    says what they are worth, nothing is kept.
    """
    policy, day = house.policy(), house.day_of(at)
    figures, learned = _reckoned(policy, day, said)
    before = _worth_of_open_cases()
    for begin in range(0, len(figures.customers), BATCH):
        _write(figures, slice(begin, begin + BATCH), day)
        said(_WRITING + (1 - _WRITING) * begin / len(figures.customers))
    _forget(figures.customers)
    row = WorthFit.objects.create(at=at, **learned)
    after = _worth_of_open_cases()
    changed = [customer for customer, worth in after.items() if worth != before.get(customer)]
    for begin in range(0, len(changed), BATCH):
        do_warm(changed[begin : begin + BATCH])
    said(1.0)
    return row


def _reckoned(policy: Policy, day: date, said: Said) -> tuple[_Figures, dict[str, Any]]:
    """Return the figures, and the fields of the row that says what they rest on."""
    today, stake = day.toordinal(), policy.stake
    terms = Terms(stake.years, stake.discount, stake.margin)
    bought = all_purchases(policy, lambda share: said(_READING * share))
    given = bought.purchases
    seen = histories(given.customers, given.days, given.amounts, until=today, unit_days=_UNIT)
    model = fit(seen)
    of_orders = model.worth(seen, terms)
    theirs, without_rate = contracts(policy, day)
    renewed = renewals(theirs, today)
    of_contracts = value(theirs, renewed, terms, today)
    running = theirs.running(today)
    known = seen.customers if seen.repeats.any() else seen.customers[:0]  # else nothing says that anybody comes back
    customers = np.union1d(known, theirs.customers[running])
    worth, alive = np.zeros(len(customers)), np.zeros(len(customers))
    place = np.searchsorted(customers, known)
    worth[place], alive[place] = of_orders.value[: len(known)], of_orders.alive[: len(known)]
    place = np.searchsorted(customers, theirs.customers[running])
    np.add.at(worth, place, of_contracts[running])
    alive[place] = 1.0
    left_out = Counter(bought.left_out) + Counter(without_rate)
    learned = {
        "customers": len(customers),
        "rests_on": " ".join(filter(None, (model.rests_on, renewed.rests_on, _said_left_out(left_out)))),
        "parameters": {
            "currency": policy.currency,
            "unit_days": _UNIT,
            "orders": len(given.days),
            "left_out": left_out,
            "terms": asdict(terms),
            **_parameters(model),
            "renewals": _counts(renewed),
        },
    }
    return _Figures(customers, np.minimum(worth, _LARGEST), alive), learned


def _parameters(model: Model) -> dict[str, Any]:
    both = {"bg_nbd": model.bg_nbd, "gamma_gamma": model.gamma_gamma}
    return {name: asdict(one) if one is not None else None for name, one in both.items()}


def _counts(renewed: Renewals) -> dict[int, dict[int, tuple[int, int]]]:
    return {months: dict(by_age) for months, by_age in renewed.asked.items()}


def _said_left_out(left_out: Counter[str]) -> str:
    if not left_out:
        return ""
    which = ", ".join(f"{count:,} in {currency}" for currency, count in sorted(left_out.items()))
    return f"Left out, as the policy has no rate for their day: {which}."


def _write(figures: _Figures, rows: slice, day: date) -> None:
    values = zip(
        figures.worth[rows].round(2).tolist(),
        figures.alive[rows].tolist(),
        figures.customers[rows].tolist(),
        strict=True,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE store_customer SET worth = %s, alive = %s, worth_on = %s WHERE id = %s",
            [(f"{worth:.2f}", alive, day.isoformat(), customer) for worth, alive, customer in values],
        )


def _forget(customers: Numbers) -> None:
    """Take back the figures of everybody else: what they rested on is gone."""
    told = np.fromiter(Customer.objects.exclude(worth=None).order_by().values_list("pk", flat=True), np.int64)
    for batch in _batches(np.setdiff1d(told, customers)):
        Customer.objects.filter(pk__in=batch).update(worth=None, alive=None, worth_on=None)


def _batches(ids: Numbers) -> Iterator[list[int]]:
    return (ids[begin : begin + BATCH].tolist() for begin in range(0, len(ids), BATCH))


def _worth_of_open_cases() -> dict[int, Any]:
    found = Customer.objects.filter(cases__in=Case.objects.exclude(status="closed"))
    return dict(found.values_list("pk", "worth"))
