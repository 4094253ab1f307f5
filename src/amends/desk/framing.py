"""Pages that other web sites may show in a frame; every other page refuses."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def framed(view: View[P]) -> View[P]:
    """Return the view with its answers open to frames on AMENDS_FRAME_ORIGINS and the desk's own.

    The server's headers read the origins from the response. A framed page must not rely on
    cookies: browsers withhold them from frames of other sites.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.frame_ancestors = ("'self'", *settings.AMENDS_FRAME_ORIGINS)  # type: ignore[attr-defined]  # read in middleware
        return response

    return answer
