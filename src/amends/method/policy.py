"""The policy: every number of the method in one file, each with its source. Not legal advice.

A house keeps `policy.toml`: `extends = "default"` (or another preset) and what it does differently.

>>> load_preset("default").hold.amount
10.0
"""

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any, Literal

import msgspec
from msgspec import Struct

from amends.method.calendar import BadCalendar, Calendar, Shift
from amends.method.words import Rank
from amends.transcript import Money

_MOST_UPDATES = 5
_FULL, _FAR, _MOST_WEIGHT = 1, 30, 10
_LONGEST = 10_000  # of any unit; more is a slip of the finger

Unit = Literal["seconds", "minutes", "hours", "days", "working_hours", "working_days"]


class BadPolicy(ValueError):
    """The policy file cannot be used; the message says where it is wrong and what would be right."""


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """A span of time. Working units follow the calendar; `working_days` end at close of business."""

    amount: float
    unit: Unit
    source: str = ""


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


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """An amount for each rank, in the house's currency; a missing one: no limit."""

    handler: Decimal | None = None
    lead: Decimal | None = None
    admin: Decimal | None = None

    def of(self, rank: Rank | None) -> Decimal | None:
        """Return the limit of this rank; None: no limit. Who has no rank may give nothing."""
        return Decimal(0) if rank is None else getattr(self, rank.value)


class Authority(Limits, frozen=True, forbid_unknown_fields=True):
    """What each rank may give away in one case without asking, and, where `month` says so, in one month."""

    override: bool = True
    source: str = ""
    month: Limits = Limits()

    def limit(self, rank: Rank | None) -> Decimal | None:
        """Return the most that `rank` may give in one case; None: no limit. Who has no rank may give nothing."""
        return self.of(rank)

    def monthly(self, rank: Rank | None) -> Decimal | None:
        """Return the most that `rank` may give in one month; None: no limit."""
        return self.month.of(rank)


class Rate(Struct, frozen=True, forbid_unknown_fields=True):
    """From this day on, one unit of a currency is worth `rate` units of the house's."""

    since: date
    rate: Decimal


class Stake(Struct, frozen=True, forbid_unknown_fields=True):
    """How the value at stake in a case is reckoned.

    `years`, `discount` and `margin` are those of the lifetime value. `most` is how many times more a case can weigh in
    the inbox for what its customer is worth: 1 is not at all. A failure within `again_within` of an earlier one is the
    dangerous second one. The house's own history counts against the published figures as `prior_cases` cases do.
    """

    years: float
    discount: float
    margin: float
    most: float
    again_within: Term
    prior_cases: int
    leaves_after_one: Figure
    leaves_after_several: Figure


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """When the house works; `build` of the calendar explains each field."""

    zone: str = "UTC"
    hours: dict[str, list[str]] = {}
    country: str = ""
    subdivision: str = ""
    closed: list[str] = []

    def calendar(self) -> Calendar:
        """Return the working calendar, or raise `BadCalendar` with a sentence that names the fix."""
        return Calendar.build(
            zone=self.zone,
            hours=self.hours,
            country=self.country,
            subdivision=self.subdivision,
            closed=self.closed,
        )


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
    approval: Term
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
    stake: Stake
    routine_updates: int = 0
    surveys: Literal["all", "reached", "none"] = "all"
    causes: list[str] = []
    legal: dict[str, LegalClock] = {}
    rates: dict[str, list[Rate]] = {}
    extends: str = ""

    def in_house(self, money: Money, at: datetime) -> Decimal | None:
        """Return what `money` is worth in the house's currency on the day of `at`; None where no rate is known."""
        if money.currency == self.currency:
            return money.amount
        known = [r for r in self.rates.get(money.currency, ()) if r.since <= at.date()]
        return money.amount * max(known, key=lambda r: r.since).rate if known else None


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


def load_policy(text: str, where: str = "policy.toml") -> Policy:
    """Return the policy written in `text`: what it says itself over what it `extends`, or raise `BadPolicy`."""
    try:
        own = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadPolicy(f"{where}: {wrong}") from None
    return _convert(_over(_preset(str(own.get("extends") or "default")), own), where=where)


def _preset(name: str) -> dict[str, Any]:
    if name not in presets():
        raise BadPolicy(f"There is no preset {name!r}; there are: {', '.join(presets())}.")
    own = tomllib.loads(files("amends.method").joinpath("presets", f"{name}.toml").read_text("utf-8"))
    return _over(_preset(own["extends"]), own) if own.get("extends") else own


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return `base` with `own` laid over it, table by table; hours are replaced whole, never mixed."""
    both = {
        key: _over(base[key], value)
        if isinstance(value, dict) and isinstance(base.get(key), dict) and key != "hours"
        else value
        for key, value in own.items()
    }
    return base | both


def _convert(raw: dict[str, Any], where: str) -> Policy:
    try:
        policy = msgspec.convert(raw, Policy, strict=False)
    except msgspec.ValidationError as wrong:
        raise BadPolicy(f"{where}: {wrong}") from None
    try:
        policy.calendar.calendar()
    except BadCalendar as wrong:
        raise BadPolicy(f"{where}, [calendar]: {wrong}") from None
    wrong_number = _wrong_number(policy)
    if wrong_number:
        raise BadPolicy(f"{where}: {wrong_number}")
    return policy


def _wrong_number(policy: Policy) -> str:
    """Return what is wrong with the policy's numbers, in one sentence; empty where nothing is."""
    return _wrong_term(policy) or _wrong_call(policy) or _wrong_money(policy)


def _wrong_term(policy: Policy) -> str:
    terms = {f: getattr(policy, f) for f in Policy.__struct_fields__ if isinstance(getattr(policy, f), Term)}
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
    try:
        suits = [Shift.of(words) for words in policy.suits]
    except BadCalendar as wrong:
        return f"suits: {wrong}"
    if not suits:
        return 'suits: say at which hours of the day customers like to be called, such as "09:00-20:00".'
    return ""


def _wrong_money(policy: Policy) -> str:
    for name, limits in (("authority", policy.authority), ("authority.month", policy.authority.month)):
        for rank in Rank:
            limit = limits.of(rank)
            if limit is not None and not (limit.is_finite() and limit >= 0):
                return f"[{name}] {rank.value}: a limit is nothing or more; leave it out for no limit."
    for currency, rates in policy.rates.items():
        if not re.fullmatch("[A-Z]{3}", currency) or currency == policy.currency:
            return f"[rates] {currency}: write another currency than the house's own, in three capital letters."
        if not all(rate.rate.is_finite() and rate.rate > 0 for rate in rates):
            return f"[rates] {currency}: a rate is above nothing: what one {currency} is worth in {policy.currency}."
    stake = policy.stake
    shares = (stake.margin, stake.leaves_after_one.value, stake.leaves_after_several.value)
    if not all(0 <= share <= 1 for share in shares) or not 0 <= stake.discount < _FULL or not 0 < stake.years <= _FAR:
        return "[stake] shares lie between 0 and 1, the discount below 1, and the years above 0 and up to 30."
    if not 1 <= stake.most <= _MOST_WEIGHT or stake.prior_cases < 1:
        return "[stake] most: from 1 (what somebody is worth counts for nothing) to 10; prior_cases: at least 1."
    if not re.fullmatch("[A-Z]{3}", policy.currency):
        return f"currency: {policy.currency!r} is not a currency; write three capital letters, such as EUR."
    return ""
