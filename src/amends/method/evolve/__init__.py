"""What a fact makes of a state. Never refuses, never looks at a clock, never changes what it is given."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from amends.method.evolve.act import evolve_act
from amends.method.evolve.agree import evolve_agree
from amends.method.evolve.come_back import evolve_come_back
from amends.method.evolve.hear import evolve_hear, evolve_reply
from amends.method.evolve.understand import evolve_understand
from amends.method.facts import (
    ActFact,
    AgreeFact,
    AnyFact,
    ComeBackFact,
    FactTakenBack,
    GateOverridden,
    HearFact,
    ReplyFact,
    UnderstandFact,
)
from amends.method.state import State


def evolve(state: State, fact: AnyFact) -> State:
    """Return the state after `fact`, which stands at the next place of the journal."""
    return replace(_evolve(state, fact), seq=state.seq + 1)


def fold(facts: Iterable[AnyFact], state: State | None = None) -> State:
    """Return the state after all `facts`, in order; those that were taken back count for nothing but their place."""
    journal = list(facts)
    gone = taken_back(journal)
    if gone and state is not None:
        raise ValueError("A correction needs the whole journal, not a state to go on from")
    state = state or State()
    for place, fact in enumerate(journal, start=state.seq + 1):
        state = replace(state, seq=place) if place in gone else evolve(state, fact)
    return state


def standing(facts: Iterable[AnyFact]) -> list[AnyFact]:
    """Return the facts of a whole journal that count, in order: no corrections, and nothing that they took back."""
    journal = list(facts)
    gone = taken_back(journal)
    return [
        fact for place, fact in enumerate(journal, start=1) if place not in gone and not isinstance(fact, FactTakenBack)
    ]


def taken_back(journal: Sequence[AnyFact]) -> set[int]:
    """Return the places that count for nothing. Read from the end: who takes a correction back restores its fact."""
    gone: set[int] = set()
    for place in range(len(journal), 0, -1):
        fact = journal[place - 1]
        if isinstance(fact, FactTakenBack) and place not in gone:
            gone.add(fact.seq)
    return gone


def _evolve(state: State, fact: AnyFact) -> State:
    if isinstance(fact, HearFact):
        return evolve_hear(state, fact)
    if isinstance(fact, ReplyFact):
        return evolve_reply(state, fact)
    if isinstance(fact, UnderstandFact):
        return evolve_understand(state, fact)
    if isinstance(fact, AgreeFact):
        return evolve_agree(state, fact)
    if isinstance(fact, ActFact):
        return evolve_act(state, fact)
    if isinstance(fact, ComeBackFact):
        return evolve_come_back(state, fact)
    if isinstance(fact, GateOverridden):
        return replace(state, overrides=state.overrides + 1)
    return state  # of advice that was overridden; and of a fact that was taken back, which `fold` has left out
