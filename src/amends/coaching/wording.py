"""Words to begin with, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording to put into the draft, and in one line why it may fit."""

    text: str
    why: str
