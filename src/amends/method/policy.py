"""The policy: every number of the method in one file, each with its source. Not legal advice.

A house keeps `policy.toml`: `extends = "default"` (or another preset) and what it does differently.

>>> load_preset("default").hold.amount
10.0
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any, Literal

import msgspec
from msgspec import Struct

from amends.method.calendar import BadCalendar, Calendar, Shift
from amends.method.calendar.hours import checked_week
from amends.method.words import Rank

_MOST_UPDATES = 5
_SHORTEST_CALL, _LONGEST_CALL = timedelta(minutes=5), timedelta(hours=8)
_LONGEST = 10_000  # of any unit; more is a slip of the finger

Unit = Literal["seconds", "minutes", "hours", "days", "working_hours", "working_days"]


class BadPolicy(ValueError):
    """The policy file cannot be used; the message says where it is wrong and what would be right."""


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """A span of time. Working units follow the calendar; `working_days` end at close of business."""

    amount: float
    unit: Unit
    source: str = ""

    def __str__(self) -> str:
        """Return the span in words, such as `1 working day`."""
        unit = self.unit.replace("_", " ")
        return f"{self.amount:g} {unit.removesuffix('s') if self.amount == 1 else unit}"


class Figure(Struct, frozen=True, forbid_unknown_fields=True):
    """A number that somebody published."""

    value: float
    source: str


class LegalClock(Struct, frozen=True, forbid_unknown_fields=True):
    """A term that the law or a regulator sets. It never pauses. Met by our first word, or by the answer."""

    title: str
    within: Term
    met_by: Literal["first_word", "answer"]
    warn: Term
    source: str = ""


class Authority(Struct, frozen=True, forbid_unknown_fields=True):
    """What each rank may give away in one case without asking, in the house's currency; a missing one: anything."""

    handler: Decimal | None = None
    lead: Decimal | None = None
    admin: Decimal | None = None
    override: bool = True
    source: str = ""

    def limit(self, rank: Rank | None) -> Decimal | None:
        """Return the most that `rank` may give; None: no limit. Who has no rank may give nothing."""
        return Decimal(0) if rank is None else getattr(self, rank.value)


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """When the house works; `build` of the calendar explains each field."""

    zone: str = "UTC"
    hours: dict[str, list[str]] = {}
    country: str = ""
    subdivision: str = ""
    closed: list[str] = []

    def __str__(self) -> str:
        """Return when the house works, in words."""
        hours = "; ".join(f"{days} {', '.join(shifts)}" for days, shifts in self.hours.items())
        place = "-".join(filter(None, (self.country, self.subdivision)))
        closed = f", closed on {', '.join(self.closed)}" if self.closed else ""
        return f"{hours}, {self.zone}" + (f", holidays of {place}" if place else "") + closed

    def calendar(self) -> Calendar:
        """Return the working calendar, or raise `BadCalendar` with a sentence that names the fix."""
        return Calendar.build(
            zone=self.zone,
            hours=self.hours,
            country=self.country,
            subdivision=self.subdivision,
            closed=self.closed,
        )


class Team(Struct, frozen=True, forbid_unknown_fields=True):
    """What one team does differently: it works at its own hours, laid over the house's."""

    calendar: Hours


class Figures(Struct, frozen=True, forbid_unknown_fields=True):
    """The published figures of the method (M12) and of the research behind it."""

    tells_at_least: Figure
    tells_at_most: Figure
    silent_for_each_complaint: Figure
    good_for_one_bad: Figure
    compensation_cap: Figure


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """Every number that the method uses."""

    title: str
    source: str
    checked: str
    currency: str
    calendar: Hours
    hold: Term
    acknowledge: Term
    update: Term
    silence: Term
    snooze_limit: Term
    promise_warning: Term
    promise_escalation: Term
    bid_wait: Term
    callback_opens: Term
    callback_closes: Term
    callback_slot: Term
    callback_retry: Term
    callback_tries: int
    booking_limit: Term
    suits: list[str]
    thanks: Term
    survey: Term
    survey_reminder: Term
    follow_up: Term
    authority: Authority
    figures: Figures
    routine_updates: int = 0
    surveys: Literal["all", "reached", "none"] = "all"
    causes: list[str] = []
    legal: dict[str, LegalClock] = {}
    teams: dict[str, Team] = {}
    extends: str = ""

    def terms(self) -> Iterator[tuple[str, Term]]:
        """Yield each term that is a key of the policy, by its name."""
        fields = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return ((name, value) for name, value in fields if isinstance(value, Term))

    @property
    def slot(self) -> timedelta:
        """How long a booked call is kept free."""
        return timedelta(**{self.callback_slot.unit: self.callback_slot.amount})

    @property
    def shifts_that_suit(self) -> tuple[Shift, ...]:
        """The hours of any day at which calls suit people, by the clock on their wall."""
        return tuple(Shift.of(words) for words in self.suits)


