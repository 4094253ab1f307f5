"""Offers, approvals and answers."""

from typing import assert_never

from msgspec.structs import replace

from amends.method.evolve.hear import our_turn, their_turn
from amends.method.facts import (
    AgreeFact,
    ApprovalAsked,
    ApprovalDeclined,
    ApprovalGiven,
    ApprovalOverdue,
    FinalAnswerGiven,
    InstructionGiven,
    OfferAccepted,
    OfferMade,
    OfferRejected,
    OfferThought,
    OfferWithdrawn,
)
from amends.method.state import Approval, FinalAnswer, Offer, OfferStatus, State, Thought


def evolve_agree(state: State, fact: AgreeFact) -> State:
    """Return the state after an offer, an approval or an answer."""
    match fact:
        case InstructionGiven():
            return their_turn(replace(state, instructed=fact.words), fact.at)
        case OfferMade():
            offer = Offer(
                fact.offer,
                fact.remedy,
                fact.words,
                fact.amount,
                fact.cost,
                fact.why,
                fact.at,
                giver=fact.giver,
                item=fact.item,
                in_house=fact.in_house,
            )
            return their_turn(replace(state, offers=(*state.offers, offer)), fact.at)
        case OfferThought():
            return replace(state, thought=Thought(fact.remedy, fact.by, fact.amount, fact.cost))
        case ApprovalAsked():
            asked = Approval(fact.approval, fact.cost, fact.asked_by, fact.at, why=fact.why, draft=fact.draft)
            return replace(state, approvals=(*state.approvals, asked))
        case ApprovalOverdue():
            return _approval(state, fact.approval, overdue=True)
        case ApprovalGiven():
            return _approval(state, fact.approval, granted=True, answered_by=fact.by, word=fact.why)
        case ApprovalDeclined():
            return _approval(state, fact.approval, granted=False, answered_by=fact.by, word=fact.why)
        case OfferAccepted():
            return our_turn(_answered(state, fact, OfferStatus.ACCEPTED), fact.at)
        case OfferRejected():
            return our_turn(_answered(state, fact, OfferStatus.REJECTED), fact.at)
        case OfferWithdrawn():
            return _offer(state, fact.offer, status=OfferStatus.WITHDRAWN)
        case FinalAnswerGiven():
            return replace(state, final_answer=FinalAnswer(fact.why, fact.elsewhere, fact.at))
        case _:
            assert_never(fact)


def _answered(state: State, fact: OfferAccepted | OfferRejected, status: OfferStatus) -> State:
    return _offer(state, fact.offer, status=status, answer=fact.words, answered_at=fact.at)


def _offer(state: State, offer: str, **changes: object) -> State:
    return replace(state, offers=tuple(replace(o, **changes) if o.offer == offer else o for o in state.offers))


def _approval(state: State, approval: str, **changes: object) -> State:
    changed = tuple(replace(a, **changes) if a.approval == approval else a for a in state.approvals)
    return replace(state, approvals=changed)
