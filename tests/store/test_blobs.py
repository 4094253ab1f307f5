"""Bytes under their hash: kept once, whole or not at all, and found by nothing but a hash."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from amends.store import blobs
from amends.store.models import Blob

pytestmark = pytest.mark.django_db

LAMP = b"the lamp " * 20_000  # larger than what lies in the database


@pytest.fixture(autouse=True)
def _own_data(settings: Settings, tmp_path: Path) -> None:
    settings.AMENDS_DATA = tmp_path


def files() -> list[Path]:
    return [path for path in blobs.folder().rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "content", [b"", b"the lamp", bytes(blobs.SMALL), bytes(blobs.SMALL + 1), bytes(range(256)) * 5000]
)
def test_what_is_kept_is_found_again_under_its_hash(content: bytes) -> None:
    assert not blobs.exists(sha256(content).hexdigest())
    name = blobs.keep(content)
    assert name == sha256(content).hexdigest()
    assert blobs.fetch(name) == content
    assert blobs.exists(name)
    assert len(files()) == (len(content) > blobs.SMALL)


def test_a_small_one_is_there_with_the_commit_and_not_before() -> None:
    def stumble() -> None:
        blobs.keep(b"the lamp")
        raise RuntimeError("stumbled")

    name = sha256(b"the lamp").hexdigest()
    with pytest.raises(RuntimeError, match="stumbled"), transaction.atomic():
        stumble()
    assert not blobs.exists(name)
    blobs.keep(b"the lamp")
    blobs.keep(b"the lamp")
    assert Blob.objects.count() == 1


def test_the_same_bytes_are_kept_once() -> None:
    first = blobs.keep(LAMP)
    kept = blobs.path_of(first).stat()
    assert blobs.keep(LAMP) == first
    assert blobs.path_of(first).stat().st_ino == kept.st_ino
    assert len(files()) == 1


def test_nobody_else_on_the_machine_reads_them() -> None:
    path = blobs.path_of(blobs.keep(LAMP))
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0


def test_many_at_once_keep_the_same_bytes_without_stumbling() -> None:
    content = b"x" * 1_000_000
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(blobs.keep, [content] * 16))
    assert names == {sha256(content).hexdigest()}
    assert len(files()) == 1


def test_a_disk_that_is_full_leaves_no_half_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        blobs.keep(LAMP)
    assert files() == []
    monkeypatch.undo()
    assert blobs.fetch(blobs.keep(LAMP)) == LAMP


@pytest.mark.parametrize(
    "name", ["", "..", "../../secret.key", "/etc/passwd", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 63 + "\n"]
)
def test_what_is_no_hash_names_no_file(name: str) -> None:
    with pytest.raises(ValueError, match="Not the name of a blob"):
        blobs.fetch(name)


def test_a_hash_of_nothing_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        blobs.fetch("0" * 64)
