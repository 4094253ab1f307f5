"""Which pages may show the form in a frame."""

from django.conf import settings
from django.http import HttpResponse


def allow_frames(response: HttpResponse) -> HttpResponse:
    """Open an answer to frames on AMENDS_FRAME_ORIGINS and the desk's own; the server's headers read it off there."""
    response.frame_ancestors = ("'self'", *settings.AMENDS_FRAME_ORIGINS)  # type: ignore[attr-defined]  # for the headers
    return response
