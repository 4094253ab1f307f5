"""Offers: more than was asked, more than one may give, four eyes; and what they answer."""

from datetime import datetime

import pytest

from amends.method.facts import (
    AboutFaceAsked,
    AnyFact,
    ApprovalAsked,
    ApprovalDeclined,
    ApprovalGiven,
    CaseClosed,
    DemandRefused,
    DemandUnwarranted,
    FinalAnswerGiven,
    InstructionGiven,
    OfferMade,
    OfferRejected,
    OfferWithdrawn,
)
from amends.method.moves import (
    AcceptOffer,
    Approve,
    AskApproval,
    DeclineApproval,
    GiveFinalAnswer,
    Instruct,
    MakeOffer,
    RejectOffer,
    Resolve,
    WithdrawOffer,
)
from amends.method.words import Actor, Gate, Remedy, Side
from tests.method.given import ADA, JONAS, MAYA, NOW, REASON, ROOT, Given, given, later, limits, money, said
from tests.method.stories import accepted, agreed, basis, bid, offered, opened, understood

READY = given(opened(), basis(), bid(80))
WORDS = said("r2")


def refund(amount: float | None = 80, *, name: str = "o2", currency: str = "USD", why: bool = False) -> MakeOffer:
    sum_of_money = None if amount is None else money(amount, currency)
    return MakeOffer(offer=name, remedy=Remedy.REFUND, words=WORDS, amount=sum_of_money, why=REASON if why else None)


def compensation(amount: float | None = None) -> MakeOffer:
    sum_of_money = None if amount is None else money(amount)
    return MakeOffer(offer="o2", remedy=Remedy.COMPENSATION, words=WORDS, amount=sum_of_money)


def granted(amount: float, name: str = "a1") -> list[AnyFact]:
    return [
        ApprovalAsked(at=NOW, approval=name, cost=money(amount), asked_by="jonas"),
        ApprovalGiven(at=NOW, approval=name, by="ada"),
    ]


REJECTED = OfferRejected(at=NOW, offer="o1", words=said("m2"))


