"""A conversation that is past, or a part of one: messages in the order of time."""

from dataclasses import dataclass, field
from datetime import datetime

from amends.transcript.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Messages of one case, the oldest first. `channel` and `closed_at` (aware) are empty where nobody told.

    `file` and `place` ("line 12", "ticket 4711") say where it was read from; they make no difference between two.
    """

    id: str
    messages: tuple[Message, ...]
    channel: str = ""
    closed_at: datetime | None = None
    file: str = field(default="", compare=False)
    place: str = field(default="", compare=False)
