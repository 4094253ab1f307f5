"""Who calls: `Authorization: Bearer` and a key. A log-in of the pages counts for nothing here."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from amends.actions import clock
from amends.actions.access import NoAccess
from amends.actions.actors import Staff
from amends.actions.tokens import holder


class Key(HttpBearer):
    """Lets in whoever holds a key, as the user that it was made for."""

    openapi_description = "A key made with `amends key add`."

    def authenticate(self, request: HttpRequest, token: str) -> Staff | None:  # noqa: ARG002 - the library's signature
        """Return who holds the key; None for a key that opens nothing."""
        try:
            return holder(token.strip(), clock.now())
        except NoAccess:
            return None


def caller(request: HttpRequest) -> Staff:
    """Return who calls. Raises `NoAccess` where nobody was let in."""
    who = getattr(request, "auth", None)
    if not isinstance(who, Staff):
        raise NoAccess
    return who
