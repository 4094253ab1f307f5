"""The golden file: a line for every shape of every fact that was ever kept. Lines are added, never changed or taken out.

After a new fact, or a new field of one:

    uv run --no-sync python -m tests.method.golden_facts

It adds a line for each shape that the file does not have, and leaves all others as they are.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from tests.method.samples import FACTS, sample

GOLDEN = Path(__file__).parent / "golden" / "facts.jsonl"
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


def main() -> None:
    """Add what is missing."""
    new = missing()
    if new:
        with GOLDEN.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in new)


if __name__ == "__main__":
    main()
