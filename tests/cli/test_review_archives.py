"""Archives of any size: more processes, findings into Parquet, a run that goes on."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from amends.archive import parts, review
from amends.archive.tables import conversations_batch
from amends.cli import main
from amends.cli.reviews import stored
from tests.archive.past import conversation, conversations

SMALL = 4  # conversations in a part, instead of thousands


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "past.parquet"
    batch = conversations_batch(conversations(10))
    with pq.ParquetWriter(path, batch.schema) as writer:
        writer.write_batch(batch)
    return path


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "CHUNK", 1)
    monkeypatch.setattr(parts, "_BATCHES", SMALL)
    monkeypatch.setattr(parts, "PART", SMALL)


def run(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["review", *map(str, words)], input=given)


def test_parquet_is_read_and_jobs_change_nothing(archive: Path) -> None:
    one, two = (run("--format", "jsonl", "--jobs", jobs, archive) for jobs in (1, 2))
    assert one.exit_code == 0
    assert len(one.stdout.splitlines()) == 10 * len({json.loads(line)["code"] for line in one.stdout.splitlines()})
    assert two.stdout == one.stdout


def test_findings_go_into_a_folder_that_is_one_table(archive: Path, tmp_path: Path) -> None:
    result = run("--output", tmp_path / "found", "--select", "A301,A303", archive)
    assert result.exit_code == 0
    assert "10 conversations: 20 breaches" in result.stdout
    assert "     10  A301 undated-promise" in result.stdout
    printed = [
        json.loads(line) for line in run("--select", "A301,A303", "--format", "jsonl", archive).stdout.splitlines()
    ]
    stored = ds.dataset(tmp_path / "found", format="parquet").to_table().to_pylist()
    assert [{**one, "turn": str(one["turn"])} for one in printed] == stored


@pytest.mark.usefixtures("small_parts")
def test_a_run_goes_on_where_it_stopped(archive: Path, tmp_path: Path) -> None:
    found = tmp_path / "found"
    assert run("--output", found, archive).exit_code == 0
    whole = {path.name: path.read_bytes() for path in sorted(found.iterdir())}
    assert len(whole) == 4
    (found / "part-00002.parquet").unlink()
    manifest = found / "_manifest.json"
    manifest.write_text(manifest.read_text().replace('"finished": true', '"finished": false'))
    kept = (found / "part-00000.parquet").stat().st_mtime_ns
    again = run("--output", found, archive)
    assert "going on behind the first 8 conversations" in again.stderr
    assert "10 conversations" in again.stdout
    assert {path.name: path.read_bytes() for path in sorted(found.iterdir())} == whole
    assert (found / "part-00000.parquet").stat().st_mtime_ns == kept
    finished = run("--output", found, archive)
    assert "nothing is left to do" in finished.stderr
    assert finished.stdout.splitlines()[1:] == again.stdout.splitlines()[1:]


def newer(archive: Path) -> list[object]:
    os.utime(archive, ns=(1, 1))
    return [archive]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda archive: ["--ignore", "F", archive], "other rules"),
        (lambda archive: ["--since", "2020-01-01", archive], "other since"),
        (lambda archive: ["--own", "shop.example", archive], "other own"),
        (newer, "past.parquet changed"),
    ],
)
def test_other_input_or_options_are_refused(
    archive: Path, tmp_path: Path, change: Callable[[Path], list[object]], why: str
) -> None:
    found = tmp_path / "found"
    run("--output", found, archive)
    result = run("--output", found, *change(archive))
    assert result.exit_code == 1
    assert why in result.stderr
    assert "Name another folder, or delete it." in result.stderr


def test_one_file_is_never_written_over(archive: Path) -> None:
    before = archive.read_bytes()
    result = run("--output", archive, archive)
    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert archive.read_bytes() == before


def test_it_fails_when_asked_to_with_findings_in_files_too(archive: Path, tmp_path: Path) -> None:
    assert run("--output", tmp_path / "a.parquet", "--fail-on", "error", archive).exit_code == 1
    assert run("--output", tmp_path / "b.parquet", "--fail-on", "error", "--select", "A301", archive).exit_code == 0


def test_standard_input_goes_into_a_file_but_not_into_a_folder(tmp_path: Path) -> None:
    one = {"id": "7", "messages": [{"role": "agent", "text": conversation("7").messages[1].text}]}
    assert run("--output", tmp_path / "found.parquet", "-", given=json.dumps(one)).exit_code == 0
    folder = run("--output", tmp_path / "found", "-", given=json.dumps(one))
    assert folder.exit_code == 2
    assert "--output NAME.parquet" in folder.stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--engine", "ray"], "--address"),
        (["--address", "h:6379"], "--engine ray"),
        (["--engine", "ray", "--address", "h:6379"], "add --output"),
        (["--jobs", "0"], "--jobs"),
    ],
)
def test_options_that_do_not_fit_are_told(archive: Path, words: list[str], why: str) -> None:
    result = run(*words, archive)
    assert result.exit_code == 2
    assert why in result.stderr


@pytest.mark.parametrize(
    ("missing", "words", "extra"),
    [("pyarrow", [], "archive"), ("daft", ["--engine", "ray", "--address", "h:1"], "ray")],
)
def test_a_missing_package_is_named(
    missing: str, words: list[str], extra: str, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    result = run("--output", tmp_path / "found", *words, archive)
    assert result.exit_code == 1
    assert f"pip install 'amends[{extra}]'" in result.stderr
    assert not (tmp_path / "found").exists()


@pytest.mark.parametrize(("address", "code"), [("head", 2), (":6379", 2), ("ray://127.0.0.1:{}", 1), ("[::1:9", 1)])
def test_a_cluster_that_is_not_there_is_told_at_once(
    archive: Path, tmp_path: Path, address: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "_check_installed", lambda _where: None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # taken, but nobody listens
        there = address.format(free.getsockname()[1])
        result = run("--engine", "ray", "--address", there, "--output", tmp_path / "found", archive)
    assert result.exit_code == code
    assert ("No Ray cluster answers" if code == 1 else "write HOST:PORT") in result.stderr
    assert not (tmp_path / "found").exists()


def test_a_reader_that_goes_away_ends_the_review(archive: Path) -> None:
    lines = "".join(
        json.dumps({"id": name, "messages": [{"role": "agent", "text": "We will get back to you shortly."}]}) + "\n"
        for name in range(64 * 4)
    )
    source = archive.with_suffix(".jsonl")
    source.write_text(lines)
    with subprocess.Popen(
        [sys.executable, "-m", "amends.cli", "review", "--jobs", "2", "--format", "jsonl", source],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""  # ends when all processes have ended
    assert program.returncode == 1
