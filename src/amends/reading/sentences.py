"""Split a message into sentences and clauses that know their places in the text."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from amends.reading.text import flatten, tokens

_LONGEST = 1_000  # characters of one sentence; beyond that it is cut at a space, so that no rule sees a whole page
_WRAPPED = 56  # a line at least this long that does not end a sentence was wrapped by a mail program
_END = re.compile(r"[.!?\u2026]+[\"')\]]{0,3}(?=\s|$)|\n+|[\u2022\u25cf]|(?:<url>|https?://\S{1,500})(?=\s)")
_SHORT_FORM = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|nr|vs|approx|inc|ltd|co|e\.g|i\.e|a\.m|p\.m|etc|ref)|\b[a-z])$")
_LIST_ITEM = re.compile(r"\s*(?:[-*]|\d{1,2}[.)])\s")

_JOINTS = frozenset("and but so or because yet then".split())
_SUBJECTS = frozenset(
    "i we you it he she they nobody there nothing please this that our my your someone now both the".split()
)
_AFTER_AND = _SUBJECTS - {"our", "my", "your", "the", "now", "this", "that"}
_DETERMINERS = frozenset("our my your the a an his her their".split())
_FINITE = frozenset("will shall can could would has have is was are were did does had".split())
_SPLITTERS = frozenset([";", ":", "-", "...", "\u2026"])
_TRIM_LEFT = frozenset(["and", "but", "so", "or", "then", "yet", ",", ";", ":", "-", "(", ")", '"', "...", "*"])
_TRIM_RIGHT = frozenset([",", ";", ":", "-", "(", ")", '"', ".", "...", "\u2026", "*", "and", "but", "or"])
_GREETINGS = frozenset("dear hi hello hey hiya good morning afternoon evening".split())


@dataclass(frozen=True)
class Sentence:
    """One sentence: its words in lower case and written out, each with its (start, end) in the message.

    All else is made when it is first asked for: most sentences are looked at by their keys alone.
    """

    tokens: Sequence[tuple[str, int, int]]

    @property
    def start(self) -> int:
        """Where it begins in the message."""
        return self.tokens[0][1]

    @property
    def end(self) -> int:
        """Where it ends in the message."""
        return self.tokens[-1][2]

    @cached_property
    def words(self) -> list[str]:
        """Its words."""
        return [token[0] for token in self.tokens]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The first four letters of every word, by which cues are looked up."""
        return frozenset([word[:4] for word in self.words])

    @cached_property
    def line(self) -> str:
        """Its words with one space around each."""
        return " " + " ".join(self.words) + " "

    @cached_property
    def columns(self) -> list[int]:
        """Where in `line` each word begins."""
        return list(accumulate((len(word) + 1 for word in self.words[:-1]), initial=1))

    @cached_property
    def cuts(self) -> list[int]:
        """The numbers of the words at which a clause begins; 0 is among them."""
        return _cuts(self.words, self.tokens)

    @property
    def question(self) -> bool:
        """Whether it asks."""
        return any("?" in word for word in self.words[-3:])

    def word_at(self, column: int) -> int:
        """Return the number of the word that begins at or before `column` of `line`."""
        return max(0, bisect_right(self.columns, column) - 1)

    def clause(self, first: int, last: int) -> tuple[int, int]:
        """Return (first, past the last) words of the clauses that words `first` to `last` (inclusive) touch."""
        begin = self.cuts[bisect_right(self.cuts, first) - 1]
        after = bisect_right(self.cuts, last)
        finish = self.cuts[after] if after < len(self.cuts) else len(self.tokens)
        return begin, finish

    def part(self, begin: int, finish: int) -> str:
        """Return words `begin` to `finish` (exclusive) of `line`, with a space at each end."""
        stop = self.columns[finish] if finish < len(self.columns) else len(self.line)
        return " " + self.line[self.columns[begin] : stop]

    def span(self, begin: int, finish: int) -> tuple[int, int]:
        """Return where words `begin` to `finish` (exclusive) stand in the message, less what hangs on at the ends."""
        words, left, right = self.words, begin, finish
        while left < right - 1 and (words[left] in _TRIM_LEFT or words[left][0] == "@"):
            left += 1
        while right > left + 1 and words[right - 1] in _TRIM_RIGHT:
            right -= 1
        return self.tokens[left][1], self.tokens[right - 1][2]


