"""The door of every page for staff: who is logged in, and what becomes of those who may not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from amends.actions.access import NoAccess, NotAllowed
from amends.actions.actors import Staff
from amends.actions.authority import answer_by
from amends.insight.people import members
from amends.insight.today import Looker
from amends.method.words import Rank
from amends.store.cover import Cover
from amends.store.models import User

P = ParamSpec("P")


def for_staff(
    view: Callable[Concatenate[HttpRequest, Staff, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Return the view, given who is logged in; others are asked to log in first.

    `NoAccess` becomes 404 (whether there is such a thing is nobody's business), `NotAllowed` becomes 403.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User):
            return _log_in_first(request)
        try:
            return view(request, Staff.of(user), *args, **kwargs)
        except NoAccess:
            raise Http404 from None
        except NotAllowed:
            raise PermissionDenied from None

    return answer


def teams_of(who: Staff) -> list[int] | None:
    """Return the teams whose cases they see; None stands for all of them."""
    if who.rank == "admin":
        return None
    return [] if who.team is None else [who.team]


def looker_of(who: Staff, now: datetime, cover: Cover) -> Looker:
    """Return who looks at Today, until the end of the day where they are. `cover` says who is away."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Looker(
        me=who.id,
        team=who.team,
        leads=who.rank is not Rank.HANDLER,
        until=midnight + timedelta(days=1),
        members=None if who.rank is Rank.ADMIN else members(who.team),
        covered=cover.covered_by(who.id),
        answer_by=answer_by,
    )


def _log_in_first(request: HttpRequest) -> HttpResponse:
    """Ask to log in, and come back to this page; to the start where this was no page to look at."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else resolve_url("desk:today")
    if request.headers.get("HX-Request"):  # a part of a page cannot hold the log-in: the whole page has to go there
        return HttpResponseClientRedirect(redirect_to_login(resolve_url("desk:today")).url)
    return redirect_to_login(back)
