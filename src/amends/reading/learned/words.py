"""From text to the numbers that the network reads: words, and their places.

A text is cut at white space; each piece is looked up whole (most pieces were met before) and cut into words only the
first time. So a message costs a few microseconds, whatever is in it, and time grows with its length alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

UNKNOWN = 1
SPECIAL = (
    "[padding]",
    "[unknown]",
    "[link]",
    "[mail]",
    "[handle]",
    "[mask]",
    "[digits1]",
    "[digits2]",
    "[digits3]",
    "[digits4]",
    "[digits]",
    "[fraction]",
    "[clock]",
    "[line]",
)
_PLAIN, _CAPITAL, _CAPITALS, _RUN = range(4)  # how a word is written: small, With A Capital, IN CAPITALS, or !!!
SHAPES = 4
_MOST_KEPT = 50_000  # pieces remembered; when there are more, all are forgotten
_LONGEST = 60  # letters of a word; what is longer is no word
_MOST_PARTS = 8  # of an unknown word
_MOST_WORDS = 32  # of one piece without a space

_PIECE = re.compile(r"\n|[^\s\n]+")
_WORD = re.compile(
    r"(?:https?://|www\.)\S{1,500}|<[A-Za-z_]{2,12}>|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|@\w{1,50}|"
    r"\d{1,40}(?:[.,:/]\d{1,20}){0,6}|[^\W\d_]+(?:['\u2019\u00b4`][^\W\d_]+)*|[!?]+|\.{2,}|\w|[^\w\s]"
)
_APOSTROPHES = str.maketrans("\u2019\u00b4`", "'''")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
_MASKS = {"<url>": "[link]", "<email>": "[mail]", "<phone>": "[digits]"}
_SIGNS = {
    "\u201c": '"',
    "\u201d": '"',
    "\u2018": "'",
    "\u2019": "'",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u2026": "...",
}
_SAID_AS_THEY_ARE = frozenset([*map(str, range(32)), "48", "72", "24", "60", "90"])  # numbers with a sense of their own
_ENDS = (".", "!", "?", "\u2026")
_AFTER_ENDS = "\"')]*\u201d\u2019"
_MAY_END = frozenset(["\n", *_ENDS, *_AFTER_ENDS])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: `ids` are places in the vocabulary times `SHAPES`, plus how the word is written.

    `pieces` says which piece of the text (cut at white space; a line break is one) each word stands in, `sentences`
    the number of its sentence.
    """

    ids: list[int]
    pieces: list[int]
    sentences: list[int]


class Piece(NamedTuple):
    """What is known of a piece of text: its words, and whether a sentence ends with it."""

    ids: tuple[int, ...]
    ends: bool


class Vocabulary:
    """The words that the network knows; an unknown word is read in parts ("##ing") that it does know."""

    def __init__(self, words: Sequence[str]) -> None:
        self._places = {word: place for place, word in enumerate(words)}
        self._met = _Met(self._meet)

    def read(self, text: str, most: int | None = None) -> Words:
        """Return the words of `text`, or the first `most` of them; takes time linear in its length."""
        if "\n" in text:
            text = text.replace("\n", " \ue000 ")
        found = list(map(self._met.__getitem__, text.split()))
        ids = [word for own, _ in found for word in own]
        sentence_of = list(accumulate([ends for _, ends in found], initial=0))
        if len(ids) == len(found):
            return Words(ids[:most], list(range(len(ids)))[:most], sentence_of[: len(ids)][:most])
        pieces = [number for number, (own, _) in enumerate(found) for _ in own]
        return Words(ids[:most], pieces[:most], [sentence_of[piece] for piece in pieces[:most]])

    def _meet(self, piece: str) -> Piece:
        if piece == "\ue000":
            return Piece((self._places["[line]"] * SHAPES,), ends=True)
        words = [match.group() for match in _WORD.finditer(piece[: _LONGEST * _MOST_WORDS])][:_MOST_WORDS]
        found = tuple(place * SHAPES + shape for word in words for place, shape in self._known(word))
        return Piece(found or (UNKNOWN * SHAPES,), ends_sentence(piece))

    def _known(self, word: str) -> list[tuple[int, int]]:
        forms, shape = normal(word)
        return [(place, shape) for form in forms for place in self._parts(form)]

    def _parts(self, form: str) -> list[int]:
        """Return the places of a word, or of the longest parts that it can be put together from."""
        whole = self._places.get(form)
        if whole is not None:
            return [whole]
        if len(form) > _LONGEST:
            return [UNKNOWN]
        found: list[int] = []
        begin = 0
        while begin < len(form) and len(found) < _MOST_PARTS:
            lead = "##" if begin else ""
            for end in range(len(form), begin, -1):
                place = self._places.get(lead + form[begin:end])
                if place is not None:
                    found.append(place)
                    begin = end
                    break
            else:
                return [UNKNOWN]
        return found


