"""Help Scout: conversations with their threads, as its API 2 and 3 embed them (API 1: under `item` or `items`).

Threads of the type `customer` are the customer's, `message` and `reply` the company's, and a `chat` is whoever wrote
it. Notes, line items, forwarded threads and all that is not published are left out.
"""

from collections.abc import Iterator
from typing import IO

from amends.formats.archives.fields import Record, items, label, moment, person, record, word, words_of_html
from amends.formats.archives.gathering import gather
from amends.formats.archives.jsonfiles import Document, each, listed
from amends.formats.archives.model import Broken, Found
from amends.transcript import Message, Role

_CUSTOMER, _COMPANY, _EITHER = "customer", frozenset({"message", "reply"}), "chat"


def helpscout(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield the conversations; anything but JSON lines is held in memory."""
    return each(stream, _conversations)


def _conversations(document: Document) -> Iterator[Found]:
    """Yield the conversations of one document."""
    top = document.content
    for one in _unwrapped(top):
        name = label(one.get("id")) or label(one.get("number"))
        place = document.within("conversation", name)
        embedded = record(one.get("_embedded")).get("threads")
        threads = embedded if isinstance(embedded, list) else one.get("threads")
        if not isinstance(threads, list):
            yield Broken(place, "It has no list of `threads`; export conversations with their threads embedded.")
            continue
        yield from gather(
            place,
            name,
            map(_message, map(record, threads)),
            channel=label(one.get("type")),
            closed_at=moment(one.get("closedAt")) if word(one.get("status")) in {"", "closed"} else None,
        )


def _unwrapped(top: Record) -> list[Record]:
    """Return the conversations that a document lists, or that it is."""
    embedded = record(top.get("_embedded"))
    if isinstance(embedded.get("conversations"), list):
        return [record(one) for one in items(embedded["conversations"])]
    return [record(top["item"])] if "item" in top else listed(top, "items", "conversations")


def _message(thread: Record) -> Message | None:
    """Return a thread that both sides saw as a message, None for another one."""
    kind = word(thread.get("type"))
    author = record(thread.get("createdBy"))
    who = word(author.get("type"))
    customer = kind == _CUSTOMER or (kind == _EITHER and who == _CUSTOMER)
    if word(thread.get("state")) not in {"", "published"} or not (customer or kind in _COMPANY or kind == _EITHER):
        return None
    return Message(
        id=label(thread.get("id")),
        role=Role.CUSTOMER if customer else Role.AGENT,
        text=words_of_html(thread.get("body")),
        at=moment(thread.get("createdAt")),
        author=person(author) or (person(thread.get("customer")) if customer else ""),
        automatic=who == "system_user",
    )
