"""What a review of `reviews/talks.jsonl` looks like in each form. To write it anew: `python -m tests.cli.snapshots`.

Look at the difference before you keep it: these files are what people and their programs get.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from amends.cli import main

FOLDER = Path(__file__).parent / "reviews"
SHOTS = {
    "text.txt": ("--format", "text"),
    "findings.jsonl": ("--format", "jsonl"),
    "findings.csv": ("--format", "csv"),
    "annotations.txt": ("--format", "github"),
    "report.html": ("--format", "html"),
    "masked.txt": ("--format", "text", "--mask"),
    "masked.html": ("--format", "html", "--mask"),
}


def taken(name: str) -> bytes:
    """Return what the command prints for a snapshot."""
    with contextlib.chdir(FOLDER):  # so that no form shows a path of this machine
        run = CliRunner(env={"COLUMNS": "80"}).invoke(main, ["review", *SHOTS[name], "talks.jsonl"])
    if run.exception is not None:
        raise run.exception
    return run.stdout_bytes


def each() -> Iterator[tuple[str, bytes]]:
    """Yield every snapshot, taken now."""
    for name in SHOTS:
        yield name, taken(name)


if __name__ == "__main__":
    for name, content in each():
        (FOLDER / name).write_bytes(content)
