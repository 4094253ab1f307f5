"""What somebody was told: their notices, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from amends.store.cover import Cover, absences_between
from amends.store.models import Notice, Promise, User

SHOWN: Final = 100
LARGEST: Final = 2**63 - 1
"""The largest number that a row can have."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice. `for_whom` is the name of who is away, where it came to their cover.

    `title` and `customer` say what the case is about, to those who may see it.
    """

    id: int
    kind: str
    subject: str
    at: datetime
    read: bool
    case: int | None
    title: str
    customer: str
    for_whom: str
    asked: bool
    """Whether it is about a promise in a case of another team, of which they may see the promise alone."""


def unread(user: int) -> int:
    """Return how many notices somebody has not read; one query."""
    return Notice.objects.filter(user_id=user, read_at=None).count()


def notices_of(user: User, *, zone: str, before: int | None = None, limit: int = SHOWN) -> tuple[list[Told], bool]:
    """Return what somebody was told, from below the number `before` on, and whether there is more."""
    found = Notice.objects.filter(user=user).order_by("-at", "-pk").select_related("case__customer")
    if before is not None:
        found = found.filter(pk__lt=min(before, LARGEST))
    rows = list(found[: limit + 1])
    return _told(user, rows[:limit], ZoneInfo(zone)), len(rows) > limit


def told_between(user: User, start: datetime, length: timedelta, *, zone: str) -> list[Told]:
    """Return what somebody was told in a span and has not read yet, the oldest first."""
    found: QuerySet[Notice] = Notice.objects.filter(user=user, at__gte=start, at__lt=start + length, read_at=None)
    return _told(user, list(found.order_by("at", "pk").select_related("case__customer")), ZoneInfo(zone))


def one(user: User, notice: Notice, *, zone: str) -> Told:
    """Return one notice as it is told."""
    return _told(user, [notice], ZoneInfo(zone))[0]


def _told(user: User, rows: Sequence[Notice], zone: ZoneInfo) -> list[Told]:
    if not rows:
        return []
    days = [row.at.astimezone(zone).date() for row in rows]
    absences = absences_between(min(days), max(days))
    covers = {day: Cover.of(absences, day).covered_by(user.pk) for day in set(days)} if absences else {}
    keepers: dict[str, int | None] = dict(
        Promise.objects.filter(pk__in={row.subject for row in rows if row.subject}).values_list("pk", "owner_id")
    )
    names = dict(
        User.objects.filter(pk__in={person for day in covers.values() for person in day}).values_list("pk", "name")
    )
    return [_of_row(user, row, covers.get(day, {}), keepers, names) for row, day in zip(rows, days, strict=True)]


def _of_row(
    user: User, row: Notice, covered: dict[int, date], keepers: dict[str, int | None], names: dict[int, str]
) -> Told:
    owner = keepers.get(row.subject) or (row.case.owner_id if row.case is not None else None)
    case = row.case
    foreign = case is not None and not user.is_admin and case.team_id != user.team_id
    shown = case if not foreign else None
    return Told(
        id=row.pk,
        kind=row.kind,
        subject=row.subject,
        at=row.at,
        read=row.read_at is not None,
        case=row.case_id,
        title=(shown.subject or shown.preview) if shown is not None else "",
        customer=shown.customer.name if shown is not None else "",
        for_whom=names.get(owner, "") if owner in covered else "",
        asked=foreign,
    )
