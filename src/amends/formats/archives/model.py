"""What comes out of an archive: conversations, records that could not be used, and notes on the whole file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from amends.transcript import Conversation


@dataclass(frozen=True, slots=True)
class Broken:
    """A record, or a part of one, that could not be used; the rest of the file is read all the same.

    `place` says where it stands ("line 12", "ticket 4711"), `why` what is wrong and how to mend it, in a sentence.
    """

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the whole file that people should know; nothing was lost but what `why` names."""

    why: str


Found = Conversation | Broken | Note

# The stream is read from where it stands, and the name of its file serves where a record has no name of its own.
# A codec raises nothing but what the stream itself raises when it is read.
Codec = Callable[[IO[bytes], str], Iterator[Found]]
