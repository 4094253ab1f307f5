"""Texts that nobody wrote, for the teacher to judge: sentences put together anew, words exchanged for near ones.

The small network learns what the teacher thinks, and the more it hears the closer it comes. Nobody labels these: they
need not be sensible, only made of the words and turns that people use.
"""

import random
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from training.sources import Text

PER_TEXT = 2  # variations for each text there is
_NEAR = 8  # words that one may be exchanged for
_COMMONEST = 250  # first words of the vocabulary, which hold sentences together and stay
_LEAST_LIKE = 0.55  # how like (cosine) a near word must be
_EXCHANGED = (0.0, 0.1, 0.1, 0.2)  # shares of words, one of which a variation gets
_MOST_PIECES = 4  # pieces of other texts that one is put together from
_MOST_SENTENCES = 3  # of a piece
_LONGEST = 450  # characters
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*\s*|[.!?\n]+\s*")
_WORD = re.compile(r"[^\W\d_]{3,}")


class Neighbours:
    """For each word the words that are near it, by the vectors of the vocabulary."""

    def __init__(self, vocabulary: Sequence[str], vectors: NDArray[np.float32]) -> None:
        rarer = range(_COMMONEST, len(vocabulary))
        held = [place for place in rarer if len(vocabulary[place]) > 2 and vocabulary[place].isalpha()]
        self._words = [vocabulary[place] for place in held]
        self._places = {word: row for row, word in enumerate(self._words)}
        rows = vectors[held]
        self._rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
        self._met: dict[str, list[str]] = {}

    def of(self, word: str) -> list[str]:
        """Return the near words of a word in small letters, the nearest first; none if it is unknown."""
        near = self._met.get(word)
        if near is None:
            near = self._met[word] = self._find(word)
        return near

    def _find(self, word: str) -> list[str]:
        place = self._places.get(word)
        if place is None:
            return []
        like = self._rows @ self._rows[place]
        best = np.argpartition(-like, min(_NEAR + 1, len(like) - 1))[: _NEAR + 1]
        best = best[np.argsort(-like[best], kind="stable")]
        return [self._words[row] for row in best if row != place and like[row] >= _LEAST_LIKE]


def variations(texts: Sequence[Text], near: Neighbours, per_text: int = PER_TEXT) -> Iterator[Text]:
    """Yield `per_text` variations for each text, in the same order for the same texts.

    Half are the text with words exchanged, half are pieces of texts of the same role one after another.
    """
    dice = random.Random(0)
    by_role: dict[str, list[Text]] = {}
    for one in texts:
        by_role.setdefault(one.role, []).append(one)
    for number in range(per_text):
        for one in texts:
            mixed = (number + dice.randrange(2)) % 2 == 0
            text = _put_together(by_role[one.role], dice) if mixed else one.text[:_LONGEST]
            before = dice.choice(by_role[one.role]).before if mixed else one.before
            text = _exchanged(text, near, dice.choice(_EXCHANGED) or (0.0 if mixed else 0.15), dice)
            yield Text(f"variation/{one.id}#{number}", one.conversation, one.role, text, before)


def _put_together(texts: Sequence[Text], dice: random.Random) -> str:
    pieces: list[str] = []
    for _ in range(dice.randint(1, _MOST_PIECES)):
        sentences = _SENTENCE.findall(dice.choice(texts).text)
        if sentences:
            begin = dice.randrange(len(sentences))
            pieces.append("".join(sentences[begin : begin + dice.randint(1, _MOST_SENTENCES)]))
    return dice.choice((" ", "", "\n")).join(pieces)[:_LONGEST]


def _exchanged(text: str, near: Neighbours, share: float, dice: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        word = match.group()
        if dice.random() >= share:
            return word
        words = near.of(word.lower())
        if not words:
            return word
        chosen = dice.choice(words)
        if word.isupper():
            return chosen.upper()
        return chosen.capitalize() if word[0].isupper() else chosen

    return _WORD.sub(other, text) if share else text
