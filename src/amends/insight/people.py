"""The staff by id: for names beside what they did, and for lists of who could look after something."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from amends.store.models import User


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the staff, as colleagues know them."""

    id: int
    name: str
    team: int | None
    active: bool
    team_name: str = ""


class Colleagues:
    """Those who were read, by id. `str` of an id is what the journal holds."""

    def __init__(self, people: Sequence[Colleague]) -> None:
        self._by_id = {person.id: person for person in people}

    def name(self, who: int | str | None) -> str:
        """Return a name; empty for nobody, and for who is not on the staff any more."""
        found = self._by_id.get(int(who)) if who and str(who).isdigit() else None
        return found.name if found is not None else ""

    def of_team(self, team: int) -> list[Colleague]:
        """Return the active people of a team, by name."""
        return [person for person in self.active() if person.team == team]

    def active(self) -> list[Colleague]:
        """Return all who have not left, by name."""
        return sorted((p for p in self._by_id.values() if p.active), key=lambda p: p.name.casefold())

    def elsewhere(self, team: int) -> list[Colleague]:
        """Return the active people of all other teams, by team and name."""
        there = (p for p in self._by_id.values() if p.team != team and p.active)
        return sorted(there, key=lambda p: (p.team_name.casefold(), p.name.casefold()))

    def everybody(self) -> list[Colleague]:
        """Return everybody who was read, by name; those who left as well."""
        return sorted(self._by_id.values(), key=lambda p: p.name.casefold())


def colleagues(team: int | None, ids: Sequence[int] = ()) -> Colleagues:
    """Return the people of a team (None: of all teams), and those with these ids beside."""
    found = User.objects.all() if team is None else User.objects.filter(Q(team_id=team) | Q(pk__in=ids))
    rows = found.values_list("pk", "name", "email", "team_id", "is_active", "team__name")
    return Colleagues(
        [Colleague(pk, name or email, of, active, team_name or "") for pk, name, email, of, active, team_name in rows]
    )


def members(team: int | None) -> list[int]:
    """Return the ids of everybody of a team, of those who left as well: what they promised is still owed."""
    return list(User.objects.filter(team_id=team).values_list("pk", flat=True)) if team is not None else []
