"""What our own words do, in the order in which they stand."""

from datetime import UTC, datetime, time, timedelta

import pytest

from amends.hearing import weigh
from amends.method.facts import PurchaseNamed
from amends.method.moves import (
    AcknowledgeFeeling,
    AnyMove,
    Appreciate,
    AskAboutFace,
    AskQuestion,
    Instruct,
    InviteBid,
    MakeOffer,
    ProposePromise,
    ReadBack,
    RefuseDemand,
    UpdateCustomer,
)
from amends.method.state import State
from amends.method.words import Evidence, Remedy
from amends.reading import Act, ActKind, Due, Reading
from amends.transcript import Message, Role, Span
from tests.hearing.acts import NOW, OFFERED, OFFICE, TAKEN, TOLD, act, money, state, weighed

OPEN = state(TOLD)
AGREED = state(TOLD, OFFERED, TAKEN)
FRIDAY = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)


def ours(start: int = 0) -> Evidence:
    return Evidence(Span("r9", start, start + 5))


def offer(start: int = 0, kind: str = "refund", amount: str | None = "40", currency: str = "USD") -> Act:
    return act(ActKind.OFFER, start, kind=kind, amount=None if amount is None else money(amount, currency))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (act(ActKind.ACKNOWLEDGE), AcknowledgeFeeling(words=ours())),
        (act(ActKind.APPRECIATE), Appreciate(words=ours())),
        (act(ActKind.DIAGNOSE), AskQuestion(words=ours())),
        (act(ActKind.VERIFY), AskQuestion(words=ours())),
        (act(ActKind.READBACK), ReadBack(words=ours())),
        (act(ActKind.INVITE_BID), InviteBid(words=ours())),
        (act(ActKind.ABOUT_FACE), AskAboutFace(words=ours())),
        (act(ActKind.DEFLECT), RefuseDemand(words=ours())),
        (act(ActKind.UPDATE), UpdateCustomer(words=ours())),
        (offer(), MakeOffer(offer="r9:0", remedy=Remedy.REFUND, words=ours(), amount=money("40"))),
        (offer(amount=None), MakeOffer(offer="r9:0", remedy=Remedy.REFUND, words=ours())),
        (act(ActKind.OFFER, kind="instruction"), Instruct(words=ours())),
    ],
)
def test_each_act_is_a_move(said: Act, expected: AnyMove) -> None:
    assert weighed(OPEN, said) == [expected]


@pytest.mark.parametrize(
    "kind", [ActKind.APOLOGISE, ActKind.REASSURE, ActKind.FOLLOW_UP, ActKind.TRANSFER, ActKind.PROBLEM, ActKind.BID]
)
def test_some_words_are_only_for_the_coach(kind: ActKind) -> None:
    assert weighed(OPEN, act(kind, kind="refund")) == []


def test_moves_come_in_the_order_of_the_words_and_the_feeling_before_what_shares_its_sentence() -> None:
    moves = weighed(OPEN, offer(11), act(ActKind.DIAGNOSE, 5), act(ActKind.READBACK), act(ActKind.ACKNOWLEDGE))
    assert [type(m) for m in moves] == [AcknowledgeFeeling, ReadBack, AskQuestion, MakeOffer]


def test_a_reason_goes_with_every_offer() -> None:
    why = Span("n1", 0, 9)
    made = weighed(OPEN, offer(), offer(11, "apology", None), why=why)
    assert [m.why for m in made if isinstance(m, MakeOffer)] == [why, why]


@pytest.mark.parametrize(
    ("before", "said", "moves"),
    [
        (AGREED, offer(), 0),  # the refund that is on its way
        (AGREED, offer(amount=None), 0),
        (AGREED, offer(amount="60"), 1),
        (AGREED, offer(currency="EUR"), 1),
        (AGREED, offer(kind="apology", amount=None), 1),
        (AGREED, act(ActKind.OFFER, kind="instruction"), 0),  # how to get what was agreed
        (state(TOLD, OFFERED), offer(), 1),  # not taken yet
    ],
)
def test_what_was_agreed_is_not_offered_again(before: State, said: Act, moves: int) -> None:
    assert len(weighed(before, said)) == moves


@pytest.mark.parametrize(
    ("due", "at", "expected"),
    [
        (Due(weekday=4, at=time(17)), NOW, FRIDAY),
        (Due(within=timedelta(hours=24)), NOW, NOW + timedelta(hours=24)),
        (None, NOW, None),
        (Due(days_ahead=0), NOW.replace(hour=18), None),  # "today", said after hours: somebody has to say when
        (Due(days_ahead=0, at=time(10)), NOW, None),  # this very moment is no time to keep anything
    ],
)
def test_a_promise_is_proposed_with_its_owner_and_what_its_words_say_of_time(
    due: Due | None, at: datetime, expected: datetime | None
) -> None:
    words = Span("r9", 11, 16)
    assert weighed(OPEN, act(ActKind.PROMISE, 11, kind="dated", due=due), at=at) == [
        ProposePromise(promise="r9:11", what=words, due=expected, owner="7")
    ]


def test_two_promises_in_one_message_are_two() -> None:
    made = weighed(OPEN, act(ActKind.PROMISE, 11), act(ActKind.PROMISE))
    assert [m.promise for m in made if isinstance(m, ProposePromise)] == ["r9:0", "r9:11"]


def test_words_that_offer_and_promise_do_both() -> None:
    moves = weighed(OPEN, offer(), act(ActKind.PROMISE))
    assert {type(m) for m in moves} == {MakeOffer, ProposePromise}


@pytest.mark.parametrize(
    ("words", "cost"),
    [
        ("We can offer you a full refund.", "5000"),
        ("We can refund you in full.", "5000"),
        ("We can refund you everything you paid.", "5000"),
        ("We can refund you half of what you paid.", None),
        ("We can refund you the postage.", None),
    ],
)
def test_all_that_they_paid_costs_its_price_though_no_sum_is_named(words: str, cost: str | None) -> None:
    paid = state(TOLD, PurchaseNamed(at=NOW, purchase="A-1", price=money("5000")))
    said = Act(act=ActKind.OFFER, start=0, end=len(words), kind="refund")
    ours = Message(id="r9", role=Role.AGENT, text=words)
    (made,) = weigh(paid, ours, Reading(upset=None, acts=(said,)), at=NOW, calendar=OFFICE)
    assert isinstance(made, MakeOffer)
    assert (made.amount, made.cost) == (None, None if cost is None else money(cost))
