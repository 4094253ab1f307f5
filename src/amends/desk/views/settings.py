"""The settings: what is one's own, the coach's rules, who may switch them, and the policy for reading."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.actions import clock, house
from amends.actions.actors import Staff
from amends.actions.coach import do_switch_rule, switched_off
from amends.desk.shell import shell
from amends.desk.show.settings import LATELY_DAYS, settings_page
from amends.desk.staff import for_staff, teams_of
from amends.desk.views.yours import yours
from amends.insight.advice import overridden


@require_safe
@for_staff
def settings(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show what is one's own, the coach's rules, which leads and admins can switch, and the policy in force."""
    now = clock.now()
    counted = overridden(teams_of(who), since=now - timedelta(days=LATELY_DAYS))
    page = settings_page(who, switched_off(), counted, house.policy(), yours(who))
    return render(request, "desk/settings.html", {"page": page, "shell": shell(request, who, "settings"), "now": now})


@require_POST
@for_staff
def switch_rule(request: HttpRequest, who: Staff, code: str) -> HttpResponse:
    """Let a rule speak, or be silent."""
    on = request.POST.get("on") == "1"
    do_switch_rule(who, code, on=on, at=clock.now())
    words = _("%(rule)s speaks beside drafts again.") if on else _("%(rule)s is silent from now on, for everybody.")
    messages.success(request, words % {"rule": code})
    return HttpResponseRedirect(f"{reverse('desk:settings')}#{code}")
