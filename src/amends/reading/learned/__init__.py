"""The learned half of the reader: words in, stretches of words that carry acts out. `training/` makes its weights."""

from functools import cache
from typing import TYPE_CHECKING

from amends.reading.learned.seen import BATCH_WORDS, Found, Seen, Text
from amends.reading.learned.trimming import trimmed

if TYPE_CHECKING:
    from amends.reading.learned.reader import Learned

__all__ = ["BATCH_WORDS", "Found", "Seen", "Text", "learned", "trimmed"]


@cache
def learned() -> "Learned":
    """Return the reader with the shipped weights, loaded once: half a second, with numpy, that only reading pays."""
    from amends.reading.learned.reader import Learned  # noqa: PLC0415 - see above

    return Learned()
