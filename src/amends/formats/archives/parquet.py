"""Parquet: Amends' own layout with a conversation in each row, or a table with a message in each.

The own layout is that of `native`: `id`, `channel`, `closed_at`, and `messages` as a list of structs. Without a column
`messages`, the columns are those of `rows`, by which CSV is read as well. Where the rows of each conversation stand
together, only some hundred of them are held in memory; else all of them, as for CSV.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from math import isfinite
from typing import IO, TYPE_CHECKING

from amends.formats.archives.fields import Record, label
from amends.formats.archives.jsonfiles import THE_FILE, Document
from amends.formats.archives.model import Broken, Found
from amends.formats.archives.native import conversation
from amends.formats.archives.rows import Rows, missing, places_of, unknown

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

MAGIC = b"PAR1"
_OWN = frozenset({"id", "channel", "closed_at", "messages"})
_OWN_MESSAGE = frozenset({"turn", "role", "at", "text", "author", "automatic"})
_AT_ONCE = 256  # rows
_BUFFER = 2**20  # bytes of a column that are read at once


def parquet(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield the conversations of a Parquet file, in the order in which they begin there."""
    if find_spec("pyarrow") is None:
        yield Broken(THE_FILE, "Parquet is read with pyarrow, which is not here; pip install 'amends[archive]'.")
        return
    if not stream.seekable():
        yield Broken(THE_FILE, "Parquet is read from its end, which a pipe does not have; give the path of the file.")
        return
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    try:
        file = pq.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
        names = file.schema_arrow.names
    except Exception:  # noqa: BLE001 - of a hostile file, Arrow raises errors of any kind
        yield Broken(THE_FILE, "It cannot be read as Parquet; export it again.")
        return
    yield from _nested(file) if "messages" in names else _flat(file)


def _nested(file: "pq.ParquetFile") -> Iterator[Found]:
    """Yield the conversations of rows that hold their messages."""
    tops = [_split(path)[0] for path in _paths(file)]
    inner = [f"messages.{last}" for top, last in map(_split, _paths(file)) if top == "messages"]
    known = _OWN | {f"messages.{name}" for name in _OWN_MESSAGE}
    heads = list(dict.fromkeys([*tops, *inner]))
    if lacking := [name for name in ("id", "messages.role", "messages.text") if name not in heads]:
        yield Broken(
            THE_FILE, f"It has no column {' and '.join(f'“{name}”' for name in lacking)}; add what is missing."
        )
        return
    yield from unknown(heads, {at for at, name in enumerate(heads) if name in known})
    wanted = [
        path
        for path in _paths(file)
        for top, last in [_split(path)]
        if (last in _OWN_MESSAGE if top == "messages" else top in _OWN)
    ]
    for number, record in _records(file, wanted):
        if isinstance(record, Broken):
            yield record
        else:
            yield from conversation(Document(f"row {number}", record))


def _flat(file: "pq.ParquetFile") -> Iterator[Found]:
    """Yield the conversations of rows that are messages."""
    heads = _paths(file)
    places = places_of(heads)
    if why := missing(places):
        yield Broken(THE_FILE, why)
        return
    yield from unknown(heads, places.values())
    names = [heads[at] for at in places.values()]
    rows = Rows({kind: at for at, kind in enumerate(places)}, "row")
    together = _together(file, heads[places["conversation"]])
    for number, record in _records(file, names):
        if isinstance(record, Broken):
            yield record
            continue
        rows.add([_cell(record.get(name)) for name in names], number)
        if together:
            yield from rows.conversations(but=1)
    yield from rows.told()
    yield from rows.conversations()


def _together(file: "pq.ParquetFile", column: str) -> bool:
    """Say whether the rows of each conversation stand together. Of each id its hash is kept, and none of the words."""
    seen: set[int] = set()
    last = ""
    for _number, record in _records(file, [column]):
        name = "" if isinstance(record, Broken) else label(_cell(record.get(column)))
        if name and name != last:
            if hash(name) in seen:
                return False
            seen.add(hash(name))
            last = name
    return True


def _paths(file: "pq.ParquetFile") -> list[str]:
    """Return the columns that hold values; `messages.list.element.text` stands within others."""
    return [file.schema.column(at).path for at in range(len(file.schema))]


def _split(path: str) -> tuple[str, str]:
    """Return the first and the last name of a path."""
    return path.partition(".")[0], path.rpartition(".")[2]


def _records(file: "pq.ParquetFile", paths: Sequence[str]) -> Iterator[tuple[int, Record | Broken]]:
    """Yield what these columns hold row by row, numbered from 1, and what cannot be read."""
    before = 0
    for group in range(file.num_row_groups):
        number = before
        try:
            for batch in file.iter_batches(_AT_ONCE, row_groups=[group], columns=paths, use_threads=False):
                for record in _listed(batch):
                    number += 1
                    wrong = Broken(f"row {number}", "It holds a value that nobody can read; export it again.")
                    yield number, wrong if record is None else record
        except Exception:  # noqa: BLE001 - of a hostile file, Arrow raises errors of any kind
            yield number, Broken(f"row group {group + 1}, behind row {number}", "It is damaged; export it again.")
        before += file.metadata.row_group(group).num_rows  # no more of it: columns of a hostile file end the process


def _listed(batch: "pa.RecordBatch") -> list[Record | None]:
    """Return the rows, None for each that Python cannot hold: half characters, years beyond 9999."""
    try:
        rows: list[Record | None] = _plain(batch).to_pylist()
    except Exception:  # noqa: BLE001 - the same
        if batch.num_rows == 1:
            return [None]
        rows = [record for at in range(batch.num_rows) for record in _listed(batch.slice(at, 1))]
    return rows


def _plain(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """Return the batch with times that Python has: microseconds, and no zone that this machine may not know."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    def plain(kind: "pa.DataType") -> "pa.DataType":
        if pa.types.is_timestamp(kind):
            return pa.timestamp("us", tz="UTC" if kind.tz else None)
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            return pa.large_list(plain(kind.value_type))
        if pa.types.is_struct(kind):
            return pa.struct([field.with_type(plain(field.type)) for field in kind])
        return kind

    schema = pa.schema([field.with_type(plain(field.type)) for field in batch.schema])
    return batch.cast(schema, safe=False)


def _cell(value: object) -> str:
    """Return a value as a table in plain text has it."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
