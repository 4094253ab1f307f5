"""The door of the customer's page: the signed link, and what stands there when it opens nothing."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from amends.actions import house
from amends.actions.access import NoAccess, access_case
from amends.actions.actors import Guest
from amends.actions.languages import house_language, spoken
from amends.actions.links import guest
from amends.store.models import Case

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Guest, Case, P], HttpResponseBase]


def for_guest(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Return the view, given the guest who holds the token and their case, in the customer's time zone and language.

    A token that is forged, expired or revoked leads to a kind page with 404. No answer may be indexed. Of the address
    nothing goes to other sites (`Referrer-Policy: same-origin`); `no-referrer` would have browsers send
    `Origin: null` with every form, which no check against forged requests can tell from a forgery.
    """

    @wraps(view)
    def answer(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            who = guest(token)
            case = access_case(who, who.case)
        except NoAccess:
            return headed(no_access(request, token))
        with timezone.override(house.zone_of(case)), translation.override(_language(request, case)):
            return headed(view(request, who, case, *args, **kwargs))

    return answer


def no_access(request: HttpRequest, token: str, *, asked: bool = False) -> HttpResponse:
    """Say that a link opens nothing, and what helps. `asked`: they have just asked for a new one."""
    business = house.house().business
    page = {
        "business": business.name,
        "address": business.address,
        "fresh": reverse("desk:own_fresh", args=[token]),
        "asked": asked,
    }
    return render(request, "desk/own/no_access.html", page, status=HTTPStatus.NOT_FOUND)


def _language(request: HttpRequest, case: Case) -> str:
    """Return the language of the page: asked for in the address, else the customer's, else what the browser reads."""
    asked = spoken(request.GET.get("lang", ""))
    return asked or spoken(case.customer.language) or translation.get_language() or house_language()


def headed(response: HttpResponseBase) -> HttpResponseBase:
    """Return the answer with what keeps the address of the page to ourselves."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Language"] = translation.get_language() or ""
    return response
