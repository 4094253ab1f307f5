"""Cases as programs list them: by number, the newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from amends.store.models import Case

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One case."""

    number: int
    subject: str
    customer: int
    customer_name: str
    status: str
    station: str
    upset: int | None
    owner: int | None
    opened_at: datetime
    changed_at: datetime
    waiting_since: datetime | None
    next_due_at: datetime | None
    next_due_kind: str


def newest(
    cases: QuerySet[Case], *, status: str = "", before: int | None = None, limit: int = 50
) -> tuple[Sequence[Line], int | None]:
    """Return up to `limit` (at most `MOST`) of these cases below the number `before`, and the number to go on from.

    One query; the second value is None on the last page. `status` is open, resolved, closed, or empty for all.
    """
    size = max(1, min(limit, MOST))
    found = cases.filter(status=status) if status else cases
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = found.order_by("-pk").values_list(
        "pk",
        "subject",
        "customer_id",
        "customer__name",
        "status",
        "station",
        "upset",
        "owner_id",
        "opened_at",
        "changed_at",
        "waiting_since",
        "next_due_at",
        "next_due_kind",
    )[: size + 1]
    lines = [Line(*row) for row in rows]
    return lines[:size], lines[size - 1].number if len(lines) > size else None
