"""A message as the small grammars look at it: flat, and cut into sentences where somebody asks for them."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from amends.reading.sentences import Sentence, split_flat

_ENDS = re.compile(r"[.!?\u2026]+[\"')\]]{0,3}(?=\s|$)|\n")


class Told:
    """A message and what is known beside it: its flat text, the house's currency, the year it was written in."""

    def __init__(self, text: str, flat: str, currency: str, year: int | None) -> None:
        self.text, self.flat, self.currency, self.year = text, flat, currency, year
        self._cut: dict[tuple[int, int], list[Sentence]] = {}

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in _ENDS.finditer(self.flat)]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentences begin and end that a stretch touches."""
        before, after = bisect_right(self._ends, start) - 1, bisect_left(self._ends, end)
        begin = self._ends[before] if before >= 0 else 0
        return begin, self._ends[after] if after < len(self._ends) else len(self.flat)

    def sentence_before(self, begin: int) -> int:
        """Return where the sentence before the one at `begin` begins."""
        before = bisect_left(self._ends, begin) - 1
        return self._ends[before] if before >= 0 else 0

    def sentences(self, begin: int, end: int) -> list[Sentence]:
        """Return the sentences of a part of the message, with their places in all of it."""
        held = self._cut.get((begin, end))
        if held is None:
            held = self._cut[begin, end] = split_flat(self.flat, self.text, begin, end)
        return held

    def every_sentence(self) -> list[Sentence]:
        """Return the sentences of the whole message."""
        return self.sentences(0, len(self.flat))
