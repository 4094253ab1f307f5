"""What becomes of our own messages."""

from datetime import datetime

from amends.method.moves.base import Move
from amends.transcript import Span


class HoldMessage(Move, frozen=True):
    """Let a written reply wait until this moment.

    `why` where it offers more than was asked, `item` where it offers a remedy of the catalogue.
    """

    message: str
    until: datetime
    why: Span | None = None
    item: str = ""


class TakeBackMessage(Move, frozen=True):
    """Take a waiting reply back."""

    message: str


class SendMessage(Move, frozen=True):
    """Let our words go out."""

    message: str
    automatic: bool = False


class ReportBounce(Move, frozen=True):
    """Say that a message did not arrive."""

    message: str
    permanent: bool = True


ReplyMove = HoldMessage | TakeBackMessage | SendMessage | ReportBounce
