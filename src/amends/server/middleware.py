"""What every answer carries: a strict content policy and the other headers that keep strangers out."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

# Scripts, styles, pictures and requests come from the desk itself; there is no inline script or
# style anywhere, so words of a stranger can never become code.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
PERMISSIONS: Final = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"
)


def guard(get_response: Answer) -> Answer:
    """Return the middleware that adds the headers.

    A view that may be framed says so with `channels.webform.framing.allow_frames`, which leaves the
    origins in the response's `frame_ancestors`. Headers that a view set itself stand.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        ancestors: tuple[str, ...] = getattr(response, "frame_ancestors", ())
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY.format(ancestors=" ".join(ancestors) or "'none'"))
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Pages hold what people told us in confidence: neither a proxy nor a shared computer keeps them.
        headers.setdefault("Cache-Control", "private, no-store")
        if not ancestors:
            headers.setdefault("X-Frame-Options", "DENY")
        return response

    return answer
