"""Purchases out of a file, as the models want them: numbers of customers, days, amounts."""

import os
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amends.cli.imports import opened
from amends.cli.progress import Progress

if TYPE_CHECKING:
    from amends.worth.histories import Purchases


def read(path: Path, say: Callable[[str], None]) -> tuple["Purchases", list[str], int]:
    """Return the purchases of a CSV file, its customers by their numbers, and how many lines were left out.

    `say` is told of each line that cannot be used.
    """
    import numpy as np

    from amends.actions import clock
    from amends.formats.purchases import purchases
    from amends.formats.tables import BadFile, House, Problem
    from amends.worth.histories import Purchases

    numbers: dict[str, int] = {}
    customers, days, amounts = array("q"), array("q"), array("d")
    left_out = 0
    house = House(currency="USD", zone="UTC", now=clock.now())
    with opened(path) as file, Progress(path.stat().st_size, path.name) as bar:
        try:
            for one in purchases(file, house):
                if isinstance(one, Problem):
                    left_out += 1
                    say(f"{path}:{one.line}: {one.why}")
                    continue
                customers.append(numbers.setdefault(one.customer, len(numbers)))
                days.append(one.day.toordinal())
                amounts.append(float(one.amount))
                if len(days) % 10_000 == 0:
                    bar.at(os.lseek(file.fileno(), 0, os.SEEK_CUR))
        except BadFile as wrong:
            raise click.ClickException(f"{path}: {wrong}") from None
    if not days:
        raise click.ClickException(
            f"{path}: there is no purchase in it. A line needs a customer, a date and an amount, below a header that "
            "names these."
        )
    found = Purchases(
        np.frombuffer(customers, np.int64), np.frombuffer(days, np.int64), np.frombuffer(amounts, np.float64)
    )
    return found, list(numbers), left_out
