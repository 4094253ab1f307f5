"""The words that spans point at, wherever they were written: in messages, or in notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from amends.store.models import Message, Note
from amends.transcript import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A text that spans point into, who wrote it, and when.

    `author` is the id of one of the staff; None for the customer, for the desk, or where they are gone. `incoming`
    tells the customer's own words from ours. `message` tells a message from a note.
    """

    text: str
    at: datetime
    author: int | None
    incoming: bool
    message: bool


class Texts:
    """Words by span. Each of its two queries runs once, for all sources together."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}

    def add(self, source: str, text: Source) -> None:
        """Know a text that has been read already."""
        self._sources[source] = text

    def fetch(self, ids: Iterable[str]) -> None:
        """Read the texts with these ids that are not known yet: two queries, or none."""
        wanted = {source for source in ids if source and source not in self._sources}
        if not wanted:
            return
        messages = Message.objects.filter(pk__in=wanted).values_list("pk", "text", "at", "author_id", "direction")
        for pk, text, at, author, direction in messages:
            self._sources[pk] = Source(text, at, author, direction == Message.IN, message=True)
        rest = wanted - self._sources.keys()
        if not rest:
            return
        for pk, text, at, author in Note.objects.filter(pk__in=rest).values_list("pk", "text", "at", "author_id"):
            self._sources[pk] = Source(text, at, author, incoming=False, message=False)

    def words(self, span: Span | None) -> str:
        """Return the words of a span; empty where there are none, or where they were erased."""
        source = None if span is None else self._sources.get(span.source)
        return "" if source is None or span is None else " ".join(span.of(source.text).split())

    def source(self, source: str) -> Source | None:
        """Return the text with this id, if it is known."""
        return self._sources.get(source)
