"""How promises were kept: for each person, each team and each month, in one query.

A promise counts in the month in which it was last due, for whom it belongs to at the end, and for the team of its
case. What moved in time was neither kept as it was said nor broken: it stands beside, in its own right.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from amends.store.models import Promise, Team, User

KEPT, MOVED, LATE, BROKEN = "kept", "moved", "late", "broken"
FATES: Final = (KEPT, MOVED, LATE, BROKEN)
"""What can become of a promise: kept in time, moved in time and kept then, kept too late, not kept so far."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Share:
    """How many promises met each fate."""

    kept: int = 0
    moved: int = 0
    late: int = 0
    broken: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.kept + self.moved + self.late + self.broken

    @property
    def rate(self) -> float | None:
        """The keep-rate, 0 to 1: of those that stood as they were said, the part kept in time. None without any."""
        stood = self.kept + self.late + self.broken
        return self.kept / stood if stood else None


@dataclass(frozen=True, slots=True)
class Of:
    """The share of a person or a team; `id` is None for promises whose owner is gone."""

    id: int | None
    name: str
    share: Share


@dataclass(frozen=True, slots=True)
class Keeping:
    """All of it: `months` from the first to the last; people and teams by name, in the month that was asked for."""

    months: tuple[Share, ...]
    people: tuple[Of, ...]
    teams: tuple[Of, ...]
    whole: Share


def keeping(
    promises: QuerySet[Promise],
    bounds: Sequence[datetime],
    *,
    now: datetime,
    person: int | None = None,
    month: int | None = None,
) -> Keeping:
    """Return how these promises were kept between `bounds` (the months' first moments, and the end of the last).

    With `person` the months are theirs alone; with `month` (its place among them) people and teams are of it alone.
    """
    past = promises.filter(due__gte=bounds[0], due__lt=bounds[-1])
    past = past.filter(Q(status__in=("kept", "late", "broken")) | Q(status="open", due__lte=now))
    fate = Case(
        When(status="kept", moved=0, then=Value(0)),
        When(status="kept", then=Value(1)),
        When(status="late", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    place = Case(
        *(When(due__lt=end, then=Value(place)) for place, end in enumerate(bounds[1:])), output_field=IntegerField()
    )
    grouped = past.annotate(place=place, fate=fate, keeper=Coalesce("owner_id", Value(0)))
    rows = list(
        grouped.order_by()
        .values("place", "fate", "team_id", "keeper")
        .annotate(count=Count("*"))
        .values_list("place", "fate", "team_id", "keeper", "count")
    )
    here = [row for row in rows if month is None or row[0] == month]
    by_month = _shares((place, fate, count) for place, fate, _t, keeper, count in rows if person in (None, keeper))
    people = _shares((keeper, fate, count) for _m, fate, _t, keeper, count in here)
    teams = _shares((team, fate, count) for _m, fate, team, _k, count in here)
    whole = _shares((None, fate, count) for _m, fate, _t, _k, count in here)
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    titles = dict(Team.objects.filter(pk__in=teams).values_list("pk", "name"))
    return Keeping(
        months=tuple(by_month.get(place, Share()) for place in range(len(bounds) - 1)),
        people=_named(people, names),
        teams=_named(teams, titles),
        whole=whole.get(None, Share()),
    )


def _shares(counts: Iterable[tuple[K, int, int]]) -> dict[K, Share]:
    tallied: dict[K, Counter[str]] = {}
    for key, fate, count in counts:
        tallied.setdefault(key, Counter())[FATES[fate]] += count
    return {key: Share(**counted) for key, counted in tallied.items()}


def _named(shares: dict[int, Share], names: dict[int, str]) -> tuple[Of, ...]:
    found = [Of(pk or None, names.get(pk, ""), share) for pk, share in shares.items()]
    return tuple(sorted(found, key=lambda one: (not one.name, one.name.casefold())))
