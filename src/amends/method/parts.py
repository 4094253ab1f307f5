"""What the state of a case is made of: readings, the basis, bids, offers, promises, calls. Names are stored."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from amends.method.words import CallResult, CustomerOutcome, Evidence, ProblemOutcome, Remedy
from amends.transcript import Money, Span


class Reading(Struct, frozen=True):
    """How upset one message was."""

    message: str
    level: int
    at: datetime


class Basis(Struct, frozen=True):
    """The basis of the complaint. It stands once the customer confirmed it, or wrote it plainly."""

    expected: Evidence
    got: Evidence
    cause: Evidence | None
    since: Evidence | None
    plain: bool
    confirmed: Evidence | None = None


class Bid(Struct, frozen=True):
    """What the customer asked for."""

    remedy: Remedy
    words: Evidence
    amount: Money | None
    at: datetime


class Option(Struct, frozen=True):
    """What the customer would do in our place."""

    option: str
    words: Evidence
    remedy: Remedy | None
    amount: Money | None


class OfferStatus(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Offer(Struct, frozen=True):
    """What we offered."""

    offer: str
    remedy: Remedy
    words: Evidence
    amount: Money | None
    cost: Money | None
    why: Span | None
    at: datetime
    giver: str = ""
    item: str = ""
    status: OfferStatus = OfferStatus.OPEN
    answer: Evidence | None = None
    answered_at: datetime | None = None
    in_house: Money | None = None

    def gives(self, bid: Bid) -> bool:
        """Whether this is what the bid asks for: who asks where their agreed refund is does not bid anew."""
        if bid.remedy is not self.remedy:
            return False
        if bid.amount is None or self.amount is None:
            return bid.amount is None
        return bid.amount.currency == self.amount.currency and bid.amount.amount <= self.amount.amount


class Thought(Struct, frozen=True):
    """What one of us would have given before the customer said what they want."""

    remedy: Remedy
    by: str
    amount: Money | None
    cost: Money | None


class Approval(Struct, frozen=True):
    """A wish to give more than one's own limit; `granted` is None until somebody answers, `word` is what they said.

    `why` and `draft` are of who asked: their reason, and what they would write with it.
    """

    approval: str
    cost: Money
    asked_by: str
    asked_at: datetime | None = None
    overdue: bool = False
    granted: bool | None = None
    answered_by: str = ""
    why: Span | None = None
    draft: Span | None = None
    word: Span | None = None


class FinalAnswer(Struct, frozen=True):
    """What we can and cannot do, why, and where else they can turn."""

    why: Span
    elsewhere: Span
    at: datetime


class PromiseStatus(StrEnum):
    """What became of a promise. Open and broken ones are still owed."""

    PROPOSED = "proposed"
    OPEN = "open"
    BROKEN = "broken"
    KEPT = "kept"
    LATE = "late"
    DISMISSED = "dismissed"


class Promise(Struct, frozen=True):
    """What was promised, by whom, for when. A proposed one may have no owner and no due time yet."""

    promise: str
    what: Span
    status: PromiseStatus
    owner: str
    due: datetime | None
    made_at: datetime
    warned: bool = False
    moved: int = 0
    kept_at: datetime | None = None
    broken: bool = False
    """Whether it was ever broken: kept after that, it is late, whatever was agreed on in between."""
    escalated: bool = False
    """Whether those who lead were told that it is broken and not made good."""
    asked: str = ""
    """Who was asked to keep it and has not answered."""

    @property
    def owed(self) -> bool:
        """Whether the customer still waits for this."""
        return self.status in (PromiseStatus.OPEN, PromiseStatus.BROKEN)


class Held(Struct, frozen=True):
    """A reply that waits before it goes out."""

    message: str
    until: datetime
    why: Span | None = None
    item: str = ""


class Snooze(Struct, frozen=True):
    """Until when there is nothing to say, why, in words for the customer, and when we said so."""

    until: datetime
    why: Span
    at: datetime


class Call(Struct, frozen=True):
    """One try at the call-back."""

    result: CallResult
    at: datetime
    note: Span | None


class Outcomes(Struct, frozen=True):
    """Both outcomes of the case."""

    problem: ProblemOutcome
    customer: CustomerOutcome


class Survey(Struct, frozen=True):
    """How it was for them, 1 to 5 each; and what comes of it."""

    outcome: int
    treatment: int
    process: int
    buy_again: bool | None
    recommend: bool | None
    at: datetime
    words: Span | None = None
