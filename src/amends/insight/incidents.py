"""Incidents for reading: the list, what became of what was written, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from amends.insight.history import state_of
from amends.insight.inbox import Row, rows_of
from amends.store.met import orders_met, product_words
from amends.store.models import Broadcast, BroadcastCopy, Case, Incident, Message

MOST: Final = 100
"""Incidents of a list, and refused copies of a page."""
CASES: Final = 50
RECENT: Final = 500
"""The newest cases without an incident that are looked at for those that may belong to one."""


@dataclass(frozen=True, slots=True)
class Line:
    """An incident in a list; `cases` are those that the reader may see."""

    id: str
    title: str
    product: str
    opened_at: datetime
    fixed_at: datetime | None
    cases: int
    open_cases: int


@dataclass(frozen=True, slots=True)
class Written:
    """Something written once for many, and what became of its copies."""

    id: str
    kind: str
    text: str
    author: str
    at: datetime
    waiting: int
    sent: int
    refused: int
    skipped: int

    @property
    def count(self) -> int:
        """How many copies there are."""
        return self.waiting + self.sent + self.refused + self.skipped


@dataclass(frozen=True, slots=True)
class ByHand:
    """A copy that did not go, for a person to answer: the case (None: there is none), the customer, and why."""

    case: int | None
    customer: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Reached:
    """How far it has come, in customers with a case: all, told, asked whether it is fixed, and what they said."""

    cases: int
    complained: int
    told: int
    asked: int
    yes: int
    no: int


def incident_lines(incidents: QuerySet[Incident], cases: QuerySet[Case]) -> list[Line]:
    """Return the newest incidents. Two queries."""
    found = list(incidents.order_by("-opened_at", "-id")[:MOST])
    tallied = cases.filter(incident__in=found).order_by().values("incident")
    counts = {
        one["incident"]: (one["all"], one["open"])
        for one in tallied.annotate(all=Count("pk"), open=Count("pk", filter=Q(status="open")))
    }
    return [Line(i.pk, i.title, i.product, i.opened_at, i.fixed_at, *counts.get(i.pk, (0, 0))) for i in found]


def choices(team: int, mine: str) -> list[tuple[str, str]]:
    """Return the newest incidents of a team by id and title, to choose from; and `mine` in any case."""
    newest = Incident.objects.filter(team_id=team).order_by("-opened_at", "-id")
    found = list(newest.values_list("pk", "title")[:MOST])
    if mine and mine not in dict(found):
        found += newest.filter(pk=mine).values_list("pk", "title")
    return found


def written_about(incident: Incident) -> list[Written]:
    """Return what was written to many about it, the newest first. One query."""
    by_status = {
        name: Count("copies", filter=Q(copies__status=name)) for name in ("waiting", "sent", "refused", "skipped")
    }
    rows = Broadcast.objects.filter(incident=incident).annotate(**by_status).order_by("-at", "-id")
    names = ("pk", "kind", "text", "author__name", "at", *by_status)
    return [Written(pk, kind, text, author or "", *rest) for pk, kind, text, author, *rest in rows.values_list(*names)]


def left_by_hand(incident: Incident) -> list[ByHand]:
    """Return the copies that were refused and not followed by a word to the same customer since, newest first."""
    since = Message.objects.filter(
        case=OuterRef("case"), direction=Message.OUT, automatic=False, at__gt=OuterRef("broadcast__at")
    ).exclude(status="taken_back")
    refused = BroadcastCopy.objects.filter(broadcast__incident=incident, status="refused").exclude(Exists(since))
    rows = refused.order_by("-pk").values_list("case_id", "customer_id", "customer__name", "why")
    return [ByHand(*row) for row in rows[:MOST]]


def reached(incident: Incident, cases: QuerySet[Case]) -> Reached:
    """Return how far it has come among these cases. Three queries, and each case's state is read."""
    mine = cases.filter(incident=incident)
    sent = BroadcastCopy.objects.filter(broadcast__incident=incident, status="sent", case__in=mine)
    by_kind = sent.order_by().aggregate(
        told=Count("case", distinct=True, filter=~Q(broadcast__kind="fixed")),
        asked=Count("case", distinct=True, filter=Q(broadcast__kind="fixed")),
    )
    fixed: dict[bool | None, int] = {}
    count = complained = 0
    for case in mine.only("state", "status").iterator(chunk_size=1000):
        said = state_of(case).fixed
        fixed[said] = fixed.get(said, 0) + 1
        count += 1
        complained += case.status != "quiet"
    return Reached(count, complained, by_kind["told"], by_kind["asked"], fixed.get(True, 0), fixed.get(False, 0))


def hottest_of(incident: Incident, cases: QuerySet[Case]) -> list[Row]:
    """Return the hottest of its cases: the open ones first."""
    rank = {"open": 0, "quiet": 1, "resolved": 2, "closed": 3}
    rows = rows_of(cases.filter(incident=incident).order_by("-heat", "-pk")[:CASES])
    return sorted(rows, key=lambda row: rank.get(row.status, 0))


def may_belong(incident: Incident, cases: QuerySet[Case]) -> Sequence[Row]:
    """Return newest cases of its team that name the product, or whose customer ordered it in the period."""
    words = product_words(incident.product)
    if not words:
        return ()
    free = cases.filter(team_id=incident.team_id, incident=None).exclude(status="closed")
    if incident.began_at is not None:
        free = free.filter(opened_at__gte=incident.began_at)
    recent = list(free.order_by("-pk").values_list("pk", flat=True)[:RECENT])
    theirs = Message.objects.filter(case=OuterRef("pk"), direction=Message.IN)
    in_subject = Q()
    for word in words:
        theirs = theirs.filter(text__icontains=word)
        in_subject &= Q(subject__icontains=word)
    ordered = orders_met(incident).filter(customer=OuterRef("customer_id"))
    alike = Case.objects.filter(in_subject | Exists(theirs) | Exists(ordered), pk__in=recent)
    return rows_of(alike.order_by("-pk")[:CASES])
