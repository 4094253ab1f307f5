"""What a customer's words mean, at each place of the path."""

import pytest

from amends.hearing import hear
from amends.method.facts import ProblemReadBack
from amends.method.moves import (
    AcceptOffer,
    AnyMove,
    ConfirmBasis,
    ConfirmFix,
    DenyFix,
    DisputeBasis,
    GiveThanks,
    LeaveToUs,
    MakeBid,
    RaiseOption,
    ReadUpset,
    ReceiveMessage,
    RejectOffer,
    TellEarlierContact,
    TellLoyalty,
    TellProblem,
    Threaten,
)
from amends.method.state import State
from amends.method.words import Remedy, ThreatKind
from amends.reading import Act, ActKind, Answer, Reading
from amends.transcript import Message, Role
from tests.hearing.acts import (
    CLOSED,
    INVITED,
    NOW,
    OFFERED,
    OFFERED_MORE,
    READ_BACK,
    RESOLVED,
    TAKEN,
    THEIRS,
    TOLD,
    TURNED,
    act,
    heard,
    money,
    read,
    state,
    words,
)

PROBLEM = act(ActKind.PROBLEM)
BID = act(ActKind.BID, kind="refund", amount=money("40"))
ACCEPT, REJECT, THANKS = act(ActKind.ACCEPT), act(ActKind.REJECT), act(ActKind.THANKS)
BID_MADE = MakeBid(remedy=Remedy.REFUND, words=words(), amount=money("40"))
AGAIN = act(ActKind.REPEAT)

OPEN = state(TOLD)
OFFER_OPEN = state(TOLD, READ_BACK, OFFERED)
DONE = state(TOLD, OFFERED, TAKEN, RESOLVED)
FAREWELL = state(TOLD, OFFERED, TAKEN, RESOLVED, CLOSED)


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        (act(ActKind.PROBLEM, 11, plain=True), TellProblem(words=words(11), plain=True)),
        (act(ActKind.PROBLEM), TellProblem(words=words())),
        (act(ActKind.REPEAT, 3), TellEarlierContact(words=words(3))),
        (act(ActKind.LOYALTY, tenure_years=12.0), TellLoyalty(words=words(), years=12.0)),
        (act(ActKind.LOYALTY), TellLoyalty(words=words())),
        (act(ActKind.THREAT, kind="leave"), Threaten(kind=ThreatKind.LEAVE, words=words())),
        (act(ActKind.THREAT, kind="legal"), Threaten(kind=ThreatKind.LEGAL, words=words())),
        (act(ActKind.THREAT, kind="public"), Threaten(kind=ThreatKind.PUBLIC, words=words())),
        (THANKS, GiveThanks(words=words())),
        (BID, BID_MADE),
        (act(ActKind.BID, kind="human"), MakeBid(remedy=Remedy.HUMAN, words=words())),
        (act(ActKind.BID, kind="refund", amount=money("0")), MakeBid(remedy=Remedy.REFUND, words=words())),
        (act(ActKind.BID, kind="refund", amount=money("-5")), MakeBid(remedy=Remedy.REFUND, words=words())),
    ],
)
def test_what_is_told_is_told_wherever_the_case_stands(spoken: Act, expected: AnyMove) -> None:
    assert heard(OPEN, read(spoken)) == [expected]


@pytest.mark.parametrize("spoken", [act(ActKind.ABUSE), ACCEPT, REJECT])
def test_what_answers_nothing_means_nothing(spoken: Act) -> None:
    assert heard(OPEN, read(spoken, yes=True)) == []


def test_a_message_comes_in_before_anything_else_and_then_its_upset() -> None:
    moves = hear(OPEN, THEIRS, read(PROBLEM, upset=4))
    assert moves[:2] == [ReceiveMessage(message="m9"), ReadUpset(message="m9", level=4)]


def test_an_automatic_message_is_taken_in_and_means_nothing() -> None:
    away = Message(id="m9", role=Role.CUSTOMER, text="I am away. I want a refund.", automatic=True)
    assert hear(OPEN, away, read(BID, upset=3, yes=True)) == [ReceiveMessage(message="m9", automatic=True)]


def test_words_in_an_unknown_language_are_left_for_people() -> None:
    reading = Reading(upset=None, language="nl")
    assert hear(OPEN, THEIRS, reading) == [ReceiveMessage(message="m9")]


@pytest.mark.parametrize(
    ("before", "reading", "expected"),
    [
        # the read-back waits for its yes or no
        (state(TOLD, READ_BACK), read(yes=True), [ConfirmBasis(words=words(0, 3))]),
        (state(TOLD, READ_BACK), read(ACCEPT), [ConfirmBasis(words=words())]),
        (state(TOLD, READ_BACK), read(yes=False), [DisputeBasis(words=words(0, 3))]),
        (state(TOLD, READ_BACK), read(REJECT, yes=True), [DisputeBasis(words=words())]),
        # an open offer is newer than the read-back before it
        (OFFER_OPEN, read(yes=True), [AcceptOffer(offer="o1", words=words(0, 3))]),
        (OFFER_OPEN, read(ACCEPT), [AcceptOffer(offer="o1", words=words())]),
        (OFFER_OPEN, read(REJECT), [RejectOffer(offer="o1", words=words())]),
        (OFFER_OPEN, read(ACCEPT, yes=False), [RejectOffer(offer="o1", words=words(0, 3))]),
        (OFFER_OPEN, read(REJECT, BID), [RejectOffer(offer="o1", words=words()), BID_MADE]),
        (OFFER_OPEN, read(), []),
        # one yes answers a read-back and an offer that stood in the same message
        (
            state(TOLD, ProblemReadBack(at=NOW, words=words(source="r2")), OFFERED),
            read(yes=True),
            [ConfirmBasis(words=words(0, 3)), AcceptOffer(offer="o1", words=words(0, 3))],
        ),
        # of two offers, the newest
        (state(TOLD, OFFERED, OFFERED_MORE), read(yes=True), [AcceptOffer(offer="o2", words=words(0, 3))]),
        # taken already: a second yes takes nothing
        (state(TOLD, OFFERED, TAKEN), read(yes=True), []),
    ],
)
def test_a_yes_or_a_no_answers_what_waits_for_one(before: State, reading: Reading, expected: list[AnyMove]) -> None:
    assert heard(before, reading) == expected


