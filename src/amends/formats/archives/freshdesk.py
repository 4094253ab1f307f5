"""Freshdesk: tickets with their `conversations` (API 2), and with their `notes` under `helpdesk_ticket` (API 1).

A ticket's description is its first message: the customer's, unless the ticket is an outbound mail. Private entries are
notes among colleagues and left out.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from amends.formats.archives.fields import (
    Record,
    flag,
    hidden,
    items,
    label,
    moment,
    person,
    record,
    words,
    words_of_html,
)
from amends.formats.archives.gathering import gather
from amends.formats.archives.jsonfiles import Document, each, listed
from amends.formats.archives.model import Broken, Found
from amends.transcript import Message, Role

_OUTBOUND = "10"
_CHANNELS = {"1": "email", "2": "portal", "3": "phone", "7": "chat", "9": "feedback", _OUTBOUND: "email"}
_DONE = frozenset({"", "4", "5"})  # resolved, closed


def freshdesk(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield a conversation for each ticket; anything but JSON lines is held in memory."""
    return each(stream, _tickets)


def _tickets(document: Document) -> Iterator[Found]:
    """Yield the conversations of one document."""
    for outer in listed(document.content, "tickets", "results"):
        ticket = record(outer.get("helpdesk_ticket")) or record(outer.get("ticket")) or outer
        name = label(ticket.get("display_id")) or label(ticket.get("id"))
        place = document.within("ticket", name)
        if "description" not in ticket and "description_text" not in ticket:
            yield Broken(place, "It has no `description`; export tickets one by one, with their conversations.")
            continue
        yield from gather(
            place,
            name,
            _said(ticket),
            channel=_CHANNELS.get(label(ticket.get("source")), ""),
            closed_at=_closed(ticket),
        )


def _said(ticket: Record) -> Iterator[Message | str | None]:
    """Yield the description, then what was answered."""
    outbound = label(ticket.get("source")) == _OUTBOUND
    yield Message(
        id="description",
        role=Role.AGENT if outbound else Role.CUSTOMER,
        text=words_of_html(ticket.get("description_html"))
        or words_of_html(ticket.get("description"))
        or words(ticket.get("description_text")),
        at=moment(ticket.get("created_at")),
        author="" if outbound else person(ticket.get("requester")) or label(ticket.get("requester_name")),
    )
    for one in items(ticket.get("conversations")) or items(ticket.get("notes")):
        entry = record(one)
        yield _message(record(entry.get("note")) or entry, ticket)


def _message(one: Record, ticket: Record) -> Message | str | None:
    """Return an entry that the customer could see, None for a note, or why it cannot be used."""
    if hidden(one.get("private")):
        return None
    author = label(one.get("user_id"))
    if not author and one.get("incoming") is None:
        return "it does not tell whether it is `incoming`; export entries with that field."
    customer = flag(one.get("incoming"), unclear=author == label(ticket.get("requester_id")))
    return Message(
        id=label(one.get("id")),
        role=Role.CUSTOMER if customer else Role.AGENT,
        text=words_of_html(one.get("body_html")) or words_of_html(one.get("body")) or words(one.get("body_text")),
        at=moment(one.get("created_at")),
        author=person(one.get("user")) or (person(ticket.get("requester")) if customer else ""),
    )


def _closed(ticket: Record) -> datetime | None:
    """Return when a ticket was closed, or else resolved, where it still is."""
    stats = record(ticket.get("stats"))
    if label(ticket.get("status")) not in _DONE:
        return None
    return moment(stats.get("closed_at")) or moment(stats.get("resolved_at"))
