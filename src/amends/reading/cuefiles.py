"""Read the cue files of this room: `cues/*.toml`, tables of phrases in the notation of `phrases.py`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "cues"


class Mood(Enum):
    """In which kind of sentence a cue counts."""

    ANY = "any"
    ASKS = "asks"
    TELLS = "tells"


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that tell of `tag` (an act's name, or a name private to one module), refined by `kind`.

    A hit does not count where the clauses that it touches hold one of the `unless` phrases.
    """

    tag: str
    kind: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    mood: Mood = Mood.ANY


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Classes of words that phrases name with `@`, and the words too common to look a phrase up by."""

    classes: Mapping[str, tuple[str, ...]]
    common: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the classes of words and the common words."""
    held = tomllib.loads((_FOLDER / "vocabulary.toml").read_text("utf-8"))
    return Vocabulary(
        {name: tuple(words.split()) for name, words in held["classes"].items()},
        frozenset(held["common"]["words"].split()),
    )


@cache
def cues(name: str) -> tuple[Cue, ...]:
    """Return the cues of `cues/<name>.toml`, in the order of the file."""
    held = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    shared = {key: _lines(text) for key, text in held.get("unless", {}).items()}
    return tuple(
        Cue(
            tag=row["tag"],
            kind=row.get("kind", ""),
            phrases=_lines(row["phrases"]),
            unless=_lines(row.get("unless", "")) + shared.get(row.get("unless_also", ""), ()),
            mood=Mood(row.get("mood", "any")),
        )
        for row in held["cue"]
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for raw in text.splitlines() if (line := " ".join(raw.split())))
