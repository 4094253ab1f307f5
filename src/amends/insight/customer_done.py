"""What was done in a case, in the order in which the customer would tell it; made from the facts of its journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal

from amends.insight.history import facts_of_kinds
from amends.method import facts as f
from amends.method.facts import AnyFact
from amends.method.state import OUTREACH
from amends.method.words import CallResult
from amends.store.models import Case

MOST: Final = 30
"""So many events are shown, the newest ones."""

Event = Literal[
    "opened",
    "told",
    "agreed",
    "final",
    "kept",
    "late",
    "moved",
    "resolved",
    "called",
    "missed",
    "fixed",
    "partly",
    "not_fixed",
    "reopened",
    "thanked",
]

_EVENTS: Final[dict[type[AnyFact], Event]] = {
    f.CaseOpened: "opened",
    f.CustomerUpdated: "told",
    f.OfferAccepted: "agreed",
    f.FinalAnswerGiven: "final",
    f.PromiseKept: "kept",
    f.PromiseRenegotiated: "moved",
    f.CaseResolved: "resolved",
    f.CallbackMade: "called",
    f.FixConfirmed: "fixed",
    f.FixDenied: "not_fixed",
    f.CaseReopened: "reopened",
    f.ThanksSent: "thanked",
}
_BROKEN: Final = f.PromiseBroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Something that happened."""

    event: Annotated[Event, "What it was; its words follow from it."]
    at: Annotated[datetime, "When."]
    what: Annotated[str, "Of a promise, what was promised; empty where the words were erased, and for all else."] = ""


def done_so_far(case: Case, promises: Mapping[str, str]) -> tuple[Done, ...]:
    """Return what happened, newest first; `promises` are the words of each promise by its id. One query.

    What the customer took no part in and was not told of (approvals, hand-overs, notes) is not their history.
    """
    broken: set[str] = set()
    found: list[Done] = []
    for fact in facts_of_kinds(case.pk, [*_EVENTS, _BROKEN]):
        if isinstance(fact, f.PromiseBroken):
            broken.add(fact.promise)
        elif (event := _event(fact, broken)) is not None:
            what = promises.get(fact.promise, "") if isinstance(fact, f.PromiseKept | f.PromiseRenegotiated) else ""
            found.append(Done(event=event, at=fact.at, what=what))
    return tuple(reversed(found[-MOST:]))


def _event(fact: AnyFact, broken: set[str]) -> Event | None:
    match fact:
        case f.PromiseKept():
            return "late" if fact.promise in broken else "kept"
        case f.CallbackMade(result=CallResult.NOT_REACHED):
            return "missed"
        case f.CallbackMade(result=CallResult.DECLINED | CallResult.PREFERS_WRITING):
            return None  # nobody called; that they do not want it they know
        case f.CaseOpened(channel=channel) if channel == OUTREACH:
            return None  # we wrote first
        case f.FixDenied(partly=True):
            return "partly"
        case _:
            return _EVENTS[type(fact)]
