"""Acknowledge, diagnose, ask: feelings named, the basis, the bid, and the about-face."""

import pytest

from amends.method.facts import (
    AboutFaceAsked,
    BasisConfirmed,
    BasisDisputed,
    BasisEstablished,
    BidInvited,
    BidLeftToUs,
    BidMade,
    BidUnanswered,
    CustomerAppreciated,
    DemandRefused,
    DemandUnwarranted,
    FeelingAcknowledged,
    OptionRaised,
    ProblemReadBack,
    ProblemTold,
    QuestionAsked,
)
from amends.method.moves import (
    AcknowledgeFeeling,
    AnyMove,
    Appreciate,
    AskAboutFace,
    AskQuestion,
    ConfirmBasis,
    DisputeBasis,
    EstablishBasis,
    FindUnwarranted,
    InviteBid,
    LeaveToUs,
    MakeBid,
    RaiseOption,
    ReadBack,
    RefuseDemand,
)
from amends.method.state import Basis, Bid, Option
from amends.method.words import Remedy
from tests.method.given import NOW, REASON, given, later, money, said
from tests.method.stories import basis, bid, named, opened, upset

OPEN = given(opened())
WORDS = said("r1")
YES = said("m2")
ESTABLISH = EstablishBasis(expected=said(end=5), got=said(start=6), cause=said("r1"), since=said(start=8))


