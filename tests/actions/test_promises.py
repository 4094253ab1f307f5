"""Promises: from our own words, with an owner and a date, kept, moved in time and never quietly."""

from datetime import timedelta

import pytest

from amends.actions import handling
from amends.actions.promises import (
    do_confirm_promise,
    do_dismiss_promise,
    do_hand_over_promise,
    do_keep_promise,
    do_make_promise,
    do_move_promise,
)
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.gates import Refused
from amends.method.words import Gate
from amends.store.models import Case, Message, Note, Promise
from amends.testing import Cast
from tests.actions.doing import HOLD, Everything, agreed, complaint, fresh, later, names, record, send, state
from tests.actions.plain import BY_FRIDAY, FURIOUS, REFUND_40, UNDATED

pytestmark = pytest.mark.django_db

AT = later(hours=1)
DUE = later(days=2)


def promised(cast: Cast) -> tuple[Case, str]:
    case = complaint(cast)
    return case, do_make_promise(cast.owner, case.pk, "A new lamp", due=DUE, owner=cast.owner.id, at=AT)


def row() -> Promise:
    return Promise.objects.get()


def test_words_become_a_promise_with_one_click(cast: Cast) -> None:
    case = complaint(cast)
    send(cast.owner, case, BY_FRIDAY)
    do_confirm_promise(cast.owner, case.pk, row().pk, at=AT)
    assert (row().status, row().owner_id, row().due) == ("open", cast.owner.id, later(days=4, hours=7))
    assert fresh(case).calls == ""


def test_words_without_a_date_need_one(cast: Cast) -> None:
    case = complaint(cast)
    send(cast.owner, case, UNDATED)
    before = Everything.now()
    with pytest.raises(Refused) as refused:
        do_confirm_promise(cast.owner, case.pk, row().pk, at=AT)
    assert [r.gate for r in refused.value.refusals] == [Gate.PROMISE_HAS_A_DATE]
    assert Everything.now() == before
    do_confirm_promise(cast.owner, case.pk, row().pk, at=AT, due=DUE, owner=cast.teammate.id)
    assert (row().due, row().owner_id) == (DUE, cast.teammate.id)


def test_words_that_were_no_promise_are_dismissed(cast: Cast) -> None:
    case = complaint(cast)
    send(cast.owner, case, UNDATED)
    do_dismiss_promise(cast.owner, case.pk, row().pk, at=AT)
    assert (row().status, fresh(case).calls) == ("dismissed", "")
    with pytest.raises(Impossible):
        do_dismiss_promise(cast.owner, case.pk, row().pk, at=AT)


@pytest.mark.parametrize("promise", ["", "nonsense", "\0"])
def test_there_is_no_such_promise(cast: Cast, promise: str) -> None:
    case, _ = promised(cast)
    before = Everything.now()
    with pytest.raises(Impossible, match="no such promise"):
        do_confirm_promise(cast.owner, case.pk, promise, at=AT, due=DUE)
    with pytest.raises(Impossible, match="no such promise"):
        do_keep_promise(cast.owner, case.pk, promise, at=AT, how="Done")
    with pytest.raises(Impossible, match="no such promise"):
        do_move_promise(cast.owner, case.pk, promise, due=DUE, tell="Later.", at=AT)
    with pytest.raises(Impossible, match="no such promise"):
        do_hand_over_promise(cast.owner, case.pk, promise, owner=cast.owner.id, at=AT)
    assert Everything.now() == before


@pytest.mark.parametrize(("what", "due"), [("", DUE), (" ", DUE), ("A lamp", AT), ("A lamp", later(hours=-1))])
def test_a_promise_says_what_and_lies_ahead(cast: Cast, what: str, due: object) -> None:
    case = complaint(cast)
    before = Everything.now()
    with pytest.raises(Impossible):
        do_make_promise(cast.owner, case.pk, what, due=due, owner=cast.owner.id, at=AT)  # type: ignore[arg-type]  # a table of moments
    assert Everything.now() == before


def test_without_a_date_or_an_owner_it_is_only_a_hope(cast: Cast) -> None:
    case = complaint(cast)
    before = Everything.now()
    for due, owner in ((None, cast.owner.id), (DUE, None), (None, None)):
        with pytest.raises(Refused) as refused:
            do_make_promise(cast.owner, case.pk, "A lamp", due=due, owner=owner, at=AT)
        assert [r.gate for r in refused.value.refusals] == [Gate.PROMISE_HAS_A_DATE]
    assert Everything.now() == before


