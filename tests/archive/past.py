"""Past conversations to review: small, and with something to find in each."""

from datetime import UTC, datetime

from amends.archive.settings import Settings
from amends.transcript import Conversation, Message, Role

SETTINGS = Settings(codes=("A301", "A303", "F201"))


def conversation(name: str) -> Conversation:
    """Return a conversation with an angry question, and an answer after four days that promises something some day."""
    asked = Message(
        id="1",
        role=Role.CUSTOMER,
        text="I am furious! My router has been dead since this morning and I work from home.",
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )
    answered = Message(
        id="a2",
        role=Role.AGENT,
        text="Hello Sam, we will get back to you shortly.",
        at=datetime(2026, 3, 6, 9, tzinfo=UTC),
        author="Ada",
    )
    return Conversation(id=name, messages=(asked, answered), channel="email", closed_at=answered.at)


def conversations(count: int) -> list[Conversation]:
    return [conversation(str(number)) for number in range(count)]
