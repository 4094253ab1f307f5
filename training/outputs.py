"""What the network has to tell apart: a column for each act and for each of its kinds."""

import numpy as np
from numpy.typing import NDArray

from training.sources import AGENT, CUSTOMER, KINDS, Example

_PLAIN = {"undated"}  # a promise is undated where it is not dated: no column of its own


def _columns(role: str) -> tuple[str, ...]:
    found: list[str] = []
    for act, kinds in KINDS[role].items():
        found += [act, *(f"{act}.{kind}" for kind in kinds if kind not in _PLAIN)]
    return tuple(found)


CUSTOMERS, AGENTS = _columns(CUSTOMER), _columns(AGENT)
OUTPUTS = CUSTOMERS + AGENTS
COLUMN = {name: place for place, name in enumerate(OUTPUTS)}
ACTS = tuple(name for name in OUTPUTS if "." not in name)
LEVELS = 4  # steps between the five levels of upset

# Row 0 for customers, row 1 for agents: which columns count for a message.
MINE = np.array([[name in CUSTOMERS for name in OUTPUTS], [name in AGENTS for name in OUTPUTS]], dtype=np.float32)


def role_number(role: str) -> int:
    """Return 0 for a customer, 1 for an agent."""
    return int(role == AGENT)


def targets(example: Example, places: list[tuple[int, int]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return what is wanted of each word, (words, outputs), and of the whole message, (outputs,): ones and zeros.

    `places` are the characters (start, end) of the words.
    """
    words = np.zeros((len(places), len(OUTPUTS)), dtype=np.float32)
    whole = np.zeros(len(OUTPUTS), dtype=np.float32)
    for label in example.labels:
        names = [label.act, f"{label.act}.{label.kind}"]
        columns = [COLUMN[name] for name in names if name in COLUMN]
        whole[columns] = 1
        for row, (start, end) in enumerate(places):
            if start < label.end and label.start < end:
                words[row, columns] = 1
    return words, whole
