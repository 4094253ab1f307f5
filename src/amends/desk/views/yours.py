"""One's own part of the settings: what comes by mail, and time away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.actions import clock, house
from amends.actions.absences import do_end_absence, do_plan_absence
from amends.actions.actors import Staff
from amends.actions.people import do_set_wishes
from amends.desk.contexts.yours import YoursView
from amends.desk.forms.yours import PlanAbsence, Wishes
from amends.desk.show.absences import absence_view
from amends.desk.staff import for_staff
from amends.insight.absences import absences
from amends.insight.people import Colleague, colleagues
from amends.method.decide import Impossible
from amends.method.words import Rank
from amends.store.models import User


def yours(who: Staff) -> YoursView:
    """Return one's own part of the settings."""
    user, today = User.objects.get(pk=who.id), house.day_of(clock.now())
    may, people = _plannable(who), _team(who)
    return YoursView(
        wishes=Wishes(initial={"mail_notices": user.mail_notices, "digest": user.digest}, auto_id="wishes-%s"),
        wishes_url=reverse("desk:set-wishes"),
        absences=tuple(
            absence_view(away, today, {person.id for person in may})
            for away in absences([person.id for person in people], today)
        ),
        plan=PlanAbsence(may=may, people=people, initial={"user": who.id}),
        plan_url=reverse("desk:plan-absence"),
    )


@require_POST
@for_staff
def set_wishes(request: HttpRequest, who: Staff) -> HttpResponse:
    """Keep what one wants by mail."""
    form = Wishes(request.POST)
    if form.is_valid():
        do_set_wishes(who, **form.cleaned_data)
        messages.success(request, _("That is kept."))
    else:
        messages.error(request, _("Choose which notices come by mail."))
    return HttpResponseRedirect(f"{reverse('desk:settings')}#wishes")


@require_POST
@for_staff
def plan_absence(request: HttpRequest, who: Staff) -> HttpResponse:
    """Note that somebody is away."""
    form = PlanAbsence(request.POST, may=_plannable(who), people=_team(who))
    if form.is_valid():
        try:
            do_plan_absence(who, **form.cleaned_data, at=clock.now())
        except Impossible as why:
            messages.error(request, _(str(why)))
        else:
            messages.success(request, _("It is noted. What falls due goes to the one who stands in."))
    else:
        messages.error(request, _("Say who is away, from which day to which, and who of the team stands in."))
    return HttpResponseRedirect(f"{reverse('desk:settings')}#away")


@require_POST
@for_staff
def end_absence(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Let somebody be back."""
    do_end_absence(who, number, at=clock.now())
    messages.success(request, _("Welcome back. It is off the list."))
    return HttpResponseRedirect(f"{reverse('desk:settings')}#away")


def _team(who: Staff) -> list[Colleague]:
    """Return those who can be away, or stand in: the team; an admin's are all."""
    found = colleagues(None if who.rank is Rank.ADMIN else who.team, [who.id])
    return found.active() if who.rank is Rank.ADMIN or who.team is None else found.of_team(who.team)


def _plannable(who: Staff) -> list[Colleague]:
    """Return those whose absences one may plan."""
    return [person for person in _team(who) if who.rank is not Rank.HANDLER or person.id == who.id]
