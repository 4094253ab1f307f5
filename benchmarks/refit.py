"""What a million customers are worth: all orders read, the models fitted, everybody scored and written, to commit.

    python benchmarks/refit.py [--customers N] [--keep FOLDER]

Customers are made up: with some four purchases each, over two and a half years. `--keep` fills FOLDER once, and uses
what is there the next time: a million customers take a quarter of an hour.
"""

import argparse
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `amends` does, before numpy is imported

import numpy as np
from desk import NOW, desk, progress, resident_mb

if TYPE_CHECKING:
    from amends.store.models import Customer, Order

STEP = 20_000


def main() -> None:
    """Fill the desk, reckon, and print how long it took."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--customers", type=int, default=1_000_000)
    words.add_argument("--keep", default="")
    asked = words.parse_args()
    with desk(asked.keep):
        from amends.actions.refit import do_refit
        from amends.store.models import Customer, Order

        _fill(asked.customers)
        start = time.perf_counter()
        do_refit(at=NOW)
        taken = time.perf_counter() - start
        print(f"{Customer.objects.count():,} customers, {Order.objects.count():,} orders: {taken:.1f} s")
        print(f"memory at most {resident_mb():.0f} MB")


def _fill(count: int) -> None:
    from django.db import transaction

    from amends.store.models import Customer, Order

    dice = np.random.default_rng(1)
    for start in range(Customer.objects.count(), count, STEP):
        with transaction.atomic():
            ids = range(start, min(start + STEP, count))
            made = Customer.objects.bulk_create(Customer(external_id=str(n), created_at=NOW) for n in ids)
            Order.objects.bulk_create((one for who in made for one in _orders(who, dice)), batch_size=5_000)
        progress("customers", start + len(ids), count)


def _orders(customer: "Customer", dice: np.random.Generator) -> Iterator["Order"]:
    from amends.store.models import Order

    first = NOW - timedelta(days=dice.uniform(30, 900))
    for number in range(1 + int(dice.exponential(4))):
        at = first + (NOW - first) * dice.random() if number else first
        amount = Decimal(int(dice.integers(500, 20_000))) / 100
        name = f"{customer.pk}-{number}"
        yield Order(customer=customer, external_id=name, placed_at=at, amount=amount, currency="USD")


if __name__ == "__main__":
    main()
