"""Promises that another department keeps, and promises that two people touch at once."""

from collections.abc import Callable

import pytest

from amends.actions.access import NoAccess, access_case, access_promise, visible_promises
from amends.actions.actors import Staff
from amends.actions.promises import (
    Overtaken,
    do_ask_promise_owner,
    do_confirm_promise,
    do_dismiss_promise,
    do_hand_over_promise,
    do_keep_promise,
    do_make_promise,
    do_move_promise,
    do_take_promise,
    do_turn_down_promise,
)
from amends.actions.replies import do_write_note
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.facts import PromiseKept, PromiseRenegotiated
from amends.store.models import Case, Message, Note, Promise, User
from amends.testing import Cast, make_staff
from tests.actions.doing import Everything, complaint, fresh, later, names, send
from tests.actions.plain import PLAINLY, UNDATED

pytestmark = pytest.mark.django_db

AT = later(hours=1)
DUE = later(days=2)
LATER = later(days=3)


def promised(cast: Cast, *, ask: Staff | None = None) -> tuple[Case, str]:
    case = complaint(cast)
    asked = ask.id if ask is not None else None
    made = do_make_promise(cast.owner, case.pk, "A new lamp", due=DUE, owner=cast.owner.id, at=AT, ask=asked)
    return fresh(case), made


def row() -> Promise:
    return Promise.objects.get()


def test_somebody_elsewhere_sees_the_promise_they_are_asked_for_and_never_its_case(cast: Cast) -> None:
    case, promise = promised(cast)
    with pytest.raises(NoAccess):
        access_promise(cast.stranger, promise)
    assert not visible_promises(cast.stranger).exists()
    do_ask_promise_owner(cast.owner, case.pk, promise, owner=cast.stranger.id, at=AT)
    assert access_promise(cast.stranger, promise).asked_id == cast.stranger.id
    assert "asked" in fresh(case).calls
    with pytest.raises(NoAccess):
        access_case(cast.stranger, case.pk)


def test_who_took_it_keeps_it_without_seeing_the_case(cast: Cast) -> None:
    case, promise = promised(cast, ask=cast.stranger)
    assert (row().owner_id, row().asked_id) == (cast.owner.id, cast.stranger.id)
    do_take_promise(cast.stranger, promise, at=AT)
    assert (row().owner_id, row().asked_id) == (cast.stranger.id, None)
    assert list(visible_promises(cast.stranger)) == [row()]
    do_keep_promise(cast.stranger, case.pk, promise, at=AT, how="It left our shelf at ten.")
    assert row().status == "kept"
    assert Note.objects.get(kind="kept").author_id == cast.stranger.id


def test_who_was_asked_and_did_it_has_taken_it(cast: Cast) -> None:
    case, promise = promised(cast, ask=cast.stranger)
    do_keep_promise(cast.stranger, case.pk, promise, at=AT)
    assert names(case)[-2:] == ["PromiseTaken", "PromiseKept"]
    assert row().owner_id == cast.stranger.id


def test_a_no_says_why_and_ends_what_they_see(cast: Cast) -> None:
    case, promise = promised(cast, ask=cast.stranger)
    before = Everything.now()
    with pytest.raises(Impossible, match="Say why"):
        do_turn_down_promise(cast.stranger, promise, why=" ", at=AT)
    assert Everything.now() == before
    do_turn_down_promise(cast.stranger, promise, why="The lamps are sold out.", at=AT)
    assert Note.objects.get(kind="turned_down").text == "The lamps are sold out."
    assert "asked" not in fresh(case).calls
    with pytest.raises(NoAccess):
        access_promise(cast.stranger, promise)


def test_it_is_kept_in_its_own_case_alone(cast: Cast) -> None:
    _case, promise = promised(cast, ask=cast.stranger)
    other = complaint(cast, f"{PLAINLY} And the vase, too.")
    with pytest.raises(NoAccess):
        do_keep_promise(cast.stranger, other.pk, promise, at=AT)


@pytest.mark.parametrize("whom", ["left", "nobody", "beyond"])
def test_only_somebody_who_is_here_can_be_asked(cast: Cast, whom: str) -> None:
    case, promise = promised(cast)
    gone = make_staff("Lou Gone", cast.other_team)
    User.objects.filter(pk=gone.id).update(is_active=False)
    user = {"left": gone.id, "nobody": 999_999, "beyond": 2**70}[whom]
    before = Everything.now()
    with pytest.raises(Impossible, match="Nobody on the staff"):
        do_ask_promise_owner(cast.owner, case.pk, promise, owner=user, at=AT)
    assert Everything.now() == before


