"""What a remedy is worth: the amount that belongs to a bid or an offer."""

import re
from collections.abc import Sequence

from amends.reading.money import amounts
from amends.reading.phrases import Hit
from amends.transcript import Money

WITH_AMOUNT = frozenset(["refund", "compensation", "action", "donation"])
_PRICE = re.compile(r"\b(?:paid|charged|cost|costs|spent|billed|price|worth|took)\b")
_BEFORE = 160  # characters: about the sentence before
_INSTEAD = re.compile(r"\b(?:instead of|rather than|over|under|more than|less than)\b")


def amount_of(hit: Hit, hits: Sequence[Hit], flat: str, currency: str) -> Money | None:
    """Return the amount that an offer names, or None; `hits` are all that was found beside it.

    The amount stands in the remedy's own clause; or it is the only one in the sentence, and is said to
    have been paid or charged ("I paid €40 and I want it back"); or, where the sentence has none, so in the one before.
    """
    if hit.cue.kind not in WITH_AMOUNT:
        return None
    own = [item for item in amounts(flat, hit.start, hit.end, currency) if not _is_of_another(item[0], hit, hits)]
    if len(own) == 1:
        return own[0][1]
    if own:
        place = hit.sentence.tokens[hit.first][1]
        return min(own, key=lambda item: (item[0] < place, abs(item[0] - place)))[1]
    if hit.cue.kind != "refund":
        return None
    begin, end = hit.sentence.start, hit.sentence.end
    return said_paid(flat, begin if amounts(flat, begin, end, currency) else max(0, begin - _BEFORE), end, currency)


def said_paid(flat: str, start: int, end: int, currency: str) -> Money | None:
    """Return the only amount in `flat[start:end]` if it is said to have been paid: what a bare "refund" is about."""
    found = amounts(flat, start, end, currency)
    told = flat[start:end]
    return found[0][1] if len(found) == 1 and _PRICE.search(told) and not _INSTEAD.search(told) else None


def _is_of_another(place: int, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Say whether an amount belongs to another remedy that is named between this one and the amount."""
    last = hit.sentence.tokens[hit.last][1]
    return any(
        other.cue.tag == hit.cue.tag
        and other.cue.kind in WITH_AMOUNT
        and other.cue.kind != hit.cue.kind
        and other.sentence is hit.sentence
        and last < other.sentence.tokens[other.last][1] <= place
        for other in hits
    )