def split(text: str) -> list[Sentence]:
    """Return the sentences of the first 20,000 characters of `text`, in order; none for a text without words.

    >>> text = "Hi Sam, it broke again. What now?"
    >>> [text[s.start:s.end] for s in split(text)]
    ['Hi Sam, it broke again.', 'What now?']
    """
    flat = flatten(text)
    return split_flat(flat, text, 0, len(flat))


def split_flat(flat: str, text: str, begin: int, end: int) -> list[Sentence]:
    """Return the sentences of `text[begin:end]`, with their places in all of it; `flat` is the flat text."""
    borders = _borders(flat, text, begin, end)
    found: list[Sentence] = []
    held: list[tuple[str, int, int]] = []
    nearest = 0
    for token in tokens(flat, begin, end):
        if nearest < len(borders) and token[1] >= borders[nearest]:
            nearest = bisect_right(borders, token[1])
            if held:
                found.append(Sentence(held))
                held = []
        held.append(token)
        if token[2] - held[0][1] > _LONGEST:
            found.append(Sentence(held))
            held = []
    if held:
        found.append(Sentence(held))
    return found


def _borders(flat: str, text: str, begin: int, end: int) -> list[int]:
    borders: list[int] = []
    line_start = begin
    for match in _END.finditer(flat, begin, end):
        if match.group()[0] == "\n":
            if _ends_a_line(flat, line_start, match):
                borders.append(match.start())
            line_start = match.end()
        elif match.group()[0] in "<h":
            if text[match.end() + 1 : match.end() + 2].isupper():  # a link ends a sentence without a full stop
                borders.append(match.end())
        elif match.group() != "." or not _SHORT_FORM.search(flat[max(begin, match.start() - 8) : match.start()]):
            borders.append(match.end())
    return borders


def _ends_a_line(flat: str, line_start: int, match: re.Match[str]) -> bool:
    """Say whether a line break ends a sentence, or whether a mail program only wrapped the line there."""
    rest = flat[match.end() : match.end() + 8]
    return len(match.group()) > 1 or match.start() - line_start < _WRAPPED or _LIST_ITEM.match(rest) is not None


def _cuts(words: Sequence[str], held: Sequence[tuple[str, int, int]]) -> list[int]:
    cuts = [0]
    last = len(words) - 1
    for i, word in enumerate(words):
        following = words[i + 1] if i < last else ""
        if word in _SPLITTERS:
            if word != "-" or _is_dash(held, i):
                cuts.append(i + 1)
        elif word == ",":
            if following in _JOINTS or following in _SUBJECTS or _is_greeting(words, i):
                cuts.append(i + 1)
        elif word in _JOINTS and (following in _AFTER_AND or _begins_a_clause(words, i)):
            cuts.append(i)
    return [cut for cut in dict.fromkeys(cuts) if cut <= last]


def _is_dash(held: Sequence[tuple[str, int, int]], i: int) -> bool:
    """Say whether a stroke stands between clauses; in "3-5 days" and "3 - 5 days" it does not."""
    if i in {0, len(held) - 1}:
        return True
    spaced = held[i - 1][2] < held[i][1] and held[i][2] < held[i + 1][1]
    return spaced and not (held[i - 1][0][0].isdigit() and held[i + 1][0][0].isdigit())


def _begins_a_clause(words: Sequence[str], joint: int) -> bool:
    """Say whether "and our van will …" goes on with a subject of its own."""
    return (
        joint + 2 < len(words)
        and words[joint + 1] in _DETERMINERS
        and not _FINITE.isdisjoint(words[joint + 3 : joint + 6])
    )


def _is_greeting(words: Sequence[str], comma: int) -> bool:
    """Say whether the comma ends a salutation ("Dear Maya,") or follows a lone yes, no or thank you."""
    return comma <= 4 and (words[0] in _GREETINGS or words[0][0] == "@" or comma == 1)
