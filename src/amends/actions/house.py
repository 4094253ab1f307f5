"""The house: what the business is called, how it works, and by which policy.

Read from `amends.toml`, `policy.toml` and `rates.csv` in the data folder. They are read again when they change, so that
nobody has to restart anything. A slip in one of them stops nobody's work: the last good one stays in force, and the
log (and `amends check`) says what is wrong.
"""

import logging
import os
import tomllib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar, cast, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from msgspec import Struct, structs

from amends.actions.rates import FILE, BadRates, Quotes, read_rates
from amends.method.calendar import Calendar, zone_named
from amends.method.facts import AnyFact
from amends.method.policy import BadPolicy, Policy, Rate, load_policy
from amends.store.models import Case, User

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
    """What the customers know us by. `address` is where mail comes in, and what our mail comes from.

    `phone` is the number that our calls come from, so that people know who it is; empty for none.
    `language` is what we write in where nothing says which language a customer reads.
    """

    name: str = "Our shop"
    address: str = "help@localhost"
    phone: str = ""
    elsewhere: str = ""
    language: Literal["en", "de", "fr", "es"] = "en"


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


class Law(Struct, frozen=True):
    """Everything of `policy.toml`: the policy, the calendar of the house, and those of teams that have their own."""

    policy: Policy
    calendar: Calendar
    teams: dict[str, Calendar]

    @classmethod
    def of(cls, policy: Policy) -> "Law":
        """Return a policy with the calendars that it describes."""
        teams = {name: team.calendar.calendar() for name, team in policy.teams.items()}
        return cls(policy, policy.calendar.calendar(), teams)

    def calendar_of(self, team: str) -> Calendar:
        """Return the calendar of a team by its name: its own, or that of the house."""
        return self.teams.get(team, self.calendar)

    def calendar_for(self, whose: Case | User) -> Calendar:
        """Return the calendar of a case, or of one of the staff: their team's own, where the policy names one."""
        if not self.teams or whose.team is None:  # most houses: then nothing is asked of the database
            return self.calendar
        return self.calendar_of(whose.team.name)


def house() -> House:
    """Return the house as it is now. Raises `BadHouse` only where there never was a good one."""
    return _in_force(read_house, data_folder() / "amends.toml")


def policy() -> Policy:
    """Return the policy as it is now. Raises `BadPolicy` only where there never was a good one."""
    return law().policy


def calendar() -> Calendar:
    """Return the working calendar of the house."""
    return law().calendar


def calendar_of(whose: Case | User) -> Calendar:
    """Return the working calendar of a case, or of one of the staff: their team's own, where the policy names one."""
    return law().calendar_for(whose)


def zone_of(case: Case) -> ZoneInfo:
    """Return the time zone in which a customer reads times: their own, or where there is none, that of the team."""
    return zone_named(case.customer.time_zone) or ZoneInfo(calendar_of(case).zone)


def calendar_of_team(team: str) -> Calendar:
    """Return the working calendar of a team by its name: its own, or that of the house."""
    return law().calendar_of(team)


def law() -> Law:
    """Return policy and calendars as they are now. Ask once for many cases: the files are looked at each time."""
    plain: Law = _in_force(read_law, data_folder() / "policy.toml")
    quotes: Quotes = _in_force(read_rates, data_folder() / FILE, otherwise=())
    if not quotes:  # most houses have one currency
        return plain
    key = (id(plain), id(quotes))
    if key not in _rated:
        _rated.clear()
        _rated[key] = (with_rates(plain, quotes), plain, quotes)  # both are kept, so that no other takes their ids
    return _rated[key][0]


def with_rates(plain: Law, quotes: Quotes) -> Law:
    """Return a law with these rates beside those of its policy, of which one of the same day comes first.

    Rates in another currency than the house's are left out: they are from before it was changed.
    """
    policy = plain.policy
    rates: dict[str, list[Rate]] = {}
    lasts = timedelta(days=policy.rates_last.amount)
    for quote in quotes:
        if quote.into in ("", policy.currency) and quote.currency != policy.currency:
            rates.setdefault(quote.currency, []).append(Rate(quote.day, quote.rate, quote.day + lasts))
    for currency, own in policy.rates.items():
        rates.setdefault(currency, []).extend(own)
    return structs.replace(plain, policy=structs.replace(policy, rates=rates))


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


def read_law(path: Path) -> Law:
    """Return the law in this file (a missing one is the default), or raise `BadPolicy`."""
    try:
        policy = load_policy(_text(path), where=str(path))
    except UnicodeDecodeError as wrong:
        raise BadPolicy(f"{path}: {wrong}") from None
    return Law.of(policy)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""


_rated: dict[tuple[int, int], tuple[Law, Law, Quotes]] = {}
"""The law with its rates: put together again when one of the two has changed."""
_Stamp = tuple[int, int]
_good: dict[Path, tuple[_Stamp, Any]] = {}
"""What each file said when it was last good, and which state of the file has been looked at since."""


def _in_force(read: Callable[[Path], _Read], path: Path, *, otherwise: _Read | None = None) -> _Read:
    """Return what stands in this file; with a slip in it, what stood there last, or `otherwise` where nothing did."""
    stamp = _stamp(path)
    seen, known = _good.get(path, (None, None))
    if seen == stamp:
        return cast("_Read", known)
    try:
        known = read(path)
    except (BadHouse, BadPolicy, BadRates) as wrong:
        if seen is None and otherwise is None:
            raise
        known = otherwise if seen is None else known
        _log.error("The last good settings stay in force. %s", wrong)
    _good[path] = (stamp, known)
    return cast("_Read", known)


def _stamp(path: Path) -> _Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 - called for every page: the plain call is what it needs
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
