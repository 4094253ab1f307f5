"""The network: words in, for each word and each act how likely it is that the word carries the act.

A stack of layers over word vectors looks at some fifteen words to each side. Half way up each word is told what the
whole message is about, and the message before it. Everything is a few multiplications of matrices, so numpy is enough,
and messages are read many at a time, one after another in the same rows. `training/` makes the weights and has the same
network for learning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amends.reading.learned.evidence import Floats, Places
from amends.reading.learned.words import SHAPES, Words

_MOST_KEPT = 24_000  # words whose rows are remembered; no single message has more
_NONE = -1


@dataclass(frozen=True, slots=True)
class Layer:
    """A quarter of the numbers is taken from the word `apart` places before, a quarter from the one as far behind."""

    matrix: Floats
    bias: Floats
    apart: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned. Rows of `vectors` are words, in the order of the vocabulary; `scale` makes them floats.

    `below` are the layers before the words are told of the message, `above` those after.
    """

    vectors: NDArray[np.int8]
    scale: Floats
    shapes: Floats
    roles: Floats
    first: tuple[Floats, Floats]
    below: tuple[Layer, ...]
    told: tuple[Floats, Floats]
    above: tuple[Layer, ...]
    summary: tuple[Floats, Floats]
    acts: tuple[Floats, Floats]
    acts_by_summary: Floats
    upset: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Scores:
    """How strongly words and messages speak for each output (column), in logits.

    Rows of `words` are the words of all messages, one after the other; `begins` says where each message begins.
    `messages` (a row each) is what a message as a whole adds to each of its words, and `most` the greatest sum.
    `upset` is the expected level of each, 0 to 4.
    """

    words: Floats
    begins: Places
    messages: Floats
    most: Floats
    upset: Floats


def weights_of(held: Mapping[str, NDArray[Any]]) -> Weights:
    """Return the weights of an open `.npz` file."""

    def pair(name: str) -> tuple[Floats, Floats]:
        return held[name], held[f"{name}_bias"]

    def stack(name: str) -> tuple[Layer, ...]:
        return tuple(Layer(*pair(f"{name}.{number}"), int(apart)) for number, apart in enumerate(held[name]))

    return Weights(
        vectors=held["vectors"],
        scale=held["scale"],
        shapes=held["shapes"],
        roles=held["roles"],
        first=pair("first"),
        below=stack("below"),
        told=pair("told"),
        above=stack("above"),
        summary=pair("summary"),
        acts=pair("acts"),
        acts_by_summary=held["acts_by_summary"],
        upset=pair("upset"),
    )