# ── more-than-asked ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("says", "case", "move", "refused"),
    [
        ("what they asked", READY, refund(80), False),
        ("less", READY, refund(50), False),
        ("more", READY, refund(80.01), True),
        ("more, with a reason", READY, refund(120, why=True), False),
        ("no more than their highest bid", given(opened(), basis(), bid(100), bid(60)), refund(90), False),
        ("a sum where they named none", given(opened(), basis(), bid()), refund(80), False),
        ("a sum in a currency that they did not name", READY, refund(90, currency="EUR", why=True), False),
        ("a voucher alone", given(opened(), basis(), bid()), compensation(20), False),
        ("a voucher on top of an open refund", given(opened(), basis(), bid(), offered()), compensation(20), True),
        ("a voucher on top of an agreed one", given(opened(), basis(), bid(), offered(), accepted()), compensation(), True),
        ("a voucher instead of a rejected refund", given(opened(), basis(), bid(), offered(), REJECTED), compensation(20), False),
        ("a voucher that they asked for", given(opened(), basis(), bid(), bid(None, Remedy.COMPENSATION), offered()), compensation(20), False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_giving_more_than_was_asked_takes_a_reason(says: str, case: Given, move: MakeOffer, refused: bool) -> None:
    result = case.under(limits(handler=None)).when(move)
    if refused:
        result.refused(Gate.MORE_THAN_ASKED)
    else:
        result.passes()


@pytest.mark.parametrize("asked", [Remedy.APOLOGY, Remedy.EXPLANATION, Remedy.HUMAN])
def test_who_asked_for_words_is_not_given_money_without_a_reason(asked: Remedy) -> None:
    case = given(opened(), basis(), bid(remedy=asked))
    case.when(refund(20)).refused(Gate.MORE_THAN_ASKED)
    case.when(compensation()).refused(Gate.MORE_THAN_ASKED)
    case.when(refund(20, why=True)).passes()
    case.when(MakeOffer(offer="o2", remedy=Remedy.APOLOGY, words=WORDS)).passes()
    given(opened(), basis(), bid(remedy=asked), bid(20)).when(refund(20)).passes()


def test_who_left_it_to_us_cannot_be_given_too_much() -> None:
    case = given(understood()[:-1]).under(limits(handler=None))
    case.when(refund(500)).refused(Gate.BID_FIRST)


# ── authority ────────────────────────────────────────────────────────────────────────────────────


OFFERED_80 = given(opened(), basis(), bid(500), offered(amount=80))


@pytest.mark.parametrize(
    ("says", "case", "move", "by", "refused"),
    [
        ("up to the limit", READY, refund(80), JONAS, False),
        ("a cent above", given(opened(), basis(), bid(500)), refund(100.01), JONAS, True),
        ("a lead may give more", given(opened(), basis(), bid(500)), refund(300), ADA, False),
        ("but not all", given(opened(), basis(), bid(5000)), refund(1001), ADA, True),
        ("who has no limit may", given(opened(), basis(), bid(5000)), refund(5000), ROOT, False),
        ("who has no rank may give nothing", READY, refund(1), Actor(Side.STAFF, "temp"), True),
        ("but words cost nothing", READY, refund(None), Actor(Side.STAFF, "temp"), False),
        ("two open offers count together", OFFERED_80, refund(30), JONAS, True),
        ("and may reach the limit together", OFFERED_80, refund(20), JONAS, False),
        ("an accepted one still counts", given(opened(), basis(), bid(500), offered(amount=80), accepted()), refund(30), JONAS, True),
        ("a rejected one counts no more", given(opened(), basis(), bid(500), offered(amount=80), REJECTED), refund(30), JONAS, False),
        ("another currency is for somebody else to judge", given(opened(), basis(), bid()), refund(5, currency="EUR"), JONAS, True),
        ("an approval covers its sum", given(opened(), basis(), bid(500), granted(300)), refund(300), JONAS, False),
        ("and not more", given(opened(), basis(), bid(500), granted(300)), refund(301), JONAS, True),
        ("together with what was offered", given(opened(), basis(), bid(500), granted(300), offered(amount=80)), refund(221), JONAS, True),
        ("in its own currency only", given(opened(), basis(), bid(), granted(300)), refund(5, currency="EUR"), JONAS, True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_one_may_give(says: str, case: Given, move: MakeOffer, by: Actor, refused: bool) -> None:
    result = case.under(limits(handler=100, lead=1000)).when(move, by=by)
    if refused:
        result.refused(Gate.AUTHORITY)
    else:
        result.passes()


def test_what_it_costs_us_counts_not_what_it_is_worth_to_them() -> None:
    voucher = MakeOffer(offer="o1", remedy=Remedy.REFUND, words=WORDS, amount=money(80), cost=money(30))
    cheap = READY.under(limits(handler=50)).when(voucher).passes()
    cheap.when(refund(20)).passes()
    cheap.when(refund(21)).refused(Gate.AUTHORITY)
    for free in (money(0), None):
        gift = MakeOffer(offer="o1", remedy=Remedy.APOLOGY, words=WORDS, cost=free)
        READY.under(limits(handler=0)).when(gift).passes()


def test_the_refusal_says_what_it_costs_and_what_one_may_give() -> None:
    (no,) = OFFERED_80.under(limits(handler=100)).when(refund(30.5)).refused(Gate.AUTHORITY)
    assert str(no).startswith("This costs 110.50 USD; on your own you may give 100.00 USD.")


def test_a_reason_goes_past_authority_where_the_house_lets_it() -> None:
    past = {Gate.AUTHORITY: REASON}
    READY.under(limits(handler=10)).when(refund(), overrides=past).passes()
    READY.under(limits(handler=10, override=False)).when(refund(), overrides=past).refused(Gate.AUTHORITY)


def test_a_house_that_guards_its_money_still_lets_other_gates_be_overridden() -> None:
    case = given(opened(), basis()).under(limits(handler=100, override=False))
    case.when(refund(), overrides={Gate.BID_FIRST: REASON}).passes()


# ── Approvals: four eyes ─────────────────────────────────────────────────────────────────────────


ASKED = ApprovalAsked(at=NOW, approval="a1", cost=money(300), asked_by="jonas", why=REASON)
WAITS = given(opened(), ASKED).under(limits(handler=200, lead=1000))


def test_asking_for_an_approval_keeps_who_asked() -> None:
    given(opened()).when(AskApproval(approval="a1", cost=money(300), why=REASON)).then(ASKED)


def test_somebody_else_says_yes() -> None:
    result = WAITS.when(Approve(approval="a1"), by=ADA)
    result.then(ApprovalGiven(at=NOW, approval="a1", by="ada"))
    (found,) = result.passes().state.approvals
    assert (found.granted, found.answered_by) == (True, "ada")


def test_somebody_else_says_no_and_it_helps_nothing() -> None:
    result = WAITS.when(DeclineApproval(approval="a1", why=REASON), by=ADA)
    result.then(ApprovalDeclined(at=NOW, approval="a1", by="ada", why=REASON))
    after = given(result.passes().facts, basis(), bid(500)).under(WAITS.policy)
    after.when(refund(300)).refused(Gate.AUTHORITY)


def test_nobody_approves_their_own_wish() -> None:
    case = given(opened(), ApprovalAsked(at=NOW, approval="a1", cost=money(300), asked_by="ada"))
    case.when(Approve(approval="a1"), by=ADA).impossible("Four eyes")


def test_nobody_approves_more_than_they_may_give() -> None:
    other = Actor(Side.STAFF, "nina", JONAS.rank)
    WAITS.when(Approve(approval="a1"), by=other).impossible("more than you may give")
    WAITS.when(Approve(approval="a1"), by=MAYA).impossible("more than you may give")
    WAITS.when(Approve(approval="a1"), by=ROOT).passes()


def test_nobody_with_a_limit_approves_another_currency() -> None:
    foreign = given(opened(), ApprovalAsked(at=NOW, approval="a1", cost=money(5, "EUR"), asked_by="jonas"))
    foreign.when(Approve(approval="a1"), by=ADA).impossible("more than you may give")
    foreign.when(Approve(approval="a1"), by=ROOT).passes()


def test_saying_an_offer_again_is_no_second_offer_for_the_limit() -> None:
    again = MakeOffer(offer="o2", remedy=Remedy.REFUND, words=said("r9"), amount=money(80))
    case = given(opened(), basis(), bid(80), offered("o1", 80)).under(limits(handler=100))
    case.when(again).passes()
    case.when(refund(80)).refused(Gate.AUTHORITY)  # in the same message it is another one
    given(opened(), basis(), bid(80), offered("o1", 80), accepted()).under(limits(handler=100)).when(again).refused(
        Gate.AUTHORITY
    )


def test_one_may_approve_up_to_ones_own_limit() -> None:
    case = given(opened(), ApprovalAsked(at=NOW, approval="a1", cost=money(1000), asked_by="jonas"))
    case.under(limits(lead=1000)).when(Approve(approval="a1"), by=ADA).passes()
    case.under(limits(lead=999)).when(Approve(approval="a1"), by=ADA).impossible("more than you may give")


def test_an_approval_is_answered_once() -> None:
    done = given(opened(), granted(300))
    done.when(Approve(approval="a1"), by=ADA).impossible("answered already")
    done.when(DeclineApproval(approval="a1"), by=ADA).impossible("answered already")


def test_a_yes_is_for_one_sum_only() -> None:
    WAITS.when(AskApproval(approval="a1", cost=money(9000))).impossible("asked for already")
    two = WAITS.when(AskApproval(approval="a2", cost=money(900))).passes().when(Approve(approval="a1"), by=ADA)
    assert [a.granted for a in two.passes().state.approvals] == [True, None]


def test_what_nobody_asked_for_cannot_be_approved() -> None:
    given(opened()).when(Approve(approval="a1"), by=ADA).impossible("Nobody asked")
    given(opened()).when(AskApproval(approval="a1", cost=money(0))).impossible("above nothing")


# ── Offers and their answers ─────────────────────────────────────────────────────────────────────


def test_an_offer_costs_what_it_gives_unless_told_otherwise() -> None:
    READY.when(refund(80, name="o1")).then(
        OfferMade(
            at=NOW, offer="o1", remedy=Remedy.REFUND, words=WORDS, amount=money(80), cost=money(80), giver=JONAS.id
        )
    )


def test_an_offer_is_made_once_and_gives_something() -> None:
    OFFERED_80.when(refund(80, name="o1")).impossible("made already")
    READY.when(refund(0)).impossible("cannot be nothing")
    less = MakeOffer(offer="o1", remedy=Remedy.REFUND, words=WORDS, cost=money(-1))
    READY.when(less).impossible("cost less than nothing")


def test_an_offer_is_answered_once() -> None:
    after = OFFERED_80.when(AcceptOffer(offer="o1", words=said("m2")), by=MAYA).passes()
    assert after.state.agreement is not None
    assert after.state.agreement.answer == said("m2")
    assert after.state.open_offer is None
    for move in (
        AcceptOffer(offer="o1", words=said()),
        RejectOffer(offer="o1", words=said()),
        WithdrawOffer(offer="o1", why=REASON),
    ):
        after.when(move).impossible("answered already")
        given(opened()).when(move).impossible("no such offer")


def test_what_one_message_offers_is_answered_as_one() -> None:
    both = given(opened(), basis(), bid(80), offered("o1", 80), offered("o2", remedy=Remedy.ACTION))
    taken = both.when(AcceptOffer(offer="o2", words=said("m2")), by=MAYA).passes()
    assert [o.status.value for o in taken.state.offers] == ["accepted", "accepted"]
    left = both.when(RejectOffer(offer="o1", words=said("m2")), by=MAYA).passes()
    assert [o.status.value for o in left.state.offers] == ["rejected", "rejected"]


def test_an_offer_of_another_message_waits_for_its_own_answer() -> None:
    later_one = MakeOffer(offer="o2", remedy=Remedy.REPLACEMENT, words=said("r9"))
    case = given(opened(), basis(), bid(80), offered("o1", 80)).when(later_one).passes()
    taken = case.when(AcceptOffer(offer="o2", words=said("m2")), by=MAYA).passes()
    assert [o.status.value for o in taken.state.offers] == ["open", "accepted"]


def test_an_answer_makes_the_next_step_ours() -> None:
    waiting = given(agreed()[:-1]).state
    assert waiting.waiting_since is None
    for move in (AcceptOffer(offer="o1", words=said("m2")), RejectOffer(offer="o1", words=said("m2"))):
        answered = given(agreed()[:-1]).when(move, at=later(hours=3), by=MAYA).passes()
        assert answered.state.waiting_since == later(hours=3)


def test_a_withdrawn_offer_is_no_agreement() -> None:
    result = OFFERED_80.when(WithdrawOffer(offer="o1", why=REASON))
    result.then(OfferWithdrawn(at=NOW, offer="o1", why=REASON))
    state = result.passes().state
    assert (state.agreement, state.open_offer, state.deadlock) == (None, None, False)


def test_instructions_wait_for_the_customer() -> None:
    result = READY.when(Instruct(words=WORDS))
    result.then(InstructionGiven(at=NOW, words=WORDS))
    after = result.passes().state
    assert after.instructed == WORDS
    assert after.waiting_since is None


@pytest.mark.parametrize(
    ("says", "new", "stands"),
    [
        ("a higher sum", bid(200, at=later(hours=1)), False),
        ("another remedy", bid(None, Remedy.REPLACEMENT, at=later(hours=1)), False),
        ("another currency", bid(80, at=later(hours=1)).__class__(at=later(hours=1), remedy=Remedy.REFUND, words=said(), amount=money(8, "EUR")), False),
        ("where their refund is", bid(None, at=later(hours=1)), True),
        ("for what was agreed, once more", bid(80, at=later(hours=1)), True),
        ("for less", bid(50, at=later(hours=1)), True),
        ("in the same breath", bid(200), True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_new_bid_reopens_what_was_agreed(says: str, new: AnyFact, stands: bool) -> None:
    assert (given(agreed(), new).state.agreement is not None) is stands


def test_a_sum_after_an_agreement_without_one_is_a_new_bid() -> None:
    without = given(understood(), offered(), accepted(), bid(10, at=later(hours=1)))
    assert without.state.agreement is None
    without.when(Resolve(), at=later(hours=2)).refused(Gate.ACT_FIRST)


def test_a_second_agreement_settles_the_new_bid() -> None:
    at = later(hours=1)
    case = given(agreed(), bid(120, at=at), offered("o2", 120, at=at), accepted("o2", at=later(hours=2)))
    agreement = case.state.agreement
    assert agreement is not None
    assert agreement.offer == "o2"


@pytest.mark.parametrize(
    ("says", "facts", "stuck"),
    [
        ("nothing was offered", [], False),
        ("an offer is open", [offered()], False),
        ("an offer was turned down", [offered(), REJECTED], True),
        ("another one followed", [offered(), REJECTED, offered("o2")], False),
        ("we said no", [DemandRefused(at=NOW, words=WORDS)], True),
        ("none is warranted", [DemandUnwarranted(at=NOW, why=REASON)], True),
        ("we agreed all the same", [DemandRefused(at=NOW, words=WORDS), offered(), accepted()], False),
        (
            "a final answer was given",
            [
                DemandRefused(at=NOW, words=WORDS),
                FinalAnswerGiven(at=NOW, why=REASON, elsewhere=WORDS.span),
            ],
            False,
        ),
        ("the case was closed", [DemandRefused(at=NOW, words=WORDS), CaseClosed(at=NOW)], False),
        ("we only asked about our place", [AboutFaceAsked(at=NOW, words=WORDS)], False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_when_both_sides_are_stuck(says: str, facts: list[AnyFact], stuck: bool) -> None:
    assert given(understood(), facts).state.deadlock is stuck


@pytest.mark.parametrize("at", [NOW, later(days=3)])
def test_a_final_answer_stands_with_its_reason_and_where_else_to_turn(at: datetime) -> None:
    state = given(opened()).when(GiveFinalAnswer(why=REASON, elsewhere=WORDS.span), at=at).passes().state
    assert state.final_answer is not None
    assert (state.final_answer.why, state.final_answer.elsewhere, state.final_answer.at) == (REASON, WORDS.span, at)
