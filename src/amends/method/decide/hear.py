"""Moves that take something in, and moves of our own messages."""

from datetime import datetime
from typing import assert_never

from amends.method.decide.impossible import check
from amends.method.facts import (
    AnyFact,
    CaseOpened,
    CustomerKnown,
    EarlierContactTold,
    IncidentLinked,
    IncidentUnlinked,
    LoyaltyTold,
    MessageBounced,
    MessageHeld,
    MessageReceived,
    MessageSent,
    MessageTakenBack,
    NoteWritten,
    OwnerAssigned,
    ProblemTold,
    PurchaseNamed,
    ThanksGiven,
    ThreatMade,
    UpsetRead,
)
from amends.method.moves import (
    AssignOwner,
    GiveThanks,
    HearMove,
    HoldMessage,
    IdentifyCustomer,
    LinkIncident,
    NamePurchase,
    OpenCase,
    ReadUpset,
    ReceiveMessage,
    ReplyMove,
    ReportBounce,
    SendMessage,
    TakeBackMessage,
    TellEarlierContact,
    TellLoyalty,
    TellProblem,
    Threaten,
    UnlinkIncident,
    WriteNote,
)
from amends.method.state import State

FURIOUS = 4


def decide_hear(state: State, move: HearMove, at: datetime) -> list[AnyFact]:
    """Return the facts of something that comes in."""
    if isinstance(move, OpenCase):
        check(state.opened_at is None, "This case is open already.")
        return [CaseOpened(at=at, channel=move.channel)]
    check(state.opened_at is not None, "There is no such case yet.")
    match move:
        case IdentifyCustomer(customer=customer, failed_before=before):
            check(bool(customer), "Say whose complaint it is.")
            check(before >= 0, "Nobody was failed less than never.")
            known = customer == state.customer
            return [] if known else [CustomerKnown(at=at, customer=customer, failed_before=before)]
        case AssignOwner(owner=owner):
            return [] if owner == state.owner else [OwnerAssigned(at=at, owner=owner)]
        case ReceiveMessage():
            return [
                MessageReceived(at=at, message=move.message, automatic=move.automatic, needs_answer=move.needs_answer)
            ]
        case ReadUpset():
            check(0 <= move.level <= FURIOUS, "How upset they are goes from 0 (calm) to 4 (furious).")
            return [UpsetRead(at=at, message=move.message, level=move.level, words=move.words)]
        case TellProblem():
            return [ProblemTold(at=at, words=move.words, plain=move.plain)]
        case TellEarlierContact():
            return [EarlierContactTold(at=at, words=move.words)]
        case TellLoyalty():
            return [LoyaltyTold(at=at, words=move.words, years=move.years)]
        case Threaten():
            return [ThreatMade(at=at, kind=move.kind, words=move.words)]
        case GiveThanks():
            return [ThanksGiven(at=at, words=move.words)]
        case LinkIncident(incident=incident):
            check(bool(incident), "Say which incident it belongs to.")
            return [] if incident == state.incident else [IncidentLinked(at=at, incident=incident)]
        case UnlinkIncident():
            return [IncidentUnlinked(at=at)] if state.incident else []
        case NamePurchase():
            check(bool(move.purchase), "Say which purchase it is about.")
            check(move.price.amount >= 0, "A price is nothing or more; what came back is no price.")
            known = (move.purchase, move.price) == (state.purchase, state.price)
            return [] if known else [PurchaseNamed(at=at, purchase=move.purchase, price=move.price)]
        case WriteNote():
            return [NoteWritten(at=at, note=move.note)]
        case _:
            assert_never(move)


def decide_reply(state: State, move: ReplyMove, at: datetime) -> list[AnyFact]:
    """Return the facts of one of our own messages."""
    check(state.opened_at is not None, "There is no such case yet.")
    match move:
        case HoldMessage():
            check(state.held is None, "Another reply is still on its way out; take it back, or let it go first.")
            check(move.until >= at, "A message cannot go out in the past.")
            return [MessageHeld(at=at, message=move.message, until=move.until, why=move.why, item=move.item)]
        case TakeBackMessage():
            held = state.held is not None and state.held.message == move.message and at < state.held.until
            check(held, "This message has gone out already; it can no longer be taken back.")
            return [MessageTakenBack(at=at, message=move.message)]
        case SendMessage():
            return [MessageSent(at=at, message=move.message, automatic=move.automatic)]
        case ReportBounce():
            return [MessageBounced(at=at, message=move.message, permanent=move.permanent)]
        case _:
            assert_never(move)
