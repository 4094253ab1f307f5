"""Intercom: conversations as its API and its exports give them.

What began a conversation is its `source` (formerly `conversation_message`); the rest are `conversation_parts`, of which
those of the type `comment` are words to the other side: notes, assignments and the like are left out.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from amends.formats.archives.fields import Record, items, label, moment, person, record, word, words_of_html
from amends.formats.archives.gathering import gather
from amends.formats.archives.jsonfiles import Document, each, listed
from amends.formats.archives.model import Broken, Found
from amends.transcript import Message, Role

_CUSTOMERS = frozenset({"user", "lead", "contact"})
_COMPANY = frozenset({"admin", "team", "bot"})
# How a source came about when no person wrote it for this customer.
_MACHINES = frozenset({"automated", "campaigns_initiated", "operator_initiated"})


def intercom(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield the conversations; anything but JSON lines is held in memory."""
    return each(stream, _conversations)


def _conversations(document: Document) -> Iterator[Found]:
    """Yield the conversations of one document."""
    for one in listed(document.content, "conversations", "data"):
        name = label(one.get("id"))
        place = document.within("conversation", name)
        source = record(one.get("source")) or record(one.get("conversation_message"))
        parts = one.get("conversation_parts")
        listed_parts = items(parts) or items(record(parts).get("conversation_parts"))
        if parts is None and not source:
            yield Broken(place, "It has neither `source` nor `conversation_parts`; export conversations one by one.")
            continue
        yield from gather(
            place,
            name,
            _said(one, source, listed_parts),
            channel=label(source.get("type")),
            closed_at=_closed(one),
        )


def _said(one: Record, source: Record, parts: list[object]) -> Iterator[Message | str | None]:
    """Yield what was said, from the first message on."""
    if source:
        begun = source.get("created_at") or one.get("created_at")
        yield _message(source, begun, automatic=word(source.get("delivered_as")) in _MACHINES)
    for part in map(record, parts):
        yield _message(part, part.get("created_at")) if word(part.get("part_type")) == "comment" else None


def _message(one: Record, at: object, *, automatic: bool = False) -> Message | str | None:
    """Return a message, None where it has no words, or why it cannot be used."""
    text = words_of_html(one.get("body"))
    author = record(one.get("author"))
    kind = word(author.get("type"))
    if not text:
        return None
    if kind not in _CUSTOMERS | _COMPANY:
        return (
            f"its author is of the type “{kind[:40]}”, which is neither a customer nor of the company; mend that type."
        )
    return Message(
        id=label(one.get("id")),
        role=Role.CUSTOMER if kind in _CUSTOMERS else Role.AGENT,
        text=text,
        at=moment(at),
        author=person(author),
        automatic=automatic or kind == "bot",
    )


def _closed(one: Record) -> datetime | None:
    """Return when the conversation was closed for the last time, where it still is."""
    state = word(one.get("state")) or ("open" if one.get("open") is True else "closed")
    return moment(record(one.get("statistics")).get("last_close_at")) if state == "closed" else None
