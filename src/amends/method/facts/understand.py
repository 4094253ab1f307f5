"""Acknowledge, diagnose, ask: what is understood before anything is offered."""

from amends.method.facts.base import Fact
from amends.method.words import Evidence, Remedy
from amends.transcript import Money, Span


class FeelingAcknowledged(Fact, frozen=True):
    """We named what they feel, or what it was like for them."""

    words: Evidence


class CustomerAppreciated(Fact, frozen=True):
    """We said what their custom, patience or loyalty means to us."""

    words: Evidence


class QuestionAsked(Fact, frozen=True):
    """We asked, in order to understand."""

    words: Evidence


class ProblemReadBack(Fact, frozen=True):
    """We said in our own words what we understood, for them to check."""

    words: Evidence


class BasisEstablished(Fact, frozen=True):
    """What the customer expected, what they got, the cause as far as known, and since when."""

    expected: Evidence
    got: Evidence
    cause: Evidence | None = None
    since: Evidence | None = None
    plain: bool = False


class BasisConfirmed(Fact, frozen=True):
    """The customer said that we understood."""

    words: Evidence


class BasisDisputed(Fact, frozen=True):
    """The customer said that we did not understand."""

    words: Evidence


class BidInvited(Fact, frozen=True):
    """We asked what would make it right for them."""

    words: Evidence


class BidMade(Fact, frozen=True):
    """The customer said what would make it right."""

    remedy: Remedy
    words: Evidence
    amount: Money | None = None


class BidLeftToUs(Fact, frozen=True):
    """Asked, the customer left it to us."""

    words: Evidence


class BidUnanswered(Fact, frozen=True):
    """Asked, the customer did not say within the policy's time."""


class DemandUnwarranted(Fact, frozen=True):
    """One of the staff found that no practical remedy is there, or that none is warranted."""

    why: Span


class DemandRefused(Fact, frozen=True):
    """We said no to what they ask for."""

    words: Evidence


class AboutFaceAsked(Fact, frozen=True):
    """We asked what they would do in our place."""

    words: Evidence


class OptionRaised(Fact, frozen=True):
    """What they would do in our place: an option on the negotiation sheet."""

    option: str
    words: Evidence
    remedy: Remedy | None = None
    amount: Money | None = None


UnderstandFact = (
    FeelingAcknowledged
    | CustomerAppreciated
    | QuestionAsked
    | ProblemReadBack
    | BasisEstablished
    | BasisConfirmed
    | BasisDisputed
    | BidInvited
    | BidMade
    | BidLeftToUs
    | BidUnanswered
    | DemandUnwarranted
    | DemandRefused
    | AboutFaceAsked
    | OptionRaised
)
