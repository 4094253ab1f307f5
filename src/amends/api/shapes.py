"""What goes out. Times are ISO 8601 in UTC; amounts are decimals in a string, with their currency."""

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from amends.method.words import CustomerOutcome, Gate, ProblemOutcome, Remedy, Station, Voice


class Amount(Schema):
    """Money."""

    amount: str
    currency: str


class Person(Schema):
    """One of the staff, or a customer."""

    id: int
    name: str


class Received(Schema):
    """What became of a complaint."""

    case: int
    message: str
    new: bool = Field(description="False where this very complaint was here already.")


class CaseLine(Schema):
    """A case in a list."""

    number: int
    subject: str
    customer: Person
    status: Literal["open", "resolved", "closed", "quiet"]
    station: Station
    upset: int | None = Field(description="0 calm, 1 displeased, 2 frustrated, 3 angry, 4 furious.")
    owner: int | None
    opened_at: datetime
    changed_at: datetime
    waiting_since: datetime | None = Field(description="Since when the customer waits for us; null when they do not.")
    next_due_at: datetime | None
    next_due_kind: str


class CaseList(Schema):
    """A page of cases, newest first."""

    cases: list[CaseLine]
    next: int | None = Field(description="Send it as `before` for the next page; null on the last.")


class Step(Schema):
    """A station of the path."""

    station: Station
    passed: bool
    words: str = Field(description="The sentence that passed it; empty where none did, or where it was erased.")
    source: str = Field(description="The id of the message or note in which that sentence stands.")
    said_by: Voice | None = Field(description="Whether the software read it so, or a person said so.")
    remedy: str = Field(description="What passes it.")


class PromiseOut(Schema):
    """A promise."""

    id: str
    what: str
    status: Literal["proposed", "open", "broken", "kept", "late", "dismissed"]
    owner: Person | None
    due: datetime | None
    kept_at: datetime | None
    moved: int = Field(description="How often the customer was told of another time before it was due.")
    asked: Person | None = Field(description="Who was asked to keep it and has not answered.")


class BidOut(Schema):
    """What the customer asked for."""

    remedy: Remedy
    words: str
    amount: Amount | None
    at: datetime


class OfferOut(Schema):
    """What we offered."""

    id: str
    remedy: Remedy
    words: str
    amount: Amount | None
    status: Literal["open", "accepted", "rejected", "withdrawn"]
    at: datetime


class DeadlineOut(Schema):
    """Something that falls due."""

    kind: str
    at: datetime
    subject: str = Field(description="Which promise, message or legal clock; empty for the case as a whole.")


class MessageOut(Schema):
    """A message of the conversation."""

    id: str
    direction: Literal["in", "out"]
    channel: str
    status: str
    automatic: bool
    at: datetime
    text: str


class Outcomes(Schema):
    """What became of the problem, and of the customer."""

    problem: ProblemOutcome
    customer: CustomerOutcome


class CaseOut(Schema):
    """A case, with its path and what is owed."""

    number: int
    subject: str
    channel: str
    status: Literal["open", "resolved", "closed", "quiet"]
    station: Station
    upset: int | None
    peak: int
    customer: Person
    owner: Person | None
    opened_at: datetime | None
    waiting_since: datetime | None
    resolved_at: datetime | None
    fixed: bool | None = Field(description="Whether the customer says that it is fixed; null while they have not said.")
    closed_at: datetime | None
    seen: int = Field(description="Send it along with a reply: it is refused where somebody was quicker.")
    path: list[Step]
    promises: list[PromiseOut]
    bids: list[BidOut]
    offers: list[OfferOut]
    deadlines: list[DeadlineOut]
    outcomes: Outcomes | None
    messages: list[MessageOut] = Field(description="The newest 100, oldest first.")
    customer_page: str = Field(
        description="What the customer sees on their own page, to look at for a day. Nothing can be said there."
    )


class NoticeOut(Schema):
    """Something that the key's user was told."""

    id: int
    kind: str = Field(description="Such as broken, approval or bad_survey; more may be added.")
    case: int | None
    subject: str = Field(description="Which promise or approval; empty for the case as a whole.")
    at: datetime
    read: bool


class NoticeList(Schema):
    """A page of notices, newest first."""

    notices: list[NoticeOut]
    unread: int = Field(description="How many are unread, of all.")
    next: int | None = Field(description="Send it as `before` for the next page; null on the last.")


class Held(Schema):
    """A reply that waits before it goes out."""

    message: str
    until: datetime


class Draft(Schema):
    """Words that could be sent, and how long the journal was when they were put together."""

    text: str
    seen: int


class Booking(Schema):
    """When the customer is called back."""

    slot: datetime | None = Field(description="The time that was agreed on; null for none.")
    free: list[datetime] = Field(description="The times that they can choose from; none before the fix.")


class Standing(Schema):
    """Where the case stands after a change."""

    number: int
    status: Literal["open", "resolved", "closed", "quiet"]
    station: Station
    seen: int


class Made(Standing):
    """The same, with the id of what was made."""

    id: str


class RefusalOut(Schema):
    """A gate's no."""

    gate: Gate
    why: str
    remedy: str
    asks: Amount | None = Field(default=None, description="The sum that somebody may approve, to pass it.")


class Problem(Schema):
    """What went wrong (application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str
    refusals: list[RefusalOut] = Field(default_factory=list)


class IncidentLine(Schema):
    """An incident in a list."""

    id: str
    title: str
    product: str
    opened_at: datetime
    fixed_at: datetime | None
    cases: int
    open_cases: int


class IncidentList(Schema):
    """Incidents, newest first."""

    incidents: list[IncidentLine]


class ReachedOut(Schema):
    """How far an incident has come, in customers with a case."""

    cases: int
    complained: int = Field(description="How many of them wrote before we did.")
    told: int
    asked: int = Field(description="How many were asked whether it is fixed.")
    yes: int
    no: int


class WrittenOut(Schema):
    """Something written once for many, and what became of its copies."""

    id: str
    kind: Literal["word", "fixed", "outreach"]
    text: str
    author: str
    at: datetime
    waiting: int
    sent: int
    refused: int = Field(description="For a person to write by hand: a gate refused it, or there is no address.")
    skipped: int


class IncidentOut(Schema):
    """An incident."""

    id: str
    title: str
    what: str
    product: str
    began_at: datetime | None
    ended_at: datetime | None
    opened_at: datetime
    fixed_at: datetime | None
    reached: ReachedOut
    written: list[WrittenOut]


class BroadcastOut(Schema):
    """A text for many that is on its way."""

    id: str
    copies: int
