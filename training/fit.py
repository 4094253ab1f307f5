"""Teach the small network: the labels, and what the teacher thinks of these and of all other texts of the corpora."""

import math
import random
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray

from training.arrays import Row, batch, shuffled
from training.loss import loss_of, rarity
from training.network import Small
from training.optimise import Optimiser
from training.outputs import ACTS, COLUMN, CUSTOMERS, LEVELS, MINE, OUTPUTS
from training.progress import told
from training.sources import Example, Text
from training.teacher import Opinion

ROUNDS = 16
WORDS = 5.0  # how much each word counts: the teacher says more of words than of messages
TRUST = 0.4  # how much of what is wanted of a labelled message is the teacher's opinion
WEIGHT_OF_OPINIONS = 0.6  # of a message without labels, beside one with
WEIGHT_OF_HOUSE = 3.0  # of what the product itself proposes or shows: it must be read as it is meant
_BATCH = 64
_RATE, _RATE_OF_VECTORS = 3e-3, 1e-3
_LOST_WORDS = 0.06
_HELD_BACK = 10  # one conversation in so many is for thresholds
_CAREFUL = frozenset(["deflect", "threat", "abuse", "about_face"])  # a false accusation costs more than a miss
_BETA, _BETA_OF_CAREFUL = 1.0, 0.6


def is_held_back(example: Example | Text) -> bool:
    """Say whether a message is kept from learning, to choose thresholds by."""
    return crc32(example.conversation.encode()) % _HELD_BACK == 0


def weight_of(example: Example) -> float:
    """Return how much a labelled message counts."""
    return WEIGHT_OF_HOUSE if example.source == "house" else 1.0


def with_opinion(row: Row, opinion: Opinion, *, labelled: bool, weight: float) -> Row:
    """Return the row with what the teacher thinks of it mixed into what is wanted."""
    begins = np.array([spot[0] for spot in opinion.spots])
    ends = np.array([spot[1] for spot in opinion.spots])
    mine = MINE[row.role]
    words = np.zeros_like(row.words)
    thought = _share(opinion.words.astype(np.float32))
    reach = int(ends.max())
    for place, (start, end) in enumerate(row.spots):
        own = (begins < end) & (ends > start)
        if own.any():
            words[place] = thought[own].max(axis=0) * mine
        elif labelled or start >= reach:
            words[place] = row.words[place]
    whole = _share(opinion.whole) * mine
    steps = _share(opinion.steps)
    trust = TRUST if labelled else 1.0
    row.words = trust * words + (1 - trust) * row.words
    row.whole = trust * whole + (1 - trust) * row.whole
    row.weight = weight
    if row.role == 0 and (row.level >= 0 or not labelled):
        hard = (row.level > np.arange(LEVELS)).astype(np.float32)
        row.steps = (trust * steps + (1 - trust) * hard).astype(np.float32)
    return row


