"""How far two readers agree who labelled the same messages without seeing each other's labels."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from training.score import by_act, spearman
from training.sources import AGENT, CUSTOMER, KINDS, LABELS, SECOND

Row = dict[str, Any]
_WITH_KINDS = ("bid", "threat")


def pairs(labels: Path = LABELS, second: Path = SECOND) -> list[tuple[Row, Row]]:
    """Return the rows of all messages that are labelled twice: the labels in use, and the second ones."""
    first = _rows(labels)
    return [(first[name], row) for name, row in _rows(second).items()]


def report(twice: Sequence[tuple[Row, Row]]) -> str:
    """Return the agreement as Markdown: a line for each act and kind, then the whole."""
    lines = ["| act | messages | F1 | kappa |", "|---|---|---|---|"]
    means = []
    for role in (CUSTOMER, AGENT):
        own = [pair for pair in twice if (pair[0]["upset"] is None) == (role == AGENT)]
        acts = [(_acts(one), _acts(other)) for one, other in own]
        means += _lines(lines, acts, KINDS[role])
        for act in _WITH_KINDS:
            kinds = [(_kinds(one, act), _kinds(other, act)) for one, other in own]
            _lines(lines, kinds, [f"{act}.{kind}" for kind in KINDS[role].get(act, ())])
            both = [(one, other) for one, other in kinds if one and other]
            if both:
                same = sum(one == other for one, other in both) / len(both)
                lines.append(f"| the same kinds where both see a {act} | {len(both)} | {same:.2f} | |")
    levels = [(one["upset"], other["upset"]) for one, other in twice if one["upset"] is not None]
    exact = sum(one == other for one, other in levels) / len(levels)
    near = sum(abs(one - other) <= 1 for one, other in levels) / len(levels)
    rho = spearman([one for one, _ in levels], [other for _, other in levels])
    level = f"the same level {exact:.2f}, within one {near:.3f}, Spearman {rho:.3f}"
    lines += ["", f"{len(twice)} messages. Macro F1 of the acts {sum(means) / len(means):.3f}."]
    lines.append(f"How upset ({len(levels)} messages of customers): {level}.")
    return "\n".join(lines)


def kappa(pairs_of_sets: Sequence[tuple[frozenset[str], frozenset[str]]], name: str) -> float:
    """Return Cohen's kappa of whether a message has `name`: agreement beyond chance, 1 for full agreement."""
    total = len(pairs_of_sets)
    same = sum((name in one) == (name in other) for one, other in pairs_of_sets) / total
    first = sum(name in one for one, _ in pairs_of_sets) / total
    second = sum(name in other for _, other in pairs_of_sets) / total
    chance = first * second + (1 - first) * (1 - second)
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def _lines(
    lines: list[str], sets: Sequence[tuple[frozenset[str], frozenset[str]]], names: Iterable[str]
) -> list[float]:
    """Add a line for each name that either saw; return their F1."""
    scores = by_act([one for one, _ in sets], [other for _, other in sets])
    there = [name for name in names if name in scores]
    lines += [f"| {name} | {scores[name].n} | {scores[name].f1:.2f} | {kappa(sets, name):.2f} |" for name in there]
    return [scores[name].f1 for name in there]


def _acts(row: Row) -> frozenset[str]:
    return frozenset(act for act, *_ in row["acts"])


def _kinds(row: Row, act: str) -> frozenset[str]:
    return frozenset(f"{act}.{kind}" for name, kind, *_ in row["acts"] if name == act)


def _rows(folder: Path) -> dict[str, Row]:
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return {row["id"]: row for row in map(json.loads, lines)}
