"""Text in; acts with evidence, and how upset the writer is, out. Offline, the same every time."""

from amends.reading.model import Act, ActKind, Answer, Context, Due, Reading, overlap
from amends.reading.money import leaves_sum_open, names_all, only_amount
from amends.reading.proposals import Proposal, bids, proposals, proposed_kind
from amends.reading.reader import in_context, read, read_each, read_many
from amends.reading.sentences import split

__all__ = [
    "Act",
    "ActKind",
    "Answer",
    "Context",
    "Due",
    "Proposal",
    "Reading",
    "bids",
    "in_context",
    "leaves_sum_open",
    "names_all",
    "only_amount",
    "overlap",
    "proposals",
    "proposed_kind",
    "read",
    "read_each",
    "read_many",
    "split",
]
