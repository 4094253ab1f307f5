"""From hits to acts: where they stand, and which of two that say the same is kept."""

from collections.abc import Iterable

from amends.reading.model import Act, ActKind
from amends.reading.phrases import Hit


def act_of(hit: Hit, act: ActKind) -> Act:
    """Return the act at the clauses of a hit."""
    start, end = hit.span
    return Act(act=act, start=start, end=end, kind=hit.cue.kind, score=hit.cue.score)


def overlaps(one: Act, other: Act) -> bool:
    """Say whether two acts share words."""
    return one.start < other.end and other.start < one.end


def settle(acts: Iterable[Act]) -> list[Act]:
    """Return the acts in the order of the text; of those of one kind that share words, the widest.

    Where one of them holds an amount, a tenure or a due time and the widest none, it is kept instead.
    """
    kept: list[Act] = []
    for act in sorted(acts, key=_weight):
        if not any(act.act is other.act and act.kind == other.kind and overlaps(act, other) for other in kept):
            kept.append(act)
    return sorted(kept, key=lambda act: (act.start, act.end, act.act, act.kind))


def _weight(act: Act) -> tuple[bool, bool, int, int]:
    tells = act.amount is not None or act.tenure_years is not None or act.due is not None
    return not act.plain, not tells, act.start - act.end, act.start
