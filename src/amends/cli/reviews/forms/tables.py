"""For tables: CSV with the fields of the JSON lines, in which nothing becomes a formula."""

import csv
import io
from typing import TextIO

from amends.cli.reviews.counted import Summary
from amends.cli.reviews.masking import Faces
from amends.cli.reviews.told import FIELDS, told
from amends.coaching.review import Reviewed

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Table:
    """A row for each finding, below one with the names of the fields."""

    def __init__(self, out: TextIO, faces: Faces) -> None:
        self._out, self._faces = out.buffer, faces
        self._write([FIELDS])

    def add(self, reviewed: Reviewed) -> None:
        """Write a row for each finding."""
        self._write([tuple(map(_cell, one.row().values())) for one in told(reviewed, self._faces)])

    def finish(self, summary: Summary) -> None:
        """Write nothing: every row is a finding."""

    def _write(self, rows: list[tuple[object, ...]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        self._out.write(text.getvalue().encode(errors="replace"))


def _cell(value: object) -> object:
    """Return a value that no program for tables reckons with: a text that begins like a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
