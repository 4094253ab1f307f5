"""From the scores of words to stretches of words that carry an act."""

import re
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
_ENDS = (".", "!", "?", "\u2026")
_AFTER_ENDS = "\"')]*\u201d\u2019"
_MAY_END = frozenset(["\n", *_ENDS, *_AFTER_ENDS])
_EDGES = "\"'()[]{}<>*_~,;:.!?\u2026-\u2013\u2014\u201c\u201d\u2018\u2019\u2022"
_GREETING = re.compile(
    r"(?:@\w+\s+)*(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b[^,.!?:\n]{0,40}[,.!:]\s*)?"
    r"(?:(?:and|but|so)\s+)?",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(r"(?:[^\s,]+\s){0,1}[^\s,]+,\s+(?=\S+\s+\S+\s+\S)")
_LACKING = re.compile(r"(?:^|[.!?,;:\n]\s+)((?:[^\s.!?,;:]+(?:[^\S\n]+|\n(?!\n))){1,3})$")
_LACKING_BEHIND = re.compile(r"(?:\s+[^\s.!?,;:]+){1,3}(?=[.!?,;:\n]|$)")
_FARTHEST = 40  # characters of the words that a clause lacks
_STAYS = "<>"  # masks such as <URL> keep their brackets


class Stretch(NamedTuple):
    """Words `first` to `last` (inclusive) that speak for an output; `over` is how far the surest is above its least."""

    output: int
    first: int
    last: int
    over: float


def ends_sentence(piece: str) -> bool:
    """Say of a piece between spaces whether a sentence ends with it, as far as one can tell without its neighbours."""
    return piece[-1] in _MAY_END and (piece == "\n" or piece.rstrip(_AFTER_ENDS).endswith(_ENDS))


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


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch less a greeting, and the punctuation and spaces at its ends; as it was if that is all."""
    begin, stop = start, end
    while begin < stop and text[begin].isspace():
        begin += 1
    greeting = _GREETING.match(text, begin, end)
    begin = greeting.end() if greeting is not None else begin
    while begin < stop and (text[begin].isspace() or (text[begin] in _EDGES and text[begin] not in _STAYS)):
        begin += 1
    while stop > begin and (text[stop - 1].isspace() or (text[stop - 1] in _EDGES and text[stop - 1] not in _STAYS)):
        stop -= 1
    if begin < stop:
        return begin, stop
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch, less a word or two of the clause before, and with the first words that its own clause lacks.

    >>> text = "I hear how angry you are, and I want to help. Let me check it."
    >>> [text[slice(*clause(text, *spot))] for spot in ((21, 45), (50, 61))]
    ['I want to help', 'Let me check it']
    """
    left_over = _LEFT_OVER.match(text, start, end)
    if left_over is not None:
        start = left_over.end()
    else:
        lacking = _LACKING.search(text[max(0, start - _FARTHEST) : start])
        start -= len(lacking[1]) if lacking is not None else 0
    lacking = _LACKING_BEHIND.match(text, end, end + _FARTHEST)
    return trimmed(text, start, lacking.end() if lacking is not None else end)
