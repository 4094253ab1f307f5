"""The golden files: every shape of every fact, and every word of the vocabulary, that was ever kept.

Lines are added, never changed or taken out. After a new fact, a new field of one, or a new word:

    uv run --no-sync python -m tests.method.golden_facts

It adds a line for each shape and each word that the files do not have, and leaves all others as they are.
"""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from amends.method import words
from tests.method.samples import FACTS, sample

GOLDEN = Path(__file__).parent / "golden" / "facts.jsonl"
WORDS = Path(__file__).parent / "golden" / "words.txt"
COMMAND = "uv run --no-sync python -m tests.method.golden_facts"


def lines() -> list[str]:
    """Return the lines of the golden file."""
    return GOLDEN.read_text("utf-8").splitlines() if GOLDEN.exists() else []


def shape(line: str) -> tuple[str, frozenset[str]]:
    """Return the name of the fact in a line, and its fields."""
    fact: dict[str, Any] = json.loads(line)
    return str(fact["fact"]), frozenset(fact)


def missing() -> list[str]:
    """Return the lines for the shapes of today that the file does not have."""
    kept = {shape(line) for line in lines()}
    today = (msgspec.json.encode(sample(fact)).decode() for fact in FACTS.values())
    return [line for line in today if shape(line) not in kept]


def kept_words() -> list[str]:
    """Return the lines of the file of words, such as `Remedy refund`."""
    return WORDS.read_text("utf-8").splitlines() if WORDS.exists() else []


def words_of_today() -> list[str]:
    """Return every word of the vocabulary that facts are written in."""
    enums = [kind for kind in vars(words).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return [f"{kind.__name__} {word.value}" for kind in enums if kind is not StrEnum for word in kind]


def main() -> None:
    """Add what is missing."""
    new_words = [word for word in words_of_today() if word not in kept_words()]
    for path, new in ((GOLDEN, missing()), (WORDS, new_words)):
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in new)


if __name__ == "__main__":
    main()
