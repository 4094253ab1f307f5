"""How good a reading is: precision, recall and F1 by act, Spearman's rho and the mean error of upset."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Of `n` messages that have an act: `precision`, `recall` and `f1`, 0 to 1."""

    precision: float
    recall: float
    f1: float
    n: int


def by_act(expected: Sequence[Iterable[str]], found: Sequence[Iterable[str]]) -> dict[str, Score]:
    """Return the score of each act that is in either; an act counts once a message."""
    pairs = [(frozenset(a), frozenset(b)) for a, b in zip(expected, found, strict=True)]
    scores = {}
    for act in sorted(frozenset().union(*(a | b for a, b in pairs))):
        right = sum(act in a and act in b for a, b in pairs)
        told, meant = sum(act in b for _, b in pairs), sum(act in a for a, _ in pairs)
        scores[act] = Score(right / max(1, told), right / max(1, meant), 2 * right / max(1, told + meant), meant)
    return scores


def macro(scores: dict[str, Score]) -> float:
    """Return the mean F1 over the acts that occur."""
    held = [score.f1 for score in scores.values() if score.n]
    return sum(held) / max(1, len(held))


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Spearman's rank correlation; ties share their rank."""
    first, second = _ranks(one), _ranks(other)
    mean = (len(first) + 1) / 2
    top = sum((a - mean) * (b - mean) for a, b in zip(first, second, strict=True))
    bottom = sum((a - mean) ** 2 for a in first) * sum((b - mean) ** 2 for b in second)
    return top / bottom**0.5 if bottom else 0.0


def mean_error(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the mean absolute difference."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / max(1, len(one))


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and values[order[end]] == values[order[at]]:
            end += 1
        for place in order[at:end]:
            ranks[place] = (at + end + 1) / 2
        at = end
    return ranks
