"""What was fair: whether the about-face resolves a deadlock, and what asking first saved or cost.

A deadlock counts in the month in which it began, an agreement in the month in which it was made. Nothing is made of
fewer than `LEAST`: a share of three says nothing, and one would see whose it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import groupby
from statistics import median
from typing import Final, get_args

import msgspec

from amends.method.facts import (
    AboutFaceAsked,
    BidMade,
    DemandRefused,
    DemandUnwarranted,
    FactTakenBack,
    FinalAnswerGiven,
    OfferAccepted,
    OfferMade,
    OfferRejected,
    OfferThought,
    OptionRaised,
)
from amends.method.words import Remedy
from amends.store.models import JournalEntry
from amends.transcript import Money

LEAST: Final = 5
"""So many make a share or a usual time."""

InHouse = Callable[[Money, datetime], Decimal | None]
"""Money at a time, in the currency of the house; None where no rate is known."""

_Told = (
    AboutFaceAsked
    | BidMade
    | DemandRefused
    | DemandUnwarranted
    | FactTakenBack
    | FinalAnswerGiven
    | OfferAccepted
    | OfferMade
    | OfferRejected
    | OfferThought
    | OptionRaised
)
_facts: Final = msgspec.json.Decoder(_Told)
_STUCK: Final = (DemandRefused, DemandUnwarranted, OfferRejected)
_MARKS: Final = tuple(kind.__name__ for kind in (*_STUCK, AboutFaceAsked, OfferThought))
_WORDS: Final = (Remedy.APOLOGY, Remedy.EXPLANATION, Remedy.HUMAN)
AGREED, FINAL, LEFT, OPEN = "agreed", "final", "left", "open"
FATES: Final = (AGREED, FINAL, LEFT, OPEN)
"""What becomes of a deadlock: an agreement, a final answer, a case closed with neither, nothing so far."""


@dataclass(slots=True)
class Fates:
    """How many deadlocks met each fate."""

    agreed: int = 0
    final: int = 0
    left: int = 0
    open: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """The counts, in the order of `FATES`."""
        return self.agreed, self.final, self.left, self.open

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)

    @property
    def decided(self) -> int:
        """Those that came to an end."""
        return self.total - self.open

    @property
    def rate(self) -> float | None:
        """The part of those decided that ended in an agreement, 0 to 1; None for fewer than `LEAST`."""
        return self.agreed / self.decided if self.decided >= LEAST else None


@dataclass(slots=True)
class Saving:
    """What asking first came to, in the house's currency. `saved` below nothing means that it cost more.

    `cases` are agreements before which somebody noted what they would have given; in `with_bid` of them the customer
    named a sum: `over_bid` is what was given above these sums, `below` how many of them were less than was thought.
    """

    cases: int = 0
    saved: Decimal = Decimal(0)
    with_bid: int = 0
    over_bid: Decimal = Decimal(0)
    below: int = 0

    @property
    def share_below(self) -> float | None:
        """The part of the bids that were below what we would have given; None for fewer than `LEAST`."""
        return self.below / self.with_bid if self.with_bid >= LEAST else None


@dataclass(frozen=True, slots=True)
class Between:
    """How many came so far, and the usual (median) time it took them; None for fewer than `LEAST`."""

    count: int
    usual: timedelta | None


@dataclass(slots=True)
class Month:
    """One month: deadlocks that were turned about, those that were not, and what asking first came to."""

    turned: Fates = field(default_factory=Fates)
    straight: Fates = field(default_factory=Fates)
    saving: Saving = field(default_factory=Saving)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """All of it, and by month, the oldest first. The times count from the question.

    `unknown` agreements had a thought before them, and are left out: what they cost us is not written down, or stands
    in a currency without a rate.
    """

    whole: Month
    months: Sequence[tuple[date, Month]]
    to_option: Between
    to_offer: Between
    to_agreement: Between
    unknown: int


@dataclass(frozen=True, slots=True)
class _Deadlock:
    since: datetime
    asked: datetime | None
    option: datetime | None
    offer: datetime | None
    agreed: datetime | None
    fate: str


def fairness(teams: Sequence[int] | None, *, since: datetime, zone: tzinfo, in_house: InHouse) -> Fairness:
    """Return the figures of these teams' cases (None: of all). One query."""
    whole, months, unknown = Month(), defaultdict[date, Month](Month), 0
    turned = list[_Deadlock]()
    for closed, told in _cases(teams, since):
        deadlock = _deadlock(told, closed=closed)
        if deadlock is not None and deadlock.since >= since:
            for month in (whole, months[_month(deadlock.since, zone)]):
                fates = month.turned if deadlock.asked else month.straight
                setattr(fates, deadlock.fate, getattr(fates, deadlock.fate) + 1)
            turned.extend([deadlock] if deadlock.asked else [])
        agreed, saving = _saving(told, in_house)
        if agreed is None or agreed < since:
            continue
        if saving is None:
            unknown += 1
            continue
        for month in (whole, months[_month(agreed, zone)]):
            _add(month.saving, saving)
    return Fairness(
        whole=whole,
        months=sorted(months.items()),
        to_option=_between((one.asked, one.option) for one in turned),
        to_offer=_between((one.asked, one.offer) for one in turned),
        to_agreement=_between((one.asked, one.agreed) for one in turned),
        unknown=unknown,
    )


