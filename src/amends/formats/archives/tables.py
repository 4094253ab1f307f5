"""Tables: CSV with one message on each row, divided by commas, semicolons or tabs, in UTF-8 or Windows' western set.

A table is held in memory, as the rows of one conversation may lie apart. Columns are known by their usual names, in
any case and with or without spaces and dashes; there must be one for the conversation, the text, and the role or
direction. What a column of another name means is not guessed.
"""

import csv
import io
from collections.abc import Iterator
from typing import IO

from amends.formats.archives.model import Broken, Found
from amends.formats.archives.rows import Rows, missing, places_of, unknown

LONGEST_FIELD = 16 * 2**20  # characters
_LONGEST_HEAD = 65_536


def table(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield the conversations of a table, in the order in which they begin there."""
    text = _decoded(stream.read())
    csv.field_size_limit(max(LONGEST_FIELD, csv.field_size_limit()))
    lines = io.StringIO(text, newline="")
    number = 1
    while (top := lines.readline()) and not top.strip():
        number += 1
    if not top:
        return
    if len(top) > _LONGEST_HEAD:
        yield Broken(f"line {number}", "It is too long to be the names of columns; write them in the first line.")
        return
    heads, divider = _heads(top)
    places = places_of(heads)
    if why := missing(places):
        yield Broken(f"line {number}", why)
        return
    yield from unknown(heads, places.values())
    rows = Rows(places, "line")
    yield from _read(rows, csv.reader(lines, delimiter=divider), number)
    yield from rows.told()
    yield from rows.conversations()


def _read(rows: Rows, reader: Iterator[list[str]], number: int) -> Iterator[Found]:
    """Read all rows, the first of which begins behind line `number`; yield what can be said at once."""
    before = number
    while True:
        try:
            row = next(reader, None)
        except csv.Error as wrong:
            yield Broken(f"line {before + 1}", f"It cannot be read as a row of a table ({wrong}); mend its quotes.")
            before = number + _lines_of(reader)
            continue
        if row is None:
            return
        rows.add(row, before + 1)
        before = number + _lines_of(reader)


def _decoded(data: bytes) -> str:
    """Return the text of a table; what is not UTF-8 was written by a program of Windows."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _heads(line: str) -> tuple[list[str], str]:
    """Return the names of the columns, and the character between them: the one with which most names are known."""
    found = [(next(csv.reader([line.strip("\r\n")], delimiter=one), []), one) for one in ",;\t"]
    return max(found, key=lambda pair: (len(places_of(pair[0])), len(pair[0])))


def _lines_of(reader: Iterator[list[str]]) -> int:
    """Return how many lines a reader of the csv module has read."""
    return int(getattr(reader, "line_num", 0))