@pytest.mark.parametrize("promise", ["", "nonsense", "\0"])
def test_there_is_no_such_promise(cast: Cast, promise: str) -> None:
    promised(cast)
    with pytest.raises(NoAccess):
        access_promise(cast.admin, promise)


def test_words_become_a_promise_of_another_department_with_one_click(cast: Cast) -> None:
    case = complaint(cast)
    send(cast.owner, case, UNDATED)
    do_confirm_promise(cast.owner, case.pk, row().pk, at=AT, due=DUE, ask=cast.stranger.id)
    assert (row().status, row().owner_id, row().asked_id) == ("open", cast.owner.id, cast.stranger.id)


def test_how_often_it_moved_and_that_nobody_made_it_good_stand_on_the_row(cast: Cast) -> None:
    case, promise = promised(cast)
    do_move_promise(cast.owner, case.pk, promise, due=LATER, tell="It will be Thursday.", at=AT)
    assert (row().moved, row().escalated) == (1, False)
    do_tick_due(LATER)
    do_tick_due(later(days=3, hours=4))
    assert (row().status, row().escalated) == ("broken", True)
    assert "escalated" in fresh(case).calls


# ── Two people, one promise ──────────────────────────────────────────────────────────────────────


def test_of_two_who_move_it_the_second_hears_what_the_first_did_and_nothing_goes_out(cast: Cast) -> None:
    case, promise = promised(cast)
    seen = case.seq
    do_move_promise(cast.owner, case.pk, promise, due=LATER, tell="It will be Thursday.", at=AT, seen=seen)
    before = Everything.now()
    with pytest.raises(Overtaken) as late:
        do_move_promise(cast.teammate, case.pk, promise, due=later(days=4), tell="Friday.", at=AT, seen=seen)
    assert (late.value.by, type(late.value.entry.fact)) == (cast.owner.id, PromiseRenegotiated)
    assert Everything.now() == before
    do_tick_due(AT)  # the first word is on its way
    do_move_promise(cast.teammate, case.pk, promise, due=later(days=4), tell="Friday.", at=AT, seen=fresh(case).seq)
    assert Message.objects.filter(direction=Message.OUT).count() == 2


STEPS: dict[str, Callable[[Cast, int, str, int], None]] = {
    "keep": lambda cast, case, promise, seen: do_keep_promise(cast.owner, case, promise, at=AT, seen=seen),
    "move": lambda cast, case, promise, seen: do_move_promise(
        cast.owner, case, promise, due=LATER, tell="Thursday.", at=AT, seen=seen
    ),
    "hand over": lambda cast, case, promise, seen: do_hand_over_promise(
        cast.owner, case, promise, owner=cast.lead.id, at=AT, seen=seen
    ),
    "ask": lambda cast, case, promise, seen: do_ask_promise_owner(
        cast.owner, case, promise, owner=cast.stranger.id, at=AT, seen=seen
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_what_somebody_did_meanwhile_is_not_done_over(cast: Cast, step: str) -> None:
    case, promise = promised(cast)
    seen = case.seq
    do_keep_promise(cast.teammate, case.pk, promise, at=AT, seen=seen)
    before = Everything.now()
    with pytest.raises(Overtaken) as late:
        STEPS[step](cast, case.pk, promise, seen)
    assert (late.value.by, type(late.value.entry.fact)) == (cast.teammate.id, PromiseKept)
    assert Everything.now() == before


def test_a_proposed_one_is_looked_at_once(cast: Cast) -> None:
    case = complaint(cast)
    send(cast.owner, case, UNDATED)
    seen, promise = fresh(case).seq, row().pk
    do_dismiss_promise(cast.owner, case.pk, promise, at=AT, seen=seen)
    with pytest.raises(Overtaken):
        do_confirm_promise(cast.teammate, case.pk, promise, at=AT, due=DUE, owner=cast.teammate.id, seen=seen)
    with pytest.raises(Overtaken):
        do_dismiss_promise(cast.teammate, case.pk, promise, at=AT, seen=seen)


def test_other_words_other_promises_and_the_clock_overtake_nobody(cast: Cast) -> None:
    case, promise = promised(cast)
    other = do_make_promise(cast.owner, case.pk, "A call", due=LATER, owner=cast.owner.id, at=AT)
    seen = fresh(case).seq
    do_write_note(cast.teammate, case.pk, "She likes green.", at=AT)
    do_keep_promise(cast.teammate, case.pk, other, at=AT)
    do_tick_due(DUE)
    do_keep_promise(cast.owner, case.pk, promise, at=DUE, seen=seen)
    assert Promise.objects.get(pk=promise).status == "late"
