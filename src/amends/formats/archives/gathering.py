"""Messages as a system tells them into a conversation as the other rooms expect it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from amends.formats.archives.model import Broken, Found
from amends.transcript import Conversation, Message

_FIRST = datetime.min.replace(tzinfo=UTC)


def gather(
    place: str, name: str, said: Iterable[Message | str | None], *, channel: str = "", closed_at: datetime | None = None
) -> Iterator[Found]:
    """Yield the conversation with the id `name`, and what could not be used of it.

    `said` are its messages as they stand in the file: None for one that is left out on purpose (a note among
    colleagues), a sentence for one that cannot be used. Messages without words are left out. One without an id gets
    its place, from 1; ids that come twice are told apart (`7`, `7.2`). The order is that of time; a message without a
    time stays behind the one that it follows in the file.
    """
    if not name:
        yield Broken(place, "It has no id; export it again together with its id.")
        return
    messages: list[Message] = []
    lost, why = 0, ""
    for number, one in enumerate(said, 1):
        if isinstance(one, str):
            lost, why = lost + 1, why or f"message {number}: {one}"
        elif one is not None and one.text.strip():
            messages.append(one if one.id else replace(one, id=str(number)))
    if lost:
        yield Broken(place, f"{lost} of its messages could not be used. {why[0].upper()}{why[1:]}")
    if messages:
        ordered = tuple(_told_apart(_by_time(messages)))
        yield Conversation(id=name, messages=ordered, channel=channel, closed_at=closed_at, place=place)
    elif not lost:
        yield Broken(place, "It holds no words between a customer and the company; leave it out of the archive.")


def _by_time(messages: list[Message]) -> list[Message]:
    """Return the messages, the oldest first."""
    keys: list[datetime] = []
    latest = _FIRST
    for message in messages:
        latest = message.at or latest
        keys.append(latest)
    return [messages[at] for at in sorted(range(len(messages)), key=keys.__getitem__)]


def _told_apart(messages: list[Message]) -> Iterator[Message]:
    """Yield the messages, each with an id of its own."""
    taken = {message.id for message in messages}
    seen: dict[str, int] = {}
    for message in messages:
        count = seen.get(message.id, 0) + 1
        name = message.id
        while count > 1 and (name := f"{message.id}.{count}") in taken:
            count += 1
        seen[message.id] = count
        taken.add(name)
        yield message if name == message.id else replace(message, id=name)
