"""Promises: confirmed from our own words, kept, moved in time, handed over, asked of others.

Each step may say how long the journal was when its page was `seen`: who is overtaken by a colleague hears what the
colleague did, and decides anew.
"""

from datetime import datetime

from django.db import transaction

from amends.actions.access import NoAccess, access_case, access_promise, check_colleague, check_on_staff
from amends.actions.actors import Staff
from amends.actions.carry import Conflict, carry_out, keep_note, said
from amends.actions.clock import new_id
from amends.actions.replies import do_reply
from amends.method.decide import Impossible
from amends.method.facts import PromiseFact
from amends.method.moves import (
    AnyMove,
    AskPromiseOwner,
    DismissPromise,
    HandOverPromise,
    KeepPromise,
    MakePromise,
    MovePromise,
    TakePromise,
    TurnDownPromise,
)
from amends.method.words import Evidence, Side, Voice
from amends.store.journal import Entry, entries, state_of
from amends.store.models import Case
from amends.transcript import Span


class Overtaken(Conflict):
    """A colleague did something about this very promise since it was looked at: `by` is their id, `entry` what."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.by = int(entry.by.id)
        self.entry = entry


def check_promise_unchanged(case: Case, promise: str, seen: int | None) -> None:
    """Raise `Overtaken` where somebody of the staff has touched this promise since the journal was `seen` long."""
    if seen is None or case.seq <= seen:
        return
    for entry in reversed(entries(case.pk, after=seen)):
        fact = entry.fact
        if isinstance(fact, PromiseFact) and fact.promise == promise and entry.by.side is Side.STAFF:
            raise Overtaken(entry)


def do_confirm_promise(
    who: Staff,
    case_id: int,
    promise: str,
    *,
    at: datetime,
    owner: int | None = None,
    due: datetime | None = None,
    ask: int | None = None,
    seen: int | None = None,
) -> None:
    """Make a promise of words that were read as one. Without `owner` or `due` those that were read stand.

    `ask` is somebody, of any team, who is asked to keep it; until they say yes, it is the owner's.
    """
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        check_promise_unchanged(case, promise, seen)
        found = state_of(case).promise(promise)
        if found is None:
            raise Impossible("There is no such promise.")
        who_keeps = _colleague(case, owner) if owner is not None else found.owner
        move = MakePromise(promise=promise, what=found.what, owner=who_keeps, due=due or found.due)
        carry_out(case, [move, *_asking(promise, ask)], by=who, at=at)


def do_dismiss_promise(who: Staff, case_id: int, promise: str, *, at: datetime, seen: int | None = None) -> None:
    """Say that those words were no promise."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        check_promise_unchanged(case, promise, seen)
        carry_out(case, [DismissPromise(promise=promise)], by=who, at=at)


def do_make_promise(
    who: Staff,
    case_id: int,
    what: str,
    *,
    due: datetime | None,
    owner: int | None,
    at: datetime,
    ask: int | None = None,
) -> str:
    """Record a promise that was made in other words than a message of ours, and return its id.

    `ask` is somebody, of any team, who is asked to keep it; until they say yes, it is the owner's.
    """
    if not what.strip():
        raise Impossible("Say what was promised.")
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        span = keep_note(case, what, kind="promise", by=who, at=at)
        promise = new_id()
        keeper = _colleague(case, owner) if owner is not None else ""
        made = MakePromise(promise=promise, what=span, owner=keeper, due=due)
        carry_out(case, [made, *_asking(promise, ask)], by=who, at=at)
    return promise


def do_keep_promise(
    who: Staff, case_id: int, promise: str, *, at: datetime, how: str = "", seen: int | None = None
) -> None:
    """Say that it was done; `how` is for the others. Who keeps it may say so in a case that they cannot see.

    Who was asked to keep it, and did, has taken it on.
    """
    with transaction.atomic():
        case = _case_of(who, case_id, promise)
        check_promise_unchanged(case, promise, seen)
        found = state_of(case).promise(promise)
        words = said(case, how, kind="kept", by=who, at=at) if how.strip() else None
        taken = [TakePromise(promise=promise)] if found is not None and found.asked == str(who.id) else []
        carry_out(case, [*taken, KeepPromise(promise=promise, words=words)], by=who, at=at)


def do_move_promise(
    who: Staff, case_id: int, promise: str, *, due: datetime, tell: str, at: datetime, seen: int | None = None
) -> None:
    """Move a promise that is not due yet, and tell the customer so in the same step."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        check_promise_unchanged(case, promise, seen)
        words = None
        if tell.strip():
            row = do_reply(who, case_id, tell, at=at, hold=False)
            case = access_case(who, case_id, lock=True)
            words = Evidence(Span.whole(row.id, row.text), Voice.PERSON)
        carry_out(case, [MovePromise(promise=promise, due=due, words=words)], by=who, at=at)


def do_hand_over_promise(
    who: Staff, case_id: int, promise: str, *, owner: int, at: datetime, seen: int | None = None
) -> None:
    """Let a colleague look after it; the customer's date stands."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        check_promise_unchanged(case, promise, seen)
        carry_out(case, [HandOverPromise(promise=promise, owner=_colleague(case, owner))], by=who, at=at)


def do_ask_promise_owner(
    who: Staff, case_id: int, promise: str, *, owner: int, at: datetime, seen: int | None = None
) -> None:
    """Ask somebody, of any team, to keep it. From then on they see this promise, and nothing else of the case."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        check_promise_unchanged(case, promise, seen)
        carry_out(case, _asking(promise, owner), by=who, at=at)


def do_take_promise(who: Staff, promise: str, *, at: datetime) -> None:
    """Say yes to that."""
    with transaction.atomic():
        case = access_promise(who, promise, lock=True).case
        carry_out(case, [TakePromise(promise=promise)], by=who, at=at)


def do_turn_down_promise(who: Staff, promise: str, *, why: str, at: datetime) -> None:
    """Say no to that, and why: its owner has to find another way."""
    if not why.strip():
        raise Impossible("Say why, so that they can find another way.")
    with transaction.atomic():
        case = access_promise(who, promise, lock=True).case
        reason = keep_note(case, why, kind="turned_down", by=who, at=at)
        carry_out(case, [TurnDownPromise(promise=promise, why=reason)], by=who, at=at)


def _asking(promise: str, user: int | None) -> list[AnyMove]:
    """Return the move that asks this person; none where nobody is to be asked."""
    if user is None:
        return []
    check_on_staff(user)
    return [AskPromiseOwner(promise=promise, owner=str(user))]


def _case_of(who: Staff, case_id: int, promise: str) -> Case:
    """Return the case, locked, for who may see it, and for who keeps this promise of it."""
    try:
        return access_case(who, case_id, lock=True)
    except NoAccess:
        theirs = access_promise(who, promise, lock=True)
        if theirs.case_id != case_id:
            raise
        return theirs.case


def _colleague(case: Case, user: int) -> str:
    check_colleague(case, user)
    return str(user)
