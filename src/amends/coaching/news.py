"""What has happened since a customer last heard from us, as far as they may hear of it: from facts alone.

Nothing internal is news: no note, no gate, no sum that they were not told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.method.facts import (
    AnyFact,
    ApprovalAsked,
    ApprovalGiven,
    MessageReceived,
    OwnerAssigned,
    PromiseHandedOver,
    PromiseKept,
    PromiseTaken,
)
from amends.method.state import Promise, PromiseStatus, State


class What(StrEnum):
    """A kind of news, in the order in which a letter tells them."""

    WROTE = "wrote"
    KEPT = "kept"
    LATE = "late"
    HANDED_OVER = "handed_over"
    LOOKS_AFTER = "looks_after"
    ASKED = "asked"
    GRANTED = "granted"
    BROKEN = "broken"
    OPEN = "open"


STANDING = (What.BROKEN, What.OPEN)
"""What is owed is no news: it was so before, and is still to be told."""
_BECAME = {PromiseStatus.KEPT: What.KEPT, PromiseStatus.LATE: What.LATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to tell. `promise` is what it is about, `who` the id of one of the staff, `at` when it happened."""

    what: What
    at: datetime
    promise: Promise | None = None
    who: str = ""


def news(facts: Iterable[AnyFact], state: State) -> tuple[News, ...]:
    """Return what `facts` (those since they last heard from us, that nobody took back) and the state have to tell.

    Each promise is told once, by the most that can be said of it. One that has moved is no news: they were told then.
    """
    found = list(facts)
    told = [*_of_the_case(found, state), *_of_promises(found, state)]
    order = list(What)
    return tuple(sorted(told, key=lambda one: order.index(one.what)))


def since_last_word(journal: Sequence[AnyFact], state: State, gone: Iterable[int]) -> tuple[AnyFact, ...]:
    """Return the facts since a person last wrote or spoke to them, but for those at the places that were taken back."""
    since, left_out = state.last_word_at or state.opened_at, set(gone)
    if since is None:
        return ()
    first_too = state.last_word_at is None  # of a case that nobody answered, its first message is news
    return tuple(
        fact
        for place, fact in enumerate(journal, start=1)
        if place not in left_out and (fact.at > since or (first_too and fact.at == since))
    )


def _of_the_case(facts: Sequence[AnyFact], state: State) -> list[News]:
    """Return the newest message of theirs, who looks after the case since, and what became of a decision."""
    newest: dict[What, News] = {}
    for fact in facts:
        match fact:
            case MessageReceived(automatic=False):
                newest[What.WROTE] = News(what=What.WROTE, at=fact.at)
            case OwnerAssigned(owner=owner) if owner and owner == state.owner:
                newest[What.LOOKS_AFTER] = News(what=What.LOOKS_AFTER, at=fact.at, who=owner)
            case ApprovalAsked(approval=asked) if _answer(state, asked) is None:
                newest[What.ASKED] = News(what=What.ASKED, at=fact.at)
            case ApprovalGiven():
                newest[What.GRANTED] = News(what=What.GRANTED, at=fact.at)
            case _:
                pass
    return list(newest.values())


def _answer(state: State, approval: str) -> bool | None:
    return next((one.granted for one in state.approvals if one.approval == approval), None)


def _of_promises(facts: Sequence[AnyFact], state: State) -> list[News]:
    happened: dict[str, News] = {}
    for fact in facts:
        if not isinstance(fact, PromiseKept | PromiseHandedOver | PromiseTaken):
            continue
        promise = state.promise(fact.promise)
        if promise is not None:
            what = _BECAME.get(promise.status, What.HANDED_OVER)
            happened[fact.promise] = News(what=what, at=fact.at, promise=promise, who=promise.owner)
    for promise in state.owed:
        if promise.status is PromiseStatus.BROKEN:  # whatever else happened to it, that comes first
            happened[promise.promise] = News(what=What.BROKEN, at=promise.made_at, promise=promise, who=promise.owner)
        elif promise.promise not in happened:
            happened[promise.promise] = News(what=What.OPEN, at=promise.made_at, promise=promise, who=promise.owner)
    return list(happened.values())
