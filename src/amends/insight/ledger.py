"""The ledger of promises, a page at a time: what is owed, what was broken, what waits to be looked at, what is done.

A query or two for the promises of a page, and as many for their words; the next page begins where the last one ended,
and nothing is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from django.db.models import QuerySet

from amends.insight.texts import Texts
from amends.method.facts import PromiseOwnerAsked
from amends.method.state import PromiseStatus
from amends.store.models import JournalEntry, Promise
from amends.transcript import Span

ROWS: Final = 50
_asked: Final = msgspec.json.Decoder(PromiseOwnerAsked)
STATES: Final[dict[str, tuple[PromiseStatus, ...]]] = {
    "open": (PromiseStatus.OPEN,),
    "broken": (PromiseStatus.BROKEN,),
    "proposed": (PromiseStatus.PROPOSED,),
    "done": (PromiseStatus.KEPT, PromiseStatus.LATE),
}
"""The parts of the ledger, by name. The last one stands newest first, the others oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One promise: its words (empty where they were erased), and the case and team that it stands in."""

    id: str
    case: int
    team: int
    seen: int
    customer: str
    words: str
    status: PromiseStatus
    owner_id: int | None
    owner: str
    asked_id: int | None
    asked: str
    due: datetime | None
    made_at: datetime
    kept_at: datetime | None
    moved: int
    escalated: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the time and the id of its last promise."""

    at: datetime
    id: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()},{self.id}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place that `str` wrote; None for anything else."""
        at, _comma, promise = text.partition(",")
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            return None
        return cls(moment, promise) if moment.tzinfo is not None and promise and "\0" not in promise else None


@dataclass(frozen=True, slots=True)
class Ledger:
    """A page of promises, and where the next one begins; None on the last."""

    lines: Sequence[Line]
    more: Place | None


def ledger(
    promises: QuerySet[Promise],
    *,
    state: str,
    person: int | None = None,
    within: tuple[datetime, datetime] | None = None,
    after: Place | None = None,
    limit: int = ROWS,
) -> Ledger:
    """Return a page of these promises: of one of `STATES`, of one owner, due `within` a span, from behind `after` on.

    Proposed ones may have no time yet: they stand by when they were said.
    """
    by = "made_at" if state == "proposed" else "due"
    found = promises.filter(**{f"{by}__isnull": False})
    if person is not None:
        found = found.filter(owner_id=person)
    if within is not None:
        found = found.filter(**{f"{by}__gte": within[0], f"{by}__lt": within[1]})
    down = state == "done"
    if after is not None:
        beside, beyond = ("lte", "gte") if down else ("gte", "lte")
        found = found.filter(**{f"{by}__{beside}": after.at}).exclude(**{by: after.at, f"pk__{beyond}": after.id})
    found = found.order_by(f"-{by}", "-pk") if down else found.order_by(by, "pk")
    # One status at a time: in each the order is an index's, in several at once it is not.
    lines = [line for status in STATES[state] for line in lines_of(found.filter(status=status.value)[: limit + 1])]
    lines.sort(key=lambda line: (_time(line, by), line.id), reverse=down)
    last = lines[limit - 1] if len(lines) > limit else None
    return Ledger(lines[:limit], None if last is None else Place(_time(last, by), last.id))


def _time(line: Line, by: str) -> datetime:
    return line.due if by == "due" and line.due is not None else line.made_at


def asked_of(promises: QuerySet[Promise], person: int) -> list[Line]:
    """Return the promises that somebody is asked to keep and has not answered, the soonest first."""
    return lines_of(promises.filter(asked_id=person).order_by("due", "pk")[:ROWS])


def lines_of(promises: QuerySet[Promise]) -> list[Line]:
    """Return these promises with their words, in the order that the query gives."""
    rows = list(
        promises.values_list(
            "id",
            "case_id",
            "team_id",
            "case__seq",
            "case__customer__name",
            "source",
            "start",
            "end",
            "status",
            "owner_id",
            "owner__name",
            "asked_id",
            "asked__name",
            "due",
            "made_at",
            "kept_at",
            "moved",
            "escalated",
        )
    )
    texts = Texts()
    texts.fetch(row[5] for row in rows)
    return [
        Line(
            id=row[0],
            case=row[1],
            team=row[2],
            seen=row[3],
            customer=row[4],
            words=texts.words(Span(*row[5:8])),
            status=PromiseStatus(row[8]),
            owner_id=row[9],
            owner=row[10] or "",
            asked_id=row[11],
            asked=row[12] or "",
            due=row[13],
            made_at=row[14],
            kept_at=row[15],
            moved=row[16],
            escalated=row[17],
        )
        for row in rows
    ]


def asked_by(case: int, promise: str) -> str:
    """Return the id of who asked somebody else to keep it, the last time; empty where nobody did."""
    rows = JournalEntry.objects.filter(case_id=case, kind="PromiseOwnerAsked").order_by("-seq")
    for actor, fact in rows.values_list("actor", "fact"):
        if _asked.decode(bytes(fact)).promise == promise:
            return actor
    return ""
