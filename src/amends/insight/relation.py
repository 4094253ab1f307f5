"""What a customer and the house went through together: what they bought, what went wrong, and what they said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import Final

from django.db.models import Count, Q, QuerySet

from amends.insight.texts import Texts
from amends.insight.theirs import Bought, Theirs
from amends.method.state import PromiseStatus, State, Survey
from amends.method.words import CustomerOutcome, ProblemOutcome
from amends.store.models import Customer, Order
from amends.worth.goodwill import Contact, Kind

QUARTERS: Final = 8
GOOD_MARK, BAD_MARK = 4, 2
_QUARTER = timedelta(days=365.25 / 4)
_LOST = frozenset({CustomerOutcome.UNHAPPY, CustomerOutcome.LOST})


@dataclass(frozen=True, slots=True)
class Praise:
    """Words in which they praised us in an earlier case."""

    words: str
    at: datetime
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """All of it, as far as it stands in cases that the reader may see.

    `quarters` counts orders in each quarter of a year, the oldest first, the last ending now. `first` is what they
    bought first, and when; `waited` the most days until something was put right in an earlier case, and when that came
    in. `failures` are earlier complaints. `contacts` and `before` are what goodwill is reckoned from.
    """

    quarters: tuple[int, ...]
    first: tuple[str, datetime] | None
    praise: Sequence[Praise]
    good_surveys: int
    failures: int
    waited: tuple[int, datetime] | None
    contacts: Sequence[Contact]
    before: int


def relation(customer: Customer, theirs: Theirs, *, but: int, now: datetime) -> Relation:
    """Return it, from what is `theirs`; the case with the number `but` is not an earlier one.

    One query for words of praise, and two for somebody with more orders than are read one by one.
    """
    states = [(case.number, case.state) for case in theirs.cases]
    newest = [order for order in theirs.orders if order.price.amount > 0 and order.at <= now]
    all_of_them = Order.objects.filter(customer=customer, amount__gt=0, placed_at__lte=now)
    if theirs.all_orders:
        first = (newest[-1].what, newest[-1].at) if newest else None
    else:
        first = all_of_them.order_by("placed_at", "pk").values_list("what", "placed_at").first()
    earlier = [state for number, state in states if number != but and state.complained_at is not None]
    praise = _praise(states)
    contacts = [*_bought(newest, [state for _number, state in states])]
    contacts += [Contact(said.at, Kind.PRAISE) for said in praise]
    for _number, state in states:
        contacts += _of_case(state)
    return Relation(
        quarters=_quarters([order.at for order in newest] if theirs.all_orders else all_of_them, now),
        first=first,
        praise=[said for said in praise if said.case != but],
        good_surveys=sum(1 for state in earlier if state.survey is not None and is_good(state.survey)),
        failures=len(earlier),
        waited=max((wait for state in earlier if (wait := _waited(state)) is not None), default=None),
        contacts=contacts,
        before=0 if theirs.all_orders else max(0, customer.orders_count - len(newest)),
    )


def is_good(survey: Survey) -> bool:
    """Whether it was good for them: no bad mark, and good ones on the whole."""
    return not is_bad(survey) and fmean(_marks(survey)) >= GOOD_MARK


def is_bad(survey: Survey) -> bool:
    """Whether any mark is bad."""
    return min(_marks(survey)) <= BAD_MARK


def _marks(survey: Survey) -> tuple[int, int, int]:
    return survey.outcome, survey.treatment, survey.process


def _quarters(bought: Sequence[datetime] | QuerySet[Order], now: datetime) -> tuple[int, ...]:
    """Return how many orders each quarter had, from their times or from all of them."""
    since = now - QUARTERS * _QUARTER
    starts = [since + number * _QUARTER for number in range(QUARTERS)]
    if not isinstance(bought, QuerySet):
        return tuple(sum(start < at <= start + _QUARTER for at in bought) for start in starts)
    counts = {
        f"q{number}": Count("pk", filter=Q(placed_at__gt=start, placed_at__lte=start + _QUARTER))
        for number, start in enumerate(starts)
    }
    found = bought.filter(placed_at__gt=since).aggregate(**counts)
    return tuple(found[name] for name in counts)


def _praise(states: Sequence[tuple[int, State]]) -> list[Praise]:
    said = [(number, state.thanked.span) for number, state in states if state.thanked is not None]
    texts = Texts()
    texts.fetch(span.source for _number, span in said)
    found = []
    for number, span in said:
        source, words = texts.source(span.source), texts.words(span)
        if source is not None and words:
            found.append(Praise(words, source.at, number))
    return found


def _bought(newest: Sequence[Bought], states: Sequence[State]) -> Iterator[Contact]:
    """Yield the orders that went well.

    Of those behind a complaint, the complaint is the contact: the order that it names, else the last one before it.
    """
    ill = set()
    for state in states:
        begun = state.complained_at
        if begun is not None:
            ill.add(state.purchase or next((order.number for order in newest if order.at <= begun), ""))
    for order in newest:
        if order.number not in ill:
            yield Contact(order.at, Kind.ORDER)


def _of_case(state: State) -> Iterator[Contact]:
    if state.complained_at is not None:
        yield Contact(state.complained_at, Kind.FAILURE, _mended_at(state))
    for promise in state.promises:
        if promise.status is PromiseStatus.KEPT and promise.kept_at is not None:
            yield Contact(promise.kept_at, Kind.KEPT)
        elif promise.status in (PromiseStatus.BROKEN, PromiseStatus.LATE) and promise.due is not None:
            yield Contact(promise.due, Kind.BROKEN, promise.kept_at)
    survey = state.survey
    if survey is not None and is_bad(survey):
        mended = _mended_at(state)
        yield Contact(survey.at, Kind.BAD_SURVEY, mended if mended is not None and mended > survey.at else None)
    elif survey is not None and is_good(survey):
        yield Contact(survey.at, Kind.SURVEY)


def _mended_at(state: State) -> datetime | None:
    """Return when the complaint was put right; None where it was not, as far as anybody knows."""
    ended = state.outcomes
    ill = state.fixed is False or (
        ended is not None and (ended.customer in _LOST or ended.problem is ProblemOutcome.NOT_FIXED)
    )
    return None if ill else state.resolved_at


def _waited(state: State) -> tuple[int, datetime] | None:
    begun, mended = state.complained_at, _mended_at(state)
    return None if begun is None or mended is None else ((mended - begun).days, begun)