class Network:
    """Reads messages. The same words always give the same scores; safe to use from many threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._first = _First(weights)
        self.kept = 2 * weights.told[1].shape[0]  # numbers that are kept of a message for the next one

    def summaries(self, messages: Sequence[Words], roles: Sequence[int]) -> Floats:
        """Return what is kept of messages for the reading of the next one: a row for each."""
        rows = self._rows(messages)
        return rows.pooled(self._lower(rows, roles))

    def scores(self, messages: Sequence[Words], roles: Sequence[int], before: Floats) -> Scores:
        """Return the scores of messages; `before` has a row for each: what is kept of the one before it, or zeros."""
        weights = self._weights
        rows = self._rows(messages)
        hidden = self._lower(rows, roles)
        about = np.concatenate([rows.pooled(hidden), before], axis=1)
        hidden += rows.each_word(_through(weights.told, about))
        for layer in weights.above:
            rows.pass_through(layer, hidden)
        pooled = rows.pooled(hidden)
        summary = _through(weights.summary, pooled)
        by_message = summary @ weights.acts_by_summary + weights.acts[1]
        steps = np.concatenate([summary, pooled], axis=1) @ weights.upset[0] + weights.upset[1]
        by_word = hidden @ weights.acts[0]
        return Scores(
            words=by_word,
            begins=rows.begins,
            messages=by_message,
            most=np.maximum.reduceat(by_word, rows.begins, axis=0) + by_message,
            upset=(1 / (1 + np.exp(-steps))).sum(axis=1),
        )

    def _rows(self, messages: Sequence[Words]) -> "_Rows":
        return _Rows(messages, self._weights.told[1].shape[0])

    def _lower(self, rows: "_Rows", roles: Sequence[int]) -> Floats:
        hidden = self._first.rows(rows)
        hidden += rows.each_word(self._weights.roles[list(roles)] + self._weights.first[1])
        np.maximum(hidden, rows.zeros, out=hidden)
        for layer in self._weights.below:
            rows.pass_through(layer, hidden)
        return hidden


def _through(layer: tuple[Floats, Floats], rows: Floats) -> Floats:
    found: Floats = np.maximum(rows @ layer[0] + layer[1], 0)
    return found


class _Rows:
    """The words of many messages one after another; none looks into its neighbour."""

    def __init__(self, messages: Sequence[Words], width: int) -> None:
        """`messages` are at least one, and none is empty; rows get `width` numbers."""
        self.lengths: Places = np.array([len(message.ids) for message in messages], dtype=np.intp)
        every = chain.from_iterable(message.ids for message in messages)
        self.ids: Places = np.fromiter(every, np.intp, int(self.lengths.sum()))
        self.ends: Places = np.cumsum(self.lengths)
        self.begins: Places = self.ends - self.lengths
        self.zeros: Floats = np.zeros((len(self.ids), width), dtype=np.float32)
        self._seen: Floats = np.empty_like(self.zeros)
        self._made: Floats = np.empty_like(self.zeros)

    def each_word(self, messages: Floats) -> Floats:
        """Return a row for each word, from a row for each message."""
        return np.repeat(messages, self.lengths, axis=0)

    def pooled(self, hidden: Floats) -> Floats:
        """Return the greatest and the mean row of each message, side by side."""
        size = hidden.shape[1]
        found = np.empty((len(self.lengths), 2 * size), dtype=np.float32)
        np.maximum.reduceat(hidden, self.begins, axis=0, out=found[:, :size])
        np.add.reduceat(hidden, self.begins, axis=0, out=found[:, size:])
        found[:, size:] /= self.lengths[:, None].astype(np.float32)
        return found

    def pass_through(self, layer: Layer, hidden: Floats) -> None:
        """Add to each row what the layer makes of it and the two that it looks at."""
        apart, quarter = layer.apart, hidden.shape[1] // 4
        seen, made = self._seen, self._made
        seen[:] = hidden
        seen[apart:, :quarter] = hidden[:-apart, :quarter]
        seen[:-apart, -quarter:] = hidden[apart:, -quarter:]
        steps = np.arange(apart)
        seen[np.minimum(self.begins[:, None] + steps, len(seen) - 1).ravel(), :quarter] = 0
        seen[np.maximum(self.ends[:, None] - 1 - steps, 0).ravel(), -quarter:] = 0
        np.matmul(seen, layer.matrix, out=made)
        made += layer.bias
        np.maximum(made, self.zeros, out=made)  # with zeros side by side: five times as fast as with one
        hidden += made


class _First:
    """The first layer: a word with its two neighbours. What it makes of a word is kept from when it is first met."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        size = weights.shapes.shape[1]
        self._wide = np.ascontiguousarray(
            np.concatenate([weights.first[0][part * size : (part + 1) * size] for part in range(3)], axis=1)
        )
        self._lock = Lock()
        self._kept = self._nothing()

    def rows(self, rows: _Rows) -> Floats:
        """Return a row for each word: the sum of what its left neighbour, itself and its right neighbour give."""
        places, (left, middle, right) = self._places(rows.ids)
        found: Floats = middle[places]
        before, behind = left[places], right[places]
        before[rows.ends - 1] = 0
        behind[rows.begins] = 0
        found[1:] += before[:-1]
        found[:-1] += behind[1:]
        return found

    def _places(self, ids: Places) -> tuple[Places, Floats]:
        kept = self._kept
        own = kept.places[ids]
        if own.min() == _NONE:
            with self._lock:
                kept = self._meet(ids)
                own = kept.places[ids]
        return own, kept.rows

    def _meet(self, ids: Places) -> "_Kept":
        """Make the rows of new words. Rows that another thread may hold stay as they are, even when forgotten."""
        kept = self._kept
        new = np.unique(ids[kept.places[ids] == _NONE])
        if not len(new):  # another thread has met them while this one waited
            return kept
        if kept.count + len(new) > _MOST_KEPT:
            kept = self._kept = self._nothing()
            new = np.unique(ids)
        end = kept.count + len(new)
        vectors = self._weights.vectors[new // SHAPES] * self._weights.scale[new // SHAPES]
        vectors += self._weights.shapes[new % SHAPES]
        kept.rows[:, kept.count : end] = (vectors @ self._wide).reshape(len(new), 3, -1).transpose(1, 0, 2)
        kept.places[new] = np.arange(kept.count, end)
        kept.count = end
        return kept

    def _nothing(self) -> "_Kept":
        places = np.full(len(self._weights.vectors) * SHAPES, _NONE, dtype=np.intp)
        return _Kept(places, np.empty((3, _MOST_KEPT, self._weights.first[1].shape[0]), dtype=np.float32), 0)


@dataclass(slots=True)
class _Kept:
    """Words that were met: `places` says for each word of the vocabulary which of the `count` rows is its own."""

    places: Places
    rows: Floats
    count: int
