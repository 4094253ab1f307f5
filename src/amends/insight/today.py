"""What is due: everything that calls a team today, worst first. A handful of queries, however many cases there are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.db.models import Q, QuerySet

from amends.insight.inbox import Row, rows_of
from amends.insight.texts import Texts
from amends.store.models import Approval, Case, CustomerAddress, Message, Promise
from amends.transcript import Span

MOST: Final = 300
"""The hottest calling cases that are looked at; who has more of them than this first needs more people."""


class Heap(StrEnum):
    """What is due, in the order in which it hurts."""

    UNHEARD = "unheard"
    BROKEN = "broken"
    LEGAL = "legal"
    PROMISE = "promise"
    SILENCE = "silence"
    CALLBACK = "callback"
    APPROVAL = "approval"
    PROPOSED = "proposed"
    BOUNCED = "bounced"


TALLIES: Final[dict[Heap, tuple[str, ...]]] = {
    Heap.UNHEARD: ("unheard",),
    Heap.BROKEN: ("broken",),
    Heap.LEGAL: ("legal",),
    Heap.PROMISE: (),
    Heap.SILENCE: ("silence", "update"),
    Heap.CALLBACK: ("callback", "late"),
    Heap.APPROVAL: ("approval",),
    Heap.PROPOSED: ("proposed",),
    Heap.BOUNCED: ("bounced",),
}
"""What a case calls for, by heap: the names in its `calls`. Promises due today are no call yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to do: in which case, for whom, and about which promise or approval (with its words)."""

    heap: Heap
    case: Row
    owner: str
    mine: bool
    since: datetime | None = None
    due: datetime | None = None
    subject: str = ""
    words: str = ""
    phone: str = ""
    amount: Decimal | None = None
    currency: str = ""


def size(heap: Heap, counts: Mapping[str, int]) -> int:
    """Return how many cases call for this, by the tallies; a case that was called twice counts once."""
    return max((counts.get(f"calls:{name}", 0) for name in TALLIES[heap]), default=0)


def today(
    cases: QuerySet[Case], *, me: int, until: datetime, members: Collection[int] | None, approves: bool
) -> list[Due]:
    """Return what is due among these cases, in the order of the heaps, the hottest case first.

    Promises count until the end of today, `until`, when one of `members` keeps them (None: anybody). Approvals are
    for those who may answer them (`approves`), and never one's own.
    """
    calling = rows_of(cases.exclude(calls="").order_by("-heat", "-id")[:MOST])
    soon = _due_promises(cases, until, members)
    by_number = {row.number: row for row in calling}
    missing = {promise.case_id for promise in soon} - by_number.keys()
    if missing:
        by_number |= {row.number: row for row in rows_of(cases.filter(pk__in=missing))}
    promised = [*_promises(by_number, calling), *soon]
    texts = Texts()
    texts.fetch(promise.source for promise in promised)
    found = [
        *_cases(calling, by_number, me),
        *(_of_promise(p, by_number[p.case_id], me, texts) for p in promised if p.case_id in by_number),
        *(_approvals(by_number, calling, me) if approves else ()),
    ]
    found.sort(key=lambda due: (list(Heap).index(due.heap), due.due is None, due.due or until, -due.case.heat))
    return found


def _cases(calling: Sequence[Row], by_number: dict[int, Row], me: int) -> Iterable[Due]:
    """Yield what a case calls for as a whole."""
    phones = _phones(row.number for row in calling if row.called & {"callback", "late"})
    failed = _failed(row.number for row in calling if "bounced" in row.called)
    for row in calling:
        for heap in (Heap.UNHEARD, Heap.LEGAL, Heap.SILENCE, Heap.CALLBACK, Heap.BOUNCED):
            if row.called.isdisjoint(TALLIES[heap]) or _stands_above(heap, row):
                continue
            yield Due(
                heap=heap,
                case=by_number[row.number],
                owner=row.owner,
                mine=row.owner_id in (me, None),
                since=row.waiting_since,
                phone=phones.get(row.number, "") if heap is Heap.CALLBACK else "",
                words=failed.get(row.number, "") if heap is Heap.BOUNCED else "",
            )


def _stands_above(heap: Heap, row: Row) -> bool:
    """Whether a silent case is called already for something worse, that begins with a word to the customer as well."""
    return heap is Heap.SILENCE and not row.called.isdisjoint({"unheard", "broken"})


def _of_promise(promise: Promise, row: Row, me: int, texts: Texts) -> Due:
    heap = {"broken": Heap.BROKEN, "proposed": Heap.PROPOSED}.get(promise.status, Heap.PROMISE)
    return Due(
        heap=heap,
        case=row,
        owner=promise.owner.name if promise.owner is not None else "",
        mine=promise.owner_id in (me, None),
        due=promise.due,
        subject=promise.id,
        words=texts.words(Span(promise.source, promise.start, promise.end)),
    )


def _promises(by_number: dict[int, Row], calling: Sequence[Row]) -> list[Promise]:
    """Return the broken and the proposed promises of the calling cases."""
    wanted = [row.number for row in calling if row.called & {"broken", "proposed"}]
    owed = Promise.objects.filter(case_id__in=wanted, status__in=("broken", "proposed")).select_related("owner")
    return [promise for promise in owed.order_by("due", "id") if promise.case_id in by_number]


def _due_promises(cases: QuerySet[Case], until: datetime, members: Collection[int] | None) -> list[Promise]:
    """Return the open promises that fall due by the end of today."""
    mine = Q() if members is None else Q(owner_id__in=members)
    found = Promise.objects.filter(mine, status="open", due__lte=until, case__in=cases)
    return list(found.select_related("owner").order_by("due", "id")[:MOST])


def _approvals(by_number: dict[int, Row], calling: Sequence[Row], me: int) -> Iterable[Due]:
    wanted = [row.number for row in calling if "approval" in row.called]
    open_ones = Approval.objects.filter(case_id__in=wanted, granted=None).exclude(asked_by_id=me)
    for approval in open_ones.select_related("asked_by").order_by("id"):
        yield Due(
            heap=Heap.APPROVAL,
            case=by_number[approval.case_id],
            owner=approval.asked_by.name if approval.asked_by is not None else "",
            mine=True,
            subject=approval.id,
            amount=approval.amount,
            currency=approval.currency,
        )


def _phones(numbers: Iterable[int]) -> dict[int, str]:
    """Return where to call the customers of these cases."""
    found = CustomerAddress.objects.filter(kind=CustomerAddress.PHONE, customer__cases__in=list(numbers))
    return dict(found.order_by("-pk").values_list("customer__cases", "value"))


def _failed(numbers: Iterable[int]) -> dict[int, str]:
    """Return the address that our newest undeliverable mail of each of these cases went to."""
    found = Message.objects.filter(case_id__in=list(numbers), status="failed").order_by("at", "id")
    return dict(found.values_list("case_id", "recipient"))
