"""What one of our own messages does: a draft that has not happened yet, or one that went out."""

from collections.abc import Iterator
from datetime import datetime

from amends.hearing.catalogue import heard_as, offer_of, offering, whole_price
from amends.hearing.dues import moment
from amends.method.calendar import Calendar
from amends.method.moves import (
    AcknowledgeFeeling,
    AnyMove,
    Appreciate,
    AskAboutFace,
    AskQuestion,
    Instruct,
    InviteBid,
    MakeOffer,
    ProposePromise,
    ReadBack,
    RefuseDemand,
    UpdateCustomer,
)
from amends.method.negotiation import Item
from amends.method.state import OfferStatus, State
from amends.method.words import Evidence, Remedy
from amends.reading import Act, ActKind, Reading
from amends.transcript import Message, Span


def weigh(
    state: State,
    message: Message,
    reading: Reading,
    *,
    at: datetime,
    calendar: Calendar,
    owner: str = "",
    why: Span | None = None,
    item: Item | None = None,
) -> list[AnyMove]:
    """Return the moves that our `message` makes, in the order of its words.

    The order is the point: a feeling named in the first sentence opens the way for the question in the second.
    `owner` looks after what is promised; `why` is the reason given where an offer is more than was asked;
    `item` is what its writer chose from the catalogue.
    """
    moves: list[AnyMove] = []
    acts, chosen = (reading.acts, None) if item is None else offering(reading.acts, item, message)
    for act in sorted(acts, key=lambda a: (a.start, a.act is not ActKind.ACKNOWLEDGE)):
        words = Evidence(Span(message.id, act.start, act.end))
        if item is not None and act is chosen:
            moves.extend(
                [] if _agreed(state, act) else [offer_of(item, act, message, why, whole_price(state, act, message))]
            )
            continue
        moves.extend(_said(state, act, words, message, why))
        if act.act is ActKind.PROMISE:
            due = moment(act.due, at, calendar)
            due = due if due is not None and due > at else None  # "today" said after hours: somebody has to say when
            moves.append(ProposePromise(promise=_id(message, act), what=words.span, due=due, owner=owner))
    return moves


def _said(state: State, act: Act, words: Evidence, message: Message, why: Span | None) -> Iterator[AnyMove]:  # noqa: C901, PLR0912 - one line an act
    match act.act:
        case ActKind.ACKNOWLEDGE:
            yield AcknowledgeFeeling(words=words)
        case ActKind.APPRECIATE:
            yield Appreciate(words=words)
        case ActKind.DIAGNOSE | ActKind.VERIFY:
            yield AskQuestion(words=words)
        case ActKind.READBACK:
            yield ReadBack(words=words)
        case ActKind.INVITE_BID:
            yield InviteBid(words=words)
        case ActKind.ABOUT_FACE:
            yield AskAboutFace(words=words)
        case ActKind.DEFLECT:
            yield RefuseDemand(words=words)
        case ActKind.UPDATE:
            yield UpdateCustomer(words=words)
        case ActKind.OFFER if act.kind in set(Remedy):
            if not _agreed(state, act):
                offer = _id(message, act)
                remedy, cost = Remedy(act.kind), whole_price(state, act, message)
                yield MakeOffer(offer=offer, remedy=remedy, words=words, amount=act.amount, cost=cost, why=why)
        case ActKind.OFFER:
            if state.agreement is None:
                yield Instruct(words=words)
        case _:
            return


def _agreed(state: State, act: Act) -> bool:
    """Whether these words only repeat what was agreed, such as the refund that is now on its way."""
    accepted = [o for o in state.offers if o.status is OfferStatus.ACCEPTED]
    return any(heard_as(o.remedy) == act.kind and act.amount in (None, o.amount) for o in accepted)


def _id(message: Message, act: Act) -> str:
    """An offer or a promise is known by the words that made it, so that reading them twice makes it once."""
    return f"{message.id}:{act.start}"
