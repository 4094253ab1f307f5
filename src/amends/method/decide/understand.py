"""Moves that name a feeling, ask, read back, bid, or turn about."""

from datetime import datetime
from typing import assert_never

from amends.method.decide.impossible import check
from amends.method.facts import (
    AboutFaceAsked,
    AnyFact,
    BasisConfirmed,
    BasisDisputed,
    BasisEstablished,
    BidInvited,
    BidLeftToUs,
    BidMade,
    CustomerAppreciated,
    DemandRefused,
    DemandUnwarranted,
    FeelingAcknowledged,
    OptionRaised,
    ProblemReadBack,
    QuestionAsked,
)
from amends.method.moves import (
    AcknowledgeFeeling,
    Appreciate,
    AskAboutFace,
    AskQuestion,
    ConfirmBasis,
    DisputeBasis,
    EstablishBasis,
    FindUnwarranted,
    InviteBid,
    LeaveToUs,
    MakeBid,
    RaiseOption,
    ReadBack,
    RefuseDemand,
    UnderstandMove,
)
from amends.method.state import State


def decide_understand(state: State, move: UnderstandMove, at: datetime) -> list[AnyFact]:
    """Return the facts of a move towards understanding."""
    check(state.opened_at is not None, "There is no such case yet.")
    match move:
        case AcknowledgeFeeling():
            return [FeelingAcknowledged(at=at, words=move.words)]
        case Appreciate():
            return [CustomerAppreciated(at=at, words=move.words)]
        case AskQuestion():
            return [QuestionAsked(at=at, words=move.words)]
        case ReadBack():
            return [ProblemReadBack(at=at, words=move.words)]
        case EstablishBasis():
            return [
                BasisEstablished(
                    at=at, expected=move.expected, got=move.got, cause=move.cause, since=move.since, plain=move.plain
                )
            ]
        case ConfirmBasis():
            return _confirmed(state, move, at)
        case DisputeBasis():
            check(state.read_back is not None or state.basis is not None, "Nothing was read back to them yet.")
            return [BasisDisputed(at=at, words=move.words)]
        case InviteBid():
            return [BidInvited(at=at, words=move.words)]
        case MakeBid():
            check(move.amount is None or move.amount.amount > 0, "What they ask for cannot be nothing, or less.")
            return [BidMade(at=at, remedy=move.remedy, words=move.words, amount=move.amount)]
        case LeaveToUs():
            return [BidLeftToUs(at=at, words=move.words)]
        case FindUnwarranted():
            return [DemandUnwarranted(at=at, why=move.why)]
        case RefuseDemand():
            return [DemandRefused(at=at, words=move.words)]
        case AskAboutFace():
            return [AboutFaceAsked(at=at, words=move.words)]
        case RaiseOption():
            return [OptionRaised(at=at, option=move.option, words=move.words, remedy=move.remedy, amount=move.amount)]
        case _:
            assert_never(move)


def _confirmed(state: State, move: ConfirmBasis, at: datetime) -> list[AnyFact]:
    """Our read-back is what was recorded: with their yes it is the basis, if nobody wrote a fuller one."""
    facts: list[AnyFact] = []
    if state.basis is None:
        check(state.read_back is not None, "Nothing was read back to them yet.")
        said = state.read_back or move.words
        facts.append(BasisEstablished(at=at, expected=said, got=state.problem or said, cause=said))
    facts.append(BasisConfirmed(at=at, words=move.words))
    return facts
