"""No sequence of moves, whoever makes them and whenever, breaks what the method stands for.

After every step:

- the fold of the journal is the state that grew fact by fact, and folding twice gives the same;
- deciding changes nothing that it is given, and every fact carries the moment of its move;
- after a tick nothing is due any more at that moment;
- nothing was offered without a basis, resolved while promises were owed, or closed without a call and both outcomes,
  unless a reason was given;
- a promise that was made has an owner and lay ahead; one that is kept, late or dismissed stays so; an open one has a
  deadline, whatever became of its case;
- thanks change neither resolved nor closed; the longest silence never shrinks;
- every fact, and the state, are the same after a trip through JSON;
- the overrides that are counted are the overrides that happened;
- an observer sees the same facts as the one who was let through.
"""

from datetime import datetime, timedelta

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from amends.method.clock import Kind, deadlines, due
from amends.method.decide import Impossible, decide, observe
from amends.method.evolve import evolve, fold
from amends.method.facts import (
    AnyFact,
    CaseClosed,
    CaseResolved,
    FactTakenBack,
    GateOverridden,
    OfferMade,
    PromiseMade,
    ThanksGiven,
)
from amends.method.gates import Refused
from amends.method.moves import AnyMove, Tick
from amends.method.path import path, station
from amends.method.policy import LegalClock, Term
from amends.method.state import PromiseStatus, State
from amends.method.words import CLOCK, Actor, Gate, Station
from amends.transcript import Span
from tests.method.anything import actors, moves, overrides, steps
from tests.method.given import NOW, OFFICE, house
from tests.method.stories import agreed, called_back, closed, opened, promised, resolved, understood, upset

LEGAL = {
    "first": LegalClock(title="First", within=Term(1, "working_days"), met_by="first_word", warn=Term(2, "hours")),
    "final": LegalClock(title="Final", within=Term(56, "days"), met_by="answer", warn=Term(7, "days")),
}
POLICY = house(legal=LEGAL)
DONE = {PromiseStatus.KEPT, PromiseStatus.LATE, PromiseStatus.DISMISSED}
STARTS: list[list[AnyFact]] = [
    [],
    opened(),
    [*opened(), upset(3)],
    understood(),
    [*agreed(), promised()],
    resolved(),
    called_back(),
    closed(),
]

facts_from = msgspec.json.Decoder(AnyFact)
state_from = msgspec.json.Decoder(State)
to_json = msgspec.json.Encoder().encode


class AnyCase(RuleBasedStateMachine):
    """A case in which anybody tries anything."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOW
        self.journal: list[AnyFact] = []
        self.state = State()

    @initialize(start=st.sampled_from(STARTS))
    def begin_somewhere(self, start: list[AnyFact]) -> None:
        self.journal = list(start)
        self.state = fold(start)

    @rule(data=st.data(), step=steps, by=actors, reasons=overrides)
    def somebody_moves(self, data: st.DataObject, step: timedelta, by: Actor, reasons: dict[Gate, Span]) -> None:
        self.now += step
        self.play(data.draw(moves(self.now)), by, reasons)

    @rule(step=steps)
    def time_passes(self, step: timedelta) -> None:
        self.now += step
        self.play(Tick(), CLOCK, {})
        deadline = due(self.state, POLICY, OFFICE)
        assert deadline is None or deadline.at > self.now

    def play(self, move: AnyMove, by: Actor, reasons: dict[Gate, Span]) -> None:
        """Try a move, check what came of it, and go on from there."""
        before, stored = self.state, to_json(self.state)
        written = to_json(move)
        try:
            facts = decide(before, move, at=self.now, by=by, policy=POLICY, calendar=OFFICE, overrides=reasons)
        except (Refused, Impossible):
            facts = []
        else:
            seen = observe(before, move, at=self.now, by=by, policy=POLICY, calendar=OFFICE)
            assert list(seen.facts) == [fact for fact in facts if not isinstance(fact, GateOverridden)]
        assert to_json(before) == stored
        assert to_json(move) == written
        self.take_in(facts)

    def take_in(self, facts: list[AnyFact]) -> None:
        passed = {fact.gate for fact in facts if isinstance(fact, GateOverridden)}
        for fact in facts:
            assert fact.at == self.now
            assert facts_from.decode(to_json(fact)) == fact
            self.check_fact(fact, passed)
            before, self.state = self.state, evolve(self.state, fact)
            self.journal.append(fact)
            self.check_step(before, fact)
        if any(isinstance(fact, FactTakenBack) for fact in facts):
            self.state = fold(self.journal)

    def check_fact(self, fact: AnyFact, passed: set[Gate]) -> None:
        """Check that the fact may happen now."""
        match fact:
            case OfferMade():
                assert self.state.established or Gate.DIAGNOSE_BEFORE_PRESCRIBING in passed
                assert self.state.bid_settled or Gate.BID_FIRST in passed
            case CaseResolved():
                assert not self.state.owed or Gate.ACT_FIRST in passed
            case CaseClosed():
                tried = self.state.called_back or len(self.state.calls) >= POLICY.callback_tries
                assert (tried and self.state.outcomes is not None) or Gate.COME_BACK_FIRST in passed
            case PromiseMade():
                assert fact.owner
                assert fact.due > self.now
            case _:
                pass

    def check_step(self, before: State, fact: AnyFact) -> None:
        """Check that the fact did nothing that it must not."""
        assert self.state.seq == before.seq + 1
        assert self.state.longest_silence >= before.longest_silence
        for old in before.promises:
            new = self.state.promise(old.promise)
            assert new is not None, "a promise is never forgotten"
            assert old.status not in DONE or new.status is old.status
            assert new.broken or not old.broken
        if isinstance(fact, ThanksGiven):
            assert (self.state.resolved_at, self.state.closed_at) == (before.resolved_at, before.closed_at)
            assert self.state.reopened == before.reopened

    @invariant()
    def the_journal_tells_the_state(self) -> None:
        assert fold(self.journal) == self.state
        assert self.state.seq == len(self.journal)
        assert state_from.decode(to_json(self.state)) == self.state

    @invariant()
    def overrides_are_counted(self) -> None:
        if not any(isinstance(fact, FactTakenBack) for fact in self.journal):
            assert self.state.overrides == sum(isinstance(fact, GateOverridden) for fact in self.journal)

    @invariant()
    def open_promises_are_watched(self) -> None:
        if self.state.opened_at is None:
            return
        watched = {d.subject for d in deadlines(self.state, POLICY, OFFICE) if d.kind is Kind.PROMISE}
        assert watched == {p.promise for p in self.state.promises if p.status is PromiseStatus.OPEN}
        assert all(p.owner and p.due for p in self.state.owed)

    @invariant()
    def the_path_is_whole(self) -> None:
        assert [step.station for step in path(self.state)] == list(Station)
        assert station(self.state) in Station


AnyCase.TestCase.settings = settings(stateful_step_count=30)
TestAnyCase = AnyCase.TestCase
