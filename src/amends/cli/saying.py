"""How the commands speak of what they do, and of themselves."""

import os
import shlex
import shutil
import sys
from pathlib import Path

STEPS_BEFORE = "AMENDS_STEPS_BEFORE"
"""How many steps whoever started us has announced already, as `make run` does."""
_OURS = 3  # the data folder, the database, the static files


def step(number: int, words: str) -> str:
    """Return the line for one of our three steps, numbered from 1 and counted on from those before us."""
    given = os.environ.get(STEPS_BEFORE, "")
    before = int(given) if given.isdecimal() else 0
    return f"[{before + number}/{before + _OURS}] {words}"


def program() -> str:
    """Return what to type to get this program once more: `amends`, or the way to it where it is not on the PATH."""
    if shutil.which("amends"):
        return "amends"
    started = Path(sys.argv[0])
    if started.name == "amends" and os.access(started, os.X_OK):
        return shlex.quote(sys.argv[0])
    return f"{shlex.quote(sys.executable)} -m amends.cli"