def ends_sentence(piece: str) -> bool:
    """Say of a piece between spaces whether a sentence ends with it, as far as one can tell without its neighbours."""
    return piece[-1] in _MAY_END and (piece == "\n" or piece.rstrip(_AFTER_ENDS).endswith(_ENDS))


def places(text: str) -> list[tuple[int, int]]:
    """Return where the pieces of a text stand, in the order in which `Words.pieces` counts them."""
    sizes = list(map(len, text.split()))
    if "\n" not in text and sum(sizes) + len(sizes) - 1 == len(text):  # one space between two pieces each
        begins = accumulate((size + 1 for size in sizes), initial=0)
        return [(begin, begin + size) for begin, size in zip(begins, sizes, strict=False)]
    return [match.span() for match in _PIECE.finditer(text)]


def normal(word: str) -> tuple[list[str], int]:
    """Return the forms under which a word is looked up, and how it is written.

    >>> normal("DIDN'T")
    (['did', "n't"], 2)
    >>> normal("soooo"), normal("!!!"), normal("4711")
    ((['soo'], 0), (['!'], 3), (['[digits4]'], 0))
    """
    first = word[0]
    if first.isalpha():
        return _word(word)
    if first.isdigit():
        return [_number(word)], _PLAIN
    if first in "!?":
        return ["?", "!"] if "!" in word and "?" in word else [first], _RUN if len(word) > 1 else _PLAIN
    if len(word) > 1:
        if first == "@":
            return ["[handle]"], _PLAIN
        if first == "<":
            return [_MASKS.get(word.lower(), "[mask]")], _PLAIN
        if first == ".":
            return ["..."], _PLAIN
        if "@" in word:
            return ["[mail]"], _PLAIN
    return [_SIGNS.get(word, word)], _PLAIN


def _word(word: str) -> tuple[list[str], int]:
    shape = _PLAIN
    if len(word) > 1 and word.isupper():
        shape = _CAPITALS
    elif word[0].isupper():
        shape = _CAPITAL
    low = word.lower()
    if "://" in low or low.startswith("www."):
        return ["[link]"], _PLAIN
    if "@" in low:
        return ["[mail]"], _PLAIN
    low = _DRAWN_OUT.sub(r"\1\1", low.translate(_APOSTROPHES))
    if "'" not in low:
        return [low], shape
    if low.endswith("n't") and len(low) > len("n't"):
        return [low[:-3] if low != "can't" else "ca", "n't"], shape
    stem, _, ending = low.partition("'")
    return [stem, "'" + ending.replace("'", "")], shape


def _number(word: str) -> str:
    if word.isdigit():
        if word in _SAID_AS_THEY_ARE:
            return word
        return f"[digits{len(word)}]" if len(word) <= 4 else "[digits]"
    return "[clock]" if ":" in word else "[fraction]"


class _Met(dict[str, Piece]):
    """Pieces that were met, each with its words; the others are cut into words by `meet`."""

    def __init__(self, meet: Callable[[str], Piece]) -> None:
        super().__init__()
        self._meet = meet

    def __missing__(self, piece: str) -> Piece:
        found = self._meet(piece)
        if len(self) >= _MOST_KEPT:
            self.clear()
        if len(piece) <= 2 * _LONGEST:
            self[piece] = found
        return found
