"""Authority: what one may give in a case and in a month, in any currency; approvals, their clock, and four eyes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st
from msgspec import structs

from amends.method.authority import room
from amends.method.clock import Kind, deadlines
from amends.method.facts import (
    AnyFact,
    ApprovalAsked,
    ApprovalDeclined,
    ApprovalGiven,
    ApprovalOverdue,
    CaseClosed,
    OfferWithdrawn,
)
from amends.method.moves import AnyMove, Approve, AskApproval, DeclineApproval, MakeOffer, Tick
from amends.method.policy import Policy, Rate
from amends.method.policy.numbers import Limits
from amends.method.words import CLOCK, Actor, Gate, Rank, Remedy, Side
from tests.method.given import ADA, DEFAULT, JONAS, NOW, OFFICE, REASON, ROOT, Given, given, later, money, said
from tests.method.stories import basis, bid, offered, opened

READY = given(opened(), basis(), bid(900))


def monthly(handler: int | None = 500, lead: int | None = None, case: int | None = 200) -> Policy:
    month = Limits(handler=None if handler is None else Decimal(handler), lead=None if lead is None else Decimal(lead))
    limit = None if case is None else Decimal(case)
    return structs.replace(DEFAULT, authority=structs.replace(DEFAULT.authority, handler=limit, month=month))


def gave(amount: int) -> Actor:
    """Return Jonas, who gave so much in other cases this month."""
    return structs.replace(JONAS, given=Decimal(amount))


def refund(amount: float, currency: str = "USD", name: str = "o9") -> MakeOffer:
    return MakeOffer(offer=name, remedy=Remedy.REFUND, words=said("r9"), amount=money(amount, currency))


def asked(amount: float = 300, by: str = "jonas", currency: str = "USD") -> ApprovalAsked:
    return ApprovalAsked(at=NOW, approval="a1", cost=money(amount, currency), asked_by=by)


YES = ApprovalGiven(at=NOW, approval="a1", by="ada")


# ── A month ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("already", "amount", "passes"),
    [(0, 200, True), (300, 200, True), (301, 200, False), (500, 1, False), (9000, 0.01, False)],
)
def test_a_month_has_an_end(already: int, amount: float, passes: bool) -> None:
    result = READY.under(monthly()).when(refund(amount), by=gave(already))
    if passes:
        result.passes()
    else:
        result.refused(Gate.AUTHORITY)


def test_what_a_colleague_gave_in_this_case_counts_for_the_case_and_not_for_ones_month() -> None:
    theirs = given(opened(), basis(), bid(900), structs.replace(offered(amount=100), giver="sam"))
    compensation = MakeOffer(offer="o9", remedy=Remedy.COMPENSATION, words=said("r9"), amount=money(90), why=REASON)
    theirs.under(monthly(handler=90)).when(compensation, by=JONAS).passes()
    theirs.under(monthly(handler=90, case=150)).when(compensation, by=JONAS).refused(Gate.AUTHORITY)


def test_an_approval_opens_the_month_as_well() -> None:
    case = given(opened(), basis(), bid(900), asked(150), YES).under(monthly())
    case.when(refund(150), by=gave(500)).passes()
    case.when(refund(151), by=gave(500)).refused(Gate.AUTHORITY)


def test_what_would_have_to_be_approved_is_the_sum_of_the_case() -> None:
    (no,) = READY.under(monthly()).when(refund(250.5), by=gave(0)).refused(Gate.AUTHORITY)
    assert no.asks == money("250.5")


def test_what_may_still_be_given_is_what_the_gate_lets_pass() -> None:
    policy = monthly()
    case = given(opened(), basis(), bid(900), structs.replace(offered(amount=60), giver="jonas")).under(policy)
    left = room(case.state, gave(400), policy, NOW)
    assert (left.here, left.month, left.most) == (Decimal(140), Decimal(40), Decimal(40))
    free = room(case.state, ROOT, policy, NOW)
    assert (free.here, free.month, free.most) == (None, None, None)
    full = room(case.state, gave(9000), policy, NOW)
    assert full.most == 0


@any_of(st.integers(0, 600), st.integers(1, 600))
def test_the_room_and_the_gate_never_disagree(already: int, amount: int) -> None:
    policy, by = monthly(), gave(already)
    most = room(READY.state, by, policy, NOW).most
    assert most is not None
    result = READY.under(policy).when(refund(amount), by=by)
    if amount <= most:
        result.passes()
    else:
        result.refused(Gate.AUTHORITY)


# ── Rates ────────────────────────────────────────────────────────────────────────────────────────


def rated(rate: str = "2", since: date = date(2026, 1, 1)) -> Policy:
    return structs.replace(monthly(), rates={"GBP": [Rate(since=since, rate=Decimal(rate))]})


def test_another_currency_counts_at_its_rate() -> None:
    READY.under(rated()).when(refund(100, "GBP"), by=JONAS).passes()
    (no,) = READY.under(rated()).when(refund(101, "GBP"), by=JONAS).refused(Gate.AUTHORITY)
    assert no.asks == money(202)


def test_before_its_first_rate_a_currency_has_none() -> None:
    late = rated(since=date(2027, 1, 1))
    (no,) = READY.under(late).when(refund(1, "GBP"), by=JONAS).refused(Gate.AUTHORITY)
    assert no.asks == money(1, "GBP")


def test_without_a_rate_a_yes_to_this_currency_passes_and_no_other() -> None:
    eur = given(opened(), basis(), bid(900), asked(50, currency="EUR"), YES)
    eur.when(refund(50, "EUR"), by=JONAS).passes()
    eur.when(refund(51, "EUR"), by=JONAS).refused(Gate.AUTHORITY)
    eur.when(refund(1, "CHF"), by=JONAS).refused(Gate.AUTHORITY)
    given(opened(), basis(), bid(900), asked(5000), YES).when(refund(1, "EUR"), by=JONAS).refused(Gate.AUTHORITY)


def test_an_offer_without_a_rate_leaves_no_room_before_somebody_has_seen_it_and_no_more_room_after() -> None:
    foreign = structs.replace(offered(amount=50), amount=money(50, "EUR"), cost=None, giver="jonas")
    more = MakeOffer(offer="o9", remedy=Remedy.COMPENSATION, words=said("r9"), amount=money(1), why=REASON)
    waits = given(opened(), basis(), bid(900), foreign)
    assert room(waits.state, JONAS, DEFAULT, NOW).most == 0
    waits.when(more, by=JONAS).refused(Gate.AUTHORITY)
    assert room(waits.state, ROOT, DEFAULT, NOW).most is None
    passed = given(opened(), basis(), bid(900), foreign, asked(50, currency="EUR"), YES)
    assert room(passed.state, JONAS, DEFAULT, NOW).most == 200
    passed.when(structs.replace(more, amount=money(200)), by=JONAS).passes()
    passed.when(structs.replace(more, amount=money(201)), by=JONAS).refused(Gate.AUTHORITY)


# ── Approvals ────────────────────────────────────────────────────────────────────────────────────


def test_nobody_asks_twice_for_the_same() -> None:
    again = AskApproval(approval="a2", cost=money(300))
    given(opened(), asked()).when(again, by=JONAS).impossible("waits for its answer")
    given(opened(), asked(), YES).when(again, by=JONAS).passes()


@pytest.mark.parametrize("cost", [0, -1, "-0.01"])
def test_nothing_and_less_than_nothing_needs_no_approval(cost: float | str) -> None:
    given(opened()).when(AskApproval(approval="a1", cost=money(cost)), by=JONAS).impossible("above nothing")


def test_a_closed_case_has_nothing_to_approve() -> None:
    closed = given(opened(), asked(), CaseClosed(at=NOW))
    for move in (Approve(approval="a1"), DeclineApproval(approval="a1"), AskApproval(approval="a2", cost=money(1))):
        closed.when(move, by=ROOT).impossible("closed")


def test_a_yes_may_come_after_the_offer_was_withdrawn() -> None:
    gone = OfferWithdrawn(at=NOW, offer="o1", why=REASON)
    given(opened(), basis(), bid(900), offered(amount=80), asked(), gone).when(Approve(approval="a1"), by=ADA).passes()


def test_limits_count_as_they_are_when_it_is_answered() -> None:
    case = given(opened(), asked(300))
    case.under(monthly(lead=299)).when(Approve(approval="a1"), by=ADA).impossible("more than you may give")
    case.under(monthly(lead=300)).when(Approve(approval="a1"), by=ADA).passes()


def test_who_does_not_lead_answers_nothing() -> None:
    sam, free = Actor(Side.STAFF, "sam", Rank.HANDLER), monthly(handler=None, case=None)
    case = given(opened(), asked(1)).under(free)
    case.when(Approve(approval="a1"), by=sam).impossible("more than you may give")
    case.when(DeclineApproval(approval="a1"), by=sam).impossible("who leads")


@any_of(
    st.sampled_from([JONAS, ADA, ROOT]),
    st.sampled_from([JONAS, ADA, ROOT]),
    st.integers(1, 10**9),
    st.sampled_from(["USD", "EUR"]),
    st.booleans(),
    st.sampled_from([None, 0, 100, 10**9]),
)
def test_nobody_ever_answers_their_own_wish(
    asker: Actor, other: Actor, amount: int, currency: str, yes: bool, limit: int | None
) -> None:
    case = given(opened(), asked(amount, by=asker.id, currency=currency)).under(monthly(case=limit, lead=limit))
    move: AnyMove = Approve(approval="a1") if yes else DeclineApproval(approval="a1")
    case.when(move, by=asker).impossible("Four eyes")
    if other.id != asker.id and other is ROOT:
        case.when(move, by=other).passes()


# ── Its clock ────────────────────────────────────────────────────────────────────────────────────


def called(case: Given) -> list[AnyFact]:
    return list(case.when(Tick(), at=later(days=3), by=CLOCK).passes().facts)


def test_a_wish_waits_four_working_hours_and_is_called_once() -> None:
    case = given(opened(), asked())
    (due,) = [d for d in deadlines(case.state, DEFAULT, OFFICE) if d.kind is Kind.APPROVAL]
    assert due.at == NOW + timedelta(hours=4)
    overdue = ApprovalOverdue(at=later(days=3), approval="a1")
    assert overdue in called(case)
    again = given(opened(), asked(), overdue)
    assert again.state.approvals[0].overdue
    assert not [d for d in deadlines(again.state, DEFAULT, OFFICE) if d.kind is Kind.APPROVAL]


@pytest.mark.parametrize("answer", [YES, ApprovalDeclined(at=NOW, approval="a1", by="ada"), CaseClosed(at=NOW)])
def test_what_is_answered_or_closed_is_not_called(answer: AnyFact) -> None:
    case = given(opened(), asked(), answer)
    assert not [d for d in deadlines(case.state, DEFAULT, OFFICE) if d.kind is Kind.APPROVAL]
