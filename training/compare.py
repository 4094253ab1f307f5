"""How good each candidate is: all learn the part "train" and are measured on the part "test", in one run."""

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from threadpoolctl import threadpool_limits

from training import candidates
from training.candidates import Candidate, Guess
from training.fit import is_held_back
from training.progress import told
from training.score import Score, by_act, macro, mean_error, spearman
from training.sources import AGENT, CUSTOMER, KINDS, Example, examples
from training.teacher import Teacher

WRITTEN = "mixture"  # the source of the test part that was written for it; all others are real posts
_WITH_KINDS = ("bid", "threat")


@dataclass(frozen=True, slots=True)
class Result:
    """What a candidate read, message by message, and what that took: `pace` is messages a second on one core."""

    name: str
    guesses: tuple[Guess, ...]
    pace: float
    megabytes: float
    only_upset: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a candidate is on some messages: acts with their mean F1, Spearman's rho and mean error of upset."""

    acts: dict[str, Score]
    kinds: dict[str, Score]
    f1: float
    rho: float
    error: float


def compare(corpora: Path, teacher: Teacher | None) -> str:
    """Return the comparison as Markdown; without a teacher, it is left out."""
    held = examples(corpora)
    learning = [one for one in held if one.part == "train"]
    lessons = [one for one in learning if not is_held_back(one)]
    back = [one for one in learning if is_held_back(one)]
    test = [one for one in held if one.part == "test"]
    makers = (
        lambda: [candidates.words(lessons, back)],
        lambda: [candidates.words_and_letters(lessons, back)],
        lambda: candidates.static(lessons, back),
        lambda: [candidates.from_vader(lessons), candidates.from_textblob(lessons)],
        lambda: [candidates.tuned(teacher, back)] if teacher is not None else [],
        lambda: [candidates.shipped()],
    )
    results = [_measured(one, back, test) for make in told("candidates", makers) for one in make()]
    return report(test, results)


def report(test: Sequence[Example], results: Sequence[Result]) -> str:
    """Return the figures of the results as Markdown; those of the reader, act by act, at the end."""
    parts = {
        "all": list(range(len(test))),
        "real posts": [place for place, one in enumerate(test) if one.source != WRITTEN],
        "written": [place for place, one in enumerate(test) if one.source == WRITTEN],
    }
    figures = {
        one.name: {part: _figures(test, one.guesses, places) for part, places in parts.items()} for one in results
    }
    heads = ["", *(f"{what}, {part}" for what in ("macro F1", "rho", "error") for part in parts), "messages/s", "MB"]
    rows = []
    for one in results:
        of = figures[one.name].values()
        f1 = ["" if one.only_upset else f"{part.f1:.3f}" for part in of]
        upset = [f"{part.rho:.3f}" for part in of] + [f"{part.error:.2f}" for part in of]
        rows.append([one.name, *f1, *upset, f"{one.pace:,.0f}", f"{one.megabytes:.1f}"])
    counts = ", ".join(f"{part}: {len(places)}" for part, places in parts.items())
    lines = [f"Messages: {counts}. rho and error are those of how upset (customers' messages only).", ""]
    lines += [*_table(heads, rows), ""]
    for one in results:
        if not one.only_upset:
            lines += [f"### {one.name}, act by act", "", *_by_name(figures[one.name], "acts"), ""]
    for one in results:
        if one.name == candidates.READER:
            lines += [f"### {one.name}, kinds", "", *_by_name(figures[one.name], "kinds"), ""]
    return "\n".join(lines)


def _by_name(figures: dict[str, Figures], what: str) -> list[str]:
    """Return a table with a line for each act or kind, in the order of the docs, and columns for each part."""
    acts = [act for role in (CUSTOMER, AGENT) for act in KINDS[role]]
    kinds = [f"{act}.{kind}" for act in _WITH_KINDS for kind in KINDS[CUSTOMER][act]]
    heads = [what[:-1], *(f"{head}, {part}" for part in figures for head in ("n", "P", "R", "F1"))]
    rows = []
    for name in acts if what == "acts" else kinds:
        row = [name]
        for part in figures.values():
            score: Score | None = getattr(part, what).get(name)
            if score is None or not score.n:
                row += ["0", "", "", ""]
            else:
                row += [str(score.n), *(f"{value:.2f}" for value in (score.precision, score.recall, score.f1))]
        rows.append(row)
    return _table(heads, rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _figures(test: Sequence[Example], guesses: Sequence[Guess], places: Sequence[int]) -> Figures:
    some = [(test[place], guesses[place]) for place in places]
    acts = by_act(
        [one.acts for one, _ in some], [[name for name in guess.acts if "." not in name] for _, guess in some]
    )
    kinds = by_act(
        [[f"{label.act}.{label.kind}" for label in one.labels if label.act in _WITH_KINDS] for one, _ in some],
        [[name for name in guess.acts if "." in name and name.partition(".")[0] in _WITH_KINDS] for _, guess in some],
    )
    levels = [(one.upset, guess) for one, guess in some if one.upset is not None]
    meant = [level for level, _ in levels]
    rho = spearman(meant, [guess.upset or 0 for _, guess in levels])
    return Figures(acts, kinds, macro(acts), rho, mean_error(meant, [guess.level or 0 for _, guess in levels]))


def _measured(candidate: Candidate, warm: Sequence[Example], test: Sequence[Example]) -> Result:
    """Return what a candidate reads, measured on one thread, in time of the processor: other work does not count."""
    os.environ |= {"TOKENIZERS_PARALLELISM": "false", "RAYON_NUM_THREADS": "1"}
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with threadpool_limits(1):
        candidate.read(warm[:200])
        began = time.process_time()
        guesses = candidate.read(test)
        spent = time.process_time() - began
    torch.set_num_threads(threads)
    return Result(candidate.name, tuple(guesses), len(test) / spent, candidate.megabytes, candidate.only_upset)
