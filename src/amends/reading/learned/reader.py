"""Read messages with the shipped weights."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

import numpy as np

from amends.reading.learned.evidence import BELOW, Stretch, ends_sentence, stretches, trimmed
from amends.reading.learned.network import Network, Scores, weights_of
from amends.reading.learned.words import Vocabulary, Words, places

WEIGHTS = Path(__file__).parent / "weights"
BATCH_WORDS = 1_024  # read at once: what the processor keeps at hand
_CONTEXT_WORDS = 32  # of the message before
_CUSTOMER, _AGENT = range(2)


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be read: the words of one message, whose they are, and the message before (empty for none)."""

    text: str
    ours: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One act as the network sees it: `start` to `end` are characters; `score` is a probability."""

    act: str
    kind: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network makes of a message; `upset` is the expected level."""

    found: tuple[Found, ...] = ()
    upset: float = 0.0


class Learned:
    """A network with its vocabulary, its outputs, and from which score on each of them counts."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        card = json.loads((folder / "card.json").read_text("utf-8"))
        self._outputs: list[tuple[str, str]] = [tuple(name.partition(".")[::2]) for name in card["outputs"]]
        self._least: list[float] = card["thresholds"]
        self._steps: list[float] = card["upset_steps"]
        theirs = np.array([name in card["customers"] for name in card["outputs"]])
        self._thresholds = np.array(  # a row for customers, one for us: an output of the other role never counts
            [np.where(theirs, self._least, np.inf), np.where(theirs, np.inf, self._least)], dtype=np.float32
        )
        self.vocabulary = Vocabulary((folder / "vocabulary.txt").read_text("utf-8").split("\n"))
        with np.load(folder / "weights.npz") as held:
            self._network = Network(weights_of(held))
        kinds = {
            act: [place for place, (name, kind) in enumerate(self._outputs) if name == act and kind]
            for act in {name for name, kind in self._outputs if kind}
        }
        self._kinds = {act: held for act, held in kinds.items() if len(held) > 1}  # one of which each such act has
        self._refined = {act: held[0] for act, held in kinds.items() if len(held) == 1}  # which it may have

    def see(self, texts: Sequence[Text]) -> list[Seen]:
        """Return what is seen in each text, together: many at once are read faster than one by one."""
        words = [self.vocabulary.read(one.text) for one in texts]
        full = [place for place, one in enumerate(words) if one.ids]
        if not full:
            return [Seen() for _ in texts]
        roles = [_AGENT if texts[place].ours else _CUSTOMER for place in full]
        before = np.zeros((len(full), self._network.kept), dtype=np.float32)
        told = [row for row, place in enumerate(full) if texts[place].before.strip()]
        if told:
            earlier = [self._head(texts[full[row]].before) for row in told]
            before[told] = self._network.summaries(earlier, [1 - roles[row] for row in told])
        scores, most = self._network.scores([words[place] for place in full], roles, before)
        sure: list[list[int]] = [[] for _ in full]
        for row, column in zip(*np.nonzero(most >= self._thresholds[roles]), strict=True):
            sure[row].append(int(column))
        seen = [Seen() for _ in texts]
        for place, one, outputs in zip(full, scores, sure, strict=True):
            found = self._found(texts[place].text, words[place], one, outputs) if outputs else ()
            seen[place] = Seen(found, one.upset)
        return seen

    def level(self, upset: float) -> int:
        """Return the level (0 to 4) for an expected level."""
        return sum(upset >= step for step in self._steps)

    def _head(self, text: str) -> Words:
        words = self.vocabulary.read(text[: _CONTEXT_WORDS * 40])
        return Words(words.ids[:_CONTEXT_WORDS], words.pieces[:_CONTEXT_WORDS])

    def _found(self, text: str, words: Words, scores: Scores, sure: Sequence[int]) -> tuple[Found, ...]:
        """Return the acts that the outputs `sure` stand for, with their places in the text."""
        spots = places(text)
        number = 0
        sentence_of: list[int] = []  # of each piece
        for start, end in spots:
            sentence_of.append(number)
            number += ends_sentence(text[start:end])
        sentences = [sentence_of[piece] for piece in words.pieces]
        found: list[Found] = []
        for place in sure:
            act, kind = self._outputs[place]
            if (kind and act in self._refined) or (
                act in self._kinds and not kind and any(other in sure for other in self._kinds[act])
            ):
                continue  # told with the act, or by its kinds
            column = scores.words[:, place]
            more = float(scores.message[place])
            least = self._least[place] - more
            near = np.flatnonzero(column >= least - BELOW)
            for one in stretches(near.tolist(), column[near].tolist(), least, sentences):
                begin, end = trimmed(text, spots[words.pieces[one.first]][0], spots[words.pieces[one.last]][1])
                if text[begin:end].isspace():
                    continue  # a line break alone carries nothing
                refined = kind or self._likeliest(act, one, scores)
                found.append(Found(act, refined, begin, end, _probability(one.score + more)))
        return tuple(found)

    def _likeliest(self, act: str, stretch: Stretch, scores: Scores) -> str:
        """Return the kind of an act that the words of a stretch speak for most; "" for an act without one."""
        rows = scores.words[stretch.first : stretch.last + 1]
        if act in self._refined:
            place = self._refined[act]
            return self._outputs[place][1] if rows[:, place].max() + scores.message[place] >= self._least[place] else ""
        if act not in self._kinds:
            return ""
        kinds = self._kinds[act]
        strongest = rows[:, kinds].max(axis=0) + scores.message[kinds]
        return self._outputs[kinds[int(strongest.argmax())]][1]


@cache
def learned() -> Learned:
    """Return the reader with the shipped weights, loaded once."""
    return Learned()


def _probability(logit: float) -> float:
    return round(1 / (1 + exp(-logit)), 3)
