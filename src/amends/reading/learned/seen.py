"""What goes into the learned half of the reader, and what comes out."""

from dataclasses import dataclass
from typing import NamedTuple

BATCH_WORDS = 1_024  # read at once: what the processor keeps at hand


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be read: the words of one message, whose they are, and the message before (empty for none)."""

    text: str
    ours: bool
    before: str = ""


class Found(NamedTuple):
    """One act as the network sees it: `start` to `end` are characters; `score` is a probability."""

    act: str
    kind: str
    start: int
    end: int
    score: float


class Seen(NamedTuple):
    """What the network makes of a message; `upset` is the expected level."""

    found: tuple[Found, ...] = ()
    upset: float = 0.0
