"""Who stands in for whom: what the absences say about a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from amends.store.models import Absence


@dataclass(frozen=True, slots=True)
class Cover:
    """Who is away on one day: by id of the person, who covers for them and which day is their last one away."""

    away: Mapping[int, tuple[int, date]]

    @classmethod
    def on(cls, day: date) -> "Cover":
        """Return who is away on this day; one query."""
        return cls.of(absences_between(day, day), day)

    @classmethod
    def of(cls, absences: Iterable[Absence], day: date) -> "Cover":
        """Return who of these is away on this day."""
        return cls({a.user_id: (a.cover_id, a.ends) for a in absences if a.starts <= day <= a.ends})

    @property
    def covers(self) -> set[int]:
        """Who covers for somebody."""
        return {cover for cover, _ends in self.away.values()}

    def stands_in(self, person: int) -> int | None:
        """Return who sees to this person's things: themselves, or the first in the chain of covers who is there.

        None where the chain ends in nobody: the covers wait for each other.
        """
        asked = set[int]()
        while person in self.away:
            if person in asked:
                return None
            asked.add(person)
            person = self.away[person][0]
        return person

    def covered_by(self, person: int) -> dict[int, date]:
        """Return those for whom this person stands in, with their last day away; nobody for who is away as well."""
        if person in self.away:
            return {}
        return {other: ends for other, (_cover, ends) in self.away.items() if self.stands_in(other) == person}

    def until(self, person: int) -> date | None:
        """Return this person's last day away; None for who is there."""
        return self.away[person][1] if person in self.away else None


def absences_between(first: date, last: date) -> list[Absence]:
    """Return the absences that touch these days, of and with people who have not left."""
    found = Absence.objects.filter(starts__lte=last, ends__gte=first, cover__is_active=True)
    return list(found.order_by("starts", "pk"))
