"""What a check finds."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Found:
    """One line: how it is, what it is about, and what helps where it is not well."""

    level: Level
    what: str
    fix: str = ""
