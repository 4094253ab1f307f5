"""From the scores of words to stretches of words that carry an act."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.intp]
BELOW = 2.0  # logits under the threshold that words beside a sure one may have
_SURE, _NEARLY = 1.0, 1.0  # logits above the threshold, and below the surest, that a second stretch may have
_CERTAIN = 3.0  # logits above the threshold from which a stretch counts, however much surer another one is
_GAP = 2  # weaker words that do not break a stretch


class Stretch(NamedTuple):
    """Words `first` to `last` (inclusive) that speak for an output; `over` is how far the surest is above its least."""

    output: int
    first: int
    last: int
    over: float


def stretches(over: Floats, sentences: Places, messages: Places) -> Iterator[Stretch]:
    """Yield the stretches of words that carry an act, output by output, each in the order of the words.

    `over` says of each word (row) by how much it is above the least that each output (column) asks for; `sentences`
    and `messages` have the number of each word's sentence (in its message) and message. A stretch holds a word that is
    above, and those beside it in the same sentence that are not far below. What is said once seldom stands twice:
    beside the surest stretch of a message others count only if they are nearly as sure, or beyond doubt.
    """
    words, outputs = np.nonzero(over >= -BELOW)
    if not len(words):
        return
    order = np.argsort(outputs, kind="stable")
    words, outputs = words[order], outputs[order]
    own = messages[words]
    parted = (np.diff(words) > _GAP + 1) | (np.diff(sentences[words]) != 0) | ((np.diff(outputs) | np.diff(own)) != 0)
    begins = np.concatenate([[0], np.flatnonzero(parted) + 1])
    ends = np.append(begins[1:], len(words)) - 1
    best = np.maximum.reduceat(over[words, outputs], begins)
    told = outputs[begins] * len(over) + own[begins]
    first = np.concatenate([[0], np.flatnonzero(np.diff(told)) + 1])
    surest = np.repeat(np.maximum.reduceat(best, first), np.diff(np.append(first, len(told))))
    kept = (best >= 0) & ((best == surest) | (best >= np.clip(surest - _NEARLY, _SURE, _CERTAIN)))
    for place in np.flatnonzero(kept).tolist():
        begin, end = begins[place], ends[place]
        yield Stretch(int(outputs[begin]), int(words[begin]), int(words[end]), float(best[place]))
