"""What is true of a case now: the fold of its facts. Nothing here decides anything."""

from datetime import datetime, timedelta

from msgspec import Struct

from amends.method.parts import (
    Approval,
    Basis,
    Bid,
    Call,
    FinalAnswer,
    Held,
    Offer,
    OfferStatus,
    Option,
    Outcomes,
    Promise,
    PromiseStatus,
    Reading,
    Snooze,
    Survey,
    Thought,
)
from amends.method.words import CallResult, Evidence, ThreatKind
from amends.transcript import Money, Span

__all__ = [
    "OUTREACH",
    "UPSET",
    "Approval",
    "Basis",
    "Bid",
    "Call",
    "FinalAnswer",
    "Held",
    "Offer",
    "OfferStatus",
    "Option",
    "Outcomes",
    "Promise",
    "PromiseStatus",
    "Reading",
    "Snooze",
    "State",
    "Survey",
    "Thought",
]

OUTREACH = "outreach"
"""The channel of a case that began with a word of ours: we wrote before they had to."""

UPSET = 2
"""From this level (frustrated) a feeling has to be named before anything else."""


class State(Struct, frozen=True, kw_only=True):
    """A case. Times are aware and in UTC; `None` means that it has not happened.

    `waiting_since` is set while the next step is ours, from the moment it became ours. `called` holds what the
    clock has already called, so that a tick calls each thing once.
    """

    seq: int = 0
    opened_at: datetime | None = None
    channel: str = ""
    customer: str = ""
    failed_before: int = 0
    """How many other complaints of theirs had come in shortly before this one."""
    owner: str = ""
    incident: str = ""
    purchase: str = ""
    price: Money | None = None
    """What was paid for the purchase that the complaint is about."""

    temperature: tuple[Reading, ...] = ()
    problem: Evidence | None = None
    earlier_contact: Evidence | None = None
    loyalty: Evidence | None = None
    loyalty_years: float | None = None
    spoke_at: datetime | None = None
    """When they first wrote to us, or told us that something is not fixed."""
    threats: tuple[tuple[ThreatKind, Evidence], ...] = ()
    thanked: Evidence | None = None

    held: Held | None = None
    last_word_at: datetime | None = None
    waiting_since: datetime | None = None
    longest_silence: timedelta = timedelta()
    routine_updates: int = 0
    """How often the desk itself told them how things stand, since a person last wrote."""
    routine_at: datetime | None = None
    snoozed: Snooze | None = None
    put_off: Snooze | None = None
    """What they were told about the wait. It stands until they hear from us, whether or not we look again before."""
    bounced: bool = False

    unheard: int = 0
    """The highest level of upset since a feeling was last named."""
    unheard_since: datetime | None = None
    heard: int = 0
    """How many readings of the temperature were there when a feeling was last named."""
    acknowledged: Evidence | None = None
    appreciated: Evidence | None = None

    asked: Evidence | None = None
    read_back: Evidence | None = None
    basis: Basis | None = None

    bid_invited: Evidence | None = None
    bid_invited_at: datetime | None = None
    bids: tuple[Bid, ...] = ()
    bid_left_to_us: Evidence | None = None
    bid_unanswered: bool = False
    unwarranted: Span | None = None
    refused: tuple[Evidence, ...] = ()
    about_face: Evidence | None = None
    options: tuple[Option, ...] = ()

    instructed: Evidence | None = None
    thought: Thought | None = None
    offers: tuple[Offer, ...] = ()
    approvals: tuple[Approval, ...] = ()
    final_answer: FinalAnswer | None = None

    promises: tuple[Promise, ...] = ()
    updated: Evidence | None = None
    resolved_at: datetime | None = None
    fix_asked_at: datetime | None = None
    fixed: bool | None = None
    fix_words: Evidence | None = None
    reopened: int = 0

    call_at: datetime | None = None
    """When the customer wants to be called back, where they said so."""
    calls: tuple[Call, ...] = ()
    outcomes: Outcomes | None = None
    closed_at: datetime | None = None
    thanks_line: Span | None = None
    thanks_sent_at: datetime | None = None
    survey_sent_at: datetime | None = None
    survey_reminded_at: datetime | None = None
    survey: Survey | None = None
    survey_declined: bool = False
    root_cause: str = ""
    followed: bool = False
    bought_again: bool | None = None
    recommends: bool | None = None

    overrides: int = 0
    called: frozenset[str] = frozenset()

    @property
    def upset(self) -> int | None:
        """The level of the customer's last message; None before the first was read."""
        return self.temperature[-1].level if self.temperature else None

    @property
    def peak(self) -> int:
        """The highest level so far."""
        return max((reading.level for reading in self.temperature), default=0)

    @property
    def complained_at(self) -> datetime | None:
        """Since when there is a complaint: where we wrote first, there is none before a word or a no of theirs."""
        return self.spoke_at if self.channel == OUTREACH else self.opened_at

    @property
    def failed_again(self) -> bool:
        """Whether this is not the first failure: they complained shortly before, say so, or it was not fixed."""
        return self.failed_before > 0 or self.earlier_contact is not None or self.reopened > 0

    @property
    def asked_whether_fixed(self) -> bool:
        """Whether a yes or a no of theirs is about the fix."""
        return self.resolved_at is not None or self.fix_asked_at is not None

    @property
    def established(self) -> bool:
        """Whether the basis of the complaint stands: plainly told, or read back and confirmed."""
        return self.basis is not None and (self.basis.plain or self.basis.confirmed is not None)

    @property
    def bid_settled(self) -> bool:
        """Whether the customer bid, or was asked for a bid in vain."""
        return bool(self.bids) or self.bid_left_to_us is not None or self.bid_unanswered

    @property
    def open_offer(self) -> Offer | None:
        """The newest offer that waits for an answer."""
        return next((o for o in reversed(self.offers) if o.status is OfferStatus.OPEN), None)

    @property
    def agreement(self) -> Offer | None:
        """The newest offer that the customer took, unless they bid anew since."""
        taken = next((o for o in reversed(self.offers) if o.status is OfferStatus.ACCEPTED), None)
        if taken is None or taken.answered_at is None:
            return taken
        anew = any(bid.at > taken.answered_at and not taken.gives(bid) for bid in self.bids)
        return None if anew else taken

    @property
    def owed(self) -> tuple[Promise, ...]:
        """The promises that the customer waits for."""
        return tuple(p for p in self.promises if p.owed)

    @property
    def settled(self) -> bool:
        """Whether there is an agreement or a final answer."""
        return self.agreement is not None or self.final_answer is not None

    @property
    def deadlock(self) -> bool:
        """Whether the two sides are stuck: an offer or a demand was turned down and nothing has moved since.

        An offer that waits for its answer has moved it; after a final answer, or in a closed case, there is nothing
        left to negotiate.
        """
        if self.settled or self.open_offer is not None or self.closed_at is not None:
            return False
        if self.unwarranted is not None or self.refused:
            return True
        return bool(self.offers) and self.offers[-1].status is OfferStatus.REJECTED

    @property
    def called_back(self) -> bool:
        """Whether the call-back is done: they were reached, declined it, or prefer to write."""
        return any(c.result not in (CallResult.NOT_REACHED, CallResult.NOT_FIXED) for c in self.calls)

    @property
    def ours(self) -> bool:
        """Whether the next step is the company's."""
        return self.waiting_since is not None or bool(self.owed)

    @property
    def survey_open(self) -> bool:
        """Whether the customer has been asked how it was, since the last resolution, and has not said."""
        if self.survey_sent_at is None or self.survey_declined:
            return False
        return self.survey is None or self.survey.at < self.survey_sent_at

    def promise(self, promise: str) -> Promise | None:
        """Return the promise with this id."""
        return next((p for p in self.promises if p.promise == promise), None)

    def offer(self, offer: str) -> Offer | None:
        """Return the offer with this id."""
        return next((o for o in self.offers if o.offer == offer), None)
