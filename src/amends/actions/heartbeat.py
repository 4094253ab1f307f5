"""Signs of life: what runs beside the pages says now and then that it does, and what troubles it.

One small file each in the data folder, so that `amends check` can tell even while the database is away.
"""

import os
import re
import tempfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from amends.actions import house

WORKER = "worker"


class Beat(msgspec.Struct, frozen=True):
    """The last sign of life of `name`; `trouble` is a sentence for the operator, empty where all is well."""

    name: str
    at: datetime
    trouble: str = ""


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Beat).decode


def do_beat(name: str, *, at: datetime, trouble: str = "") -> None:
    """Write down that `name` was alive at `at`. The last word stands."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=folder, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_encode(Beat(name, at, trouble)))
        Path(draft).replace(folder / f"{_slug(name)}.json")
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def do_forget_beat(name: str) -> None:
    """Forget `name`: it ended as it should."""
    (_folder() / f"{_slug(name)}.json").unlink(missing_ok=True)


def beats() -> list[Beat]:
    """Return the last sign of life of everything that gave one, by name; files that make no sense are left out."""
    found = []
    for path in _folder().glob("[!.]*.json"):
        try:
            found.append(_decode(path.read_bytes()))
        except (OSError, msgspec.DecodeError):
            continue
    return sorted(found, key=lambda beat: beat.name)


def _folder() -> Path:
    return house.data_folder() / "beats"


def _slug(name: str) -> str:
    """Return a file name for `name`: readable, and different for different names."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return f"{words}-{sha256(name.encode()).hexdigest()[:8]}"
