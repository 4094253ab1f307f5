"""Tables: CSV with one message on each row, divided by commas, semicolons or tabs, in UTF-8 or Windows' western set.

A table is held in memory, as the rows of one conversation may lie apart. Columns are known by their usual names, in
any case and with or without spaces and dashes; there must be one for the conversation, the text, and the role or
direction. What a column of another name means is not guessed.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from amends.formats.archives.fields import flag, hidden, label, moment, word, words, words_of_html
from amends.formats.archives.gathering import gather
from amends.formats.archives.model import Broken, Found, Note
from amends.transcript import Message, Role

LONGEST_FIELD = 16 * 2**20  # characters
_LONGEST_HEAD = 65_536

# What is looked for, and the names that it goes by, the surest first.
COLUMNS: dict[str, tuple[str, ...]] = {
    "conversation": tuple(
        "conversationid conversation ticketid ticket ticketnumber caseid case casenumber threadid thread chatid".split()
    ),
    "text": tuple("text body message content messagetext messagebody bodytext plainbody comment".split()),
    "html": tuple("htmlbody bodyhtml html".split()),
    "role": tuple("role sendertype fromtype authortype senderrole authorrole direction".split()),
    "incoming": tuple("incoming isincoming inbound isinbound".split()),
    "at": tuple("at createdat sentat sent timestamp datetime date time created messagedate createdtime".split()),
    "author": tuple("author authorname sendername sender fromname from".split()),
    "message": tuple("messageid turn".split()),
    "channel": tuple("channel source via".split()),
    "closed": tuple("closedat closed closedate resolvedat solvedat".split()),
    "automatic": tuple("automatic isautomatic isbot".split()),
    "private": tuple("private isprivate internal isinternal".split()),
    "public": tuple("public ispublic".split()),
}
_CUSTOMER = frozenset(
    "customer client user enduser contact requester visitor lead buyer guest incoming inbound in received".split()
)
_COMPANY = frozenset("agent admin staff support operator employee company team outgoing outbound out sent".split())
_MACHINE = frozenset("bot system automation automatic".split())
_GAPS = str.maketrans("", "", " _-.")


def table(stream: IO[bytes], _name: str) -> Iterator[Found]:
    """Yield the conversations of a table, in the order in which they begin there."""
    text = _decoded(stream.read())
    csv.field_size_limit(max(LONGEST_FIELD, csv.field_size_limit()))
    lines = io.StringIO(text, newline="")
    number = 1
    while (top := lines.readline()) and not top.strip():
        number += 1
    if not top:
        return
    if len(top) > _LONGEST_HEAD:
        yield Broken(f"line {number}", "It is too long to be the names of columns; write them in the first line.")
        return
    heads, divider = _heads(top)
    places = _places(heads)
    if missing := _missing(places):
        yield Broken(f"line {number}", missing)
        return
    unused = [f"“{head.strip()[:40]}”" for at, head in enumerate(heads) if at not in places.values() and head.strip()]
    if unused:
        yield Note(f"These columns are not known and were left aside: {', '.join(unused[:20])}.")
    rows = _Rows(places)
    yield from rows.read(csv.reader(lines, delimiter=divider), number)
    yield from rows.gathered()


def _decoded(data: bytes) -> str:
    """Return the text of a table; what is not UTF-8 was written by a program of Windows."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _heads(line: str) -> tuple[list[str], str]:
    """Return the names of the columns, and the character between them: the one with which most names are known."""
    found = [(next(csv.reader([line.strip("\r\n")], delimiter=one), []), one) for one in ",;\t"]
    return max(found, key=lambda pair: (len(_places(pair[0])), len(pair[0])))


def _places(heads: Sequence[str]) -> dict[str, int]:
    """Return where each known column stands."""
    plain = [head.strip().lower().translate(_GAPS) for head in heads]
    known = {kind: next((name for name in names if name in plain), "") for kind, names in COLUMNS.items()}
    return {kind: plain.index(name) for kind, name in known.items() if name}


def _missing(places: dict[str, int]) -> str:
    """Return which column has to be there and is not, in a sentence; empty where none is missing."""
    needed = {
        "conversation_id": {"conversation"},
        "text": {"text", "html"},
        "role": {"role", "incoming"},
    }
    lacking = [name for name, kinds in needed.items() if kinds.isdisjoint(places)]
    names = " and ".join(f"“{name}”" for name in lacking)
    return f"The table has no column {names}; name its columns in the first line." if lacking else ""


