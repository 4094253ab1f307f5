"""Acts by hand, not by the reader: what each of them would mean, whoever reads it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from amends.hearing import hear, weigh
from amends.method.calendar import Calendar
from amends.method.evolve import fold
from amends.method.facts import (
    AboutFaceAsked,
    AnyFact,
    BidInvited,
    CaseClosed,
    CaseOpened,
    CaseResolved,
    OfferAccepted,
    OfferMade,
    ProblemReadBack,
    ProblemTold,
)
from amends.method.moves import AnyMove
from amends.method.state import State
from amends.method.words import Evidence, Remedy
from amends.reading import Act, ActKind, Answer, Reading
from amends.transcript import Message, Money, Role, Span

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
OFFICE = Calendar.build(zone="UTC", hours={"mon-fri": ["09:00-17:00"]})
THEIRS = Message(id="m9", role=Role.CUSTOMER, text="0123456789 0123456789 0123456789")
OURS = Message(id="r9", role=Role.AGENT, text="0123456789 0123456789 0123456789")


def act(spoken: ActKind, start: int = 0, **more: Any) -> Act:
    return Act(act=spoken, start=start, end=start + 5, **more)


def read(*acts: Act, upset: int | None = 1, yes: bool | None = None, left: tuple[int, int] | None = None) -> Reading:
    answer = None if yes is None else Answer(yes=yes, start=0, end=3)
    return Reading(upset=upset, acts=acts, answer=answer, left_to_us=left)


def words(start: int = 0, end: int | None = None, source: str = "m9") -> Evidence:
    return Evidence(Span(source, start, start + 5 if end is None else end))


def money(amount: str, currency: str = "USD") -> Money:
    return Money.of(amount, currency)


def state(*facts: AnyFact) -> State:
    """Return an open case in which these facts happened."""
    return fold([CaseOpened(at=NOW - timedelta(days=3), channel="email"), *facts])


def heard(before: State, reading: Reading, message: Message = THEIRS) -> list[AnyMove]:
    """Return what the message means, without its coming in and its upset."""
    return [m for m in hear(before, message, reading) if type(m).__name__ not in {"ReceiveMessage", "ReadUpset"}]


def weighed(before: State, *acts: Act, at: datetime = NOW, owner: str = "7", why: Span | None = None) -> list[AnyMove]:
    return weigh(before, OURS, Reading(upset=None, acts=acts), at=at, calendar=OFFICE, owner=owner, why=why)


TOLD = ProblemTold(at=NOW, words=words(source="m1"))
READ_BACK = ProblemReadBack(at=NOW, words=words(source="r1"))
INVITED = BidInvited(at=NOW, words=words(source="r1"))
OFFERED = OfferMade(at=NOW, offer="o1", remedy=Remedy.REFUND, words=words(source="r2"), amount=money("40"))
OFFERED_MORE = OfferMade(at=NOW, offer="o2", remedy=Remedy.REFUND, words=words(source="r3"), amount=money("60"))
TAKEN = OfferAccepted(at=NOW, offer="o1", words=words(source="m2"))
TURNED = AboutFaceAsked(at=NOW, words=words(source="r2"))
RESOLVED = CaseResolved(at=NOW)
CLOSED = CaseClosed(at=NOW)
