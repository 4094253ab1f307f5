"""Bytes kept under their hash, written so that they are there after a power cut. Never changed, never run.

Small ones lie in the database: they are there with the same commit as the message that they came with, and one flush
of the disk does for all. Large ones are files. Django's own file storage does not flush to the disk; a mail may only be
accepted once it would survive.
"""

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from amends.store.models import Blob

SMALL = 128 * 1024
"""Bytes up to which a blob lies in the database."""


def keep(content: bytes) -> str:
    """Keep `content`, and return its SHA-256 in hex. Keeping the same bytes twice keeps them once."""
    name = hashlib.sha256(content).hexdigest()
    if len(content) > SMALL:
        _keep_file(path_of(name), content)
    else:
        Blob.objects.bulk_create([Blob(sha256=name, content=content)], ignore_conflicts=True)
    return name


def fetch(name: str) -> bytes:
    """Return the bytes kept under this hash, or raise `FileNotFoundError`."""
    with reader(name) as file:
        return file.read()


def reader(name: str) -> BinaryIO:
    """Return the blob, open for reading, or raise `FileNotFoundError`."""
    path = path_of(name)
    content = Blob.objects.filter(sha256=name).values_list("content", flat=True).first()
    return path.open("rb") if content is None else io.BytesIO(content)


def exists(name: str) -> bool:
    """Return whether these bytes are kept."""
    return Blob.objects.filter(sha256=name).exists() or path_of(name).is_file()


def _keep_file(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".")  # its own name: others may keep the same bytes
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
    _flush(path.parent)


def path_of(name: str) -> Path:
    """Return where a file with this hash lies. Raises `ValueError` for what is no hash."""
    if len(name) != hashlib.sha256().digest_size * 2 or set(name) - set("0123456789abcdef"):
        raise ValueError("Not the name of a blob")
    return folder() / name[:2] / name[2:4] / name


def _flush(directory: Path) -> None:
    """Flush a directory to the disk, so that a new name in it survives too."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def folder() -> Path:
    """Return the folder of the large ones."""
    return Path(settings.AMENDS_DATA) / "blobs"
