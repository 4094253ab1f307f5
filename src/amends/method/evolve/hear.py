"""The complaint comes in; our replies go out; and whose turn it is."""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from amends.method.facts import (
    CaseOpened,
    CustomerKnown,
    EarlierContactTold,
    HearFact,
    LoyaltyTold,
    MessageBounced,
    MessageHeld,
    MessageReceived,
    MessageSent,
    MessageTakenBack,
    NoteWritten,
    OwnerAssigned,
    ProblemTold,
    ReplyFact,
    ThanksGiven,
    ThreatMade,
    UpsetRead,
)
from amends.method.state import UPSET, Basis, Held, Reading, State


def evolve_hear(state: State, fact: HearFact) -> State:
    """Return the state after something came in."""
    match fact:
        case CaseOpened():
            return replace(state, opened_at=fact.at, channel=fact.channel)
        case CustomerKnown():
            return replace(state, customer=fact.customer)
        case OwnerAssigned():
            return replace(state, owner=fact.owner)
        case MessageReceived():
            return our_turn(state, fact.at) if fact.needs_answer and not fact.automatic else state
        case UpsetRead():
            return _upset(state, fact)
        case ProblemTold():
            return _problem(state, fact)
        case EarlierContactTold():
            return replace(state, earlier_contact=state.earlier_contact or fact.words)
        case LoyaltyTold():
            return replace(state, loyalty=fact.words, loyalty_years=fact.years or state.loyalty_years)
        case ThreatMade():
            return replace(state, threats=(*state.threats, (fact.kind, fact.words)))
        case ThanksGiven():
            return replace(state, thanked=fact.words)
        case NoteWritten():
            return state
        case _:
            assert_never(fact)


def evolve_reply(state: State, fact: ReplyFact) -> State:
    """Return the state after something became of one of our messages."""
    match fact:
        case MessageHeld():
            return replace(state, held=Held(fact.message, fact.until))
        case MessageTakenBack():
            return replace(state, held=None)
        case MessageSent():
            held = None if state.held is not None and state.held.message == fact.message else state.held
            return replace(state, held=held) if fact.automatic else _spoken(replace(state, held=held), fact.at)
        case MessageBounced():
            return replace(state, bounced=fact.permanent)
        case _:
            assert_never(fact)


def our_turn(state: State, at: datetime) -> State:
    """Return the state in which the next step is ours, since `at` unless it already was."""
    return state if state.waiting_since is not None else replace(state, waiting_since=at)


def silent_since(state: State) -> datetime | None:
    """Return since when the customer has not heard from us while the next step is ours; None: it is not ours."""
    if not state.ours:
        return None
    starts = [at for at in (state.waiting_since, state.last_word_at) if at is not None]
    return max(starts) if starts else None


def _spoken(state: State, at: datetime) -> State:
    """Return the state after a person's word to the customer: the silence ends, they have heard from us."""
    since = silent_since(state)
    longest = state.longest_silence if since is None else max(state.longest_silence, at - since)
    return replace(
        state,
        last_word_at=at,
        longest_silence=longest,
        bounced=False,
        called=state.called - {"update", "silence"},
    )


def _upset(state: State, fact: UpsetRead) -> State:
    readings = tuple(r for r in state.temperature if r.message != fact.message)  # a correction replaces
    unheard = max((r.level for r in readings if state.unheard_since and r.at >= state.unheard_since), default=0)
    unheard = max(unheard, fact.level)
    return replace(
        state,
        temperature=(*readings, Reading(fact.message, fact.level, fact.at)),
        unheard=unheard,
        unheard_since=(state.unheard_since or fact.at) if unheard >= UPSET else None,
    )


def _problem(state: State, fact: ProblemTold) -> State:
    basis = state.basis
    if fact.plain and basis is None:
        basis = Basis(fact.words, fact.words, None, None, plain=True)
    return replace(state, problem=state.problem or fact.words, basis=basis)
