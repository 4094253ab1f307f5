"""What comes in, and how it reads."""

from amends.method.moves.base import Move
from amends.method.words import Evidence, ThreatKind
from amends.transcript import Money


class OpenCase(Move, frozen=True):
    """A complaint comes in by this channel."""

    channel: str


class IdentifyCustomer(Move, frozen=True):
    """Say whose complaint it is, and how many others of theirs came in within `again_within` of the policy."""

    customer: str
    failed_before: int = 0


class AssignOwner(Move, frozen=True):
    """Give the case to one of the staff; empty: to nobody in particular."""

    owner: str


class ReceiveMessage(Move, frozen=True):
    """Take in the customer's words."""

    message: str
    automatic: bool = False
    needs_answer: bool = True


class ReadUpset(Move, frozen=True):
    """Say how upset a message is, 0 to 4."""

    message: str
    level: int
    words: Evidence | None = None


class TellProblem(Move, frozen=True):
    """The customer says what went wrong."""

    words: Evidence
    plain: bool = False


class TellEarlierContact(Move, frozen=True):
    """The customer says that they were here before."""

    words: Evidence


class TellLoyalty(Move, frozen=True):
    """The customer names their loyalty."""

    words: Evidence
    years: float | None = None


class Threaten(Move, frozen=True):
    """The customer says what they will do."""

    kind: ThreatKind
    words: Evidence


class GiveThanks(Move, frozen=True):
    """The customer thanks somebody."""

    words: Evidence


class LinkIncident(Move, frozen=True):
    """Say that it has the same cause as other cases."""

    incident: str


class UnlinkIncident(Move, frozen=True):
    """Say that it has not."""


class NamePurchase(Move, frozen=True):
    """Say which purchase the complaint is about, and what was paid for it."""

    purchase: str
    price: Money


class WriteNote(Move, frozen=True):
    """Leave a note for the others."""

    note: str


HearMove = (
    OpenCase
    | IdentifyCustomer
    | AssignOwner
    | ReceiveMessage
    | ReadUpset
    | TellProblem
    | TellEarlierContact
    | TellLoyalty
    | Threaten
    | GiveThanks
    | LinkIncident
    | UnlinkIncident
    | NamePurchase
    | WriteNote
)
