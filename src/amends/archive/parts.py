"""Findings as Parquet: one file, or a folder of parts to which a later run adds what is missing.

A part holds the findings of `PART` conversations, the last one of what remains. It is written under another name and
then renamed, so whatever bears a part's name is whole. Beside the parts lies a manifest, which tells of what they are
the findings. Names that begin with `_` are passed over by what reads a folder of Parquet as one table.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from amends.archive.review import CHUNK
from amends.archive.tables import FINDINGS

_BATCHES = 128
PART = _BATCHES * CHUNK
"""Conversations whose findings make a part."""

_MANIFEST = "_manifest.json"
_FINISHED = "finished"
_NAMED = 3  # inputs that are named when they have changed
_TALLIED = ["code", "name", "severity"]

Tally = Counter[tuple[str, str, str]]
"""How many findings there are of each code, name and severity."""


class Refused(Exception):
    """What is there would be spoilt; the message is a sentence with the fix."""


class Folder:
    """Findings in a folder, written by one run or by several."""

    def __init__(self, path: Path, about: Mapping[str, object]) -> None:
        """Take the folder up, or begin it. `about` tells the inputs and whatever else decides, as JSON has it.

        Raises `Refused` where it holds the findings of something else, or other things, and OSError.
        """
        self._path = path
        told = json.loads(json.dumps(about))
        path.mkdir(parents=True, exist_ok=True)
        self._told = told
        self.finished = False
        """Whether there is nothing left to add."""
        if (path / _MANIFEST).exists():
            before = _manifest(path / _MANIFEST)
            self.finished = before.pop(_FINISHED, False) is True
            if differing := _differing(before, told):
                raise Refused(f"{path} holds findings of another run: {differing}. Name another folder, or delete it.")
        elif any(not one.name.startswith("_") for one in path.iterdir()):
            raise Refused(f"{path} holds other files; name a new folder.")
        else:
            self._tell(told)
        self._parts = 0
        while self._part(self._parts).exists():
            self._parts += 1

    @property
    def done(self) -> int:
        """How many conversations need not be reviewed any more; all of them, and more, once the last part is there."""
        return self._parts * PART

    def write(self, batches: Iterable[pa.RecordBatch]) -> Tally:
        """Add the findings of all conversations behind those that are done, a batch for each `CHUNK` of them.

        Returns how many there are now, those of earlier runs included. Raises OSError.
        """
        for table in _tables(batches):
            self._add(table)
        if not self._parts:
            self._add(FINDINGS.empty_table())
        self._tell({**self._told, _FINISHED: True})
        return sum((_tally(self._part(number)) for number in range(self._parts)), Counter())

    def _tell(self, told: Mapping[str, object]) -> None:
        _write(self._path / _MANIFEST, lambda file: file.write(json.dumps(told, indent=1).encode()))

    def _add(self, table: pa.Table) -> None:
        _write(self._part(self._parts), lambda file: pq.write_table(table, file))
        self._parts += 1

    def _part(self, number: int) -> Path:
        return self._path / f"part-{number:05}.parquet"


def write_file(path: Path, batches: Iterable[pa.RecordBatch]) -> Tally:
    """Write all findings into one file, which is there once it is whole; return how many there are.

    Raises `Refused` where a file of this name is there already, and OSError.
    """
    if path.exists():
        raise Refused(f"{path} is there already; name another file, or delete it.")

    def fill(file: IO[bytes]) -> None:
        with pq.ParquetWriter(file, FINDINGS) as writer:
            for table in _tables(batches):
                writer.write_table(table)

    _write(path, fill)
    return _tally(path)


def _tables(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield the findings of `PART` conversations at a time."""
    waiting = iter(batches)
    while some := list(islice(waiting, _BATCHES)):
        yield pa.Table.from_batches(some, FINDINGS).combine_chunks()


def _write(path: Path, fill: Callable[[IO[bytes]], object]) -> None:
    """Write a file that is whole once it has its name, even when the power fails."""
    unfinished = path.with_name(f"_{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _tally(path: Path) -> Tally:
    """Count the findings of a file, a row group at a time."""
    tally: Tally = Counter()
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            found = file.read_row_group(group, _TALLIED).group_by(_TALLIED).aggregate([([], "count_all")])
            for row in found.to_pylist():
                tally[row["code"], row["name"], row["severity"]] += row["count_all"]
    return tally


def _manifest(path: Path) -> dict[str, Any]:
    """Return what a manifest tells."""
    try:
        told = json.loads(path.read_bytes())
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Refused(f"{path} is damaged; delete the folder, or name another one.")
    return told


def _differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return in what two manifests differ, in a few words; empty where they agree."""
    keys = [key for key in {**before, **now} if before.get(key) != now.get(key)]
    if "inputs" not in keys:
        return f"other {' and '.join(keys)}" if keys else ""
    files = [
        {one.get("path"): one for one in told.get("inputs", ()) if isinstance(one, dict)} for told in (before, now)
    ]
    changed = sorted(str(path) for path in {**files[0], **files[1]} if files[0].get(path) != files[1].get(path))
    if not changed:
        return "the same files in another order"
    more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
    return f"{', '.join(changed[:_NAMED])}{more} changed, came or went since"