def test_an_upset_customer_is_heard_before_anything_is_promised(cast: Cast) -> None:
    case = complaint(cast, FURIOUS)
    with pytest.raises(Refused) as refused:
        do_make_promise(cast.owner, case.pk, "A lamp", due=DUE, owner=cast.owner.id, at=AT)
    assert [r.gate for r in refused.value.refusals] == [Gate.ACKNOWLEDGE_FIRST]


def test_kept_in_time_and_how(cast: Cast) -> None:
    case, promise = promised(cast)
    do_keep_promise(cast.teammate, case.pk, promise, at=later(days=1), how="Sent with DHL")
    assert (row().status, row().kept_at) == ("kept", later(days=1))
    assert Note.objects.get(kind="kept").text == "Sent with DHL"
    with pytest.raises(Impossible, match="not open"):
        do_keep_promise(cast.owner, case.pk, promise, at=later(days=1))


def test_warned_broken_and_kept_late(cast: Cast) -> None:
    case, promise = promised(cast)
    do_tick_due(DUE - timedelta(hours=4))
    assert (row().warned, row().status) == (True, "open")
    do_tick_due(DUE)
    assert row().status == "broken"
    assert "broken" in fresh(case).calls
    do_keep_promise(cast.owner, case.pk, promise, at=later(days=3))
    assert (row().status, names(case).count("PromiseBroken")) == ("late", 1)


def test_kept_after_its_time_is_late_even_where_no_clock_has_said_so(cast: Cast) -> None:
    case, promise = promised(cast)
    do_keep_promise(cast.owner, case.pk, promise, at=DUE + timedelta(seconds=1))
    assert row().status == "late"
    assert names(case)[-2:] == ["PromiseBroken", "PromiseKept"]


def test_moving_it_tells_the_customer_in_the_same_step(cast: Cast) -> None:
    case, promise = promised(cast)
    do_move_promise(cast.owner, case.pk, promise, due=later(days=3), tell="It will be Thursday, I am sorry.", at=AT)
    assert (row().due, row().warned) == (later(days=3), False)
    do_tick_due(AT)
    told = Message.objects.get(direction=Message.OUT)
    assert (told.status, told.text) == ("queued", "It will be Thursday, I am sorry.")
    assert names(case)[-1] == "MessageSent"
    assert state(case).updated is not None


def test_moving_it_in_silence_is_refused(cast: Cast) -> None:
    case, promise = promised(cast)
    before = Everything.now()
    with pytest.raises(Refused) as refused:
        do_move_promise(cast.owner, case.pk, promise, due=later(days=3), tell=" ", at=AT)
    assert [r.gate for r in refused.value.refusals] == [Gate.RENEGOTIATE_IN_TIME]
    assert Everything.now() == before


@pytest.mark.parametrize("at", [DUE, DUE + timedelta(days=1)])
def test_moving_it_when_it_is_due_is_refused_and_the_letter_does_not_go_out(cast: Cast, at: object) -> None:
    case, promise = promised(cast)
    before = Everything.now()
    with pytest.raises(Refused) as refused:
        do_move_promise(cast.owner, case.pk, promise, due=later(days=9), tell="Next week.", at=at)  # type: ignore[arg-type]  # a table of moments
    assert [r.gate for r in refused.value.refusals] == [Gate.RENEGOTIATE_IN_TIME]
    assert Everything.now() == before


def test_a_letter_that_a_gate_refuses_moves_nothing(cast: Cast) -> None:
    case, promise = promised(cast)
    before = Everything.now()
    with pytest.raises(Refused):
        do_move_promise(cast.owner, case.pk, promise, due=later(days=3), tell=REFUND_40, at=AT)
    assert Everything.now() == before


def test_handed_over_the_date_stands(cast: Cast) -> None:
    case, promise = promised(cast)
    do_hand_over_promise(cast.owner, case.pk, promise, owner=cast.teammate.id, at=AT)
    assert (row().owner_id, row().due) == (cast.teammate.id, DUE)


def test_nothing_is_resolved_while_something_is_owed_or_not_looked_at(cast: Cast) -> None:
    case = agreed(cast)
    send(cast.owner, case, UNDATED, at=later(hours=2))
    at = later(hours=2) + HOLD
    with pytest.raises(Refused):
        record(cast.owner, case, handling.resolve(), at=at)
    promise = Promise.objects.get(status="proposed").pk
    do_confirm_promise(cast.owner, case.pk, promise, at=at, due=DUE)
    with pytest.raises(Refused) as refused:
        record(cast.owner, case, handling.resolve(), at=at)
    assert [r.gate for r in refused.value.refusals] == [Gate.ACT_FIRST]
    do_keep_promise(cast.owner, case.pk, promise, at=at)
    record(cast.owner, case, handling.resolve(), at=at)
