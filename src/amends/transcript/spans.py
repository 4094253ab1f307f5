"""A span points at words; it never holds them, so that the words can be erased and the pointer stays."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive, in code points) of the text with id `source`.

    The source is a message, or a note: any text that a person typed (a reason, a call's note).

    >>> Span("m1", 0, 5).of("Where is it?")
    'Where'
    """

    source: str
    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words in `text` that this span points at; empty where they were erased."""
        return text[self.start : self.end]

    @classmethod
    def whole(cls, source: str, text: str) -> "Span":
        """Return the span of all of `text`."""
        return cls(source, 0, len(text))
