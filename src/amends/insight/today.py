"""What is due: everything that calls a team today, worst first. A handful of queries, however many cases there are."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.db.models import Q, QuerySet

from amends.insight.history import state_of
from amends.insight.inbox import Row, rows_of
from amends.insight.texts import Texts
from amends.store.models import Approval, Case, CustomerAddress, Message, Promise
from amends.transcript import Span

MOST: Final = 300
"""The hottest calling cases that are looked at; who has more of them than this first needs more people."""


class Heap(StrEnum):
    """What is due, in the order in which it hurts."""

    UNHEARD = "unheard"
    ESCALATED = "escalated"
    BROKEN = "broken"
    LEGAL = "legal"
    PROMISE = "promise"
    SILENCE = "silence"
    CALLBACK = "callback"
    ASKED = "asked"
    APPROVAL = "approval"
    PROPOSED = "proposed"
    BOUNCED = "bounced"
    THANKS = "thanks"


TALLIES: Final[dict[Heap, tuple[str, ...]]] = {
    Heap.UNHEARD: ("unheard",),
    Heap.ESCALATED: (),
    Heap.BROKEN: ("broken",),
    Heap.LEGAL: ("legal",),
    Heap.PROMISE: (),
    Heap.SILENCE: ("silence", "update"),
    Heap.CALLBACK: ("callback", "late"),
    Heap.ASKED: (),
    Heap.APPROVAL: ("approval",),
    Heap.PROPOSED: ("proposed",),
    Heap.BOUNCED: ("bounced",),
    Heap.THANKS: ("thanks",),
}
"""What a case calls for, by heap: the names in its `calls`. Promises due today are no call yet.

Broken promises that need a lead's help are counted among the broken ones, and who is asked is told one by one.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to do: in which case, for whom, and about which promise or approval (with its words).

    `mine` is what oneself looks after, nobody does, or somebody away for whom one stands in: then `away_until` is
    their last day. `foreign` is a promise in a case of another team, of which one may see the promise alone.
    """

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
    away_until: date | None = None
    foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """Who looks at Today: their id and team, whether they lead, and those they stand in for, with the last day away.

    Promises count until `until`, the end of today, when one of `members` keeps them (None: anybody).
    """

    me: int
    leads: bool
    until: datetime
    team: int | None
    members: Collection[int] | None
    covered: Mapping[int, date] = field(default_factory=dict)
    answer_by: Callable[[Case, datetime], datetime] | None = None
    """By when a wish of this case, asked at that moment, should be answered; None where nobody needs to know."""

    def mine(self, owner: int | None) -> bool:
        """Whether this is one's own to do: nobody's, or one's own, or of somebody for whom one stands in."""
        return owner is None or owner == self.me or owner in self.covered


def size(heap: Heap, counts: Mapping[str, int]) -> int:
    """Return how many cases call for this, by the tallies; a case that was called twice counts once."""
    return max((counts.get(f"calls:{name}", 0) for name in TALLIES[heap]), default=0)


def today(cases: QuerySet[Case], looker: Looker) -> list[Due]:
    """Return what is due among these cases, in the order of the heaps, the hottest case first.

    Approvals are for those who lead, and never one's own; a promise that one is asked to keep is for that one alone.
    """
    calling = rows_of(cases.exclude(calls="").order_by("-heat", "-id")[:MOST])
    booked = _booked_calls(cases, looker)
    soon = _due_promises(cases, looker)
    asked = list(_asked(looker))
    by_number = {row.number: row for row in calling}
    missing = ({promise.case_id for promise in (*soon, *asked)} | booked.keys()) - by_number.keys()
    if missing:
        by_number |= {row.number: row for row in rows_of(Case.objects.filter(pk__in=missing))}
    promised = [*_promises(by_number, calling), *soon]
    texts = Texts()
    texts.fetch(promise.source for promise in (*promised, *asked))
    found = [
        *_cases(calling, looker, booked),
        *(_booked(by_number[number], at, looker) for number, at in booked.items() if _not_called(by_number[number])),
        *(_of_promise(p, by_number[p.case_id], looker, texts) for p in promised if p.asked_id != looker.me),
        *(_of_asked(p, by_number[p.case_id], looker, texts) for p in asked),
        *(_approvals(by_number, calling, looker) if looker.leads else ()),
    ]
    phones = _phones(due.case.number for due in found if due.heap is Heap.CALLBACK)
    found = [replace(due, phone=phones.get(due.case.number, "")) if due.heap is Heap.CALLBACK else due for due in found]
    order = list(Heap)
    found.sort(key=lambda due: (order.index(due.heap), due.due is None, due.due or looker.until, -due.case.heat))
    return found


def _cases(calling: Sequence[Row], looker: Looker, booked: Mapping[int, datetime]) -> Iterable[Due]:
    """Yield what a case calls for as a whole."""
    failed = _failed(row.number for row in calling if "bounced" in row.called)
    for row in calling:
        for heap in (Heap.UNHEARD, Heap.LEGAL, Heap.SILENCE, Heap.CALLBACK, Heap.BOUNCED, Heap.THANKS):
            if row.called.isdisjoint(TALLIES[heap]) or _stands_above(heap, row):
                continue
            yield Due(
                heap=heap,
                case=row,
                owner=row.owner,
                mine=looker.mine(row.owner_id),
                away_until=looker.covered.get(row.owner_id or 0),
                since=row.waiting_since,
                due=booked.get(row.number) if heap is Heap.CALLBACK else None,
                words=failed.get(row.number, "") if heap is Heap.BOUNCED else "",
            )


