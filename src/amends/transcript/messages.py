"""A message: who said what to whom, and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Which side of the conversation speaks."""

    CUSTOMER = "customer"
    AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation, as its reader sees it.

    `id` is unique within what is being looked at (a case, a transcript). `text` is the writer's
    own words: quoted text and signatures have been set aside. `at` is aware, or None where a
    transcript gives no time. `automatic` marks auto-replies and bounces: words without a person.
    """

    id: str
    role: Role
    text: str
    at: datetime | None = None
    author: str = ""
    automatic: bool = False
