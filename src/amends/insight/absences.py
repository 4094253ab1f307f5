"""Who is away, when, and who stands in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from amends.store.models import Absence


@dataclass(frozen=True, slots=True)
class Away:
    """An absence. `cover` is the name of who stands in."""

    id: int
    person: int
    name: str
    cover: str
    starts: date
    ends: date


def absences(people: Collection[int], day: date) -> list[Away]:
    """Return the absences of these people that are not over, the next one first."""
    found = Absence.objects.filter(user_id__in=people, ends__gte=day).select_related("user", "cover")
    return [Away(a.pk, a.user_id, a.user.name, a.cover.name, a.starts, a.ends) for a in found.order_by("starts", "pk")]


def away_now(person: int, day: date) -> Away | None:
    """Return somebody's absence of this day; None for who is there."""
    return next((away for away in absences([person], day) if away.starts <= day), None)