def _booked_calls(cases: QuerySet[Case], looker: Looker) -> dict[int, datetime]:
    """Return the cases in which the customer chose a time today for the call of one of the members, and that time."""
    mine = Q(owner__isnull=False) if looker.members is None else Q(owner_id__in=looker.members)
    found = cases.filter(mine, call_at__lte=looker.until).order_by("call_at").values_list("pk", "call_at")
    return {number: at for number, at in found[:MOST] if at is not None}


def _booked(row: Row, at: datetime, looker: Looker) -> Due:
    """Return a call of today for which the customer chose the time, before it is called."""
    return Due(
        heap=Heap.CALLBACK,
        case=row,
        owner=row.owner,
        mine=looker.mine(row.owner_id),
        away_until=looker.covered.get(row.owner_id or 0),
        due=at,
    )


def _not_called(row: Row) -> bool:
    return row.called.isdisjoint(TALLIES[Heap.CALLBACK])


def _stands_above(heap: Heap, row: Row) -> bool:
    """Whether a silent case is called already for something worse, that begins with a word to the customer as well."""
    return heap is Heap.SILENCE and not row.called.isdisjoint({"unheard", "broken"})


def _of_promise(promise: Promise, row: Row, looker: Looker, texts: Texts) -> Due:
    heap = {"broken": Heap.BROKEN, "proposed": Heap.PROPOSED}.get(promise.status, Heap.PROMISE)
    escalated = heap is Heap.BROKEN and promise.escalated and looker.leads
    return Due(
        heap=Heap.ESCALATED if escalated else heap,
        case=row,
        owner=promise.owner.name if promise.owner is not None else "",
        mine=escalated or looker.mine(promise.owner_id),
        away_until=looker.covered.get(promise.owner_id or 0),
        due=promise.due,
        subject=promise.id,
        words=texts.words(Span(promise.source, promise.start, promise.end)),
    )


def _of_asked(promise: Promise, row: Row, looker: Looker, texts: Texts) -> Due:
    """Return a promise that one is asked to keep. Of another team's case one sees these words alone."""
    foreign = looker.members is not None and promise.case.team_id != looker.team
    return Due(
        heap=Heap.ASKED,
        case=replace(row, subject="", preview="", customer=_first_name(row.customer)) if foreign else row,
        owner=promise.owner.name if promise.owner is not None else "",
        mine=True,
        away_until=looker.covered.get(promise.asked_id or 0),
        due=promise.due,
        subject=promise.id,
        words=texts.words(Span(promise.source, promise.start, promise.end)),
        foreign=foreign,
    )


def _first_name(customer: str) -> str:
    """Return what a colleague of another team may call the customer: never by an address."""
    return "" if "@" in customer else customer.partition(" ")[0]


def _promises(by_number: dict[int, Row], calling: Sequence[Row]) -> list[Promise]:
    """Return the broken and the proposed promises of the calling cases."""
    wanted = [row.number for row in calling if row.called & {"broken", "proposed"}]
    owed = Promise.objects.filter(case_id__in=wanted, status__in=("broken", "proposed")).select_related("owner")
    return [promise for promise in owed.order_by("due", "id") if promise.case_id in by_number]


def _due_promises(cases: QuerySet[Case], looker: Looker) -> list[Promise]:
    """Return the open promises that fall due by the end of today."""
    mine = Q() if looker.members is None else Q(owner_id__in=looker.members)
    found = Promise.objects.filter(mine, status="open", due__lte=looker.until, case__in=cases)
    return list(found.select_related("owner").order_by("due", "id")[:MOST])


def _asked(looker: Looker) -> QuerySet[Promise]:
    """Return the promises that one is asked to keep, or somebody for whom one stands in; in whosever case."""
    asked = Promise.objects.filter(asked_id__in=[looker.me, *looker.covered], status__in=("proposed", "open", "broken"))
    return asked.select_related("owner", "case").order_by("due", "id")[:MOST]


def _approvals(by_number: dict[int, Row], calling: Sequence[Row], looker: Looker) -> Iterable[Due]:
    wanted = [row.number for row in calling if "approval" in row.called]
    open_ones = Approval.objects.filter(case_id__in=wanted, granted=None).exclude(asked_by_id=looker.me)
    for approval in open_ones.select_related("asked_by", "case__team").order_by("id"):
        yield Due(
            heap=Heap.APPROVAL,
            case=by_number[approval.case_id],
            owner=approval.asked_by.name if approval.asked_by is not None else "",
            mine=True,
            due=_answer_due(approval, looker),
            subject=approval.id,
            amount=approval.amount,
            currency=approval.currency,
        )


def _answer_due(approval: Approval, looker: Looker) -> datetime | None:
    asked = next((a.asked_at for a in state_of(approval.case).approvals if a.approval == approval.id), None)
    return None if asked is None or looker.answer_by is None else looker.answer_by(approval.case, asked)


def _phones(numbers: Iterable[int]) -> dict[int, str]:
    """Return where to call the customers of these cases."""
    found = CustomerAddress.objects.filter(kind=CustomerAddress.PHONE, customer__cases__in=list(numbers))
    return dict(found.order_by("-pk").values_list("customer__cases", "value"))


def _failed(numbers: Iterable[int]) -> dict[int, str]:
    """Return the address that our newest undeliverable mail of each of these cases went to."""
    found = Message.objects.filter(case_id__in=list(numbers), status="failed").order_by("at", "id")
    return dict(found.values_list("case_id", "recipient"))
