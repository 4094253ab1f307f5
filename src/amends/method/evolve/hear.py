"""The complaint comes in; our replies go out; and whose turn it is."""

from datetime import datetime, timedelta
from typing import assert_never

from msgspec.structs import replace

from amends.method.facts import (
    CaseOpened,
    CustomerKnown,
    EarlierContactTold,
    HearFact,
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
            return replace(state, customer=fact.customer, failed_before=fact.failed_before)
        case OwnerAssigned():
            return replace(state, owner=fact.owner)
        case MessageReceived():
            if fact.automatic:
                return state
            state = replace(state, spoke_at=state.spoke_at or fact.at)
            if not fact.needs_answer:
                return state
            return our_turn(replace(state, snoozed=None), fact.at)  # who writes is not to wait for a reason of before
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
        case IncidentLinked():
            return replace(state, incident=fact.incident)
        case IncidentUnlinked():
            return replace(state, incident="")
        case PurchaseNamed():
            return replace(state, purchase=fact.purchase, price=fact.price)
        case NoteWritten():
            return state
        case _:
            assert_never(fact)


def evolve_reply(state: State, fact: ReplyFact) -> State:
    """Return the state after something became of one of our messages."""
    match fact:
        case MessageHeld():
            return replace(state, held=Held(fact.message, fact.until, fact.why, fact.item))
        case MessageTakenBack():
            return replace(state, held=None)
        case MessageSent():
            held = None if state.held is not None and state.held.message == fact.message else state.held
            return replace(state, held=held) if fact.automatic else _spoken(replace(state, held=held), fact.at)
        case MessageBounced():
            return _bounced(state, fact)
        case _:
            assert_never(fact)


def our_turn(state: State, at: datetime) -> State:
    """Return the state in which the next step is ours, since `at` unless it already was."""
    return state if state.waiting_since is not None else replace(state, waiting_since=at)


def their_turn(state: State, at: datetime) -> State:
    """Return the state in which the next step is the customer's, since `at`: we asked them something.

    The silence before it is measured here as well, so that the order of the facts of one message does not matter.
    """
    return replace(state, waiting_since=None, longest_silence=_longest_silence(state, at))


def silent_since(state: State) -> datetime | None:
    """Return since when the customer has not heard from us while the next step is ours; None: it is not ours."""
    if not state.ours:
        return None
    starts = [at for at in (state.waiting_since, state.last_word_at) if at is not None]
    return max(starts) if starts else None


def _spoken(state: State, at: datetime) -> State:
    """Return the state after a person's word to the customer: the silence ends, they have heard from us.

    While a case is open the next step stays ours until we ask something; once it is resolved, an answer is enough.
    """
    return replace(
        state,
        last_word_at=at,
        waiting_since=state.waiting_since if state.resolved_at is None else None,
        longest_silence=_longest_silence(state, at),
        routine_updates=0,
        routine_at=None,
        snoozed=None,
        put_off=None,
        bounced=False,
        called=state.called - {"update", "silence"},
    )


def _longest_silence(state: State, at: datetime) -> timedelta:
    since = silent_since(state)
    return state.longest_silence if since is None else max(state.longest_silence, at - since)


def _bounced(state: State, fact: MessageBounced) -> State:
    """Return the state after a bounce: what they never got was no question, so the next step is ours again."""
    state = replace(state, bounced=state.bounced or fact.permanent)
    return our_turn(state, fact.at) if fact.permanent and state.resolved_at is None else state


def _upset(state: State, fact: UpsetRead) -> State:
    """Return the state after a reading; a second one of the same message corrects the first, in its place."""
    read = {r.message: r for r in state.temperature}
    first = read.get(fact.message)
    read[fact.message] = Reading(fact.message, fact.level, fact.at if first is None else first.at)
    temperature = tuple(read.values())
    unheard = temperature[state.heard :]  # what came before a feeling was named has been heard, however it is read now
    return replace(
        state,
        temperature=temperature,
        unheard=max((r.level for r in unheard), default=0),
        unheard_since=next((r.at for r in unheard if r.level >= UPSET), None),
    )


def _problem(state: State, fact: ProblemTold) -> State:
    basis = state.basis
    if fact.plain and basis is None:
        basis = Basis(fact.words, fact.words, None, None, plain=True)
    return replace(state, problem=state.problem or fact.words, basis=basis)
