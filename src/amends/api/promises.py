"""What can be done about promises. Who keeps one for another team reaches it by its id, and never its case."""

from typing import Final

from django.http import HttpRequest
from ninja import Router, Status

from amends.actions import clock, promises
from amends.actions.access import access_promise, visible_promises
from amends.actions.actors import Staff
from amends.api import given, shapes
from amends.api.auth import caller
from amends.api.show import promise_line, standing
from amends.insight.ledger import lines_of

router = Router(tags=["promises"])
_NO: Final = {404: shapes.Problem, 409: shapes.Problem, 422: shapes.Problem}
_DONE: Final = {200: shapes.Standing, **_NO}
_ALONE: Final = {200: shapes.PromiseOut, **_NO}


@router.post("/cases/{int:number}/promises", response={201: shapes.Made, **_NO})
def make_promise(request: HttpRequest, number: int, body: given.NewPromise) -> Status[dict[str, object]]:
    """Record a promise that was made to the customer in other words than a reply."""
    who = caller(request)
    owner = who.id if body.owner is None else body.owner
    made = promises.do_make_promise(who, number, body.what, due=body.due, owner=owner, ask=body.ask, at=clock.now())
    return Status(201, standing(who, number) | {"id": made})


@router.post("/cases/{int:number}/promises/{promise}/confirm", response=_DONE)
def confirm_promise(
    request: HttpRequest, number: int, promise: str, body: given.Confirm | None = None
) -> dict[str, object]:
    """Confirm that what was read as a promise is one."""
    who, words = caller(request), body or given.Confirm()
    promises.do_confirm_promise(
        who, number, promise, at=clock.now(), owner=words.owner, due=words.due, ask=words.ask, seen=words.seen
    )
    return standing(who, number)


@router.post("/cases/{int:number}/promises/{promise}/dismiss", response=_DONE)
def dismiss_promise(request: HttpRequest, number: int, promise: str) -> dict[str, object]:
    """Say that what was read as a promise is none."""
    who = caller(request)
    promises.do_dismiss_promise(who, number, promise, at=clock.now())
    return standing(who, number)


@router.post("/cases/{int:number}/promises/{promise}/keep", response=_DONE)
def keep_promise(request: HttpRequest, number: int, promise: str, body: given.Keep | None = None) -> dict[str, object]:
    """Say that it was done."""
    who, words = caller(request), body or given.Keep()
    standing(who, number)  # who may not see the case says so by the promise's own address
    promises.do_keep_promise(who, number, promise, at=clock.now(), how=words.how, seen=words.seen)
    return standing(who, number)


@router.post("/cases/{int:number}/promises/{promise}/move", response=_DONE)
def move_promise(request: HttpRequest, number: int, promise: str, body: given.Move) -> dict[str, object]:
    """Move a promise before it is due, and tell the customer so."""
    who = caller(request)
    promises.do_move_promise(who, number, promise, due=body.due, tell=body.tell, at=clock.now(), seen=body.seen)
    return standing(who, number)


@router.post("/cases/{int:number}/promises/{promise}/hand-over", response=_DONE)
def hand_over_promise(request: HttpRequest, number: int, promise: str, body: given.HandOver) -> dict[str, object]:
    """Let a colleague of the team look after it."""
    who = caller(request)
    promises.do_hand_over_promise(who, number, promise, owner=body.owner, at=clock.now(), seen=body.seen)
    return standing(who, number)


@router.post("/cases/{int:number}/promises/{promise}/ask", response=_DONE)
def ask_promise_owner(request: HttpRequest, number: int, promise: str, body: given.Ask) -> dict[str, object]:
    """Ask somebody, of any team, to keep it. They see this promise, and nothing else of the case."""
    who = caller(request)
    promises.do_ask_promise_owner(who, number, promise, owner=body.owner, at=clock.now(), seen=body.seen)
    return standing(who, number)


@router.get("/promises/{promise}", response=_ALONE)
def promise(request: HttpRequest, promise: str) -> dict[str, object]:
    """Return one promise, for who keeps it, is asked to, or may see its case."""
    return _alone(caller(request), promise)


@router.post("/promises/{promise}/take", response=_ALONE)
def take_promise(request: HttpRequest, promise: str) -> dict[str, object]:
    """Say yes: from now on it is the key's own user's."""
    who = caller(request)
    promises.do_take_promise(who, promise, at=clock.now())
    return _alone(who, promise)


@router.post("/promises/{promise}/turn-down", response={204: None, **_NO})
def turn_down_promise(request: HttpRequest, promise: str, body: given.TurnDown) -> Status[None]:
    """Say no, and why: it stays with its owner, and who was asked sees it no longer."""
    promises.do_turn_down_promise(caller(request), promise, why=body.why, at=clock.now())
    return Status(204, None)


@router.post("/promises/{promise}/keep", response=_ALONE)
def keep_alone(request: HttpRequest, promise: str, body: given.Keep | None = None) -> dict[str, object]:
    """Say that it was done, also in a case that one cannot see."""
    who, words = caller(request), body or given.Keep()
    case = access_promise(who, promise).case_id
    promises.do_keep_promise(who, case, promise, at=clock.now(), how=words.how, seen=words.seen)
    return _alone(who, promise)


def _alone(who: Staff, promise: str) -> dict[str, object]:
    found = access_promise(who, promise)
    (line,) = lines_of(visible_promises(who).filter(pk=found.pk))
    return promise_line(line)
