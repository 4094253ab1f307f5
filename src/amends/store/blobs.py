"""Bytes kept under their hash, written so that they are there after a power cut. Never changed, never run.

Django's own file storage does not flush to the disk; a mail may only be accepted once it would survive.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def keep(content: bytes) -> str:
    """Keep `content`, and return its SHA-256 in hex. Keeping the same bytes twice keeps them once."""
    name = hashlib.sha256(content).hexdigest()
    path = path_of(name)
    if path.exists():
        return name
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
    return name


def fetch(name: str) -> bytes:
    """Return the bytes kept under this hash, or raise `FileNotFoundError`."""
    return path_of(name).read_bytes()


def path_of(name: str) -> Path:
    """Return where the bytes with this hash lie. Raises `ValueError` for what is no hash."""
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
    """Return the folder of all blobs."""
    return Path(settings.AMENDS_DATA) / "blobs"
