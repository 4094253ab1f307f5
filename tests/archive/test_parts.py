"""Findings in a folder: whole parts, one table, and a run that goes on where the last one stopped."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from amends.archive.parts import PART, Folder, Refused, write_file
from amends.archive.review import CHUNK
from amends.archive.tables import findings_batch
from tests.archive.past import SETTINGS, conversations

ABOUT = {"version": "1", "rules": ("A301",), "inputs": [{"path": "a.jsonl", "size": 7, "changed": 1}]}
FOUND = findings_batch(SETTINGS.review(conversations(1)))  # stands for the findings of a whole chunk
TALLY = {
    ("A301", "undated-promise", "warning"): 1,
    ("A303", "dead-time", "error"): 1,
    ("F201", "feeling-not-acknowledged", "error"): 1,
}


def times(number: int) -> dict[tuple[str, str, str], int]:
    return {kind: count * number for kind, count in TALLY.items()}


def stopping(chunks: int) -> Iterator[pa.RecordBatch]:
    """Yield the findings of some chunks, and then the plug is pulled."""
    for _ in range(chunks):
        yield FOUND
    raise KeyboardInterrupt


def test_a_run_that_was_stopped_is_gone_on_with(tmp_path: Path) -> None:
    first = Folder(tmp_path / "found", ABOUT)
    with pytest.raises(KeyboardInterrupt):
        first.write(stopping(2 * PART // CHUNK + 1))
    second = Folder(tmp_path / "found", ABOUT)
    assert (second.done, second.finished) == (2 * PART, False)
    assert second.write([FOUND]) == times(2 * PART // CHUNK + 1)
    third = Folder(tmp_path / "found", ABOUT)
    assert third.finished
    assert third.write([]) == times(2 * PART // CHUNK + 1)
    assert sorted(one.name for one in (tmp_path / "found").iterdir()) == [
        "_manifest.json",
        "part-00000.parquet",
        "part-00001.parquet",
        "part-00002.parquet",
    ]


def test_a_folder_is_one_table_to_whoever_reads_it(tmp_path: Path) -> None:
    Folder(tmp_path / "found", ABOUT).write([FOUND] * (PART // CHUNK + 1))
    table = ds.dataset(tmp_path / "found", format="parquet").to_table()
    assert table.num_rows == 3 * (PART // CHUNK + 1)
    assert table.slice(0, 3).to_pylist() == FOUND.to_pylist()


def test_nothing_found_is_a_table_too(tmp_path: Path) -> None:
    assert Folder(tmp_path / "found", ABOUT).write([]) == {}
    assert ds.dataset(tmp_path / "found", format="parquet").to_table().num_rows == 0


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"version": "2"}, "other version"),
        ({"rules": ()}, "other rules"),
        ({"since": "2026-01-01"}, "other since"),
        ({"inputs": [{"path": "a.jsonl", "size": 7, "changed": 2}]}, "a.jsonl changed, came or went since"),
        ({"inputs": []}, "a.jsonl changed, came or went since"),
    ],
)
def test_a_folder_of_another_run_is_left_alone(tmp_path: Path, other: dict[str, object], why: str) -> None:
    Folder(tmp_path / "found", ABOUT)
    with pytest.raises(Refused, match=f"another run: {why}. Name another folder, or delete it."):
        Folder(tmp_path / "found", {**ABOUT, **other})


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b"\xff"])
def test_a_folder_whose_manifest_is_damaged(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "_manifest.json").write_bytes(damage)
    with pytest.raises(Refused, match="damaged"):
        Folder(tmp_path, ABOUT)


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").touch()
    with pytest.raises(Refused, match="holds other files; name a new folder"):
        Folder(tmp_path, ABOUT)


def test_one_file(tmp_path: Path) -> None:
    path = tmp_path / "found.parquet"
    with pytest.raises(KeyboardInterrupt):
        write_file(path, stopping(PART // CHUNK + 1))
    assert list(tmp_path.iterdir()) == []
    assert write_file(path, [FOUND] * (PART // CHUNK + 1)) == times(PART // CHUNK + 1)
    with pytest.raises(Refused, match="there already"):
        write_file(path, [])
    assert list(tmp_path.iterdir()) == [path]