def presets() -> list[str]:
    """Return the names of the presets that come with the product."""
    return sorted(
        f.name.removesuffix(".toml")
        for f in files("amends.method").joinpath("presets").iterdir()
        if f.name != "__init__.py"
    )


def load_preset(name: str) -> Policy:
    """Return a preset by name, or raise `BadPolicy` with the names that there are."""
    return _convert(_preset(name), where=f"the preset {name!r}")


def load_policy(text: str, where: str = "policy.toml", *, extends: str = "") -> Policy:
    """Return the policy written in `text`: what it says itself over what it `extends`, or raise `BadPolicy`.

    `extends` names another preset in place of the one that the text names.
    """
    try:
        own = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadPolicy(f"{where}: {wrong}") from None
    if extends:
        own["extends"] = extends
    return _convert(_over(_preset(str(own.get("extends") or "default")), own), where=where)


def _preset(name: str) -> dict[str, Any]:
    if name not in presets():
        raise BadPolicy(f"There is no preset {name!r}; there are: {', '.join(presets())}.")
    own = tomllib.loads(files("amends.method").joinpath("presets", f"{name}.toml").read_text("utf-8"))
    return _over(_preset(own["extends"]), own) if own.get("extends") else own


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return `base` with `own` laid over it, table by table; hours are replaced whole, never mixed.

    Who names a country names its part as well, or means all of it: a part of another country would make no sense.
    """
    if "country" in own:
        base = {key: value for key, value in base.items() if key != "subdivision"}
    both = {
        key: _over(base[key], value)
        if isinstance(value, dict) and isinstance(base.get(key), dict) and key != "hours"
        else value
        for key, value in own.items()
    }
    return base | both


def _convert(raw: dict[str, Any], where: str) -> Policy:
    try:
        policy = msgspec.convert(_with_teams(raw), Policy, strict=False)
    except msgspec.ValidationError as wrong:
        raise BadPolicy(f"{where}: {wrong}") from None
    hours = {"calendar": policy.calendar} | {f'teams."{n}".calendar': t.calendar for n, t in policy.teams.items()}
    for table, given in hours.items():
        try:
            given.calendar()
        except BadCalendar as wrong:
            raise BadPolicy(f"{where}, [{table}]: {wrong}") from None
    wrong_number = _wrong_number(policy)
    if wrong_number:
        raise BadPolicy(f"{where}: {wrong_number}")
    return policy


def _with_teams(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the policy with each team's hours laid over the house's; what is no table is left for the check of it."""
    teams, house = raw.get("teams"), raw.get("calendar")
    if not isinstance(teams, dict) or not isinstance(house, dict):
        return raw
    laid = {
        name: team | {"calendar": _over(house, team["calendar"])}
        if isinstance(team, dict) and isinstance(team.get("calendar"), dict)
        else team
        for name, team in teams.items()
    }
    return raw | {"teams": laid}


def _wrong_number(policy: Policy) -> str:
    """Return what is wrong with the policy's numbers, in one sentence; empty where nothing is."""
    return _wrong_term(policy) or _wrong_call(policy) or _wrong_money(policy)


def _wrong_term(policy: Policy) -> str:
    terms = dict(policy.terms())
    for name, clock in policy.legal.items():
        terms |= {f"legal.{name}.within": clock.within, f"legal.{name}.warn": clock.warn}
    for name, term in terms.items():
        if not 0 <= term.amount <= _LONGEST:  # not so for `nan` either, which TOML can say
            return f"[{name}] amount: a term is nothing or more, and {_LONGEST} {term.unit} at the most."
        if term.unit in ("days", "working_days") and term.amount != int(term.amount):
            return f"[{name}] amount: days are whole; for a part of one, write hours."
    if not 0 <= policy.routine_updates <= _MOST_UPDATES:
        return f"routine_updates: from 0 (a person writes each one) to {_MOST_UPDATES} in a row."
    return ""


def _wrong_call(policy: Policy) -> str:
    if policy.callback_tries < 1:
        return "callback_tries: a call-back is tried at least once."
    slot = policy.callback_slot
    if slot.unit not in ("minutes", "hours") or not _SHORTEST_CALL <= policy.slot <= _LONGEST_CALL:
        return "[callback_slot]: a call is kept free for some minutes or hours, from 5 minutes to 8 hours."
    if not policy.suits:
        return 'suits: say at which hours of the day customers like to be called, such as "09:00-20:00".'
    try:
        checked_week((policy.shifts_that_suit,) * 7)
    except BadCalendar as wrong:
        return f"suits: {wrong}"
    return ""


def _wrong_money(policy: Policy) -> str:
    for rank in Rank:
        limit = policy.authority.limit(rank)
        if limit is not None and not (limit.is_finite() and limit >= 0):
            return f"[authority] {rank.value}: a limit is nothing or more; leave it out for no limit."
    if not re.fullmatch("[A-Z]{3}", policy.currency):
        return f"currency: {policy.currency!r} is not a currency; write three capital letters, such as EUR."
    return ""
