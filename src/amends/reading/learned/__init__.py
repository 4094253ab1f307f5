"""The learned half of the reader: words in, stretches of words that carry acts out. `training/` makes its weights."""

from amends.reading.learned.evidence import trimmed
from amends.reading.learned.reader import BATCH_WORDS, Found, Learned, Seen, Text, learned

__all__ = ["BATCH_WORDS", "Found", "Learned", "Seen", "Text", "learned", "trimmed"]
