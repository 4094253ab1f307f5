"""Chatwoot: conversations with their `messages`, or the messages of conversations alone, as its API gives both.

Incoming messages (type 0) are the customer's, outgoing ones (1) and templates (3) the company's; activities (2) and
private notes are left out. Chatwoot does not export when a conversation was closed.
"""

from collections.abc import Iterator
from typing import IO

from amends.formats.archives.fields import Record, flag, hidden, items, label, moment, person, record, word, words
from amends.formats.archives.gathering import gather
from amends.formats.archives.jsonfiles import Document, documents, listed
from amends.formats.archives.model import Broken, Found
from amends.transcript import Message, Role

_ROLES = {
    "0": Role.CUSTOMER,
    "incoming": Role.CUSTOMER,
    "1": Role.AGENT,
    "outgoing": Role.AGENT,
    "3": Role.AGENT,
    "template": Role.AGENT,
}
_ACTIVITY = frozenset({"2", "activity"})
_TEMPLATE = frozenset({"3", "template"})
_PEOPLE = frozenset({"", "contact", "user"})  # other senders are bots and assistants


def chatwoot(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield the conversations; messages that stand alone, and anything but JSON lines, are held in memory."""
    alone: dict[str, list[Record]] = {}
    for document in documents(stream):
        if isinstance(document, Broken):
            yield document
            continue
        for one in _unwrapped(document.content):
            belongs = label(one.get("conversation_id")) or label(record(one.get("conversation")).get("id"))
            if isinstance(one.get("messages"), list):
                yield from _conversation(document, one)
            elif "message_type" in one and belongs:
                alone.setdefault(belongs, []).append(one)
            else:
                why = "It has neither `messages` nor a `message_type`; export conversations with their messages."
                yield Broken(document.within("conversation", label(one.get("id"))), why)
    for name, messages in alone.items():
        yield from gather(f"conversation {name}", name, map(_message, messages))


def _unwrapped(top: Record) -> list[Record]:
    """Return what a document lists: conversations or messages."""
    return listed(record(top.get("data")) or top, "payload", "conversations")


def _conversation(document: Document, one: Record) -> Iterator[Found]:
    """Yield a conversation that holds its messages."""
    name = label(one.get("id"))
    meta = record(one.get("meta"))
    yield from gather(
        document.within("conversation", name),
        name,
        map(_message, map(record, items(one["messages"]))),
        channel=(label(meta.get("channel")) or label(one.get("channel"))).removeprefix("Channel::"),
    )


def _message(one: Record) -> Message | str | None:
    """Return a message that both sides saw, None for another one, or why it cannot be used."""
    kind = word(one.get("message_type"))
    deleted = flag(record(one.get("content_attributes")).get("deleted"), unclear=False)
    if kind in _ACTIVITY or deleted or hidden(one.get("private")):
        return None
    if kind not in _ROLES:
        return f"its `message_type` “{kind[:40]}” is not known; 0 to 3 are."
    sender = record(one.get("sender"))
    return Message(
        id=label(one.get("id")),
        role=_ROLES[kind],
        text=words(one.get("content")),
        at=moment(one.get("created_at")),
        author=person(sender),
        automatic=kind in _TEMPLATE or word(sender.get("type")) not in _PEOPLE,
    )