def _share(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def fit(network: Small, rows: Sequence[Row], rounds: int = ROUNDS) -> Small:
    """Teach the network the rows."""
    torch.manual_seed(0)
    dice = random.Random(0)
    rare = rarity([row.whole for row in rows])
    steps = rounds * math.ceil(len(rows) / _BATCH)
    optimiser = Optimiser(network, (), rates=(_RATE_OF_VECTORS, _RATE), decay=0.01, steps=steps)
    network.train()
    for number in range(rounds):
        batches = list(shuffled([len(row.ids) for row in rows], _BATCH, dice))
        for places in told(f"the network, round {number + 1} of {rounds}", batches):
            one = batch([rows[place] for place in places])
            one.ids = one.ids.masked_fill((torch.rand(one.ids.shape) < _LOST_WORDS) & (one.real > 0), 4)
            wrong = loss_of(network(one), one.words, one.whole, one.levels, one.real, one.mine, rare, WORDS)
            optimiser.step((wrong * one.weights).mean())
    return network.eval()


def predicted(network: Small, rows: Sequence[Row]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the logits of each message (messages, outputs), -inf for the other role's, and the expected levels."""
    whole = np.full((len(rows), len(OUTPUTS)), -np.inf, np.float32)
    levels = np.zeros(len(rows), np.float32)
    order = sorted(range(len(rows)), key=lambda place: len(rows[place].ids))
    with torch.inference_mode():
        for begin in range(0, len(order), 64):
            places = order[begin : begin + 64]
            _, found, steps = network(batch([rows[place] for place in places]))
            mine = MINE[[rows[place].role for place in places]] > 0
            whole[places] = np.where(mine, found.numpy(), -np.inf)
            levels[places] = torch.sigmoid(steps).sum(1).numpy()
    return whole, levels


def thresholds(wanted: NDArray[np.float32], found: NDArray[np.float32]) -> list[float]:
    """Return the logit from which each output counts: where F is best, and for accusations more is asked.

    Few messages decide about a rare output, so its threshold is drawn towards one half.
    """
    grid = np.log(np.arange(0.2, 0.86, 0.025) / (1 - np.arange(0.2, 0.86, 0.025)))
    chosen = []
    for column, name in enumerate(OUTPUTS):
        careful = name.partition(".")[0] in _CAREFUL
        beta = (_BETA_OF_CAREFUL if careful else _BETA) ** 2
        meant = wanted[:, column] > 0
        values = []
        for threshold in grid:
            says = found[:, column] >= threshold
            right = float((says & meant).sum())
            values.append((1 + beta) * right / max(1.0, beta * meant.sum() + says.sum()))
        best = np.array(values)
        near = grid[best >= best.max() - 0.01].mean()
        share = meant.sum() / (meant.sum() + 10)
        start = 0.9 if careful else 0.4
        chosen.append(round(float(share * near + (1 - share) * start), 3))
    return chosen


def level_steps(wanted: NDArray[np.float32], found: NDArray[np.float32]) -> list[float]:
    """Return from which expected level on each level (1 to 4) is said, so that the mean error is least."""
    steps = [0.5, 1.5, 2.5, 3.5]
    for _ in range(3):
        for number in range(LEVELS):
            low = steps[number - 1] if number else 0.05
            high = steps[number + 1] if number < LEVELS - 1 else 3.95
            tried = [float(value) for value in np.arange(low + 0.05, high, 0.05)]
            steps[number] = round(min(tried, key=lambda value: _error(steps, number, value, wanted, found)), 2)
    return steps


def _error(
    steps: list[float], number: int, value: float, wanted: NDArray[np.float32], found: NDArray[np.float32]
) -> float:
    own = [*steps[:number], value, *steps[number + 1 :]]
    said = (found[:, None] >= np.array(own)[None]).sum(1)
    return float(np.abs(said - wanted).mean())


def card(wanted: Sequence[Row], found: NDArray[np.float32], levels: NDArray[np.float32]) -> dict[str, object]:
    """Return what the reader must know beside the weights: outputs, thresholds, steps of the level."""
    theirs = np.array([row.role == 0 and row.level >= 0 for row in wanted])
    said = np.array([row.level for row in wanted], np.float32)
    return {
        "outputs": list(OUTPUTS),
        "customers": list(CUSTOMERS),
        "thresholds": thresholds(np.stack([row.whole > 0.5 for row in wanted]), found),
        "upset_steps": level_steps(said[theirs], levels[theirs]),
    }


def macro_f1(rows: Sequence[Row], found: NDArray[np.float32], held: dict[str, object]) -> float:
    """Return the mean F1 over the acts, each once a message."""
    least = np.array(held["thresholds"])
    scores = []
    for act in ACTS:
        column = COLUMN[act]
        meant = np.array([row.whole[column] > 0.5 for row in rows])
        says = found[:, column] >= least[column]
        if meant.any():
            scores.append(2 * (says & meant).sum() / (says.sum() + meant.sum()))
    return float(np.mean(scores))
