"""What a policy is made of: terms, limits, rates and figures, each with its source."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Literal

from msgspec import Struct

from amends.method.calendar import Calendar, Shift
from amends.method.policy.rates import Rate, Table
from amends.method.words import Rank
from amends.transcript import Money

Unit = Literal["seconds", "minutes", "hours", "days", "working_hours", "working_days"]


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


class Stake(Struct, frozen=True, forbid_unknown_fields=True):
    """How the value at stake in a case is reckoned.

    `years`, `discount` and `margin` are those of the lifetime value. `most` is how many times more a case can weigh in
    the inbox for what its customer is worth: 1 is not at all; with `doubles_at` at stake, in the house's currency, it
    weighs twice. A failure within `again_within` of an earlier one is the
    dangerous second one. The house's own history counts against the published figures as `prior_cases` cases do.
    """

    years: float
    discount: float
    margin: float
    most: float
    doubles_at: float
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


class Policy(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Every number that the method uses. `dict` lets the table of rates be made once."""

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
    rates_last: Term
    authority: Authority
    figures: Figures
    stake: Stake
    routine_updates: int = 0
    surveys: Literal["all", "reached", "none"] = "all"
    causes: list[str] = []
    legal: dict[str, LegalClock] = {}
    teams: dict[str, Team] = {}
    rates: dict[str, list[Rate]] = {}
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

    def may_approve(self, rank: Rank | None, cost: Money, at: datetime) -> bool:
        """Whether somebody of this rank may say yes to `cost`: they lead, and may give as much themselves."""
        if rank is None or rank is Rank.HANDLER:
            return False
        limits = [most for most in (self.authority.limit(rank), self.authority.monthly(rank)) if most is not None]
        worth = self.in_house(cost, at)
        return not limits or (worth is not None and worth <= min(limits))

    @cached_property
    def _table(self) -> Table:
        return Table(self.rates)

    def rate(self, currency: str, at: datetime) -> Rate | None:
        """Return what another currency is worth in the house's on the day of `at`; None where nobody knows."""
        return self._table.at(currency, at.date())

    def in_house(self, money: Money, at: datetime) -> Decimal | None:
        """Return what `money` is worth in the house's currency on the day of `at`; None where no rate is known."""
        if money.currency == self.currency:
            return money.amount
        found = self.rate(money.currency, at)
        return None if found is None else money.amount * found.rate

    def exchanged(self, money: Money, at: datetime) -> Money | None:
        """Return what money of another currency comes to in the house's, to the coin; None for the house's own."""
        known = self.in_house(money, at)
        return None if known is None or money.currency == self.currency else Money(known, self.currency).rounded
