"""Holidays: who is away, and who sees to what falls due for them meanwhile."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from amends.actions import house
from amends.actions.access import LARGEST, NoAccess, NotAllowed
from amends.actions.actors import Staff
from amends.method.decide import Impossible
from amends.method.words import Rank
from amends.store.models import Absence, User

_LONGEST = timedelta(days=366)


def access_colleague(who: Staff, user: int) -> User:
    """Return somebody whose absences `who` may plan: oneself, for a lead those of the team, for an admin everybody.

    Raises `NoAccess` for who is of another team, `NotAllowed` for a colleague whose lead one is not.
    """
    found = User.objects.filter(pk=user, is_active=True).first() if user <= LARGEST else None
    if found is None or (found.pk != who.id and who.rank is not Rank.ADMIN and found.team_id != who.team):
        raise NoAccess
    if found.pk != who.id and who.rank is Rank.HANDLER:
        raise NotAllowed
    return found


def do_plan_absence(who: Staff, *, user: int, cover: int, starts: date, ends: date, at: datetime) -> Absence:
    """Note that somebody is away from `starts` to `ends`, both included, and who covers for them.

    Raises `Impossible` where the days make no sense or are taken, or the cover could not see the cases.
    """
    with transaction.atomic():
        person = access_colleague(who, user)
        User.objects.select_for_update().get(pk=person.pk)  # two plans for the same days would both find them free
        if ends < starts:
            raise Impossible("The last day comes before the first.")
        if ends < house.day_of(at):
            raise Impossible("These days are over already.")
        if ends - starts > _LONGEST:
            raise Impossible("Plan a year at most.")
        if cover == person.pk:
            raise Impossible("Somebody else has to stand in.")
        if not User.objects.filter(_sees_as_much(person), pk=cover, is_active=True).exists():
            raise Impossible("Choose somebody of the same team: nobody else could see the cases.")
        clash = Absence.objects.filter(user=person, starts__lte=ends, ends__gte=starts).order_by("starts").first()
        if clash is not None:
            raise Impossible("Some of these days are planned already. Take that absence off the list first.")
        return Absence.objects.create(user=person, cover_id=cover, starts=starts, ends=ends)


def do_end_absence(who: Staff, absence: int, *, at: datetime) -> None:
    """Let somebody be back: what has not begun is taken off the list, what has begun ends yesterday."""
    with transaction.atomic():
        found = Absence.objects.filter(pk=absence).first() if absence <= LARGEST else None
        if found is None:
            raise NoAccess
        access_colleague(who, found.user_id)
        today = house.day_of(at)
        if found.starts >= today:
            found.delete()
        elif found.ends >= today:
            Absence.objects.filter(pk=found.pk).update(ends=today - timedelta(days=1))


def _sees_as_much(person: User) -> Q:
    """Say who sees at least the cases that this person sees."""
    admin = Q(rank=Rank.ADMIN.value)
    return admin if person.is_admin or person.team_id is None else admin | Q(team_id=person.team_id)
