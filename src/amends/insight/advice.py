"""How often the coach's advice was overridden: bad advice shows itself by that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from amends.method.facts import AdviceOverridden
from amends.store.models import JournalEntry

_decode = msgspec.json.Decoder(AdviceOverridden).decode


@dataclass(frozen=True, slots=True)
class Overridden:
    """Of a rule since a day: replies that went out against its advice, and those on which it was waved away."""

    replies: int
    dismissed: int


def overridden(teams: Sequence[int] | None, *, since: datetime) -> dict[str, Overridden]:
    """Return how often each rule (by code) was overridden in the cases of these teams (None: of all)."""
    found = JournalEntry.objects.filter(kind="AdviceOverridden", at__gte=since)
    if teams is not None:
        found = found.filter(case__team__in=teams)
    replies, dismissed = Counter[str](), Counter[str]()
    for body in found.values_list("fact", flat=True).iterator():
        fact = _decode(bytes(body))
        replies[fact.rule] += 1
        dismissed[fact.rule] += fact.dismissed
    return {rule: Overridden(count, dismissed[rule]) for rule, count in replies.items()}
