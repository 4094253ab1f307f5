"""A case with a journal, written straight into the store: what actions do, without them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from amends.method.calendar import Calendar
from amends.method.facts import (
    AnyFact,
    ApprovalAsked,
    CaseOpened,
    CustomerKnown,
    MessageReceived,
    PromiseMade,
    PromiseProposed,
    UpsetRead,
)
from amends.method.policy import load_preset
from amends.method.state import State
from amends.method.words import Actor, Rank, Side
from amends.store import journal
from amends.store.audit import differences
from amends.store.models import Case
from amends.testing import MONDAY, make_customer, make_staff, make_team
from amends.transcript import Money, Span

POLICY = load_preset("default")
CALENDAR: Calendar = POLICY.calendar.calendar()
HANDLER = Actor(Side.STAFF, "1", Rank.HANDLER)


def later(**span: float) -> datetime:
    return MONDAY + timedelta(**span)


def new_case(number: int = 1, team: str = "Front desk") -> Case:
    """Return a case row without a journal."""
    return Case.objects.create(
        team=make_team(team),
        customer=make_customer(),
        token=f"t{number}",
        channel="email",
        opened_at=MONDAY,
        changed_at=MONDAY,
    )


def write(case: Case, *facts: AnyFact) -> State:
    """Append facts, as one write."""
    return journal.append(case, facts, by=HANDLER, policy=POLICY, calendar=CALENDAR)


def opened(level: int = 3, at: datetime = MONDAY) -> Sequence[AnyFact]:
    """Return the facts of a complaint that came in."""
    return (
        CaseOpened(at=at, channel="email"),
        CustomerKnown(at=at, customer="7"),
        MessageReceived(at=at, message="m1"),
        UpsetRead(at=at, message="m1", level=level),
    )


def keeper() -> str:
    """Return the id of somebody on the staff who can own things."""
    return str(make_staff("Jonas Weber", make_team()).id)


def proposed(name: str = "p1", at: datetime = MONDAY) -> PromiseProposed:
    return PromiseProposed(at=at, promise=name, what=Span("r1", 0, 9))


def promised(owner: str, name: str = "p1", at: datetime = MONDAY) -> PromiseMade:
    return PromiseMade(at=at, promise=name, what=Span("r1", 0, 9), owner=owner, due=at + timedelta(days=2))


def asked(name: str = "a1", asker: str = "", amount: str = "500") -> ApprovalAsked:
    return ApprovalAsked(at=MONDAY, approval=name, cost=Money(Decimal(amount), "USD"), asked_by=asker)


def audit() -> list[str]:
    """Return every difference between the rows and what the journals give."""
    return list(differences(policy=POLICY, calendar_of=lambda _case: CALENDAR))
