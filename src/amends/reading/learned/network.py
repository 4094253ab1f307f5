"""The network: words in, for each word and each act how likely it is that the word carries the act.

A stack of convolutions over word vectors looks at some fifteen words to each side; a summary of the whole message, and
one of the message before it, are added at the end. Everything is a few multiplications of matrices, so numpy is
enough, and messages are read many at a time. `training/` makes the weights and has the same network for learning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amends.reading.learned.words import SHAPES, Words

Floats = NDArray[np.float32]
_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Layer:
    """One convolution of three words that stand `apart` from one another."""

    left: Floats
    middle: Floats
    right: Floats
    bias: Floats
    apart: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned. Rows of `vectors` are words, in the order of the vocabulary; `scale` makes them floats."""

    vectors: NDArray[np.int8]
    scale: Floats
    shapes: Floats
    roles: Floats
    layers: tuple[Layer, ...]
    summary: tuple[Floats, Floats]
    before: tuple[Floats, Floats]
    acts: tuple[Floats, Floats]
    acts_by_summary: Floats
    upset: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Scores:
    """How strongly each word (row) of a message speaks for each output (column), in logits.

    `message` is what the message as a whole adds to each column. `upset` is the expected level, 0 to 4.
    """

    words: Floats
    message: Floats
    upset: float


def weights_of(held: Mapping[str, NDArray[np.float32]]) -> Weights:
    """Return the weights of an open `.npz` file."""
    count = sum(1 for name in held if name.startswith("layer") and name.endswith("_bias"))
    layers = []
    for number in range(count):
        left, middle, right = held[f"layer{number}"].astype(np.float32)
        layers.append(Layer(left, middle, right, held[f"layer{number}_bias"].astype(np.float32), 2**number))
    floats = {name: held[name].astype(np.float32) for name in held if not name.startswith(("layer", "vectors"))}
    return Weights(
        vectors=held["vectors"].astype(np.int8),
        scale=floats["scale"],
        shapes=floats["shapes"],
        roles=floats["roles"],
        layers=tuple(layers),
        summary=(floats["summary"], floats["summary_bias"]),
        before=(floats["before"], floats["before_bias"]),
        acts=(floats["acts"], floats["acts_bias"]),
        acts_by_summary=floats["acts_by_summary"],
        upset=(floats["upset"], floats["upset_bias"]),
    )


class Network:
    """Reads messages. Holds no state beside its weights, so the same words always give the same scores."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.kept = weights.before[1].shape[0]
        self._stacked = tuple(
            np.ascontiguousarray(np.concatenate([one.left, one.middle, one.right, one.bias[None]]))
            for one in weights.layers
        )

    def summaries(self, messages: Sequence[Words], roles: Sequence[int]) -> Floats:
        """Return what is kept of messages for the reading of the next one: a row for each."""
        hidden, spots = self._hidden(messages, roles)
        matrix, bias = self._weights.before
        kept: Floats = np.tanh(_pooled(hidden, spots) @ matrix + bias)
        return kept

    def scores(self, messages: Sequence[Words], roles: Sequence[int], before: Floats) -> tuple[list[Scores], Floats]:
        """Return the scores of each message, and the greatest logit of each message (row) for each output (column).

        `before` has a row for each message: what is kept of the one before it, or zeros.
        """
        weights = self._weights
        hidden, spots = self._hidden(messages, roles)
        pooled = _pooled(hidden, spots)
        summary = np.maximum(pooled @ weights.summary[0] + weights.summary[1], 0)
        by_message = np.concatenate([summary, before], axis=1) @ weights.acts_by_summary + weights.acts[1]
        steps = np.concatenate([summary, pooled], axis=1) @ weights.upset[0] + weights.upset[1]
        upset = (1 / (1 + np.exp(-steps))).sum(axis=1).tolist()
        by_word = hidden @ weights.acts[0]
        most = np.empty_like(by_message)
        found: list[Scores] = []
        for (begin, end), more, top, level in zip(spots, by_message, most, upset, strict=True):
            words = by_word[begin:end]
            np.maximum.reduce(words, axis=0, out=top)
            found.append(Scores(words, more, level))
        most += by_message
        return found, most

    def _hidden(self, messages: Sequence[Words], roles: Sequence[int]) -> tuple[Floats, list[tuple[int, int]]]:
        """Return the rows of all words, with rows of zeros between messages, and where each message begins and ends."""
        weights = self._weights
        gap = [0] * max(layer.apart for layer in weights.layers)  # so that no message sees its neighbour
        ids = gap[:]
        spots: list[tuple[int, int]] = []
        for message in messages:
            begin = len(ids)
            ids += message.ids
            spots.append((begin, len(ids)))
            ids += gap
        places = np.array(ids, dtype=np.intp)
        words = places // SHAPES
        empty = _between(spots, len(ids))
        hidden = weights.vectors[words] * weights.scale[words]
        hidden += weights.shapes[places % SHAPES]
        hidden[empty] = 0
        for number, layer in enumerate(weights.layers):
            wide = _neighbours(hidden, layer.apart)
            rows = wide @ self._stacked[number]
            if number == 0:
                for (begin, end), role in zip(spots, roles, strict=True):
                    rows[begin:end] += weights.roles[role]
            np.maximum(rows, 0, out=rows)
            rows[empty] = 0
            if number:
                rows += hidden
            hidden = rows
        return hidden, spots


def _between(spots: Sequence[tuple[int, int]], total: int) -> NDArray[np.intp]:
    """Return the rows that belong to no message."""
    bounds = [0, *(edge for spot in spots for edge in spot), total]
    return np.concatenate([np.arange(begin, end) for begin, end in zip(bounds[::2], bounds[1::2], strict=True)])


def _neighbours(hidden: Floats, apart: int) -> Floats:
    """Return for each row the one `apart` rows above, itself, the one `apart` rows below, and a one, side by side."""
    total, size = hidden.shape
    wide = np.zeros((total, 3 * size + 1), dtype=np.float32)
    wide[apart:, :size] = hidden[:-apart]
    wide[:, size : 2 * size] = hidden
    wide[:-apart, 2 * size : -1] = hidden[apart:]
    wide[:, -1] = 1
    return wide


def _pooled(hidden: Floats, spots: Sequence[tuple[int, int]]) -> Floats:
    """Return the greatest and the mean row of each message, side by side."""
    size = hidden.shape[1]
    pooled = np.empty((len(spots), 2 * size), dtype=np.float32)
    greatest, total = pooled[:, :size], pooled[:, size:]
    for place, (begin, end) in enumerate(spots):
        own = hidden[begin:end]
        np.maximum.reduce(own, axis=0, out=greatest[place])
        np.add.reduce(own, axis=0, out=total[place])
    total /= np.array([[end - begin] for begin, end in spots], dtype=np.float32)
    return pooled
