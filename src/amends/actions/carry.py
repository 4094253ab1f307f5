"""Carrying moves out on a case: decide, append, and do what follows. Every use case ends here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from amends.actions import house
from amends.actions.actors import Who, actor
from amends.actions.appending import append, append_all
from amends.actions.authority import mover
from amends.actions.clock import new_id
from amends.actions.texts import storable
from amends.hearing.agreed import to_be_promised
from amends.method.decide import decide, rehearse
from amends.method.evolve import evolve
from amends.method.facts import AnyFact, PromiseProposed
from amends.method.moves import AnyMove
from amends.method.state import State
from amends.method.words import Evidence, Gate, Side, Voice
from amends.store.journal import Conflict, state_of
from amends.store.models import Case, JournalEntry, Note, User
from amends.transcript import Span

__all__ = ["Conflict", "carry_out", "carry_out_on_all", "check_unchanged", "keep_note", "said", "take_in"]


def carry_out(
    case: Case, moves: Iterable[AnyMove], *, by: Who, at: datetime, overrides: Mapping[Gate, Span] | None = None
) -> tuple[State, list[AnyFact]]:
    """Decide `moves` one after the other, append what they make in one write, and return the new state and the facts.

    Raises `Refused` or `Impossible`, and then nothing is written. `case` is locked by the caller's transaction.
    """
    policy, calendar, who = house.policy(), house.calendar_of(case), mover(by, case, at)
    state, facts = state_of(case), list[AnyFact]()
    for move in moves:
        made = decide(state, move, at=at, by=who, policy=policy, calendar=calendar, overrides=overrides)
        for fact in made:
            state = evolve(state, fact)
        facts.extend(made)
    facts.extend(_left_to_do(state, facts, at=at))
    state = append(case, facts, by=who, policy=policy, calendar=calendar)
    return state, facts


def carry_out_on_all(cases: Sequence[Case], move: AnyMove, *, by: Who, at: datetime) -> int:
    """Decide one move in many locked cases and append what it makes in one write; return how many it changed."""
    policy = house.policy()
    changes = [
        (
            case,
            decide(
                state_of(case),
                move,
                at=at,
                by=mover(by, case, at),
                policy=policy,
                calendar=house.calendar_of(case),
            ),
        )
        for case in cases
    ]
    append_all(changes, by=actor(by), policy=policy, calendar_of=house.calendar_of)
    return sum(1 for _case, facts in changes if facts)


def take_in(case: Case, moves: Iterable[AnyMove], *, by: Who, at: datetime) -> tuple[State, list[AnyFact]]:
    """Append what happened already: words that were said cannot be refused any more."""
    policy, calendar, who = house.policy(), house.calendar_of(case), mover(by, case, at)
    outcome = rehearse(state_of(case), moves, at=at, by=who, policy=policy, calendar=calendar)
    facts = [*outcome.facts, *_left_to_do(outcome.state, outcome.facts, at=at)]
    state = append(case, facts, by=who, policy=policy, calendar=calendar)
    return state, facts


def _left_to_do(state: State, facts: Sequence[AnyFact], *, at: datetime) -> list[AnyFact]:
    """Return, as promises to look at, what an agreement among `facts` leaves to be done. No gate stands before that."""
    return [
        PromiseProposed(at=at, promise=one.promise, what=one.what, due=one.due, owner=one.owner)
        for one in to_be_promised(state, facts)
    ]


def check_unchanged(case: Case, seen: int | None) -> None:
    """Raise `Conflict` where a person or the customer has changed the case since its journal was `seen` long."""
    if seen is None or case.seq <= seen:
        return
    if JournalEntry.objects.filter(case=case, seq__gt=seen).exclude(side=Side.CLOCK.value).exists():
        raise Conflict


def keep_note(case: Case, text: str, *, kind: str, by: Who, at: datetime) -> Span:
    """Keep a text that somebody typed, and return the span that points at all of it."""
    author = actor(by)
    note = Note.objects.create(
        id=new_id(),
        case=case,
        kind=kind,
        text=storable(text).strip(),
        at=at,
        author=User.objects.filter(pk=author.id).first() if author.side is Side.STAFF else None,
    )
    return Span.whole(note.id, note.text)


def said(case: Case, text: str, *, kind: str, by: Who, at: datetime) -> Evidence:
    """Keep a text that a person typed, as evidence."""
    return Evidence(keep_note(case, text, kind=kind, by=by, at=at), Voice.PERSON)
