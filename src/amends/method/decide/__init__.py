"""`decide` makes facts of a move, or refuses: the one place where something in a case can begin.

Three ways to ask: `decide` guards a live case, `observe` looks at a conversation that is past (nothing is refused,
every breach is named), and `rehearse` plays several moves at once (a draft: a message that has not happened yet).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import assert_never

from msgspec import Struct

from amends.method.calendar import Calendar
from amends.method.decide.act import decide_act
from amends.method.decide.agree import decide_agree
from amends.method.decide.come_back import decide_come_back
from amends.method.decide.hear import decide_hear, decide_reply
from amends.method.decide.impossible import Impossible
from amends.method.decide.tick import tick
from amends.method.decide.understand import decide_understand
from amends.method.evolve import evolve
from amends.method.facts import AdviceOverridden, AnyFact, FactTakenBack, GateOverridden
from amends.method.gates import Refusal, Refused, refusals
from amends.method.moves import (
    ActMove,
    AgreeMove,
    AnyMove,
    ComeBackMove,
    HearMove,
    OverrideAdvice,
    ReplyMove,
    TakeBackFact,
    Tick,
    UnderstandMove,
)
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import Actor, Gate
from amends.transcript import Span

__all__ = ["Impossible", "Outcome", "decide", "observe", "rehearse"]


def decide(
    state: State,
    move: AnyMove,
    *,
    at: datetime,
    by: Actor,
    policy: Policy,
    calendar: Calendar,
    overrides: Mapping[Gate, Span] | None = None,
) -> list[AnyFact]:
    """Return the facts that `move` creates at `at`.

    Raises `Refused` where gates stand in the way that `overrides` (a reason for each) does not go past, and
    `Impossible` where the move makes no sense in this state.
    """
    reasons = overrides or {}
    facts = _facts(state, move, at, by, policy, calendar)
    closed = refusals(state, move, at=at, by=by, policy=policy)
    # An override that leads to nothing would be counted, and leave people in the belief that something happened.
    shut = [r for r in closed if not facts or r.gate not in reasons or not _may_override(r.gate, policy)]
    if shut:
        raise Refused(*shut)
    passed: list[AnyFact] = [GateOverridden(at=at, gate=r.gate, why=reasons[r.gate]) for r in closed]
    return passed + facts


class Outcome(Struct, frozen=True):
    """What moves would do: the facts, the state after them, and every gate that would refuse, once each."""

    facts: tuple[AnyFact, ...]
    state: State
    refusals: tuple[Refusal, ...]


def observe(state: State, move: AnyMove, *, at: datetime, by: Actor, policy: Policy, calendar: Calendar) -> Outcome:
    """Return what `move` did in a conversation that is past: its facts, and the gates that it went through."""
    breaches = refusals(state, move, at=at, by=by, policy=policy)
    try:
        facts = _facts(state, move, at, by, policy, calendar)
    except Impossible:
        facts = []  # in a past conversation, what makes no sense simply did not happen
    for fact in facts:
        state = evolve(state, fact)
    return Outcome(tuple(facts), state, breaches)


def rehearse(
    state: State, moves: Iterable[AnyMove], *, at: datetime, by: Actor, policy: Policy, calendar: Calendar
) -> Outcome:
    """Return what `moves` would do one after the other, without stopping at a gate."""
    facts: list[AnyFact] = []
    shut: dict[tuple[Gate, str], Refusal] = {}
    for move in moves:
        step = observe(state, move, at=at, by=by, policy=policy, calendar=calendar)
        facts.extend(step.facts)
        state = step.state
        for refusal in step.refusals:
            shut.setdefault((refusal.gate, str(refusal)), refusal)
    return Outcome(tuple(facts), state, _one_each(shut.values()))


def _one_each(found: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """Return one refusal for each gate, in the order of the path."""
    by_gate: dict[Gate, Refusal] = {}
    for refusal in found:
        by_gate[refusal.gate] = refusal  # the last one has seen the whole sum
    order: Sequence[Gate] = list(Gate)
    return tuple(sorted(by_gate.values(), key=lambda r: order.index(r.gate)))


def _may_override(gate: Gate, policy: Policy) -> bool:
    return policy.authority.override or gate is not Gate.AUTHORITY


def _facts(state: State, move: AnyMove, at: datetime, by: Actor, policy: Policy, calendar: Calendar) -> list[AnyFact]:
    if isinstance(move, HearMove):
        return decide_hear(state, move, at)
    if isinstance(move, ReplyMove):
        return decide_reply(state, move, at)
    if isinstance(move, UnderstandMove):
        return decide_understand(state, move, at)
    if isinstance(move, AgreeMove):
        return decide_agree(state, move, at, by, policy)
    if isinstance(move, ActMove):
        return decide_act(state, move, at, by, policy, calendar)
    if isinstance(move, ComeBackMove):
        return decide_come_back(state, move, at, policy, calendar)
    match move:
        case TakeBackFact(seq=seq):
            if not 1 < seq <= state.seq:  # the first is the opening of the case: without it there is none
                raise Impossible("There is nothing at that place of the history to take back.")
            return [FactTakenBack(at=at, seq=seq)]
        case OverrideAdvice(rule=rule, message=message, dismissed=dismissed):
            return [AdviceOverridden(at=at, rule=rule, message=message, dismissed=dismissed)]
        case Tick():
            return tick(state, at, policy, calendar)
        case _:
            assert_never(move)
