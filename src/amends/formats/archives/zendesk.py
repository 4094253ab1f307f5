"""Zendesk: the full JSON export (a ticket with its comments on each line) and the answers of its API.

Read are tickets with `comments`, alone, under `ticket` or `tickets`, with side-loaded `users` and `metric_sets`. The
requester is the customer, whatever else that person is; other authors are what their role says, and agents where
nothing says. Comments that are not public are notes among colleagues and left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO

from amends.formats.archives.fields import (
    Record,
    flag,
    items,
    label,
    moment,
    person,
    record,
    word,
    words,
    words_of_html,
)
from amends.formats.archives.gathering import gather
from amends.formats.archives.jsonfiles import Document, each, listed
from amends.formats.archives.model import Broken, Found
from amends.transcript import Message, Role

_SYSTEM = "-1"  # the author of what Zendesk writes by itself
_MACHINES = frozenset({"rule", "trigger", "automation", "system"})
_DONE = frozenset({"", "solved", "closed"})
_NAMED = ("requester", "submitter", "assignee")


def zendesk(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield a conversation for each ticket; anything but JSON lines is held in memory."""
    return each(stream, _tickets)


def _tickets(document: Document) -> Iterator[Found]:
    """Yield the conversations of one document."""
    top = document.content
    people = _with_ids(top.get("users"))
    metrics = {label(one.get("ticket_id")): one for one in map(record, items(top.get("metric_sets")))}
    for ticket in _unwrapped(top):
        name = label(ticket.get("id"))
        place = document.within("ticket", name)
        if not isinstance(ticket.get("comments"), list):
            yield Broken(place, "It has no list of `comments`; export tickets together with their comments.")
            continue
        known = _Ticket(label(ticket.get("requester_id")) or label(record(ticket.get("requester")).get("id")), people)
        known = known.with_people(_with_ids([ticket.get(key) for key in _NAMED]))
        metric = record(ticket.get("metric_set")) or metrics.get(name, {})
        yield from gather(
            place,
            name,
            map(partial(_message, known), map(record, items(ticket["comments"]))),
            channel=label(record(ticket.get("via")).get("channel")),
            closed_at=moment(metric.get("solved_at")) if word(ticket.get("status")) in _DONE else None,
        )


def _unwrapped(top: Record) -> list[Record]:
    """Return the tickets of a document; its comments may stand beside its ticket."""
    inner = record(top.get("ticket"))
    if not inner:
        return listed(top, "tickets")
    return [inner if "comments" in inner else {**inner, "comments": top.get("comments")}]


def _with_ids(people: object) -> dict[str, Record]:
    """Return people by their ids."""
    return {name: who for who in map(record, items(people)) if (name := label(who.get("id")))}


@dataclass(frozen=True, slots=True)
class _Ticket:
    """Who has to do with a ticket: the id of the customer, and the people that the export describes."""

    requester: str
    people: dict[str, Record]

    def with_people(self, more: dict[str, Record]) -> "_Ticket":
        return _Ticket(self.requester, self.people | more) if more else self


def _message(ticket: _Ticket, comment: Record) -> Message | str | None:
    """Return a public comment as a message, None for a note, or why it cannot be used."""
    if not flag(comment.get("public", True), unclear=False):
        return None
    author = label(comment.get("author_id")) or label(record(comment.get("author")).get("id"))
    if not author:
        return "it names no author; export comments with their `author_id`."
    who = record(comment.get("author")) or ticket.people.get(author, {})
    customer = author == ticket.requester or word(who.get("role")) in {"end-user", "end_user"}
    channel = word(record(comment.get("via")).get("channel"))
    return Message(
        id=label(comment.get("id")),
        role=Role.CUSTOMER if customer else Role.AGENT,
        text=words_of_html(comment.get("html_body")) or words(comment.get("plain_body")) or words(comment.get("body")),
        at=moment(comment.get("created_at")),
        author=person(who),
        automatic=author == _SYSTEM or channel in _MACHINES,
    )