@pytest.mark.parametrize("before", [DONE, FAREWELL])
@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (read(yes=True), [ConfirmFix(words=words(0, 3))]),
        (read(ACCEPT), [ConfirmFix(words=words())]),
        (read(THANKS), [GiveThanks(words=words())]),  # kind, and no word about the fix
        (read(THANKS, ACCEPT), [GiveThanks(words=words()), ConfirmFix(words=words())]),
        (read(REJECT), [DenyFix(words=words())]),
        (read(yes=False), [DenyFix(words=words(0, 3))]),
        (read(PROBLEM, upset=2), [TellProblem(words=words()), DenyFix(words=words())]),
        (read(PROBLEM, upset=0), [TellProblem(words=words()), DenyFix(words=words())]),
        # they tell the old story once more, calmly, and thank us
        (read(PROBLEM, THANKS, upset=0), [TellProblem(words=words()), GiveThanks(words=words())]),
        # a thank-you with anger behind it is no thank-you
        (
            read(PROBLEM, THANKS, upset=3),
            [TellProblem(words=words()), GiveThanks(words=words()), DenyFix(words=words())],
        ),
        # "again" is a no where they are upset about it; calm, it may be about the old story
        (read(AGAIN, upset=2), [TellEarlierContact(words=words()), DenyFix(words=words())]),
        (read(AGAIN, upset=1), [TellEarlierContact(words=words())]),
        # what they say they want is a bid only where it is not fixed
        (read(BID), []),
        (read(REJECT, BID), [DenyFix(words=words()), BID_MADE]),
    ],
)
def test_after_the_fix_words_are_about_the_fix(before: State, reading: Reading, expected: list[AnyMove]) -> None:
    assert heard(before, reading) == expected


@pytest.mark.parametrize(
    ("before", "acts", "text", "needs_answer"),
    [
        (DONE, (THANKS,), "Thank you!", False),
        (DONE, (ACCEPT, THANKS), "All good, thanks.", False),
        (DONE, (THANKS,), "Thanks! And where is the receipt?", True),
        (DONE, (THANKS, PROBLEM), "Thanks, but it leaks.", True),
        (DONE, (), "Hm.", True),
        (OPEN, (THANKS,), "Thank you!", True),  # before the fix, the next step is still ours
    ],
)
def test_a_bare_thank_you_after_the_fix_needs_no_answer(
    before: State, acts: tuple[Act, ...], text: str, needs_answer: bool
) -> None:
    message = Message(id="m9", role=Role.CUSTOMER, text=text)
    assert hear(before, message, read(*acts, upset=0))[0] == ReceiveMessage(message="m9", needs_answer=needs_answer)


def test_what_they_would_do_in_our_place_is_a_bid_and_an_option() -> None:
    assert heard(state(TOLD, TURNED), read(BID)) == [
        BID_MADE,
        RaiseOption(option="m9:0", words=words(), remedy=Remedy.REFUND, amount=money("40")),
    ]


def test_what_they_would_do_for_everybody_is_an_option_and_no_bid() -> None:
    message = Message(id="m9", role=Role.CUSTOMER, text="I would call every customer.")
    (option,) = heard(state(TOLD, TURNED), read(Act(act=ActKind.BID, start=0, end=27, kind="action")), message)
    assert option == RaiseOption(option="m9:0", words=words(0, 27), remedy=Remedy.ACTION)


def test_once_agreed_nothing_is_an_option_any_more() -> None:
    assert heard(state(TOLD, TURNED, OFFERED, TAKEN), read(BID)) == [BID_MADE]


@pytest.mark.parametrize(
    ("before", "expected"),
    [(state(TOLD, INVITED), [LeaveToUs(words=words(2, 8))]), (OPEN, []), (DONE, [])],
)
def test_you_tell_me_leaves_it_to_us_only_where_we_asked(before: State, expected: list[AnyMove]) -> None:
    assert heard(before, read(left=(2, 8))) == expected


def test_several_bids_are_several_bids() -> None:
    both = read(BID, act(ActKind.BID, 11, kind="apology"))
    assert heard(OPEN, both) == [BID_MADE, MakeBid(remedy=Remedy.APOLOGY, words=words(11))]


def test_of_words_that_were_read_in_several_ways_the_clearest_is_their_newest_wish() -> None:
    vague = act(ActKind.BID, kind="action")
    unsaid = act(ActKind.BID, kind="compensation")
    moves = heard(OPEN, read(BID, vague, unsaid))
    assert [(move.remedy, move.amount) for move in moves if isinstance(move, MakeBid)] == [
        (Remedy.COMPENSATION, None),
        (BID_MADE.remedy, BID_MADE.amount),
    ]
    assert heard(OPEN, read(vague)) == [MakeBid(remedy=Remedy.ACTION, words=words(vague.start, vague.end))]


def test_the_same_words_mean_the_same_twice() -> None:
    reading = Reading(upset=2, acts=(PROBLEM, BID, REJECT), answer=Answer(yes=False, start=0, end=2))
    assert hear(OFFER_OPEN, THEIRS, reading) == hear(OFFER_OPEN, THEIRS, reading)
