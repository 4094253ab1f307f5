"""Moves that offer, approve and answer."""

from datetime import datetime
from typing import assert_never

from amends.method.decide.impossible import Impossible, check
from amends.method.facts import (
    AnyFact,
    ApprovalAsked,
    ApprovalDeclined,
    ApprovalGiven,
    FinalAnswerGiven,
    InstructionGiven,
    OfferAccepted,
    OfferMade,
    OfferRejected,
    OfferThought,
    OfferWithdrawn,
)
from amends.method.moves import (
    AcceptOffer,
    AgreeMove,
    Approve,
    AskApproval,
    DeclineApproval,
    GiveFinalAnswer,
    Instruct,
    MakeOffer,
    RejectOffer,
    ThinkOffer,
    WithdrawOffer,
)
from amends.method.policy import Policy
from amends.method.state import Approval, Offer, OfferStatus, State
from amends.method.words import Actor, Rank, Side

_CLOSED = "The case is closed. Open it again first, if there is more to give."


def decide_agree(state: State, move: AgreeMove, at: datetime, by: Actor, policy: Policy) -> list[AnyFact]:
    """Return the facts of an offer, an approval or an answer."""
    check(state.opened_at is not None, "There is no such case yet.")
    match move:
        case Instruct():
            return [InstructionGiven(at=at, words=move.words)]
        case MakeOffer():
            return [_offer(state, move, at, by, policy)]
        case ThinkOffer():
            check(
                not state.bid_settled, "They have said what they want: what you would have given is not known any more."
            )
            check(move.amount is None or move.amount.amount >= 0, "An amount is nothing or more.")
            return [
                OfferThought(at=at, remedy=move.remedy, by=by.id, amount=move.amount, cost=move.cost or move.amount)
            ]
        case AskApproval():
            return [_asked(state, move, at, by)]
        case Approve():
            approval = _to_answer(state, move.approval, by)
            check(policy.may_approve(by.rank, approval.cost, at), "This is more than you may give, too.")
            return [ApprovalGiven(at=at, approval=move.approval, by=by.id, why=move.why)]
        case DeclineApproval():
            _to_answer(state, move.approval, by)
            check(by.rank not in (None, Rank.HANDLER), "Somebody who leads has to answer this.")
            return [ApprovalDeclined(at=at, approval=move.approval, by=by.id, why=move.why)]
        case AcceptOffer():
            return [OfferAccepted(at=at, offer=o.offer, words=move.words) for o in _package(state, move.offer)]
        case RejectOffer():
            return [OfferRejected(at=at, offer=o.offer, words=move.words) for o in _package(state, move.offer)]
        case WithdrawOffer():
            _open_offer(state, move.offer)
            return [OfferWithdrawn(at=at, offer=move.offer, why=move.why)]
        case GiveFinalAnswer():
            return [FinalAnswerGiven(at=at, why=move.why, elsewhere=move.elsewhere)]
        case _:
            assert_never(move)


def _offer(state: State, move: MakeOffer, at: datetime, by: Actor, policy: Policy) -> OfferMade:
    check(state.offer(move.offer) is None, "This offer was made already.")
    check(move.amount is None or move.amount.amount > 0, "An offer cannot be nothing, or less than nothing.")
    check(move.cost is None or move.cost.amount >= 0, "An offer cannot cost less than nothing.")
    cost = move.cost or move.amount
    return OfferMade(
        at=at,
        offer=move.offer,
        remedy=move.remedy,
        words=move.words,
        amount=move.amount,
        cost=cost,
        why=move.why,
        giver=by.id if by.side is Side.STAFF else "",
        item=move.item,
        in_house=policy.exchanged(cost, at) if cost is not None else None,
    )


def _package(state: State, offer: str) -> list[Offer]:
    """Return the offer with what the same message offered: it is one package, and one answer takes or leaves it."""
    found = _open_offer(state, offer)
    return [
        other
        for other in state.offers
        if other.status is OfferStatus.OPEN and other.words.span.source == found.words.span.source
    ]


def _open_offer(state: State, offer: str) -> Offer:
    found = state.offer(offer)
    if found is None:
        raise Impossible("There is no such offer.")
    check(found.status is not OfferStatus.WITHDRAWN, "This offer was taken back.")
    check(found.status is OfferStatus.OPEN, "This offer has been answered already.")
    return found


def _asked(state: State, move: AskApproval, at: datetime, by: Actor) -> ApprovalAsked:
    check(move.cost.amount > 0, "Ask for approval of an amount above nothing.")
    check(state.closed_at is None, _CLOSED)
    asked = any(a.approval == move.approval for a in state.approvals)
    check(not asked, "This approval has been asked for already.")  # else one yes would grant two amounts
    mine = [a.cost for a in state.approvals if a.granted is None and a.asked_by == by.id]
    check(move.cost not in mine, "You have asked for this already; it waits for its answer.")
    return ApprovalAsked(at=at, approval=move.approval, cost=move.cost, asked_by=by.id, why=move.why, draft=move.draft)


def _to_answer(state: State, approval: str, by: Actor) -> Approval:
    """Return a wish that waits for an answer, and for somebody else's than of who asked."""
    found = next((a for a in state.approvals if a.approval == approval), None)
    if found is None:
        raise Impossible("Nobody asked for this approval.")
    check(found.granted is None, "This approval has been answered already.")
    check(state.closed_at is None, _CLOSED)
    check(found.asked_by != by.id, "Four eyes: somebody else has to answer this.")
    return found
