"""Parquet in both layouts, whole and damaged."""

import io
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.formats.archives import Broken, Found, codec
from amends.formats.archives.parquet import parquet
from amends.formats.archives.rows import Rows
from tests.formats.archives.files import broken, check, conversations, found, notes, only, said

AT = datetime(2024, 5, 1, 10, tzinfo=UTC)
NESTED: dict[str, Any] = {
    "id": "7",
    "channel": "chat",
    "closed_at": AT + timedelta(days=1),
    "messages": [
        {"turn": 1, "role": "customer", "at": AT, "text": "Where is it?", "author": "Jo", "automatic": False},
        {"turn": 2, "role": "agent", "at": AT + timedelta(hours=1), "text": "On its way.", "author": "", "automatic": True},
    ],
}  # fmt: skip
FLAT = [
    {"Ticket ID": 7.0, "sender_type": "customer", "body": "Where is it?", "created_at": AT, "turn": 1},
    {"Ticket ID": 7.0, "sender_type": "agent", "body": "On its way.", "created_at": AT + timedelta(hours=1), "turn": 2},
    {"Ticket ID": 8.0, "sender_type": "customer", "body": "And mine?", "created_at": None, "turn": None},
]


def written(rows: list[dict[str, Any]] | pa.Table, **options: Any) -> bytes:
    """Return rows as a Parquet file."""
    stream = io.BytesIO()
    pq.write_table(rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(rows), stream, **options)
    return stream.getvalue()


def read(rows: list[dict[str, Any]] | pa.Table, **options: Any) -> list[Found]:
    results = found(parquet, written(rows, **options))
    check(results)
    return results


def test_own_layout() -> None:
    one = only(read([NESTED]))
    assert said(one) == [("10:00", "customer", "Where is it?"), ("11:00", "agent*", "On its way.")]
    assert (one.id, one.channel, one.closed_at) == ("7", "chat", AT + timedelta(days=1))
    assert [(message.id, message.author) for message in one.messages] == [("1", "Jo"), ("2", "")]


def test_a_message_in_each_row() -> None:
    results = read([{**row, "mood": "\x1b[31mbad"} for row in FLAT])
    first, second = conversations(results)
    assert (first.id, [message.id for message in first.messages]) == ("7", ["1", "2"])
    assert said(first) == [("10:00", "customer", "Where is it?"), ("11:00", "agent", "On its way.")]
    assert (second.id, said(second)) == ("8", [("", "customer", "And mine?")])
    assert notes(results) == ["These columns are not known and were left aside: “mood”."]


def test_columns_of_the_own_layout_that_are_not_known_are_named() -> None:
    messages = [{**one, "mood": {"deep": [1]}} for one in NESTED["messages"]]
    results = read([{**NESTED, "messages": messages, "tags": ["a"]}])
    assert len(conversations(results)) == 1
    [note] = notes(results)
    assert "“tags”" in note


