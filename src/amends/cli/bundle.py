"""The file that a backup is: a tar, packed with gzip, whose first member says what else is in it.

    manifest.json    what and when; size and SHA-256 of each file
    db.sqlite3       the database, as it was at one moment
    blobs/…          attachments and mails as they came
    amends.toml, policy.toml, secret.key

Nothing that is read from such a file is believed before it has been checked: names, sizes and sums.
"""

import gzip
import hashlib
import io
import re
import tarfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

MANIFEST = "manifest.json"
DATABASE = "db.sqlite3"
FORMAT = 1
_NAMES = re.compile(r"db\.sqlite3|amends\.toml|policy\.toml|secret\.key|blobs/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}")
_LARGEST_MANIFEST = 512 * 1024 * 1024  # bytes; some three million files
_CHUNK = 1 << 20
_SLACK = 64 * 1024  # bytes of a tar that belong to no file: headers of the manifest, the end


class BadBundle(ValueError):
    """The file is no backup, or not as it was written; the message says which, and where."""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a backup."""

    path: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is in a backup. `database` is sqlite, or elsewhere where the database was not ours to copy."""

    format: int
    version: str
    made_at: str
    database: str
    files: list[Item]

    @property
    def made(self) -> datetime | None:
        """When it was made, in UTC; None where that is no time at all. The words themselves are anybody's."""
        try:
            found = datetime.fromisoformat(self.made_at)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return None

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(item.size for item in self.files)


def item(path: str, source: Path) -> Item:
    """Return `source` as it stands under the name `path`."""
    size, digest = 0, hashlib.sha256()
    with source.open("rb") as file:
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            size += len(chunk)
            digest.update(chunk)
    return Item(path, size, digest.hexdigest())


def write(target: IO[bytes], manifest: Manifest, sources: dict[str, Path]) -> None:
    """Write a backup of `sources` (paths in the backup: files). Raises `BadBundle` where one changes meanwhile."""
    with (
        gzip.GzipFile(fileobj=target, mode="wb", compresslevel=5, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        text = msgspec.json.encode(manifest)
        tar.addfile(_member(MANIFEST, len(text)), io.BytesIO(text))
        for one in manifest.files:
            with sources[one.path].open("rb") as file:
                try:
                    tar.addfile(_member(one.path, one.size), file)
                except OSError as wrong:
                    raise BadBundle(f"{one.path} changed while it was put away: {wrong}") from None


def read(source: IO[bytes]) -> tuple[Manifest, Iterator[tuple[Item, Iterator[bytes]]]]:
    """Return a backup's manifest, and an iterator over its files with their bytes.

    Raises `BadBundle`, at once or while iterating, for anything that `write` would not have written: another name
    than those above, a link, a size or a sum that is not the manifest's, more or less than it lists.
    """
    limited = _Limited(gzip.GzipFile(fileobj=source, mode="rb"))
    limited.allow(_LARGEST_MANIFEST + _SLACK)
    try:
        tar = tarfile.open(fileobj=limited, mode="r|")  # noqa: SIM115  closed with the file it reads from
        manifest = _manifest(tar)
    except _DAMAGED as wrong:
        raise BadBundle(f"This is no backup of Amends, or a damaged one: {wrong}") from None
    limited.limit_to(limited.read_so_far + manifest.size + 2048 * len(manifest.files) + _SLACK)
    return manifest, _files(tar, manifest, limited)


def _files(tar: tarfile.TarFile, manifest: Manifest, source: "_Limited") -> Iterator[tuple[Item, Iterator[bytes]]]:
    for one in manifest.files:
        try:
            member = tar.next()
            if member is None:
                raise BadBundle(f"{one.path} is missing: the backup is not complete.")
            if member.name != one.path or not member.isreg() or member.size != one.size:
                raise BadBundle(f"{member.name[:120]!r} is not what the manifest lists ({one.path}).")
            content = tar.extractfile(member)
        except _DAMAGED as wrong:
            raise BadBundle(f"{one.path} cannot be read: {wrong}") from None
        if content is None:
            raise BadBundle(f"{one.path} is no file.")
        yield one, _checked(one, content)
    try:
        more = tar.next()
        source.read()  # to the very end, where the packing keeps its own sum
    except _DAMAGED as wrong:
        raise BadBundle(f"The end cannot be read: {wrong}") from None
    if more is not None:
        raise BadBundle(f"{more.name[:120]!r} is in it, but not in its manifest.")


def _checked(one: Item, content: IO[bytes]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while True:
        try:
            chunk = content.read(_CHUNK)
        except _DAMAGED as wrong:
            raise BadBundle(f"{one.path} cannot be read: {wrong}") from None
        if not chunk:
            break
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != one.sha256:
        raise BadBundle(f"{one.path} is not as it was put away: its sum differs.")


def _manifest(tar: tarfile.TarFile) -> Manifest:
    member = tar.next()
    if member is None or member.name != MANIFEST or not member.isreg() or member.size > _LARGEST_MANIFEST:
        raise BadBundle("This is no backup of Amends: it does not begin with a manifest.")
    content = tar.extractfile(member)
    try:
        manifest = msgspec.json.decode(content.read() if content else b"", type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise BadBundle(f"Its manifest cannot be read: {wrong}") from None
    if manifest.format != FORMAT:
        raise BadBundle(
            f"It was made by another version of Amends ({manifest.version[:20]!r}). Use that one to restore it."
        )
    names = [one.path for one in manifest.files]
    strange = next((name for name in names if not _NAMES.fullmatch(name)), None)
    if strange is not None:
        raise BadBundle(f"{strange[:120]!r} is no name of a file in a backup.")
    contradicts = (manifest.database == "sqlite") is not (DATABASE in names)
    if contradicts or len(set(names)) != len(names) or any(one.size < 0 for one in manifest.files):
        raise BadBundle("Its manifest contradicts itself.")
    return manifest


def _member(name: str, size: int) -> tarfile.TarInfo:
    """Return a header that tells nothing about this machine: no owner, no time."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


class _Limited(io.RawIOBase):
    """Reads no more than it is allowed to: what swells when it is unpacked ends here."""

    def __init__(self, source: gzip.GzipFile) -> None:
        super().__init__()
        self._source, self._limit = source, 0
        self.read_so_far = 0

    def allow(self, more: int) -> None:
        """Allow `more` bytes from here on."""
        self._limit = self.read_so_far + more

    def limit_to(self, total: int) -> None:
        """Allow `total` bytes from the start."""
        self._limit = total

    def readable(self) -> bool:
        """Return True."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes. Raises `BadBundle` where that is more than is allowed."""
        left = self._limit - self.read_so_far
        wanted = left + 1 if size < 0 else min(size, left + 1)
        found = self._source.read(wanted)
        self.read_so_far += len(found)
        if self.read_so_far > self._limit:
            raise BadBundle("It is larger than its manifest says.")
        return found


_DAMAGED = (tarfile.TarError, OSError, EOFError, zlib.error)
