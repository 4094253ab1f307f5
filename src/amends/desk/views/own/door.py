"""The door of the customer's page: the signed link, and what stands there when it opens nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from amends.actions import house
from amends.actions.access import NoAccess, access_case
from amends.actions.actors import Guest
from amends.actions.links import guest
from amends.store.models import Case

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Guest, Case, P], HttpResponse]


def for_guest(view: View[P]) -> Callable[..., HttpResponse]:
    """Return the view, given the guest who holds the token and their case, in the time zone of the customer.

    A token that is forged, expired or revoked leads to a kind page with 404. No answer may be indexed. Of the address
    nothing goes to other sites (`Referrer-Policy: same-origin`); `no-referrer` would have browsers send
    `Origin: null` with every form, which no check against forged requests can tell from a forgery.
    """

    @wraps(view)
    def answer(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            who = guest(token)
            case = access_case(who, who.case)
        except NoAccess:
            return _headed(_no_access(request), "no-referrer")
        with timezone.override(house.zone_of(case)):
            return _headed(view(request, who, case, *args, **kwargs), "same-origin")

    return answer


def _no_access(request: HttpRequest) -> HttpResponse:
    business = house.house().business
    page = {"business": business.name, "address": business.address}
    return render(request, "desk/own/no_access.html", page, status=404)


def _headed(response: HttpResponse, referrer: str) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = referrer
    response.headers["Cache-Control"] = "private, no-store"
    return response
