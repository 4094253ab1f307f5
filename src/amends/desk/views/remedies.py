"""The catalogue of remedies: everybody on the staff reads it, leads keep it."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.actions import clock
from amends.actions.access import check_rank
from amends.actions.actors import Staff
from amends.actions.remedies import access_remedy, do_add_remedy, do_change_remedy, do_switch_remedy
from amends.desk.forms.fair import TellRemedy
from amends.desk.shell import shell
from amends.desk.show.remedies import remedies_page
from amends.desk.staff import for_staff
from amends.insight.fair import whole_catalogue
from amends.method.decide import Impossible
from amends.method.words import Rank


@require_safe
@for_staff
def remedies(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show the catalogue; leads can add, change and switch."""
    return _show(request, who)


@require_POST
@for_staff
def add_remedy(request: HttpRequest, who: Staff) -> HttpResponse:
    """Add a remedy."""
    check_rank(who, Rank.LEAD)
    form = TellRemedy(request.POST, auto_id="new-%s")
    if form.is_valid():
        try:
            made = do_add_remedy(who, form.told())
        except Impossible as why:
            form.add_error(None, _(str(why)))
        else:
            return _back(request, made.code, _("It is in the catalogue."))
    return _show(request, who, form)


@require_POST
@for_staff
def change_remedy(request: HttpRequest, who: Staff, code: str) -> HttpResponse:
    """Tell a remedy anew."""
    check_rank(who, Rank.LEAD)
    found = access_remedy(code)
    form = TellRemedy(request.POST, auto_id=f"{found.code}-%s")
    if form.is_valid():
        try:
            do_change_remedy(who, found.code, form.told(), seen=request.POST.get("seen", ""))
        except Impossible as why:
            form.add_error(None, _(str(why)))
        else:
            return _back(request, found.code, _("It says so now."))
    return _show(request, who, form, found.code)


@require_POST
@for_staff
def switch_remedy(request: HttpRequest, who: Staff, code: str) -> HttpResponse:
    """Put a remedy on the sheets, or take it off them."""
    on = request.POST.get("on") == "1"
    do_switch_remedy(who, code, on=on)
    return _back(request, code, _("It stands on the sheets again.") if on else _("It is off the sheets from now on."))


def _back(request: HttpRequest, code: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(f"{reverse('desk:remedies')}#{code}")


def _show(request: HttpRequest, who: Staff, bound: Form | None = None, code: str = "") -> HttpResponse:
    page = remedies_page(whole_catalogue(), may=who.rank is not Rank.HANDLER, bound=bound, code=code)
    context = {"page": page, "shell": shell(request, who, "settings"), "now": clock.now()}
    return render(request, "desk/settings/remedies.html", context, status=200 if bound is None else 422)