def _cases(teams: Sequence[int] | None, since: datetime) -> Iterator[tuple[bool, list[_Told]]]:
    """Yield whether each case is closed, and its facts but for those that were taken back."""
    marked = JournalEntry.objects.filter(kind__in=_MARKS, at__gte=since)
    rows = JournalEntry.objects.filter(kind__in=[kind.__name__ for kind in get_args(_Told)])
    rows = rows.filter(case__in=marked.values("case"))
    if teams is not None:
        rows = rows.filter(case__team__in=teams)
    found = rows.order_by("case_id", "seq").values_list("case_id", "case__status", "seq", "fact").iterator()
    for (_case, status), group in groupby(found, key=lambda row: row[:2]):
        facts = [(seq, _facts.decode(bytes(body))) for _c, _s, seq, body in group]
        back = {fact.seq for _seq, fact in facts if isinstance(fact, FactTakenBack)}
        yield status == "closed", [fact for seq, fact in facts if seq not in back]


def _deadlock(told: Sequence[_Told], *, closed: bool) -> _Deadlock | None:
    """Return the first deadlock of a case. The about-face counts from there on, and so does what came of it."""
    start = next((place for place, fact in enumerate(told) if isinstance(fact, _STUCK)), None)
    if start is None:
        return None
    after = told[start:]
    turn = next((place for place, fact in enumerate(after) if isinstance(fact, AboutFaceAsked)), None)
    rest = after if turn is None else after[turn:]
    end = next((fact for fact in reversed(rest) if isinstance(fact, OfferAccepted | FinalAnswerGiven)), None)
    fate = LEFT if closed else OPEN
    if end is not None:
        fate = AGREED if isinstance(end, OfferAccepted) else FINAL
    return _Deadlock(
        since=after[0].at,
        asked=None if turn is None else after[turn].at,
        option=next((fact.at for fact in rest if isinstance(fact, OptionRaised)), None),
        offer=next((fact.at for fact in rest if isinstance(fact, OfferMade)), None),
        agreed=end.at if isinstance(end, OfferAccepted) else None,
        fate=fate,
    )


def _saving(told: Sequence[_Told], in_house: InHouse) -> tuple[datetime | None, Saving | None]:
    """Return when they agreed, where somebody had noted a thought before, and what it came to; None if not known."""
    accepted = {fact.offer: fact.at for fact in told if isinstance(fact, OfferAccepted)}
    first_bid = next((fact for fact in told if isinstance(fact, BidMade)), None)
    if not accepted or first_bid is None:
        return None, None
    before = told[: told.index(first_bid)]  # what was thought with their wish in mind is no thought of ours
    thought = next((fact for fact in reversed(before) if isinstance(fact, OfferThought)), None)
    if thought is None:
        return None, None
    agreed = max(accepted.values())
    would = _cost(thought, in_house)
    costs = [_cost(fact, in_house) for fact in told if isinstance(fact, OfferMade) and fact.offer in accepted]
    known = [cost for cost in costs if cost is not None]
    if would is None or not costs or len(known) < len(costs):
        return agreed, None
    given, bid = sum(known, Decimal(0)), _cost(first_bid, in_house)
    saving = Saving(cases=1, saved=would - given)
    if bid is not None:
        saving.with_bid, saving.over_bid, saving.below = 1, given - bid, int(bid < would)
    return agreed, saving


def _cost(fact: OfferThought | OfferMade | BidMade, in_house: InHouse) -> Decimal | None:
    """Return what it costs us, at the rate of its day; kind words cost nothing, else somebody has to have said."""
    named = fact.amount if isinstance(fact, BidMade) else fact.cost or fact.amount
    if isinstance(fact, OfferMade):
        named = fact.in_house or named
    if named is None:
        return Decimal(0) if fact.remedy in _WORDS else None
    return in_house(named, fact.at)


def _add(whole: Saving, one: Saving) -> None:
    whole.cases += one.cases
    whole.saved += one.saved
    whole.with_bid += one.with_bid
    whole.over_bid += one.over_bid
    whole.below += one.below


def _between(moments: Iterable[tuple[datetime | None, datetime | None]]) -> Between:
    times = [end - start for start, end in moments if start is not None and end is not None]
    usual = timedelta(seconds=median(time.total_seconds() for time in times)) if len(times) >= LEAST else None
    return Between(len(times), usual)


def _month(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date().replace(day=1)
