"""What is put away comes back as it was; what somebody has tampered with does not come back at all."""

import gzip
import hashlib
import io
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from pytest_django.plugin import DjangoDbBlocker

from amends.actions.clock import now
from amends.actions.incoming import File, do_receive
from amends.cli import bundle, folder
from amends.cli.bundle import FORMAT, Item, Manifest
from amends.store import blobs
from amends.store.models import Attachment, Case
from amends.testing import mail_from
from tests import databases, needs
from tests.cli.conftest import Run

PHOTOGRAPH = bytes(range(256)) * 4096
NEVER = "0" * 64


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Return a database with nothing but tables in it, to copy."""
    file = tmp_path_factory.mktemp("tables") / "db.sqlite3"
    with django_db_blocker.unblock(), databases.another(f"sqlite:///{file}"):
        return file


@pytest.fixture
def desk(data: Path, tables: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """Return a desk with a database of its own, and a case with a photograph in it."""
    shutil.copy(tables, data / "db.sqlite3")
    with django_db_blocker.unblock(), databases.another(f"sqlite:///{data / 'db.sqlite3'}"):
        complain()
        yield data


def complain() -> None:
    photograph = File("crack.jpg", "image/jpeg", PHOTOGRAPH, len(PHOTOGRAPH))
    do_receive(replace(mail_from("maya@example.com", "My kettle leaks!"), files=(photograph,)), at=now())


def restored(file: Path, data: Path, amends: Run, *words: str) -> Result:
    return amends("restore", file, "--data", data, *words)


def tree_of(place: Path) -> dict[str, bytes]:
    paths = sorted(p for p in place.rglob("*") if p.is_file() and "db.sqlite3" not in p.name)
    return {str(p.relative_to(place)): p.read_bytes() for p in paths if p.name != folder.LOCK}


def test_everything_comes_back(amends: Run, desk: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "desk.tar.gz", tmp_path / "other"
    result = amends("backup", file)
    assert result.exit_code == 0, result.output
    assert "read again and checked" in result.output
    assert file.stat().st_mode & 0o077 == 0
    assert restored(file, other, amends).exit_code == 0
    assert tree_of(other) == tree_of(desk)
    assert other.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(other / "db.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM store_case").fetchone() == (1,)
    assert blobs.fetch(Attachment.objects.get().sha256) == PHOTOGRAPH


def test_a_desk_at_work_is_put_away_as_it_was_at_one_moment(amends: Run, desk: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(desk / "db.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE store_case SET subject = 'half done'")
        assert amends("backup", tmp_path / "desk.tar.gz").exit_code == 0
        writer.execute("ROLLBACK")
    restored(tmp_path / "desk.tar.gz", tmp_path / "other", amends)
    with closing(sqlite3.connect(tmp_path / "other" / "db.sqlite3")) as database:
        assert database.execute("SELECT subject FROM store_case").fetchone() == (Case.objects.get().subject,)


def test_nothing_is_written_over_without_force(amends: Run, desk: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "desk.tar.gz", tmp_path / "other"
    file.write_text("mine")
    assert "--force to write over it" in amends("backup", file).output
    assert file.read_text() == "mine"
    assert amends("backup", file, "--force").exit_code == 0
    folder.make(other)
    (other / "amends.toml").write_text("# theirs")
    assert "With --force it steps aside" in restored(file, other, amends).output
    assert (other / "amends.toml").read_text() == "# theirs"
    result = restored(file, other, amends, "--force")
    assert f"is in {other}.before-1 now" in result.output
    assert (tmp_path / "other.before-1" / "amends.toml").read_text() == "# theirs"
    assert tree_of(other) == tree_of(desk)


def test_a_desk_at_work_does_not_step_aside(amends: Run, desk: Path, tmp_path: Path) -> None:
    amends("backup", tmp_path / "desk.tar.gz")
    folder.make(tmp_path / "other")
    with folder.held(tmp_path / "other"):
        assert "Stop that one first" in restored(tmp_path / "desk.tar.gz", tmp_path / "other", amends, "--force").output


def test_a_draft_that_fails_leaves_nothing(
    amends: Run, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bundle, "write", full)
    result = amends("backup", tmp_path / "desk.tar.gz")
    assert "No backup was made. [Errno 28] No space left on device" in result.output
    assert [p.name for p in tmp_path.iterdir()] == [desk.name]
    assert not list(desk.glob(".backup-*"))


@needs.postgres
def test_with_postgresql_the_rest_is_put_away(
    amends: Run, data: Path, tmp_path: Path, postgres_url: str, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), databases.another(postgres_url):
        complain()
        result = amends("backup", tmp_path / "desk.tar.gz")
    assert "PostgreSQL is backed up with pg_dump" in result.output
    result = restored(tmp_path / "desk.tar.gz", tmp_path / "other", amends)
    assert "bring that back with pg_restore" in result.output
    assert tree_of(tmp_path / "other") == tree_of(data)


# ── Files that nobody should have made ───────────────────────────────────────────────────────────


def item(name: str, content: bytes) -> Item:
    return Item(name, len(content), hashlib.sha256(content).hexdigest())


def manifest(*items: Item, version: int = FORMAT, database: str = "elsewhere") -> bytes:
    return msgspec.json.encode(Manifest(version, "0", "2026-03-31T12:00:00+00:00", database, list(items)))


def packed(*members: tuple[tarfile.TarInfo | str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return target.getvalue()


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


HOUSE = item("amends.toml", b"x")


def bomb() -> bytes:
    """Return a small file that swells to a gigabyte of zeros where the manifest promises one byte."""
    info = tarfile.TarInfo("amends.toml")
    info.size = 1 << 30
    start = packed(("manifest.json", manifest(HOUSE)))
    head = gzip.decompress(start)[:2048].rstrip(b"\0")
    head += bytes(-len(head) % 512) + info.tobuf()
    return gzip.compress(head, 1) + gzip.compress(bytes(1 << 24), 1) * 64


def long_name() -> bytes:
    """Return a file whose second member has a name of 64 MB."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz", format=tarfile.GNU_FORMAT, compresslevel=1) as tar:
        text = manifest(HOUSE)
        info = tarfile.TarInfo("manifest.json")
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
        tar.addfile(tarfile.TarInfo("a" * (1 << 26)))
    return target.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no gzip": (lambda: b"hello", "no backup of Amends"),
    "empty": (lambda: b"", "no backup of Amends"),
    "no manifest": (lambda: packed(("amends.toml", b"x")), "does not begin with a manifest"),
    "a manifest that is none": (lambda: packed(("manifest.json", b"[1]")), "manifest cannot be read"),
    "a manifest in no language": (
        lambda: packed(("manifest.json", b'{"version": "\xff"}')),
        "manifest cannot be read",
    ),
    "a manifest as a link": (lambda: packed((link("manifest.json", "amends.toml"), b"")), "begin with a manifest"),
    "another version": (lambda: packed(("manifest.json", manifest(version=9))), "another version of Amends"),
    "a way out": (lambda: packed(("manifest.json", manifest(item("../evil", b"x"))), ("../evil", b"x")), "no name"),
    "an absolute name": (
        lambda: packed(("manifest.json", manifest(item("/etc/x", b"x"))), ("/etc/x", b"x")),
        "no name",
    ),
    "a hidden way out": (
        lambda: packed(("manifest.json", manifest(item(f"blobs/aa/../{NEVER}", b"x")))),
        "no name of a file in a backup",
    ),
    "the same twice": (lambda: packed(("manifest.json", manifest(HOUSE, HOUSE))), "contradicts itself"),
    "less than nothing": (lambda: packed(("manifest.json", manifest(Item("amends.toml", -1, NEVER)))), "contradicts"),
    "a database that is not there": (
        lambda: packed(("manifest.json", manifest(HOUSE, database="sqlite"))),
        "contradicts",
    ),
    "a member that is another": (
        lambda: packed(("manifest.json", manifest(HOUSE)), ("../../evil", b"x")),
        "'../../evil' is not what the manifest lists",
    ),
    "a link instead of a file": (
        lambda: packed(
            ("manifest.json", manifest(item("amends.toml", b""))), (link("amends.toml", "/etc/passwd"), b"")
        ),
        "is not what the manifest lists",
    ),
    "a hard link instead of a file": (
        lambda: packed(
            ("manifest.json", manifest(item("amends.toml", b""))),
            (link("amends.toml", "secret.key", tarfile.LNKTYPE), b""),
        ),
        "is not what the manifest lists",
    ),
    "another size": (
        lambda: packed(("manifest.json", manifest(HOUSE)), ("amends.toml", b"xx")),
        "not what the manifest",
    ),
    "another content": (lambda: packed(("manifest.json", manifest(HOUSE)), ("amends.toml", b"y")), "its sum differs"),
    "less than it lists": (lambda: packed(("manifest.json", manifest(HOUSE))), "amends.toml is missing"),
    "more than it lists": (
        lambda: packed(("manifest.json", manifest(HOUSE)), ("amends.toml", b"x"), ("evil", b"x")),
        "'evil' is in it, but not in its manifest",
    ),
    "more than there is room for": (
        lambda: packed(("manifest.json", manifest(Item("amends.toml", 1 << 60, NEVER)))),
        "MB are free",
    ),
    "a bomb": (bomb, "not what the manifest lists"),
    "a very long name": (long_name, "larger than its manifest says"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_refused(amends: Run, tmp_path: Path, name: str) -> None:
    make, why = HOSTILE[name]
    file = tmp_path / "evil.tar.gz"
    file.write_bytes(make())
    result = restored(file, tmp_path / "new", amends)
    assert result.exit_code == 1
    assert "Nothing was restored." in result.output
    assert why in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["desk", "evil.tar.gz"]


@pytest.mark.parametrize(
    ("made_at", "told"),
    [
        ("2026-03-31T10:15:00+02:00", "1 files, as they were on 2026-03-31 08:15 UTC."),
        ("2026-03-31T10:15:00", "1 files, as they were on 2026-03-31 10:15 UTC."),
        ("\x1b[2Jyesterday", "1 files."),
        ("0001-01-01T00:00:00+12:00", "1 files."),
    ],
)
def test_only_a_time_is_told_as_the_time(amends: Run, tmp_path: Path, made_at: str, told: str) -> None:
    file = tmp_path / "desk.tar.gz"
    given = msgspec.json.encode(Manifest(FORMAT, "0", made_at, "elsewhere", [HOUSE]))
    file.write_bytes(packed(("manifest.json", given), ("amends.toml", b"x")))
    result = amends("restore", file, "--data", tmp_path / "back")
    assert result.exit_code == 0
    assert told in result.output
    assert "\x1b" not in result.output


def test_a_database_that_is_none_is_refused(amends: Run, tmp_path: Path) -> None:
    content = b"this is no database, but long enough to look like one" * 100
    one = item("db.sqlite3", content)
    file = tmp_path / "evil.tar.gz"
    file.write_bytes(packed(("manifest.json", manifest(one, database="sqlite")), ("db.sqlite3", content)))
    assert "The database in it is damaged" in restored(file, tmp_path / "new", amends).output
    assert not (tmp_path / "new").exists()


def test_a_file_cut_short_anywhere_is_refused(amends: Run, tmp_path: Path) -> None:
    content = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(90))
    name = f"blobs/aa/bb/{'aabb' * 16}"
    whole = packed(("manifest.json", manifest(item(name, content))), (name, content))
    file = tmp_path / "cut.tar.gz"
    for length in range(0, len(whole), 97):
        file.write_bytes(whole[:length])
        assert restored(file, tmp_path / "new", amends).exit_code == 1, length
    file.write_bytes(whole[:-4])
    assert restored(file, tmp_path / "new", amends).exit_code == 1
    file.write_bytes(whole)
    assert restored(file, tmp_path / "new", amends).exit_code == 0
