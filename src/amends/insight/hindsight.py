"""What all cases would have come to under another policy. Reads only."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nlargest
from itertools import islice
from typing import Final

import msgspec
from django.db.models import QuerySet

from amends.method.calendar import Calendar
from amends.method.clock import Kind
from amends.method.facts import AnyFact
from amends.method.hindsight import Verdict, hindsight
from amends.method.policy import Policy
from amends.store.models import Case, JournalEntry

SHOWN: Final = 10
_BATCH: Final = 200
_facts: Final = msgspec.json.Decoder(AnyFact)

Watch = tuple[Kind, str]
"""What is measured: a kind of deadline, and of a legal term its name."""


@dataclass(frozen=True, slots=True)
class Rules:
    """By what a desk works: a policy, and the calendar of each team by its name."""

    policy: Policy
    calendar_of: Callable[[str], Calendar]


@dataclass(slots=True)
class Kept:
    """How many deadlines of each kind were met, and how many were missed."""

    met: Counter[Watch] = field(default_factory=Counter)
    missed: Counter[Watch] = field(default_factory=Counter)

    def add(self, verdicts: Sequence[Verdict]) -> None:
        """Count a case in."""
        for one in verdicts:
            (self.met if one.met else self.missed)[one.kind, one.subject] += 1


@dataclass(frozen=True, slots=True)
class Differing:
    """A case, and how many more deadlines of each kind it would have missed (below zero: fewer)."""

    number: int
    more: dict[Watch, int]

    @property
    def much(self) -> int:
        """How much it differs."""
        return sum(map(abs, self.more.values()))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of all deadlines under two policies, and the cases that differ most."""

    cases: int
    ours: Kept
    theirs: Kept
    differing: int
    most: Sequence[Differing]

    @property
    def watched(self) -> list[Watch]:
        """What there was to measure under either policy: our own targets first."""
        seen = set(self.ours.met) | set(self.ours.missed) | set(self.theirs.met) | set(self.theirs.missed)
        order = list(Kind)
        return sorted(seen, key=lambda watch: (order.index(watch[0]), watch[1]))


def compare(
    cases: QuerySet[Case], ours: Rules, theirs: Rules, *, until: datetime, passed: Callable[[int], None]
) -> Comparison:
    """Return what these cases come to by `until` under our rules and under theirs.

    Two queries for two hundred cases; `passed` is told how many are done.
    """
    kept, done, differ = (Kept(), Kept()), 0, list[Differing]()
    differing = 0
    for number, team, facts in _journals(cases):
        found = [hindsight(facts, r.policy, r.calendar_of(team), until=until) for r in (ours, theirs)]
        for tally, verdicts in zip(kept, found, strict=True):
            tally.add(verdicts)
        more = _more_missed(*found)
        if more:
            differing += 1
            differ = nlargest(SHOWN, [*differ, Differing(number, more)], key=lambda one: (one.much, one.number))
        done += 1
        passed(done)
    return Comparison(done, *kept, differing, differ)


def _more_missed(ours: Sequence[Verdict], theirs: Sequence[Verdict]) -> dict[Watch, int]:
    more = Counter((one.kind, one.subject) for one in theirs if not one.met)
    more.subtract((one.kind, one.subject) for one in ours if not one.met)
    return {watch: count for watch, count in more.items() if count}


def _journals(cases: QuerySet[Case]) -> Iterator[tuple[int, str, list[AnyFact]]]:
    """Yield each case's number, team and facts."""
    rows = cases.order_by("pk").values_list("pk", "team__name").iterator(chunk_size=_BATCH)
    while batch := dict(islice(rows, _BATCH)):
        journals: dict[int, list[AnyFact]] = {number: [] for number in batch}
        entries = JournalEntry.objects.filter(case__in=batch).order_by("case_id", "seq")
        for number, fact in entries.values_list("case_id", "fact"):
            journals[number].append(_facts.decode(bytes(fact)))
        yield from ((number, batch[number], facts) for number, facts in journals.items())
