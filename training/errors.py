"""Where the reader that ships is most surely wrong: to see what it does not understand."""

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from amends.reading.learned.network import Network, weights_of
from amends.reading.learned.reader import WEIGHTS
from amends.reading.learned.words import Vocabulary
from amends.reading.text import own_text
from training import candidates
from training.outputs import COLUMN, role_number
from training.sources import Example

_CONTEXT_WORDS = 32  # as the reader has it
_FAR = 2  # levels


def report(test: Sequence[Example], most: int) -> str:
    """Return `most` lines on acts, the surest errors first, and as many on levels that are off by two or more.

    A line has the id, what is wrong and by how much (logits beyond the threshold), and the words.
    """
    reader = candidates.shipped()
    wrong: list[tuple[float, str]] = []
    far: list[tuple[int, str]] = []
    for one, guess, beyond in zip(test, reader.read(test), _beyond(test), strict=True):
        found = {name for name in guess.acts if "." not in name}
        for act in found ^ one.acts:
            gap = float(beyond[COLUMN[act]])
            said = " / ".join(one.text[label.start : label.end] for label in one.labels if label.act == act) or one.text
            wrong.append(
                (abs(gap), f"{one.id} | {'false' if act in found else 'missed'} {act} {gap:+.1f} | {_line(said)}")
            )
        if one.upset is not None and guess.level is not None and abs(one.upset - guess.level) >= _FAR:
            off = abs(one.upset - guess.level)
            far.append((off, f"{one.id} | upset {one.upset}, read as {guess.level} | {_line(one.text)}"))
    return "\n".join(
        line for rows in (wrong, far) for _, line in sorted(rows, key=lambda row: row[0], reverse=True)[:most]
    )


def _beyond(test: Sequence[Example]) -> list[NDArray[np.float32]]:
    """Return for each message how far each output lies beyond its threshold, in logits."""
    card = json.loads((WEIGHTS / "card.json").read_text("utf-8"))
    vocabulary = Vocabulary((WEIGHTS / "vocabulary.txt").read_text("utf-8").split("\n"))
    with np.load(WEIGHTS / "weights.npz") as held:
        network = Network(weights_of(held))
    least = np.array(card["thresholds"], np.float32)
    found = []
    for one in test:
        role = role_number(one.role)
        before = np.zeros((1, network.kept), np.float32)
        if one.before.strip():
            before = network.summaries([vocabulary.read(one.before, _CONTEXT_WORDS)], [1 - role])
        scores = network.scores([vocabulary.read(own_text(one.text) or one.text)], [role], before)
        found.append(scores.most[0] - least)
    return found


def _line(text: str) -> str:
    return " ".join(text.split())
