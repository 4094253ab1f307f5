"""What acts carry beside their words: an amount, the remedy of an offer, when a promise is due, years of loyalty.

The network says which words carry an act; these small grammars read the rest from the sentences around them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from amends.reading.cuefiles import cues
from amends.reading.dues import find_due
from amends.reading.learned import Found
from amends.reading.model import Act, ActKind
from amends.reading.money import amounts
from amends.reading.phrases import Hit, Lexicon, find, lexicon, may_hold
from amends.reading.remedies import amount_of
from amends.reading.sentences import Sentence, split
from amends.reading.tenure import years
from amends.transcript import Money

_WITH_AMOUNT = frozenset(["refund", "compensation", "action"])
_PRICE = re.compile(r"\b(?:paid|charged|cost|costs|spent|billed|price|worth|took)\b")
_INSTEAD = re.compile(r"\b(?:instead of|rather than|over|under|more than|less than)\b")
_ENDS = re.compile(r"[.!?\u2026]+[\"')\]]{0,3}(?=\s|$)|\n")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True)
class Told:
    """A message and what is known beside it: its flat text, the house's currency, the year it was written in."""

    text: str
    flat: str
    currency: str
    year: int | None

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


def with_details(found: Found, message: Told) -> Iterator[Act]:
    """Yield the act that was found, with what it carries; an offer of two remedies is two."""
    act = Act(act=ActKind(found.act), start=found.start, end=found.end, kind=found.kind, score=found.score)
    match act.act:
        case ActKind.OFFER:
            yield from _offers(act, message)
        case ActKind.BID:
            yield replace(act, amount=_asked(act, message)) if act.kind in _WITH_AMOUNT else act
        case ActKind.PROMISE:
            yield _promise(act, message)
        case ActKind.LOYALTY:
            yield replace(act, tenure_years=_years(act, message))
        case _:
            yield act


@cache
def _remedies() -> Lexicon:
    return lexicon(cue for cue in cues("remedies") if cue.tag == ActKind.OFFER and cue.kind != "instruction")


def _offers(act: Act, message: Told) -> Iterator[Act]:
    """Yield an offer for each remedy that its words name, or one of kind `instruction`."""
    begin, end = message.around(act.start, act.end)
    named = _named(act, message, begin, end) if may_hold(_remedies(), message.flat[begin:end]) else {}
    if "refund" in named and not _FIGURE.search(message.flat, begin, end):  # "You paid €40. We can give that back."
        begin = message.sentence_before(begin)
        named = _named(act, message, begin, end)
    if not named:
        yield replace(act, kind="instruction")
    flat = message.flat[begin:end]
    for kind, (hit, hits) in named.items():
        start, stop = (act.start, act.end) if len(named) == 1 else (hit.span[0] + begin, hit.span[1] + begin)
        yield replace(act, kind=kind, start=start, end=stop, amount=amount_of(hit, hits, flat, message.currency))


def _named(act: Act, message: Told, begin: int, end: int) -> dict[str, tuple[Hit, list[Hit]]]:
    """Return by kind the remedies that the words of an offer name, each with all that its sentence names."""
    named: dict[str, tuple[Hit, list[Hit]]] = {}
    for sentence in split(message.text[begin:end]):
        if sentence.end + begin <= act.start or sentence.start + begin >= act.end:
            continue
        hits = find(_remedies(), sentence)
        for hit in hits:
            start, stop = hit.span
            if start + begin < act.end and act.start < stop + begin:
                named.setdefault(hit.cue.kind, (hit, hits))
    return named


def _asked(act: Act, message: Told) -> Money | None:
    """Return the amount that a bid names: in its own words, or said to have been paid beside or just before them."""
    begin, end = message.around(act.start, act.end)
    before = message.sentence_before(begin) if act.kind == "refund" else begin
    if not _FIGURE.search(message.flat, before, end):
        return None
    own = amounts(message.flat, act.start, act.end, message.currency)
    if own or act.kind != "refund":
        return own[0][1] if own else None
    for start in (begin, before):
        found = amounts(message.flat, start, end, message.currency)
        if found:
            words = message.flat[start:end]
            return found[0][1] if len(found) == 1 and _PRICE.search(words) and not _INSTEAD.search(words) else None
    return None


def _promise(act: Act, message: Told) -> Act:
    """Return the promise as whole clauses, with the due time that stands in them."""
    offset, stop = message.around(act.start, act.end)
    start, end = act.start, act.end
    for sentence in split(message.text[offset:stop]):
        touched = _touched(sentence, act.start - offset, act.end - offset)
        if touched is not None:
            clause = sentence.span(*sentence.clause(*touched))
            start, end = min(start, clause[0] + offset), max(end, clause[1] + offset)
    when = find_due(message.flat, start, end)
    due = when.due if when is not None else None
    return replace(act, start=start, end=end, kind="dated" if due or act.kind == "dated" else "undated", due=due)


def _touched(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Return the first and the last word of a sentence that a stretch touches, or None."""
    words = [at for at, (begin, stop) in enumerate(sentence.places) if begin < end and start < stop]
    return (words[0], words[-1]) if words else None


def _years(act: Act, message: Told) -> float | None:
    found = years(message.flat, act.start, act.end, message.year)
    return found if found is not None else years(message.flat, *message.around(act.start, act.end), message.year)