@dataclass(slots=True)
class _Kept:
    """What was read of one conversation."""

    messages: list[Message] = field(default_factory=list)
    channel: str = ""
    closed_at: datetime | None = None


class _Rows:
    """The rows of a table, sorted into conversations."""

    def __init__(self, places: dict[str, int]) -> None:
        self._places = places
        self._kept: dict[str, _Kept] = {}
        self._lost: dict[str, tuple[int, int]] = {}  # why a row could not be used: the first line, and how many
        self._undated: tuple[int, int] = (0, 0)  # the first line with a time that nobody can read, and how many

    def read(self, reader: Iterator[list[str]], number: int) -> Iterator[Found]:
        """Read all rows, the first of which begins behind line `number`; yield what can be said at once."""
        before = number
        while True:
            try:
                row = next(reader, None)
            except csv.Error as wrong:
                yield Broken(f"line {before + 1}", f"It cannot be read as a row of a table ({wrong}); mend its quotes.")
                before = number + _lines_of(reader)
                continue
            if row is None:
                return
            if any(cell.strip() for cell in row) and (why := self._keep(row, before + 1)):
                first, count = self._lost.get(why, (before + 1, 0))
                self._lost[why] = (first, count + 1)
            before = number + _lines_of(reader)

    def gathered(self) -> Iterator[Found]:
        """Yield what was lost, then the conversations."""
        for why, (line, count) in self._lost.items():
            yield Broken(f"line {line}", why if count == 1 else f"{why} {count} rows are like this one.")
        line, count = self._undated
        if count:
            yield Note(f"Times that could not be read: {count}, in line {line} first; write 2024-05-31T10:00:00Z.")
        for name, kept in self._kept.items():
            yield from gather(
                f"conversation {name}", name, kept.messages, channel=kept.channel, closed_at=kept.closed_at
            )

    def _cell(self, row: list[str], kind: str) -> str:
        at = self._places.get(kind, len(row))
        return row[at] if at < len(row) else ""

    def _keep(self, row: list[str], line: int) -> str:
        """Keep a row; return why it could not be used, empty where it could or was left out on purpose."""
        if hidden(self._cell(row, "private") or None) or not flag(self._cell(row, "public") or None, unclear=True):
            return ""
        name = label(self._cell(row, "conversation"))
        if not name:
            return "The row names no conversation; fill in that column."
        role, automatic = self._role(row)
        if role is None:
            said = label(self._cell(row, "role") or self._cell(row, "incoming"))[:40]
            return f"The role “{said}” is not known; write customer or agent."
        written = self._cell(row, "at").strip()
        at = moment(written)
        if written and at is None:
            self._undated = (self._undated[0] or line, self._undated[1] + 1)
        kept = self._kept.setdefault(name, _Kept())
        kept.messages.append(
            Message(
                id=label(self._cell(row, "message")),
                role=role,
                text=words(self._cell(row, "text")) or words_of_html(self._cell(row, "html")),
                at=at,
                author=label(self._cell(row, "author")),
                automatic=automatic or flag(self._cell(row, "automatic"), unclear=False),
            )
        )
        kept.channel = kept.channel or label(self._cell(row, "channel"))
        kept.closed_at = moment(self._cell(row, "closed")) or kept.closed_at
        return ""

    def _role(self, row: list[str]) -> tuple[Role | None, bool]:
        """Return who wrote a row, None where that cannot be told, and whether it was a machine."""
        said = word(self._cell(row, "role")).translate(_GAPS)
        if said in _CUSTOMER:
            return Role.CUSTOMER, False
        if said in _COMPANY | _MACHINE:
            return Role.AGENT, said in _MACHINE
        incoming = self._cell(row, "incoming")
        yes = flag(incoming, unclear=False)
        if not said and incoming.strip() and yes == flag(incoming, unclear=True):
            return (Role.CUSTOMER if yes else Role.AGENT), False
        return None, False


def _lines_of(reader: Iterator[list[str]]) -> int:
    """Return how many lines a reader of the csv module has read."""
    return int(getattr(reader, "line_num", 0))
