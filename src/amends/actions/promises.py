"""Promises: confirmed from our own words, kept, moved in time, handed over."""

from datetime import datetime

from django.db import transaction

from amends.actions.access import access_case, check_colleague
from amends.actions.actors import Staff
from amends.actions.carry import carry_out, keep_note, said
from amends.actions.clock import new_id
from amends.actions.replies import do_reply
from amends.method.decide import Impossible
from amends.method.moves import DismissPromise, HandOverPromise, KeepPromise, MakePromise, MovePromise
from amends.method.words import Evidence, Voice
from amends.store.journal import state_of
from amends.store.models import Case
from amends.transcript import Span


def do_confirm_promise(
    who: Staff, case_id: int, promise: str, *, at: datetime, owner: int | None = None, due: datetime | None = None
) -> None:
    """Make a promise of words that were read as one. Without `owner` or `due` those that were read stand."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        found = state_of(case).promise(promise)
        if found is None:
            raise Impossible("There is no such promise.")
        who_keeps = _colleague(case, owner) if owner is not None else found.owner
        move = MakePromise(promise=promise, what=found.what, owner=who_keeps, due=due or found.due)
        carry_out(case, [move], by=who, at=at)


def do_dismiss_promise(who: Staff, case_id: int, promise: str, *, at: datetime) -> None:
    """Say that those words were no promise."""
    with transaction.atomic():
        carry_out(access_case(who, case_id, lock=True), [DismissPromise(promise=promise)], by=who, at=at)


def do_make_promise(
    who: Staff, case_id: int, what: str, *, due: datetime | None, owner: int | None, at: datetime
) -> str:
    """Record a promise that was made in other words than a message of ours, and return its id."""
    if not what.strip():
        raise Impossible("Say what was promised.")
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        span = keep_note(case, what, kind="promise", by=who, at=at)
        promise = new_id()
        keeper = _colleague(case, owner) if owner is not None else ""
        carry_out(case, [MakePromise(promise=promise, what=span, owner=keeper, due=due)], by=who, at=at)
    return promise


def do_keep_promise(who: Staff, case_id: int, promise: str, *, at: datetime, how: str = "") -> None:
    """Say that it was done; `how` is for the others."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        words = said(case, how, kind="kept", by=who, at=at) if how.strip() else None
        carry_out(case, [KeepPromise(promise=promise, words=words)], by=who, at=at)


def do_move_promise(who: Staff, case_id: int, promise: str, *, due: datetime, tell: str, at: datetime) -> None:
    """Move a promise that is not due yet, and tell the customer so in the same step."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        words = None
        if tell.strip():
            row = do_reply(who, case_id, tell, at=at, hold=False)
            case = access_case(who, case_id, lock=True)
            words = Evidence(Span.whole(row.id, row.text), Voice.PERSON)
        carry_out(case, [MovePromise(promise=promise, due=due, words=words)], by=who, at=at)


def do_hand_over_promise(who: Staff, case_id: int, promise: str, *, owner: int, at: datetime) -> None:
    """Let a colleague look after it; the customer's date stands."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        carry_out(case, [HandOverPromise(promise=promise, owner=_colleague(case, owner))], by=who, at=at)


def _colleague(case: Case, user: int) -> str:
    check_colleague(case, user)
    return str(user)
