"""Feelings named, questions asked, the basis, the bid, the about-face."""

from typing import assert_never

from msgspec.structs import replace

from amends.method.evolve.hear import their_turn
from amends.method.facts import (
    AboutFaceAsked,
    BasisConfirmed,
    BasisDisputed,
    BasisEstablished,
    BidInvited,
    BidLeftToUs,
    BidMade,
    BidUnanswered,
    CustomerAppreciated,
    DemandRefused,
    DemandUnwarranted,
    FeelingAcknowledged,
    OptionRaised,
    ProblemReadBack,
    QuestionAsked,
    UnderstandFact,
)
from amends.method.state import Basis, Bid, Option, State


def evolve_understand(state: State, fact: UnderstandFact) -> State:
    """Return the state after something was understood, asked or bid."""
    match fact:
        case FeelingAcknowledged():
            return replace(
                state,
                acknowledged=state.acknowledged or fact.words,
                unheard=0,
                unheard_since=None,
                heard=len(state.temperature),
                called=state.called - {"acknowledge"},
            )
        case CustomerAppreciated():
            return replace(state, appreciated=state.appreciated or fact.words)
        case QuestionAsked():
            return their_turn(replace(state, asked=fact.words), fact.at)
        case ProblemReadBack():
            return their_turn(replace(state, read_back=fact.words), fact.at)
        case BasisEstablished():
            confirmed = state.basis.confirmed if state.basis else None
            return replace(state, basis=Basis(fact.expected, fact.got, fact.cause, fact.since, fact.plain, confirmed))
        case BasisConfirmed():
            return replace(state, basis=replace(state.basis, confirmed=fact.words)) if state.basis else state
        case BasisDisputed():
            return replace(state, basis=None, read_back=None)
        case BidInvited():
            return their_turn(
                replace(state, bid_invited=fact.words, bid_invited_at=fact.at, called=state.called - {"bid"}), fact.at
            )
        case BidMade():
            bid = Bid(fact.remedy, fact.words, fact.amount, fact.at)
            return replace(state, bids=(*state.bids, bid), bid_unanswered=False, bid_left_to_us=None)
        case BidLeftToUs():
            return replace(state, bid_left_to_us=fact.words)
        case BidUnanswered():
            return replace(state, bid_unanswered=True, called=state.called | {"bid"}, waiting_since=fact.at)
        case DemandUnwarranted():
            return replace(state, unwarranted=fact.why)
        case DemandRefused():
            return replace(state, refused=(*state.refused, fact.words))
        case AboutFaceAsked():
            return their_turn(replace(state, about_face=fact.words), fact.at)
        case OptionRaised():
            option = Option(fact.option, fact.words, fact.remedy, fact.amount)
            return replace(state, options=(*state.options, option))
        case _:
            assert_never(fact)
