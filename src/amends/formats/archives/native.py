r"""Amends' own archive: JSON lines, a conversation on each.

    {"id": "7", "channel": "email", "closed_at": "2024-05-03T09:00:00Z", "messages": [
        {"turn": 1, "role": "customer", "at": "2024-05-01T10:00:00Z", "text": "Where is it?", "author": "Jo Lee"},
        {"turn": 2, "role": "agent", "at": "2024-05-01T10:05:00Z", "text": "On its way.", "automatic": true}]}

(on one line). `id`, `role` and `text` are needed; a missing `turn` is the place among the messages, from 1. Times are
ISO 8601, and UTC where they name no zone. Keys that are not named here are ignored. Texts are taken as they are, as the
writer's own words.
"""

from collections.abc import Iterator
from typing import IO

from amends.formats.archives.fields import Record, flag, items, label, moment, record, word
from amends.formats.archives.gathering import gather
from amends.formats.archives.jsonfiles import Document, each, each_line
from amends.formats.archives.model import Broken, Found
from amends.formats.email.charsets import safe
from amends.transcript import Message, Role


def jsonl(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield the conversations of JSON lines."""
    return each_line(stream, conversation)


def array(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield the same conversations of one JSON array, which is held in memory."""
    return each(stream, conversation)


def conversation(document: Document) -> Iterator[Found]:
    """Yield the conversation of one object."""
    top = document.content
    if not isinstance(top.get("messages"), list):
        yield Broken(document.place, "It has no list of `messages`; write each conversation as an object that has one.")
        return
    said = (_message(record(one)) for one in items(top["messages"]))
    yield from gather(
        document.place,
        label(top.get("id")),
        said,
        channel=label(top.get("channel")),
        closed_at=moment(top.get("closed_at")),
    )


def _message(one: Record) -> Message | str:
    """Return a message, or why it is none."""
    role, text = word(one.get("role")), one.get("text")
    if role not in {Role.CUSTOMER, Role.AGENT}:
        return "its `role` is neither customer nor agent; write one of these."
    if not isinstance(text, str):
        return "it has no `text`; write its words there."
    return Message(
        id=label(one.get("turn")),
        role=Role(role),
        text=safe(text),
        at=moment(one.get("at")),
        author=label(one.get("author")),
        automatic=flag(one.get("automatic"), unclear=False),
    )
