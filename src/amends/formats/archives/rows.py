"""Messages one by one, each in a row with named columns, sorted into conversations; for CSV and Parquet alike."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from amends.formats.archives.fields import flag, hidden, label, moment, word, words, words_of_html
from amends.formats.archives.gathering import gather
from amends.formats.archives.model import Broken, Found, Note
from amends.transcript import Message, Role

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


def places_of(heads: Sequence[str]) -> dict[str, int]:
    """Return where each known column stands."""
    plain = [head.strip().lower().translate(_GAPS) for head in heads]
    known = {kind: next((name for name in names if name in plain), "") for kind, names in COLUMNS.items()}
    return {kind: plain.index(name) for kind, name in known.items() if name}


def unknown(heads: Sequence[str], known: Collection[int]) -> Iterator[Note]:
    """Yield a note on the columns that are not at one of the `known` places, if there are any."""
    unused = [f"“{label(head)[:40]}”" for at, head in enumerate(heads) if at not in known and label(head)]
    if unused:
        yield Note(f"These columns are not known and were left aside: {', '.join(unused[:20])}.")


def missing(places: dict[str, int]) -> str:
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


class Rows:
    """The rows of a file, sorted into conversations. `unit` is what places are counted in: "line" or "row"."""

    def __init__(self, places: dict[str, int], unit: str) -> None:
        self._places, self._unit = places, unit
        self._kept: dict[str, _Kept] = {}
        self._lost: dict[str, tuple[int, int]] = {}  # why a row could not be used: the first place, and how many
        self._undated: tuple[int, int] = (0, 0)  # the first row with a time that nobody can read, and how many

    def add(self, row: Sequence[str], number: int) -> None:
        """Take the row at place `number`; what cannot be used of it is told at the end."""
        if any(cell.strip() for cell in row) and (why := self._keep(row, number)):
            first, count = self._lost.get(why, (number, 0))
            self._lost[why] = (first, count + 1)

    def told(self) -> Iterator[Found]:
        """Yield what was lost, and what people should know."""
        for why, (number, count) in self._lost.items():
            yield Broken(f"{self._unit} {number}", why if count == 1 else f"{why} {count} rows are like this one.")
        number, count = self._undated
        if count:
            place = f"{self._unit} {number}"
            yield Note(f"Times that could not be read: {count}, in {place} first; write 2024-05-31T10:00:00Z.")

    def conversations(self, *, but: int = 0) -> Iterator[Found]:
        """Yield the conversations, all `but` the last ones, in the order in which they begin, and forget them."""
        while len(self._kept) > but:
            name = next(iter(self._kept))
            kept = self._kept.pop(name)
            yield from gather(
                f"conversation {name}", name, kept.messages, channel=kept.channel, closed_at=kept.closed_at
            )

    def _cell(self, row: Sequence[str], kind: str) -> str:
        at = self._places.get(kind, len(row))
        return row[at] if at < len(row) else ""

    def _keep(self, row: Sequence[str], number: int) -> str:
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
            self._undated = (self._undated[0] or number, self._undated[1] + 1)
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

    def _role(self, row: Sequence[str]) -> tuple[Role | None, bool]:
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