@pytest.mark.parametrize("group", [1, 3, 100])
def test_rows_that_stand_together_are_not_held(group: int, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    add = Rows.add

    def watched(rows: Rows, row: Sequence[str], number: int) -> None:
        taken.append(number)
        add(rows, row, number)

    monkeypatch.setattr(Rows, "add", watched)
    rows = [{"ticket": str(at // 2), "role": "agent", "text": f"Hi {at}"} for at in range(100)]
    results = parquet(io.BytesIO(written(rows, row_group_size=group)), "many.parquet")
    assert only([next(results)]).id == "0"
    assert taken == [1, 2, 3]
    assert [one.id for one in conversations(list(results))] == [str(number) for number in range(1, 50)]


def test_rows_that_lie_apart_are_gathered() -> None:
    rows = [{"ticket": name, "role": "agent", "text": f"Hi {at}"} for at, name in enumerate("abab")]
    first, second = conversations(read(rows))
    assert (first.id, len(first.messages), second.id, len(second.messages)) == ("a", 2, "b", 2)


@pytest.mark.parametrize(
    ("column", "time"),
    [
        (pa.array([AT], pa.timestamp("ns", "UTC")), "10:00"),
        (pa.array([AT], pa.timestamp("s", "Europe/Berlin")), "10:00"),
        (pa.array([AT.replace(tzinfo=None)], pa.timestamp("ms")), "10:00"),
        (pa.array([AT.astimezone(timezone(timedelta(hours=2))).isoformat()]), "10:00"),
        (pa.array([date(2024, 5, 1)]), "00:00"),
        (pa.array([int(AT.timestamp())]), "10:00"),
        (pa.array([AT.isoformat()]).dictionary_encode(), "10:00"),
        (pa.array([AT], pa.timestamp("us", "Mars/Olympus")), "10:00"),
        (pa.array([None], pa.timestamp("us")), ""),
    ],
    ids=str,
)
def test_times_in_all_the_ways_that_programs_write_them(column: pa.Array, time: str) -> None:
    flat = pa.table({"case": ["7"], "role": ["agent"], "text": ["Hi"], "at": column})
    assert said(only(read(flat))) == [(time, "agent", "Hi")]


def test_ids_of_other_types() -> None:
    uuid = UUID(int=7)
    table = pa.table({"case": pa.array([uuid.bytes], pa.uuid()), "role": ["agent"], "text": pa.array([b"Hi"])})
    assert only(read(table)).id == str(uuid)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([{"messages": [{"text": "Hi"}]}], "It has no column “id” and “messages.role”; add what is missing."),
        ([{"id": "7", "messages": "Hi"}], "It has no column “messages.role” and “messages.text”; add what is missing."),
        ([{"ticket": "7", "text": "Hi"}], "The table has no column “role”; name its columns in the first line."),
    ],
)
def test_what_is_missing_is_named(rows: list[dict[str, Any]], why: str) -> None:
    assert broken(read(rows)) == [("the file", why)]


def test_broken_records_are_named_and_the_rest_goes_on() -> None:
    ghost = {**NESTED, "id": "8", "messages": [{**NESTED["messages"][0], "role": "ghost"}]}
    nameless = {**NESTED, "id": None}
    late = {**NESTED, "closed_at": None}
    results = read([ghost, nameless, late, NESTED])
    assert [place for place, _ in broken(results)] == ["row 1", "row 2"]
    assert len(conversations(results)) == 2


def test_values_that_python_cannot_hold_cost_one_row() -> None:
    texts = pa.array([b"Hi", b"\xff\xfe", b"Ho"]).view(pa.string())
    years = pa.array([0, 2**62, 0], pa.timestamp("us"))
    table = pa.table({"case": ["1", "2", "3"], "role": ["agent"] * 3, "text": texts, "at": years.slice(0, 3)})
    results = read(table)
    assert [place for place, _ in broken(results)] == ["row 2"]
    assert [one.id for one in conversations(results)] == ["1", "3"]


def test_parquet_is_known_by_its_name_and_by_its_first_bytes() -> None:
    data = written([NESTED])
    assert codec("x", data[:100]) is parquet
    assert codec("x.PARQUET", b"") is parquet


def test_a_pipe_and_a_missing_package_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    [pipe] = parquet(Pipe(written([NESTED])), "standard input")
    assert isinstance(pipe, Broken)
    assert "give the path" in pipe.why
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    [missing] = parquet(io.BytesIO(written([NESTED])), "x.parquet")
    assert isinstance(missing, Broken)
    assert "pip install 'amends[archive]'" in missing.why


def test_damage_at_the_end_and_no_parquet_at_all() -> None:
    data = written([NESTED])
    for bad in (b"", b"PAR1", data[:-20], b"PAR1" + b"\xff" * 100 + b"PAR1"):
        assert broken(found(parquet, bad)) == [("the file", "It cannot be read as Parquet; export it again.")]


@settings(max_examples=150)
@given(data=st.data(), rows=st.sampled_from([[NESTED] * 20, FLAT * 10]))
def test_damage_anywhere(data: st.DataObject, rows: list[dict[str, Any]]) -> None:
    whole = bytearray(written(rows, row_group_size=5, compression=data.draw(st.sampled_from(["none", "snappy"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    check(found(parquet, bytes(whole)))
