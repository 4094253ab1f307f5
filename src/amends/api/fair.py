"""The catalogue, the negotiation sheet, and what goes onto it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from amends.actions import clock, handling, house, offers
from amends.actions.access import access_case, visible_cases
from amends.actions.authority import mover
from amends.actions.remedies import check_offered
from amends.actions.replies import do_reply
from amends.api import shapes
from amends.api.auth import caller
from amends.api.given import Note, Reasons, Words
from amends.api.show import standing
from amends.api.sums import sum_in, sum_out
from amends.insight.casefile import case_file
from amends.insight.fair import whole_catalogue
from amends.insight.history import state_of
from amends.method.authority import room
from amends.method.decide import Impossible
from amends.method.negotiation import Caution, Distance, Side, course, weigh_item
from amends.method.words import Remedy
from amends.store.catalogue import as_item

router = Router(tags=["fair"])
_NO: Final = {404: shapes.Problem, 409: shapes.Problem, 422: shapes.Problem}
_Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
_Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3)]
_Currency = Annotated[str, Field(description="Three letters, such as EUR; without it, the house's.", max_length=3)]


class RemedyOut(Schema):
    """A remedy of the catalogue. Where `share` is given, cost and worth are this share of the price."""

    code: str
    title: str
    kind: Remedy
    words: str = Field(description="The sentence that offers it; {amount} is where the amount stands.")
    cost: Decimal | None
    worth: Decimal | None
    share: Decimal | None
    currency: str
    rank: str = Field(description="Who may give it, and those above.")
    condition: str
    stock: int | None = Field(description="How many are left; null for as many as it takes.")
    active: bool


class WeighedOut(Schema):
    """A remedy beside their bid; figures are in the house's currency."""

    code: str
    words: str = Field(description="The sentence with its amount; empty where the price has to be known first.")
    amount: shapes.Amount | None
    cost: Decimal | None
    distance: Distance
    apart: Decimal | None
    cautions: list[Caution]
    given_at: datetime | None = Field(description="When this customer last had it.")


class StepOut(Schema):
    """A bid, an offer or a counter-offer."""

    side: Side
    remedy: Remedy
    amount: shapes.Amount | None
    at: datetime


class SheetOut(Schema):
    """The negotiation sheet of a case."""

    purchase: str
    price: shapes.Amount | None
    mentioned: str = Field(description="The number of an order of theirs that stands in their words; empty for none.")
    still: Decimal | None = Field(description="What the key's user may still give without asking; null for no limit.")
    currency: str
    course: list[StepOut] = Field(description="How both sides moved, the oldest first.")
    could: list[WeighedOut]


class NewOffer(Schema):
    """An offer of the catalogue. Without a text, its own sentence is the reply."""

    item: _Text
    text: Words | None = None
    seen: int | None = None
    reasons: Reasons = Field(default_factory=dict)


class NewThought(Schema):
    """What one would give, before their bid is known."""

    remedy: Remedy
    amount: _Amount | None = None
    currency: _Currency | None = None


class NewPurchase(Schema):
    """Which purchase it is about: an order of theirs, or one in words with its price."""

    order: _Text = ""
    what: _Text = ""
    price: _Amount | None = None
    currency: _Currency | None = None


class Withdrawn(Schema):
    """An offer that is taken back, and why."""

    offer: Annotated[str, StringConstraints(max_length=80)]
    why: Note


@router.get("/remedies", response=list[RemedyOut])
def remedies(request: HttpRequest) -> list[RemedyOut]:
    """List the catalogue of what the house can do for somebody."""
    caller(request)
    return [RemedyOut.model_validate(row) for row in whole_catalogue()]


@router.get("/cases/{int:number}/sheet", response={200: SheetOut, 404: shapes.Problem})
def sheet(request: HttpRequest, number: int) -> dict[str, object]:
    """Show the negotiation sheet: both sides so far, and what could be offered, weighed against the newest bid."""
    who, policy, now = caller(request), house.policy(), clock.now()
    case = access_case(who, number)
    file = case_file(case, visible_cases(who), now=now, currency=policy.currency)
    state, fair, by = file.state, file.fair, mover(who, case, now)
    weighed = [
        weigh_item(state, as_item(row, state.price), before=fair.given, at=now, by=by, policy=policy)
        for row in fair.catalogue
    ]
    return {
        "purchase": fair.purchase(state.purchase) if state.purchase else "",
        "price": sum_out(state.price),
        "mentioned": fair.mentioned.number if fair.mentioned is not None else "",
        "still": room(state, by, policy, now).most,
        "currency": policy.currency,
        "course": [
            {"side": one.side, "remedy": one.remedy, "amount": sum_out(one.amount), "at": one.at}
            for one in course(state, policy)
        ],
        "could": [
            {
                "code": one.item.code,
                "words": one.item.words,
                "amount": sum_out(one.item.amount),
                "cost": one.cost,
                "distance": one.distance,
                "apart": one.apart,
                "cautions": list(one.cautions),
                "given_at": one.given_at,
            }
            for one in weighed
        ],
    }


@router.post("/cases/{int:number}/offer", response={201: shapes.Held, **_NO})
def offer(request: HttpRequest, number: int, body: NewOffer) -> Status[dict[str, object]]:
    """Offer a remedy of the catalogue in a reply, past the same gates as any. It is held, and goes out then."""
    who, at = caller(request), clock.now()
    item = check_offered(who, body.item, state_of(access_case(who, number)).price)
    text = body.text or item.words
    if not text:
        raise Impossible("Name the purchase first: this is a share of its price.")
    row = do_reply(who, number, text, at=at, seen=body.seen, reasons=body.reasons, item=body.item)
    held = state_of(access_case(who, number)).held
    return Status(201, {"message": row.pk, "until": held.until if held is not None else at})


@router.post("/cases/{int:number}/think", response={200: shapes.Standing, **_NO})
def think(request: HttpRequest, number: int, body: NewThought) -> dict[str, object]:
    """Note what one would give before they say what they want. The customer never sees it."""
    amount = None if body.amount is None else sum_in(body.amount, body.currency)
    return _recorded(request, number, offers.think_offer(body.remedy, amount))


@router.post("/cases/{int:number}/purchase", response={200: shapes.Standing, **_NO})
def purchase(request: HttpRequest, number: int, body: NewPurchase) -> dict[str, object]:
    """Name the purchase that it is about."""
    price = None if body.price is None else sum_in(body.price, body.currency)
    return _recorded(request, number, offers.name_purchase(order=body.order, what=body.what, price=price))


@router.post("/cases/{int:number}/withdraw", response={200: shapes.Standing, **_NO})
def withdraw(request: HttpRequest, number: int, body: Withdrawn) -> dict[str, object]:
    """Take an offer back that was not answered yet."""
    return _recorded(request, number, offers.withdraw_offer(body.offer, body.why))


def _recorded(request: HttpRequest, number: int, record: handling.Record) -> dict[str, object]:
    who = caller(request)
    handling.do_record(who, number, record, at=clock.now())
    return standing(who, number)
