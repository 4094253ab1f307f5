"""What a customer waits for: the steps of their case as one follows a parcel, and when they will hear from us next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from amends.method.calendar import Calendar
from amends.method.clock import after, callback_opens, silence_limit
from amends.method.evolve.hear import silent_since
from amends.method.policy import Policy
from amends.method.state import State

StepName = Literal["received", "understood", "fair", "agreed", "answered", "mended", "came_back"]
Coming = Literal["first", "update", "promise", "call", "offer", "understood", "fair", "reply", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the way, as the customer sees it."""

    name: Annotated[StepName, "Which step; its words follow from it (answered: a final answer in place of agreed)."]
    state: Annotated[Literal["passed", "current", "ahead"], "passed, current (the first that is not), or ahead."]
    at: Annotated[datetime | None, "When it was passed, where one moment did it."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextWord:
    """What comes next, from whom, and by when."""

    kind: Annotated[
        Coming,
        "Ours: first (a first word), update, promise, call (the call-back). Theirs: offer, understood, fair, reply. "
        "nothing: all is done.",
    ]
    by: Annotated[datetime | None, "By when they hear from us; of a call, from when on (None: from now on)."] = None
    late: Annotated[bool, "Whether that time has passed already."] = False

    @property
    def theirs(self) -> bool:
        """Whether the next word is the customer's."""
        return self.kind in ("offer", "understood", "fair", "reply")


def steps(state: State) -> tuple[Step, ...]:
    """Return the six steps in order. The first that is not passed is the current one.

    What is agreed on or done was understood before, however it was written down.
    """
    agreement, last = state.agreement, state.final_answer
    settled = last is not None and agreement is None
    fair = bool(state.bids) or state.bid_left_to_us is not None
    mended = state.resolved_at is not None and not state.owed
    agreed = agreement is not None or mended
    way: list[tuple[StepName, bool, datetime | None]] = [
        ("received", state.opened_at is not None, state.opened_at),
        ("understood", state.established or agreed or settled, None),
        ("fair", fair or agreed or settled, state.bids[-1].at if state.bids else None),
        ("answered", True, last.at if last is not None else None)
        if settled
        else ("agreed", agreed, agreement.answered_at if agreement is not None else None),
        ("mended", mended, state.resolved_at),
        ("came_back", state.called_back or state.closed_at is not None, state.calls[-1].at if state.calls else None),
    ]
    here = next((name for name, passed, _at in way if not passed), None)
    return tuple(
        Step(name=name, state="passed" if passed else "current" if name == here else "ahead", at=at if passed else None)
        for name, passed, at in way
    )


def next_word(state: State, *, policy: Policy, calendar: Calendar, now: datetime) -> NextWord:
    """Return what comes next. Times are the policy's limits and our promises: what the customer may count on."""
    if state.closed_at is not None:
        return NextWord(kind="nothing")
    if state.resolved_at is not None:
        opens = None if state.called_back else callback_opens(state, policy, calendar)
        if opens is None:
            return NextWord(kind="nothing")
        return NextWord(kind="call", by=opens if opens > now else None)
    ours = list(_ours(state, policy, calendar))
    if ours:
        by, kind = min(ours, key=lambda one: one[0])
        return NextWord(kind=kind, by=by, late=by <= now)
    return NextWord(kind=_theirs(state))


def _ours(state: State, policy: Policy, calendar: Calendar) -> list[tuple[datetime, Coming]]:
    found: list[tuple[datetime, Coming]] = [(p.due, "promise") for p in state.owed if p.due is not None]
    since = silent_since(state)
    if since is None:
        return found
    if state.last_word_at is None:
        return [*found, (after(policy.acknowledge, since, calendar), "first")]
    return [*found, (silence_limit(state, policy, calendar) or since, "update")]


def _theirs(state: State) -> Coming:
    if state.open_offer is not None:
        return "offer"
    if state.read_back is not None and not state.established:
        return "understood"
    if state.bid_invited is not None and not state.bid_settled:
        return "fair"
    return "reply"
