"""Read messages with the shipped weights."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from math import exp
from pathlib import Path

import numpy as np

from amends.reading.learned.evidence import Floats, Stretch, stretches
from amends.reading.learned.network import Network, Scores, weights_of
from amends.reading.learned.seen import Found, Seen, Text
from amends.reading.learned.trimming import clause, trimmed
from amends.reading.learned.words import Vocabulary, Words, places

WEIGHTS = Path(__file__).parent / "weights"
_CONTEXT_WORDS = 32  # of the message before
_CUSTOMER, _AGENT = range(2)


class Learned:
    """A network with its vocabulary, its outputs, and from which score on each of them counts."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        card = json.loads((folder / "card.json").read_text("utf-8"))
        self._outputs: list[tuple[str, str]] = [tuple(name.partition(".")[::2]) for name in card["outputs"]]
        self._least: list[float] = card["thresholds"]
        self._steps: list[float] = card["upset_steps"]
        self._plain = {act: place for place, (act, kind) in enumerate(self._outputs) if not kind}
        kinds = {
            act: [place for place, (name, kind) in enumerate(self._outputs) if name == act and kind]
            for act in self._plain
        }
        self._kinds = {act: held for act, held in kinds.items() if len(held) > 1}  # one of which each such act has
        alone = [name not in self._kinds and kind != "" for name, kind in self._outputs]  # what it carries tells that
        theirs = np.array([name in card["customers"] for name in card["outputs"]])
        least = np.where(alone, np.inf, self._least)
        self._thresholds = np.array(  # a row for customers, one for us: an output of the other role never counts
            [np.where(theirs, least, np.inf), np.where(theirs, np.inf, least)], dtype=np.float32
        )
        self.vocabulary = Vocabulary((folder / "vocabulary.txt").read_text("utf-8").split("\n"))
        with np.load(folder / "weights.npz") as held:
            self._network = Network(weights_of(held))

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
        read = [words[place] for place in full]
        scores = self._network.scores(read, roles, before)
        found: list[list[Found]] = [[] for _ in texts]
        spots: dict[int, list[tuple[int, int]]] = {}
        for row, stretch in self._stretches(read, scores, self._thresholds[roles]):
            text = texts[full[row]].text
            if row not in spots:
                spots[row] = places(text)
            pieces, begin = read[row].pieces, int(scores.begins[row])
            first, last = spots[row][pieces[stretch.first - begin]], spots[row][pieces[stretch.last - begin]]
            start, end = clause(text, *trimmed(text, first[0], last[1]))
            if not text[start:end].isspace():  # a line break alone carries nothing
                found[full[row]].append(self._told(stretch, start, end, scores, row))
        levels = dict(zip(full, scores.upset.tolist(), strict=True))
        return [Seen(tuple(one), levels.get(place, 0.0)) for place, one in enumerate(found)]

    def level(self, upset: float) -> int:
        """Return the level (0 to 4) for an expected level."""
        return sum(upset >= step for step in self._steps)

    def _head(self, text: str) -> Words:
        return self.vocabulary.read(text[: _CONTEXT_WORDS * 40], _CONTEXT_WORDS)

    def _stretches(self, read: Sequence[Words], scores: Scores, least: Floats) -> Iterator[tuple[int, Stretch]]:
        """Yield the stretches of all messages, each with the number of its message; its words are counted over all."""
        sure = scores.most >= least
        for act, kinds in self._kinds.items():  # an act is told by its kinds where one of these is sure
            sure[:, self._plain[act]] &= ~sure[:, kinds].any(axis=1)
        asked = np.where(sure, least - scores.messages, np.inf).astype(np.float32)
        lengths = [len(one.ids) for one in read]
        sentences = np.fromiter(chain.from_iterable(one.sentences for one in read), np.intp, len(scores.words))
        over = scores.words - np.repeat(asked, lengths, axis=0)
        for kinds in self._kinds.values():  # each word speaks for one kind of an act
            own = over[:, kinds]
            over[:, kinds] = np.where(own == own.max(axis=1, keepdims=True), own, -np.inf)
        message_of = np.repeat(np.arange(len(read)), lengths)
        for stretch in stretches(over, sentences, message_of):
            yield int(message_of[stretch.first]), stretch

    def _told(self, stretch: Stretch, start: int, end: int, scores: Scores, row: int) -> Found:
        """Return what a stretch of the message in this row stands for."""
        act, kind = self._outputs[stretch.output]
        if act in self._kinds:
            kind = kind or self._likeliest(act, scores.words[stretch.first : stretch.last + 1] + scores.messages[row])
        return Found(act, kind, start, end, round(1 / (1 + exp(-stretch.over - self._least[stretch.output])), 3))

    def _likeliest(self, act: str, rows: Floats) -> str:
        """Return the kind of an act that these words speak for most."""
        kinds = self._kinds[act]
        return self._outputs[kinds[int(rows[:, kinds].max(axis=0).argmax())]][1]
