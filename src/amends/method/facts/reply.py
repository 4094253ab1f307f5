"""What becomes of our own messages."""

from datetime import datetime

from amends.method.facts.base import Fact
from amends.transcript import Span


class MessageHeld(Fact, frozen=True):
    """A reply is written and waits until this moment before it goes out; it can still be taken back.

    `why` is the reason given where it offers more than was asked; `item` the remedy of the catalogue that it offers.
    """

    message: str
    until: datetime
    why: Span | None = None
    item: str = ""


class MessageTakenBack(Fact, frozen=True):
    """The reply was taken back before it went out: nobody saw it."""

    message: str


class MessageSent(Fact, frozen=True):
    """Our words are on their way to the customer."""

    message: str
    automatic: bool = False


class MessageBounced(Fact, frozen=True):
    """What we sent did not arrive."""

    message: str
    permanent: bool = True


ReplyFact = MessageHeld | MessageTakenBack | MessageSent | MessageBounced
