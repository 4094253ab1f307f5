"""The house: what the business is called, how it works, and by which policy. Read from `amends.toml` and `policy.toml`.

Both lie in the data folder. They are read again when they change, so that nobody has to restart anything. A slip in one
of them stops nobody's work: the last good one stays in force, and the log (and `amends check`) says what is wrong.
"""

import logging
import os
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar, cast, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from msgspec import Struct

from amends.method.calendar import Calendar
from amends.method.facts import AnyFact
from amends.method.policy import BadPolicy, Policy, load_policy

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""How this very machine is called."""
FACTS = frozenset(fact.__name__ for fact in get_args(AnyFact))
_Read = TypeVar("_Read")
_log = logging.getLogger(__name__)


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


class Webhook(Struct, frozen=True, forbid_unknown_fields=True):
    """Where programs are told what happens in cases. `secret_env` names the environment variable with the secret.

    `facts` are the names of facts to tell. `allow_private` lets the address be one of your own network.
    """

    url: str
    secret_env: str
    facts: tuple[str, ...] = (
        "AcknowledgementOverdue",
        "CaseClosed",
        "CaseOpened",
        "CaseReopened",
        "CaseResolved",
        "FixConfirmed",
        "FixDenied",
        "LegalClockPassed",
        "LegalClockWarned",
        "MessageReceived",
        "MessageSent",
        "OwnerAssigned",
        "PromiseBroken",
        "PromiseEscalated",
        "PromiseKept",
        "PromiseMade",
        "PromiseRenegotiated",
        "SilenceLimitPassed",
        "SurveyAnswered",
    )
    allow_private: bool = False

    def __post_init__(self) -> None:
        """Raise `ValueError`, with what would be right, for an address or a fact that cannot be."""
        address = urlsplit(self.url)
        plain = address.scheme == "http" and address.hostname in LOOPBACK
        if not address.hostname or address.username or not (address.scheme == "https" or plain):
            raise ValueError("url has to be an https:// address; http:// is for this very machine alone.")
        unknown = sorted(set(self.facts) - FACTS)
        if unknown:
            raise ValueError(f"There is no fact {unknown[0]!r}. docs/api.md lists those that there are.")


class House(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of `amends.toml`."""

    business: Business = Business()
    mailboxes: list[Mailbox] = []
    webhook: Webhook | None = None


def house() -> House:
    """Return the house as it is now. Raises `BadHouse` only where there never was a good one."""
    return _in_force(read_house, data_folder() / "amends.toml")


def policy() -> Policy:
    """Return the policy as it is now. Raises `BadPolicy` only where there never was a good one."""
    return _in_force(read_law, data_folder() / "policy.toml")[0]


def calendar() -> Calendar:
    """Return the working calendar of the policy."""
    return _in_force(read_law, data_folder() / "policy.toml")[1]


def day_of(at: datetime) -> date:
    """Return which day it is at this moment where the house works."""
    return at.astimezone(ZoneInfo(calendar().zone)).date()


def data_folder() -> Path:
    """Return the folder in which everything of this desk is kept."""
    return Path(settings.AMENDS_DATA)


def read_house(path: Path) -> House:
    """Return what stands in this file (a missing one is an empty one), or raise `BadHouse`."""
    try:
        return msgspec.convert(tomllib.loads(_text(path)), House)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as wrong:
        raise BadHouse(f"{path}: {wrong}") from None


def read_law(path: Path) -> tuple[Policy, Calendar]:
    """Return the policy in this file (a missing one is the default) with its calendar, or raise `BadPolicy`."""
    try:
        policy = load_policy(_text(path), where=str(path))
    except UnicodeDecodeError as wrong:
        raise BadPolicy(f"{path}: {wrong}") from None
    return policy, policy.calendar.calendar()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""


_Stamp = tuple[int, int]
_good: dict[Path, tuple[_Stamp, Any]] = {}
"""What each file said when it was last good, and which state of the file has been looked at since."""


def _in_force(read: Callable[[Path], _Read], path: Path) -> _Read:
    stamp = _stamp(path)
    seen, known = _good.get(path, (None, None))
    if seen == stamp:
        return cast("_Read", known)
    try:
        known = read(path)
    except (BadHouse, BadPolicy) as wrong:
        if seen is None:
            raise
        _log.error("The last good settings stay in force. %s", wrong)
    _good[path] = (stamp, known)
    return cast("_Read", known)


def _stamp(path: Path) -> _Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 - called for every page: the plain call is what it needs
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
