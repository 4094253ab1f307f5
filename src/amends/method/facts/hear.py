"""The complaint, whose it is, and how it reads."""

from amends.method.facts.base import Fact
from amends.method.words import Evidence, ThreatKind
from amends.transcript import Money


class CaseOpened(Fact, frozen=True):
    """A complaint came in by this channel."""

    channel: str


class CustomerKnown(Fact, frozen=True):
    """We know whose complaint it is, and how often we had failed them shortly before."""

    customer: str
    failed_before: int = 0


class OwnerAssigned(Fact, frozen=True):
    """One of the staff looks after the case; empty: nobody in particular."""

    owner: str


class MessageReceived(Fact, frozen=True):
    """The customer's words are in.

    An automatic message (out of office, a bounce) is nobody's word; a bare thank-you after the fix needs no answer.
    """

    message: str
    automatic: bool = False
    needs_answer: bool = True


class UpsetRead(Fact, frozen=True):
    """How upset this message is: 0 calm, 1 displeased, 2 frustrated, 3 angry, 4 furious."""

    message: str
    level: int
    words: Evidence | None = None


class ProblemTold(Fact, frozen=True):
    """The customer said what went wrong; `plain` when expected and got both stand in their words."""

    words: Evidence
    plain: bool = False


class EarlierContactTold(Fact, frozen=True):
    """They have been here before: a second failure, a third call."""

    words: Evidence


class LoyaltyTold(Fact, frozen=True):
    """The customer named their loyalty; `years` where they gave a time."""

    words: Evidence
    years: float | None = None


class ThreatMade(Fact, frozen=True):
    """The customer said what they will do if this goes on."""

    kind: ThreatKind
    words: Evidence


class ThanksGiven(Fact, frozen=True):
    """The customer thanked or praised somebody. It never reopens a case."""

    words: Evidence


class IncidentLinked(Fact, frozen=True):
    """It has the same cause as other cases: what is said and done about the incident is for this one, too."""

    incident: str


class IncidentUnlinked(Fact, frozen=True):
    """It has nothing to do with the incident after all."""


class PurchaseNamed(Fact, frozen=True):
    """The complaint is about this purchase; `price` is what was paid for it."""

    purchase: str
    price: Money


class NoteWritten(Fact, frozen=True):
    """One of the staff left a note for the others; the customer never sees it."""

    note: str


HearFact = (
    CaseOpened
    | CustomerKnown
    | OwnerAssigned
    | MessageReceived
    | UpsetRead
    | ProblemTold
    | EarlierContactTold
    | LoyaltyTold
    | ThreatMade
    | ThanksGiven
    | IncidentLinked
    | IncidentUnlinked
    | PurchaseNamed
    | NoteWritten
)
