"""The path of a case: eight stations, each passed by evidence."""

from msgspec import Struct

from amends.method.state import UPSET, PromiseStatus, State
from amends.method.words import Evidence, Station, Voice


class Step(Struct, frozen=True):
    """Where a station stands: passed or not, the words that passed it, and what would pass it."""

    station: Station
    passed: bool
    evidence: Evidence | None
    remedy: str


def path(state: State) -> tuple[Step, ...]:
    """Return the eight steps in order; a later one may be passed before an earlier one."""
    return (
        Step(Station.HEAR, _heard(state), state.problem, "Find out who wrote, and how they feel."),
        Step(
            Station.ACKNOWLEDGE,
            _acknowledged(state),
            state.acknowledged,
            "Name what they feel, in one or two sentences.",
        ),
        Step(
            Station.DIAGNOSE,
            state.established,
            _basis(state),
            "Ask, say back what you understood, and let them confirm it.",
        ),
        Step(Station.ASK, state.bid_settled, _bid(state), "Ask what would make it right for them."),
        Step(Station.AGREE, _agreed(state), _agreement(state), "Offer, and hear their answer; or give a final answer."),
        Step(Station.ACT, _acted(state), _fix(state), "Keep every promise, and let them confirm the fix."),
        Step(
            Station.COME_BACK,
            _came_back(state),
            _call(state),
            "Call back a day or two later, and record both outcomes.",
        ),
        Step(Station.LEARN, _learned(state), None, "Confirm the root cause, and see what becomes of them."),
    )


def station(state: State) -> Station:
    """Return where the case stands: the first station that is not passed; Learn when all are."""
    return next((step.station for step in path(state) if not step.passed), Station.LEARN)


def done(state: State) -> bool:
    """Return whether every station is passed."""
    return all(step.passed for step in path(state))


def may_ask_for_more(state: State) -> bool:
    """Return whether the ask for more business is earned: fixed, closed, and they say that they would come again."""
    survey = state.survey
    return state.closed_at is not None and state.fixed is True and survey is not None and survey.buy_again is True


def _heard(state: State) -> bool:
    return state.opened_at is not None and bool(state.customer) and bool(state.temperature)


def _acknowledged(state: State) -> bool:
    """A feeling was named; or there was none to name, and a person has answered."""
    if state.unheard >= UPSET:
        return False
    return state.acknowledged is not None or state.last_word_at is not None


def _basis(state: State) -> Evidence | None:
    if state.basis is None or not state.established:
        return None
    return state.basis.confirmed or state.basis.got


def _bid(state: State) -> Evidence | None:
    if state.bids:
        return state.bids[-1].words
    return state.bid_left_to_us or (state.bid_invited if state.bid_unanswered else None)


def _agreed(state: State) -> bool:
    return state.agreement is not None or state.final_answer is not None


def _agreement(state: State) -> Evidence | None:
    if state.agreement is not None:
        return state.agreement.answer
    return Evidence(state.final_answer.why, Voice.PERSON) if state.final_answer is not None else None


def _acted(state: State) -> bool:
    """Resolved, nothing owed, and fixed in the customer's eyes; after a final answer there is nothing to confirm."""
    pending = any(p.owed or p.status is PromiseStatus.PROPOSED for p in state.promises)
    confirmed = state.fixed is True or state.called_back or state.agreement is None
    return state.resolved_at is not None and not pending and confirmed


def _fix(state: State) -> Evidence | None:
    """Return the customer's yes, else our last update; their "no, still broken" passes nothing."""
    return (state.fix_words if state.fixed else None) or state.updated


def _came_back(state: State) -> bool:
    """Called back, or closed after as many tries as the gate asks for; with both outcomes recorded."""
    return state.outcomes is not None and (state.called_back or state.closed_at is not None)


def _call(state: State) -> Evidence | None:
    note = next((call.note for call in reversed(state.calls) if call.note is not None), None)
    return Evidence(note, Voice.PERSON) if note is not None else None


def _learned(state: State) -> bool:
    return bool(state.root_cause) and (state.survey is not None or state.followed)
