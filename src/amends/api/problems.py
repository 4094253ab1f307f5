"""What went wrong, as JSON in the manner of RFC 9457: a type, a title, a status, and a sentence."""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from amends.actions.access import NoAccess, NotAllowed
from amends.actions.booking import SlotTaken
from amends.actions.carry import Conflict
from amends.method.decide import Impossible
from amends.method.gates import Refusal, Refused

TITLES: Final[dict[str, str]] = {
    "refused": "A gate refuses this",
    "changed": "The case has changed in the meantime",
    "impossible": "This makes no sense now",
    "taken": "This external_id was used for other words",
    "slot-taken": "Somebody else is called at this time",
    "not-found": "There is no such thing, or it is not yours to see",
    "not-allowed": "You may not do this",
    "no-key": "Send a key: Authorization: Bearer …",
    "not-understood": "The request was not understood",
}
"""Every type of problem (`urn:amends:problem:<name>`) with its title."""


class Taken(Exception):
    """An `external_id` came a second time, with other words."""


def problem(name: str, status: int, detail: str = "", **more: Any) -> HttpResponse:  # noqa: ANN401 - whatever JSON holds
    """Return a problem as a response."""
    said = {"type": f"urn:amends:problem:{name}", "title": TITLES[name], "status": status}
    body = json.dumps({**said, "detail": detail or TITLES[name], **more}, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type="application/problem+json; charset=utf-8")


def answer_problems(api: NinjaAPI) -> None:
    """Let `api` answer everything that an action raises with a problem."""
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)


def _refused(_request: HttpRequest, no: Refused) -> HttpResponse:
    return problem("refused", 409, str(no), refusals=[_refusal(refusal) for refusal in no.refusals])


def _changed(_request: HttpRequest, _no: Conflict) -> HttpResponse:
    return problem("changed", 409, "Read the case anew, look at what changed, and send this again with its `seen`.")


def _impossible(_request: HttpRequest, why: Impossible) -> HttpResponse:
    return problem("impossible", 422, str(why))


def _slot_taken(_request: HttpRequest, why: SlotTaken) -> HttpResponse:
    return problem("slot-taken", 409, str(why))


def _taken(_request: HttpRequest, _no: Taken) -> HttpResponse:
    return problem("taken", 409, "Send each complaint with an external_id of its own.")


def _not_found(_request: HttpRequest, _no: NoAccess | Http404) -> HttpResponse:
    return problem("not-found", 404)


def _not_allowed(_request: HttpRequest, _no: NotAllowed) -> HttpResponse:
    return problem("not-allowed", 403)


def _no_key(_request: HttpRequest, _no: AuthenticationError) -> HttpResponse:
    answer = problem("no-key", 401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _not_valid(_request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    errors = [{"where": _where(one["loc"]), "what": one["msg"]} for one in wrong.errors]
    return problem("not-understood", 422, "; ".join(f"{e['where']}: {e['what']}" for e in errors), errors=errors)


def _not_understood(_request: HttpRequest, wrong: HttpError) -> HttpResponse:
    return problem("not-understood", wrong.status_code, str(wrong))


_HANDLERS: Final[dict[type[Exception], Any]] = {
    Refused: _refused,
    Conflict: _changed,
    SlotTaken: _slot_taken,
    Impossible: _impossible,
    Taken: _taken,
    NoAccess: _not_found,
    Http404: _not_found,
    NotAllowed: _not_allowed,
    AuthenticationError: _no_key,
    ValidationError: _not_valid,
    HttpError: _not_understood,
}


def _refusal(refusal: Refusal) -> dict[str, object]:
    why, remedy = (text.format_map(refusal.details) for text in (refusal.why, refusal.remedy))
    said: dict[str, object] = {"gate": refusal.gate.value, "why": why, "remedy": remedy}
    if refusal.asks is not None:
        said["asks"] = {"amount": str(refusal.asks.amount), "currency": refusal.asks.currency}
    return said


def _where(place: Sequence[str | int]) -> str:
    """Return which field it is: `owner.name`, without the library's own words before it."""
    return ".".join(str(part) for part in place if part not in ("body", "query", "path", "given")) or "the request"
