"""What a company's message surely does, whatever the network thinks of it: remedies put in so many words, read-backs.

Money and the order of the path hang on these two, so a turn of phrase that leaves no doubt is enough for them.
"""

from collections.abc import Iterator, Sequence

from amends.reading.carried import CONFIRM, remedies
from amends.reading.learned import trimmed
from amends.reading.model import Act, ActKind, overlap
from amends.reading.phrases import find, may_hold
from amends.reading.remedies import amount_of
from amends.reading.told import Told

_SCORE = 0.8
_SAID_OTHERWISE = frozenset([ActKind.UPDATE, ActKind.READBACK, ActKind.DEFLECT, ActKind.OFFER])  # no offer anew


def certain(message: Told, acts: Sequence[Act]) -> Iterator[Act]:
    """Yield the offers and read-backs that the words leave no doubt about, and that are not among the acts."""
    if may_hold(remedies(), message.flat):
        yield from _offers(message, [act for act in acts if act.act in _SAID_OTHERWISE])
    for match in CONFIRM.finditer(message.flat):
        begin, _ = message.around(match.start(), match.end())
        before = message.sentence_before(begin)
        told = any(act.act is ActKind.READBACK and act.start < match.end() and before <= act.start for act in acts)
        words = message.text[before:begin].strip()
        if words and not told and not words.endswith("?"):
            start, end = trimmed(message.text, before, begin)
            yield Act(act=ActKind.READBACK, start=start, end=end, score=_SCORE)


def _offers(message: Told, others: Sequence[Act]) -> Iterator[Act]:
    for sentence in message.every_sentence():
        hits = find(remedies(), sentence)
        for hit in hits:
            if not any(overlap(act, hit) for act in others):
                amount = amount_of(hit, hits, message.flat, message.currency)
                start, end = hit.start, hit.end
                yield Act(act=ActKind.OFFER, start=start, end=end, kind=hit.cue.kind, score=_SCORE, amount=amount)
