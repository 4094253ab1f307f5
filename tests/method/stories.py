"""What happened to Maya, as far as each test needs it. Every function takes the moment at which all of it happened."""

from datetime import datetime

from amends.method.facts import (
    AnyFact,
    BasisEstablished,
    BidMade,
    CallbackMade,
    CaseClosed,
    CaseOpened,
    CaseResolved,
    CustomerKnown,
    FeelingAcknowledged,
    MessageReceived,
    MessageSent,
    OfferAccepted,
    OfferMade,
    OutcomesRecorded,
    PromiseMade,
    PromiseProposed,
    UpsetRead,
)
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome, Remedy
from amends.transcript import Span
from tests.method.given import NOW, later, money, said

# ── One fact each ────────────────────────────────────────────────────────────────────────────────


def upset(level: int, message: str = "m1", at: datetime = NOW) -> UpsetRead:
    return UpsetRead(at=at, message=message, level=level)


def wrote(message: str = "m2", at: datetime = NOW) -> MessageReceived:
    return MessageReceived(at=at, message=message)


def answered(message: str = "r1", at: datetime = NOW) -> MessageSent:
    return MessageSent(at=at, message=message)


def named(at: datetime = NOW) -> FeelingAcknowledged:
    return FeelingAcknowledged(at=at, words=said("r1"))


def basis(at: datetime = NOW, *, plain: bool = True) -> BasisEstablished:
    return BasisEstablished(at=at, expected=said(end=5), got=said(start=6), cause=said("r1"), plain=plain)


def bid(amount: float | None = None, remedy: Remedy = Remedy.REFUND, at: datetime = NOW) -> BidMade:
    return BidMade(at=at, remedy=remedy, words=said(), amount=None if amount is None else money(amount))


def offered(
    name: str = "o1", amount: float | None = None, remedy: Remedy = Remedy.REFUND, at: datetime = NOW
) -> OfferMade:
    cost = None if amount is None else money(amount)
    return OfferMade(at=at, offer=name, remedy=remedy, words=said("r2"), amount=cost, cost=cost)


def accepted(name: str = "o1", at: datetime = NOW) -> OfferAccepted:
    return OfferAccepted(at=at, offer=name, words=said("m2"))


def promised(name: str = "p1", due: datetime | None = None, at: datetime = NOW) -> PromiseMade:
    """Return Jonas's promise, for Wednesday at ten unless told otherwise."""
    return PromiseMade(at=at, promise=name, what=Span("r2", 0, 9), owner="jonas", due=due or later(days=2))


def proposed(name: str = "p1", at: datetime = NOW) -> PromiseProposed:
    return PromiseProposed(at=at, promise=name, what=Span("r2", 0, 9))


def called(result: CallResult = CallResult.REACHED, at: datetime = NOW) -> CallbackMade:
    return CallbackMade(at=at, result=result, note=Span("call", 0, 20))


def outcomes(
    customer: CustomerOutcome = CustomerOutcome.CONTENT,
    problem: ProblemOutcome = ProblemOutcome.FIXED,
    at: datetime = NOW,
) -> OutcomesRecorded:
    return OutcomesRecorded(at=at, problem=problem, customer=customer)


# ── The story, further and further ───────────────────────────────────────────────────────────────


def opened(at: datetime = NOW) -> list[AnyFact]:
    """Maya wrote, and nobody has read how she feels."""
    return [
        CaseOpened(at=at, channel="email"),
        CustomerKnown(at=at, customer="maya"),
        MessageReceived(at=at, message="m1"),
    ]


def understood(at: datetime = NOW) -> list[AnyFact]:
    """She was angry and was heard, the basis stands, and she asked for 80: everything is ready for an offer."""
    return [*opened(at), upset(3, at=at), answered(at=at), named(at), basis(at), bid(80, at=at)]


def agreed(at: datetime = NOW) -> list[AnyFact]:
    """She took an offer of 80."""
    return [*understood(at), offered(amount=80, at=at), accepted(at=at)]


def resolved(at: datetime = NOW) -> list[AnyFact]:
    return [*agreed(at), CaseResolved(at=at)]


def called_back(at: datetime = NOW) -> list[AnyFact]:
    """Jonas called and all is well: only closing is left."""
    return [*resolved(at), called(at=at), outcomes(at=at)]


def closed(at: datetime = NOW) -> list[AnyFact]:
    return [*called_back(at), CaseClosed(at=at)]
