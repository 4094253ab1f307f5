"""What could read the messages: what ships, and what it is compared with. Each learns the same labels."""

import pickle
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import textblob.en
import torch
from model2vec import StaticModel
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import FeatureUnion
from vaderSentiment import vaderSentiment

from amends.reading import Context, read_each
from amends.reading.learned.reader import WEIGHTS
from amends.transcript import Message, Role
from training import fit, minilm, teacher
from training.outputs import MINE, OUTPUTS, role_number
from training.score import mean_error
from training.sources import AGENT, CUSTOMER, KINDS, Example

READER = "the reader"
_STRENGTHS = (1.0, 10.0, 100.0)  # of the logistic regressions
_PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)  # of the ridges
_GRID = np.log(np.arange(0.05, 0.96, 0.025) / (1 - np.arange(0.05, 0.96, 0.025)))
_WEIGHT_OF_BEFORE = 0.5
_STATIC_SIZE = 256
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")

Matrix = Any  # of scipy if it is sparse, else of numpy


@dataclass(frozen=True, slots=True)
class Guess:
    """What was read: acts ("bid") and kinds ("bid.refund"), and how upset, 0 to 4; None for the company's messages."""

    acts: frozenset[str]
    upset: float | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read. `only_upset` marks those that know no acts."""

    name: str
    read: Callable[[Sequence[Example]], list[Guess]]
    megabytes: float
    only_upset: bool = False


def shipped() -> Candidate:
    """Return the reader that ships, as anybody calls it."""
    return Candidate(READER, _read, sum(path.stat().st_size for path in WEIGHTS.iterdir()) / 1e6)


def words(lessons: Sequence[Example], back: Sequence[Example]) -> Candidate:
    """Return logistic regressions over words and pairs of words."""
    return _linear("words, tf-idf", lambda: _counted(("word", (1, 2))), lessons, back)


def words_and_letters(lessons: Sequence[Example], back: Sequence[Example]) -> Candidate:
    """Return logistic regressions over words, pairs of words, and two to five letters in a row."""
    return _linear("words and letters", lambda: _counted(("word", (1, 2)), ("char_wb", (2, 5))), lessons, back)


def static(lessons: Sequence[Example], back: Sequence[Example]) -> list[Candidate]:
    """Return logistic regressions over static vectors: of whole messages, and of their sentences too."""
    model = _distilled()
    return [
        _linear("static vectors", lambda: _Vectors(model, by_sentence=False), lessons, back),
        _linear("static vectors by sentence", lambda: _Vectors(model, by_sentence=True), lessons, back),
    ]


def tuned(taught: teacher.Teacher, back: Sequence[Example]) -> Candidate:
    """Return MiniLM tuned to the labels: the teacher of what ships."""
    model = minilm.model()

    def ask(examples: Sequence[Example]) -> tuple[list[teacher.Sheet], NDArray[np.float32], NDArray[np.float32]]:
        asked = teacher.sheets(examples)
        teacher.prepare(model, asked)
        thoughts = teacher.opinions(taught, asked)
        mine = MINE[[one.role for one in asked]] > 0
        levels = (1 / (1 + np.exp(-np.stack([one.steps for one in thoughts])))).sum(1)
        return asked, np.where(mine, np.stack([one.whole for one in thoughts]), -np.inf), levels

    sheets, found, levels = ask(back)
    least = np.array(fit.thresholds(np.stack([one.whole for one in sheets]), found))
    theirs = np.array([one.role == role_number(CUSTOMER) for one in sheets])
    steps = fit.level_steps(np.array([one.level for one in sheets], np.float32)[theirs], levels[theirs])

    def read(examples: Sequence[Example]) -> list[Guess]:
        _, scores, expected = ask(examples)
        sure = scores >= least
        return [
            _guess(one, [OUTPUTS[place] for place in np.flatnonzero(sure[row])], expected[row], steps)
            for row, one in enumerate(examples)
        ]

    size = sum(one.numel() for held in (model, taught) for one in set(held.parameters()))
    shared = sum(one.numel() for one in taught.layers.parameters())
    return Candidate("MiniLM, tuned (the teacher)", read, (size - shared) * 4 / 1e6)


def from_vader(lessons: Sequence[Example]) -> Candidate:
    """Return VADER, which knows no acts: the level is read off its score by a line that fits the lessons best."""
    judge = vaderSentiment.SentimentIntensityAnalyzer()
    size = sum(path.stat().st_size for path in Path(vaderSentiment.__file__).parent.glob("*.txt")) / 1e6
    return _by_mood("VADER", lambda text: judge.polarity_scores(text)["compound"], lessons, size)


def from_textblob(lessons: Sequence[Example]) -> Candidate:
    """Return TextBlob, which knows no acts: the level is read off its score by a line that fits the lessons best."""
    size = (Path(textblob.en.__file__).parent / "en-sentiment.xml").stat().st_size / 1e6
    return _by_mood("TextBlob", textblob.en.polarity, lessons, size)


def _read(examples: Sequence[Example]) -> list[Guess]:
    asked = []
    for one in examples:
        role = Role(one.role)
        other = Role.AGENT if role is Role.CUSTOMER else Role.CUSTOMER
        context = Context(previous=one.before, previous_role=other) if one.before else Context()
        asked.append((Message(id=one.id, role=role, text=one.text), context))
    guesses = []
    for one, reading in zip(examples, read_each(asked), strict=True):
        names = [act.act.value for act in reading.acts]
        kinds = [f"{act.act}.{act.kind}" for act in reading.acts if act.kind]
        theirs = one.role == CUSTOMER
        upset, level = (reading.upset_score, reading.upset or 0) if theirs else (None, None)
        guesses.append(Guess(frozenset([*names, *kinds]), upset, level))
    return guesses


def _guess(one: Example, names: Sequence[str], upset: float, steps: Sequence[float] = (0.5, 1.5, 2.5, 3.5)) -> Guess:
    if one.role == AGENT:
        return Guess(frozenset(names), None, None)
    return Guess(frozenset(names), float(upset), sum(float(upset) >= step for step in steps))


def _by_mood(name: str, mood: Callable[[str], float], lessons: Sequence[Example], megabytes: float) -> Candidate:
    theirs = [one for one in lessons if one.upset is not None]
    slope, start = np.polyfit([-mood(one.text) for one in theirs], [float(one.upset or 0) for one in theirs], 1)

    def read(examples: Sequence[Example]) -> list[Guess]:
        return [_guess(one, (), start - slope * mood(one.text)) for one in examples]

    return Candidate(name, read, megabytes, only_upset=True)


def _linear(name: str, features: Callable[[], Any], lessons: Sequence[Example], back: Sequence[Example]) -> Candidate:
    """Return a candidate with models of its own for each role."""
    sides = {
        role: _Side(features(), tuple(KINDS[role]), _of(role, lessons), _of(role, back)) for role in (CUSTOMER, AGENT)
    }

    def read(examples: Sequence[Example]) -> list[Guess]:
        found: dict[str, Guess] = {}
        for role, side in sides.items():
            own = _of(role, examples)
            for one, names, upset in zip(own, *side.read(own), strict=True):
                found[one.id] = _guess(one, names, upset)
        return [found[one.id] for one in examples]

    return Candidate(name, read, len(pickle.dumps(sides)) / 1e6)


def _of(role: str, examples: Sequence[Example]) -> list[Example]:
    return [one for one in examples if one.role == role]


class _Side:
    """One logistic regression for each act of a role, and a ridge for the level.

    Strengths, penalty and thresholds are those that do best on the messages held back.
    """

    def __init__(self, features: Any, acts: Sequence[str], lessons: Sequence[Example], back: Sequence[Example]) -> None:
        self.features, self.acts = features, acts
        rows, held = features.fit_transform(lessons), features.transform(back)
        weights, starts = [], []
        for act in acts:
            wanted = np.array([act in one.acts for one in back])
            best = -1.0
            for strength in _STRENGTHS:
                model = LogisticRegression(C=strength, class_weight="balanced", solver="liblinear")
                model.fit(rows, [act in one.acts for one in lessons])
                value, threshold = _threshold(wanted, model.decision_function(held))
                if value > best:
                    best, kept = value, (model.coef_[0], model.intercept_[0] - threshold)
            weights.append(kept[0])
            starts.append(kept[1])
        if lessons[0].upset is not None:
            ridges = [Ridge(alpha=penalty).fit(rows, [one.upset for one in lessons]) for penalty in _PENALTIES]
            best_ridge = min(ridges, key=lambda one: mean_error(one.predict(held), [one.upset or 0 for one in back]))
            weights.append(best_ridge.coef_)
            starts.append(best_ridge.intercept_)
        self.weights = np.stack(weights, axis=1).astype(np.float32)
        self.starts = np.array(starts, np.float32)

    def read(self, examples: Sequence[Example]) -> tuple[list[list[str]], NDArray[np.float32]]:
        """Return the acts of each message, and its level as far as there is one."""
        scores = self.features.transform(examples) @ self.weights + self.starts
        sure = scores[:, : len(self.acts)] >= 0
        return [[self.acts[place] for place in np.flatnonzero(row)] for row in sure], np.clip(scores[:, -1], 0, 4)


def _threshold(wanted: NDArray[np.bool_], scores: NDArray[np.float64]) -> tuple[float, float]:
    """Return the best F1, and the middle of the thresholds that come near it."""
    says = scores[:, None] >= _GRID
    values = 2 * (says & wanted[:, None]).sum(0) / np.maximum(1, says.sum(0) + wanted.sum())
    return float(values.max()), float(_GRID[values >= values.max() - 0.01].mean())


def _text(one: Example) -> str:
    return one.text.lower()


def _before(one: Example) -> str:
    return one.before.lower()


def _counted(*units: tuple[str, tuple[int, int]]) -> FeatureUnion:
    """Return tf-idf of the message in these units (words, letters), and of the words of the message before."""
    found = [
        (unit, TfidfVectorizer(preprocessor=_text, analyzer=unit, ngram_range=sizes, min_df=2, sublinear_tf=True))
        for unit, sizes in units
    ]
    earlier = TfidfVectorizer(preprocessor=_before, ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    return FeatureUnion([*found, ("before", earlier)], transformer_weights={"before": _WEIGHT_OF_BEFORE})


def _distilled() -> StaticModel:
    """Return a vector for each part of a word, as model2vec makes them: main directions, rare parts weighing more."""
    parts = minilm.parts()
    with torch.inference_mode():
        found = np.concatenate([minilm.mean_vectors(parts[at : at + 512]) for at in range(0, len(parts), 512)])
    found -= found.mean(axis=0)
    _, _, directions = np.linalg.svd(found[:: len(found) // 12_000], full_matrices=False)
    turned = found @ directions[:_STATIC_SIZE].T
    often = 1 / np.arange(2, len(parts) + 2)  # the list is in the order of frequency: Zipf's law
    rare = 1e-4 / (1e-4 + often / often.sum())
    return StaticModel((turned * rare[:, None]).astype(np.float32), minilm.tokenizer().backend_tokenizer)


class _Vectors:
    """The mean static vector of a message and of the one before; `by_sentence` adds the greatest of its sentences."""

    def __init__(self, model: StaticModel, *, by_sentence: bool) -> None:
        self.model, self.by_sentence = model, by_sentence
        self.scale = 1.0

    def fit_transform(self, examples: Sequence[Example]) -> Matrix:
        """Return a row for each message, and remember the scale."""
        found = self.transform(examples)
        self.scale = 1 / float(found.std())
        return found * self.scale

    def transform(self, examples: Sequence[Example]) -> Matrix:
        """Return a row for each message."""
        blocks = [self._encoded([one.text for one in examples]), self._encoded([one.before for one in examples])]
        if self.by_sentence:
            cut = [[part for part in _SENTENCE.split(one.text) if part.strip()] or [""] for one in examples]
            begins = np.cumsum([0, *map(len, cut[:-1])])
            rows = self._encoded([part for parts in cut for part in parts])
            blocks.append(np.maximum.reduceat(rows, begins, axis=0))
        return np.concatenate(blocks, axis=1) * self.scale

    def _encoded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.nan_to_num(self.model.encode(list(texts), use_multiprocessing=False))
