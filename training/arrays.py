"""Messages as arrays, and batches of them, for the small network."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from amends.reading.learned.words import SHAPES, Vocabulary, places
from training.outputs import MINE, OUTPUTS, role_number, targets
from training.sources import Example

MOST_WORDS = 320
CONTEXT_WORDS = 32
NO_LEVEL = -1


@dataclass(slots=True)
class Row:
    """One message: `ids` as `Words` has them, `spots` the characters of each word, and what is wanted."""

    ids: list[int]
    spots: list[tuple[int, int]]
    before: list[int]
    role: int
    words: NDArray[np.float32]
    whole: NDArray[np.float32]
    level: int
    weight: float = 1.0
    steps: NDArray[np.float32] | None = None


def coded(vocabulary: Vocabulary, text: str, most: int = MOST_WORDS) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the ids of the words of a text, and where in the text each stands."""
    found = vocabulary.read(text)
    spots = places(text)
    return found.ids[:most], [spots[piece] for piece in found.pieces[:most]]


def row(vocabulary: Vocabulary, example: Example) -> Row:
    """Return a labelled message as arrays."""
    ids, spots = coded(vocabulary, example.text)
    ids, spots = (ids, spots) if ids else ([SHAPES], [(0, 0)])
    words, whole = targets(example, spots)
    level = NO_LEVEL if example.upset is None else example.upset
    before = vocabulary.read(example.before).ids[:CONTEXT_WORDS]
    return Row(ids, spots, before, role_number(example.role), words, whole, level)


@dataclass(slots=True)
class Batch:
    """Rows side by side, filled up with zeros; `real` says which words are there."""

    ids: torch.Tensor
    real: torch.Tensor
    before: torch.Tensor
    before_real: torch.Tensor
    roles: torch.Tensor
    mine: torch.Tensor
    words: torch.Tensor
    whole: torch.Tensor
    levels: torch.Tensor
    weights: torch.Tensor


def batch(rows: Sequence[Row]) -> Batch:
    """Return the rows as one batch."""
    ids, real = filled([one.ids for one in rows])
    before, before_real = filled([one.before for one in rows])
    words = np.zeros((*ids.shape, len(OUTPUTS)), dtype=np.float32)
    for place, one in enumerate(rows):
        words[place, : len(one.ids)] = one.words
    roles = np.array([one.role for one in rows])
    return Batch(
        ids=torch.from_numpy(ids),
        real=torch.from_numpy(real),
        before=torch.from_numpy(before),
        before_real=torch.from_numpy(before_real),
        roles=torch.from_numpy(roles),
        mine=torch.from_numpy(MINE[roles]),
        words=torch.from_numpy(words),
        whole=torch.from_numpy(np.stack([one.whole for one in rows])),
        levels=torch.from_numpy(np.stack([_steps(one) for one in rows])),
        weights=torch.tensor([one.weight for one in rows]),
    )


def _steps(one: Row) -> NDArray[np.float32]:
    """Return how far each step between the levels is passed, 0 to 1; -1 where no level is known."""
    if one.steps is not None:
        return one.steps
    if one.level == NO_LEVEL:
        return np.full(4, -1, dtype=np.float32)
    return (one.level > np.arange(4)).astype(np.float32)


def filled(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return rows of ids as one array with zeros behind the short ones, and ones where something stands."""
    longest = max(1, *map(len, rows))
    ids = np.zeros((len(rows), longest), dtype=np.int64)
    real = np.zeros((len(rows), longest), dtype=np.float32)
    for place, one in enumerate(rows):
        ids[place, : len(one)] = one
        real[place, : len(one)] = 1
    return ids, real


def shuffled(lengths: Sequence[int], size: int, dice: random.Random) -> Iterator[list[int]]:
    """Yield batches of places in chance order, messages of like length together."""
    order = list(range(len(lengths)))
    dice.shuffle(order)
    stretch = size * 20
    near = [
        place
        for begin in range(0, len(order), stretch)
        for place in sorted(order[begin : begin + stretch], key=lengths.__getitem__)
    ]
    batches = [near[begin : begin + size] for begin in range(0, len(near), size)]
    dice.shuffle(batches)
    yield from batches
