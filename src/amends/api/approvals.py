"""What may be given, wishes to give more, and their answers."""

from typing import Final

from django.http import HttpRequest
from ninja import Router, Status

from amends.actions import clock, handling, house
from amends.actions.access import access_case, visible_cases
from amends.actions.actors import Staff
from amends.actions.approvals import do_answer_approval, do_ask_for_draft
from amends.actions.authority import answer_by, room_of
from amends.api import approval_shapes, given, shapes
from amends.api.auth import caller
from amends.api.show import standing
from amends.api.sums import sum_in
from amends.insight.approvals import Wish, open_wishes
from amends.method.decide import Impossible

router = Router(tags=["approvals"])
_NO: Final = {404: shapes.Problem, 409: shapes.Problem, 422: shapes.Problem}


@router.get("/cases/{int:number}/allowance", response={200: approval_shapes.Allowance, 404: shapes.Problem})
def allowance(request: HttpRequest, number: int) -> dict[str, object]:
    """Show what the key's user may still give without asking, in this case and this month."""
    who = caller(request)
    room = room_of(who, access_case(who, number), at=clock.now())
    here, month = (None if most is None else f"{most:.2f}" for most in (room.here, room.month))
    return {"here": here, "month": month, "currency": house.policy().currency}


@router.post("/cases/{int:number}/approvals", response={201: shapes.Made, **_NO})
def ask(request: HttpRequest, number: int, body: given.NewApproval) -> Status[dict[str, object]]:
    """Ask to give more than is one's own to give: for the `text` of a reply, or for an amount."""
    who, at = caller(request), clock.now()
    if body.text:
        state = do_ask_for_draft(who, number, body.text, body.why, at=at)
    elif body.amount is not None:
        cost = sum_in(body.amount, body.currency)
        state = handling.do_record(who, number, handling.ask_approval(cost, body.why), at=at)
    else:
        raise Impossible("Send the text of the reply that needs it, or an amount.")
    return Status(201, standing(who, number) | {"id": state.approvals[-1].approval})


@router.get("/approvals", response=approval_shapes.ApprovalList)
def approvals(request: HttpRequest) -> dict[str, object]:
    """List the wishes that wait for an answer, the longest waiting first."""
    who = caller(request)
    return {"approvals": [_wish(wish, who) for wish in open_wishes(visible_cases(who))]}


@router.post("/approvals/{approval}/answer", response={200: approval_shapes.ApprovalAnswered, **_NO})
def answer(request: HttpRequest, approval: str, body: given.ApprovalAnswer) -> dict[str, object]:
    """Say yes or no; with `send`, let the draft that came with the wish go out."""
    found = do_answer_approval(
        caller(request), approval, granted=body.granted, why=body.why, send=body.send, at=clock.now()
    )
    return {"granted": body.granted, "message": found.sent.pk if found.sent else None, "kept_back": found.kept_back}


def _wish(wish: Wish, who: Staff) -> dict[str, object]:
    one, own = wish.approval, wish.approval.asked_by == str(who.id)
    return {
        "id": wish.id,
        "case": wish.case.pk,
        "cost": {"amount": str(wish.cost.amount), "currency": wish.cost.currency},
        "asked_by": {"id": int(one.asked_by), "name": wish.asked_by} if one.asked_by.isdigit() else None,
        "why": wish.why,
        "bid": wish.bid,
        "draft": wish.draft,
        "asked_at": one.asked_at,
        "due": None if one.asked_at is None else answer_by(wish.case, one.asked_at),
        "yours": not own and house.policy().may_approve(who.rank, wish.cost, clock.now()),
    }
