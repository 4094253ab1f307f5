"""The house: what the business is called, how it works, and by which policy. Read from `amends.toml` and `policy.toml`.

Both lie in the data folder. They are read again when they change, so that nobody has to restart anything.
"""

import os
import tomllib
from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings
from msgspec import Struct

from amends.method.calendar import Calendar
from amends.method.policy import BadPolicy, Policy, load_policy


class BadHouse(ValueError):
    """`amends.toml` cannot be used; the message says where it is wrong and what would be right."""


class Mailbox(Struct, frozen=True, forbid_unknown_fields=True):
    """A mailbox to look into by IMAP. `password_env` names the environment variable that holds the password."""

    host: str
    user: str
    password_env: str
    port: int = 993
    tls: bool = True
    folder: str = "INBOX"
    team: str = ""
    every_seconds: int = 60


class Business(Struct, frozen=True, forbid_unknown_fields=True):
    """What the customers know us by. `address` is where mail comes in, and what our mail comes from."""

    name: str = "Our shop"
    address: str = "help@localhost"
    elsewhere: str = ""


class House(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of `amends.toml`."""

    business: Business = Business()
    mailboxes: list[Mailbox] = []


def house() -> House:
    """Return the house as it is now, or raise `BadHouse`."""
    return _house(*_stamp(data_folder() / "amends.toml"))


def policy() -> Policy:
    """Return the policy as it is now, or raise `BadPolicy`."""
    return _law(*_stamp(data_folder() / "policy.toml"))[0]


def calendar() -> Calendar:
    """Return the working calendar of the policy."""
    return _law(*_stamp(data_folder() / "policy.toml"))[1]


def data_folder() -> Path:
    """Return the folder in which everything of this desk is kept."""
    return Path(settings.AMENDS_DATA)


def _stamp(path: Path) -> tuple[Path, tuple[int, int]]:
    try:
        found = os.stat(path)  # noqa: PTH116 - called for every page: the plain call is what it needs
    except FileNotFoundError:
        return path, (0, 0)
    return path, (found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _house(path: Path, stamp: tuple[int, int]) -> House:
    if stamp == (0, 0):
        return House()
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), House)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as wrong:
        raise BadHouse(f"{path}: {wrong}") from None


@lru_cache(maxsize=8)
def _law(path: Path, stamp: tuple[int, int]) -> tuple[Policy, Calendar]:
    try:
        text = path.read_text("utf-8") if stamp != (0, 0) else ""
    except UnicodeDecodeError as wrong:
        raise BadPolicy(f"{path}: {wrong}") from None
    policy = load_policy(text, where=str(path))
    return policy, policy.calendar.calendar()
