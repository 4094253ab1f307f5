"""Zammad: tickets with their `articles`, lists of articles, and the `assets` of its API.

The sender of an article is Customer, Agent or System, whose articles count as automatic words of the company. Internal
articles are left out.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from amends.formats.archives.fields import (
    Record,
    hidden,
    items,
    label,
    moment,
    record,
    word,
    words,
    words_of_html,
)
from amends.formats.archives.gathering import gather
from amends.formats.archives.jsonfiles import Document, documents, listed
from amends.formats.archives.model import Broken, Found
from amends.formats.email import parse_addresses
from amends.transcript import Message, Role

_SENDERS = {"1": "agent", "2": "customer", "3": "system"}  # as every installation numbers them
_DONE = frozenset({"", "closed", "merged"})


def zammad(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield a conversation for each ticket; what is not a line with a ticket and its articles is held in memory."""
    apart = _Apart()
    for document in documents(stream):
        if isinstance(document, Broken):
            yield document
            continue
        for one in _unwrapped(document.content):
            if isinstance(one.get("articles"), list):
                yield from _conversation(_place(document, one), one, list(map(record, items(one["articles"]))))
            elif not apart.takes(one):
                why = "It is neither a ticket nor an article; export tickets together with their articles."
                yield Broken(_place(document, one), why)
    yield from apart.joined()


def _place(document: Document, ticket: Record) -> str:
    return document.within("ticket", label(ticket.get("id")))


def _unwrapped(top: Record) -> list[Record]:
    """Return the tickets and articles of a document."""
    if assets := record(top.get("assets")):
        return [record(one) for kind in ("Ticket", "TicketArticle") for one in record(assets.get(kind)).values()]
    if ticket := record(top.get("ticket")):
        within = [record(top.get("article"))] if "article" in top else []
        ticket = {**ticket, "articles": top["articles"]} if "articles" in top else ticket
        return [ticket, *within]
    return listed(top, "tickets", "ticket_articles")


class _Apart:
    """Tickets and articles that do not stand within each other, until the file is read."""

    def __init__(self) -> None:
        self._tickets: dict[str, Record] = {}
        self._articles: dict[str, list[Record]] = {}

    def takes(self, one: Record) -> bool:
        """Keep a ticket or an article; return whether it was one."""
        if name := label(one.get("ticket_id")):
            self._articles.setdefault(name, []).append(one)
            return True
        if name := label(one.get("id")):
            self._tickets[name] = one
        return bool(name)

    def joined(self) -> Iterator[Found]:
        """Yield the conversations of all tickets that have articles."""
        for name, ticket in self._tickets.items():
            if name not in self._articles:
                yield Broken(f"ticket {name}", "It has no `articles`; export tickets together with their articles.")
            else:
                yield from _conversation(f"ticket {name}", ticket, self._articles.pop(name))
        for name, articles in self._articles.items():
            yield from _conversation(f"ticket {name}", {"id": name}, articles)


def _conversation(place: str, ticket: Record, articles: list[Record]) -> Iterator[Found]:
    """Yield a ticket with its articles as a conversation."""
    first = articles[0] if articles else {}
    yield from gather(
        place,
        label(ticket.get("id")),
        map(_message, articles),
        channel=label(ticket.get("create_article_type")) or label(first.get("type")),
        closed_at=_closed(ticket),
    )


def _closed(ticket: Record) -> datetime | None:
    """Return when a ticket was closed for the last time, where it still is or its state is not told."""
    if word(ticket.get("state")) not in _DONE:
        return None
    return moment(ticket.get("last_close_at")) or moment(ticket.get("close_at"))


def _message(article: Record) -> Message | str | None:
    """Return an article that the customer could see, None for an internal one, or why it cannot be used."""
    if hidden(article.get("internal")):
        return None
    sender = word(article.get("sender")) or _SENDERS.get(label(article.get("sender_id")), "")
    if sender not in _SENDERS.values():
        return "its `sender` is none of Customer, Agent and System; export articles with their senders' names."
    read = words_of_html if "html" in word(article.get("content_type")) else words
    return Message(
        id=label(article.get("id")),
        role=Role.CUSTOMER if sender == "customer" else Role.AGENT,
        text=read(article.get("body")),
        at=moment(article.get("created_at")),
        author=_author(label(article.get("from")) or label(article.get("created_by"))),
        automatic=sender == "system",
    )


def _author(written: str) -> str:
    """Return the name of who an article is from, else the address."""
    named = parse_addresses(written)
    return (named[0].name or named[0].email) if named else ""
