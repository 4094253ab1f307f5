"""Text in; acts with evidence, and how upset the writer is, out. Offline, the same every time."""

from amends.reading.model import Act, ActKind, Answer, Context, Due, Reading, overlap
from amends.reading.money import only_amount
from amends.reading.reader import in_context, read, read_each, read_many

__all__ = [
    "Act",
    "ActKind",
    "Answer",
    "Context",
    "Due",
    "Reading",
    "in_context",
    "only_amount",
    "overlap",
    "read",
    "read_each",
    "read_many",
]