@pytest.mark.parametrize(
    ("move", "fact"),
    [
        (AcknowledgeFeeling(words=WORDS), FeelingAcknowledged(at=NOW, words=WORDS)),
        (Appreciate(words=WORDS), CustomerAppreciated(at=NOW, words=WORDS)),
        (AskQuestion(words=WORDS), QuestionAsked(at=NOW, words=WORDS)),
        (ReadBack(words=WORDS), ProblemReadBack(at=NOW, words=WORDS)),
        (InviteBid(words=WORDS), BidInvited(at=NOW, words=WORDS)),
        (LeaveToUs(words=YES), BidLeftToUs(at=NOW, words=YES)),
        (FindUnwarranted(why=REASON), DemandUnwarranted(at=NOW, why=REASON)),
        (RefuseDemand(words=WORDS), DemandRefused(at=NOW, words=WORDS)),
        (AskAboutFace(words=WORDS), AboutFaceAsked(at=NOW, words=WORDS)),
        (
            MakeBid(remedy=Remedy.REFUND, words=YES, amount=money(80)),
            BidMade(at=NOW, remedy=Remedy.REFUND, words=YES, amount=money(80)),
        ),
        (
            RaiseOption(option="x1", words=YES, remedy=Remedy.REPAIR, amount=money(5)),
            OptionRaised(at=NOW, option="x1", words=YES, remedy=Remedy.REPAIR, amount=money(5)),
        ),
        (
            ESTABLISH,
            BasisEstablished(
                at=NOW, expected=said(end=5), got=said(start=6), cause=said("r1"), since=said(start=8), plain=False
            ),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_understood_becomes_a_fact(move: AnyMove, fact: object) -> None:
    assert OPEN.when(move).facts == (fact,)


def test_the_first_sentence_that_named_a_feeling_is_kept_as_evidence() -> None:
    again = FeelingAcknowledged(at=NOW, words=said("r5"))
    thanks = [CustomerAppreciated(at=NOW, words=said(source)) for source in ("r1", "r5")]
    state = given(opened(), upset(3), named(), again, thanks).state
    assert (state.acknowledged, state.appreciated, state.unheard) == (said("r1"), said("r1"), 0)


# ── The basis ────────────────────────────────────────────────────────────────────────────────────


def test_a_basis_stands_once_they_confirm_it() -> None:
    written = OPEN.when(ESTABLISH).passes()
    assert not written.state.established
    result = written.when(ConfirmBasis(words=YES))
    result.then(BasisConfirmed(at=NOW, words=YES))
    confirmed = result.passes().state
    assert confirmed.established
    assert confirmed.basis == Basis(said(end=5), said(start=6), said("r1"), said(start=8), plain=False, confirmed=YES)


def test_with_their_yes_our_read_back_is_the_basis() -> None:
    read = given(opened(), ProblemTold(at=NOW, words=said("m1")), ProblemReadBack(at=NOW, words=WORDS))
    read.when(ConfirmBasis(words=YES)).then(
        BasisEstablished(at=NOW, expected=WORDS, got=said("m1"), cause=WORDS), BasisConfirmed(at=NOW, words=YES)
    )
    assert read.when(ConfirmBasis(words=YES)).passes().state.established


def test_a_read_back_is_enough_where_the_problem_was_not_seen() -> None:
    read = given(opened(), ProblemReadBack(at=NOW, words=WORDS)).when(ConfirmBasis(words=YES)).passes()
    assert read.state.basis is not None
    assert read.state.basis.got == WORDS


def test_with_their_no_we_ask_again() -> None:
    read = given(opened(), basis(), ProblemReadBack(at=NOW, words=WORDS))
    result = read.when(DisputeBasis(words=YES))
    result.then(BasisDisputed(at=NOW, words=YES))
    state = result.passes().state
    assert (state.basis, state.read_back, state.established) == (None, None, False)


def test_nothing_can_be_confirmed_or_disputed_that_was_not_said() -> None:
    OPEN.when(ConfirmBasis(words=YES)).impossible("read back")
    OPEN.when(DisputeBasis(words=YES)).impossible("read back")


def test_a_fuller_basis_keeps_their_yes() -> None:
    first = given(opened(), ProblemReadBack(at=NOW, words=WORDS)).when(ConfirmBasis(words=YES)).passes()
    assert first.when(ESTABLISH).passes().state.established


def test_a_yes_to_a_basis_that_was_taken_back_changes_nothing() -> None:
    assert given(opened(), BasisConfirmed(at=NOW, words=YES)).state.basis is None


# ── The bid ──────────────────────────────────────────────────────────────────────────────────────


def test_every_bid_is_kept() -> None:
    state = given(opened(), bid(100), bid(60, at=later(hours=1))).state
    assert state.bids == (
        Bid(Remedy.REFUND, said(), money(100), NOW),
        Bid(Remedy.REFUND, said(), money(60), later(hours=1)),
    )


def test_a_bid_is_more_than_nothing() -> None:
    OPEN.when(MakeBid(remedy=Remedy.REFUND, words=YES, amount=money(0))).impossible("cannot be nothing")


def test_a_late_bid_settles_what_was_asked_in_vain_or_left_to_us() -> None:
    silent = given(opened(), BidInvited(at=NOW, words=WORDS), BidUnanswered(at=later(days=3)))
    assert silent.state.bid_settled
    spoken = given(silent.facts, BidLeftToUs(at=NOW, words=YES), bid(80, at=later(days=4))).state
    assert (spoken.bid_unanswered, spoken.bid_left_to_us, spoken.bid_settled) == (False, None, True)


def test_asking_again_waits_again() -> None:
    state = given(opened(), BidInvited(at=NOW, words=WORDS), BidInvited(at=later(days=2), words=said("r2"))).state
    assert (state.bid_invited, state.bid_invited_at) == (said("r2"), later(days=2))


# ── The about-face ───────────────────────────────────────────────────────────────────────────────


def test_what_they_would_do_in_our_place_is_an_option() -> None:
    case = given(
        opened(),
        DemandUnwarranted(at=NOW, why=REASON),
        DemandRefused(at=NOW, words=WORDS),
        AboutFaceAsked(at=NOW, words=said("r2")),
        OptionRaised(at=NOW, option="x1", words=YES, remedy=Remedy.APOLOGY),
    )
    state = case.state
    assert (state.unwarranted, state.refused, state.about_face) == (REASON, (WORDS,), said("r2"))
    assert state.options == (Option("x1", YES, Remedy.APOLOGY, None),)
