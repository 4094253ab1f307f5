"""How well a model foretold what came: expected against actual purchases, by how often customers had come before."""

from dataclasses import dataclass

import numpy as np

from amends.worth.histories import Floats, Histories
from amends.worth.models import Model

MOST = 7
"""Customers who came back so often or more stand in the last row."""


@dataclass(frozen=True, slots=True)
class Row:
    """Customers who had come back `repeats` times, and their mean purchases in the time after: expected and actual."""

    repeats: int
    customers: int
    expected: float
    actual: float


def calibration(model: Model, seen: Histories, actual: Floats, ahead: float) -> list[Row]:
    """Return a row for each number of repeats; `actual` are the purchases within `ahead` units of time."""
    expected = model.expected(seen, ahead)
    group = np.minimum(seen.repeats, MOST)
    return [
        Row(number, int(own.sum()), float(expected[own].mean()), float(actual[own].mean()))
        for number in range(MOST + 1)
        if (own := group == number).any()
    ]
