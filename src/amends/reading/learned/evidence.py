"""From the scores of words to stretches of words that carry an act."""

from collections.abc import Sequence
from dataclasses import dataclass

BELOW = 2.0  # logits under the threshold that words beside a sure one may have
_GAP = 2  # weaker words that do not break a stretch
_ENDS = (".", "!", "?", "\u2026")
_AFTER_ENDS = "\"')]*\u201d\u2019"
_MAY_END = frozenset(["\n", *_ENDS, *_AFTER_ENDS])
_EDGES = "\"'()[]{}<>*_~,;:.!?\u2026-\u2013\u2014\u201c\u201d\u2018\u2019\u2022"
_STAYS = "<>"  # masks such as <URL> keep their brackets


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `first` to `last` (inclusive); `score` is the logit of the surest of them."""

    first: int
    last: int
    score: float


def ends_sentence(piece: str) -> bool:
    """Say of a piece between spaces whether a sentence ends with it, as far as one can tell without its neighbours."""
    return piece[-1] in _MAY_END and (piece == "\n" or piece.rstrip(_AFTER_ENDS).endswith(_ENDS))


def stretches(
    near: Sequence[int], logits: Sequence[float], threshold: float, sentences: Sequence[int]
) -> list[Stretch]:
    """Return the stretches of words that carry an act, in order.

    `near` are the places of the words that come near the threshold (by `BELOW`), `logits` how strongly they speak for
    the act, and `sentences` the number of the sentence of each word of the message. A stretch holds a word at the
    threshold and those of `near` beside it in the same sentence.
    """
    found: list[Stretch] = []
    first = last = -1
    best = threshold - BELOW
    for at, value in zip(near, logits, strict=True):
        if first >= 0 and (at - last > _GAP + 1 or sentences[at] != sentences[last]):
            if best >= threshold:
                found.append(Stretch(first, last, best))
            first, best = -1, threshold - BELOW
        if first < 0:
            first = at
        last = at
        best = max(best, value)
    if first >= 0 and best >= threshold:
        found.append(Stretch(first, last, best))
    return found


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch less the punctuation and spaces at its ends; as it was if nothing else is in it."""
    begin, stop = start, end
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
