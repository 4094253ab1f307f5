"""Each gate: what it refuses, what passes it, what goes past it with a reason, and what it says."""

from dataclasses import dataclass

import pytest

from amends.method.decide import decide
from amends.method.facts import BidLeftToUs, BidUnanswered, FinalAnswerGiven, FixDenied, GateOverridden
from amends.method.gates import Refused
from amends.method.moves import (
    AnyMove,
    AskAboutFace,
    AskQuestion,
    Close,
    Instruct,
    InviteBid,
    MakeOffer,
    MakePromise,
    MovePromise,
    ProposePromise,
    ReadBack,
    Resolve,
    UpdateCustomer,
)
from amends.method.words import CallResult, Gate, Remedy
from tests.method.given import DEFAULT, JONAS, NOW, OFFICE, REASON, Given, given, house, later, limits, money, said
from tests.method.stories import (
    agreed,
    basis,
    bid,
    called,
    closed,
    named,
    opened,
    outcomes,
    promised,
    proposed,
    resolved,
    understood,
    upset,
)

WORDS = said("r3")
QUESTION = AskQuestion(words=WORDS)
REFUND = MakeOffer(offer="o1", remedy=Remedy.REFUND, words=WORDS, amount=money(80))
PROMISE = MakePromise(promise="p1", what=WORDS.span, owner="jonas", due=later(days=2))
NO_OWNER = MakePromise(promise="p1", what=WORDS.span, due=later(days=1))
NO_TIME = MakePromise(promise="p1", what=WORDS.span, owner="jonas")
MOVED = MovePromise(promise="p1", due=later(days=5), words=WORDS)
UNSAID = MovePromise(promise="p1", due=later(days=5))
NO_ANSWER = called(CallResult.NOT_REACHED)
FINAL = FinalAnswerGiven(at=NOW, why=REASON, elsewhere=REASON)
DUE_NOW = promised(due=NOW, at=later(days=-1))


@dataclass(frozen=True)
class Case:
    """A sentence, the case, the move, and the gate that says no (None: it passes)."""

    says: str
    given: Given
    move: AnyMove
    no: Gate | None = None


CASES = [
    # acknowledge-first
    Case("a calm customer may be asked at once", given(opened(), upset(0)), QUESTION),
    Case("so may a displeased one", given(opened(), upset(1)), QUESTION),
    Case("a frustrated one is heard before a question", given(opened(), upset(2)), QUESTION, Gate.ACKNOWLEDGE_FIRST),
    Case("before they are asked for a bid", given(opened(), upset(3)), InviteBid(words=WORDS), Gate.ACKNOWLEDGE_FIRST),
    Case("before the about-face", given(opened(), upset(3)), AskAboutFace(words=WORDS), Gate.ACKNOWLEDGE_FIRST),
    Case("before a promise", given(opened(), upset(3)), PROMISE, Gate.ACKNOWLEDGE_FIRST),
    Case("before words that sound like one", given(opened(), upset(3)), ProposePromise(promise="p1", what=WORDS.span), Gate.ACKNOWLEDGE_FIRST),
    Case("before instructions", given(opened(), upset(3), basis()), Instruct(words=WORDS), Gate.ACKNOWLEDGE_FIRST),
    Case("before an offer", given(opened(), upset(3), basis(), bid(80)), REFUND, Gate.ACKNOWLEDGE_FIRST),
    Case("an update may go out, for silence would be worse", given(opened(), upset(3)), UpdateCustomer(words=WORDS)),
    Case("a read-back may, for it shows that somebody listened", given(opened(), upset(3)), ReadBack(words=WORDS)),
    Case("once the feeling is named the question passes", given(opened(), upset(4), named()), QUESTION),
    Case("new anger closes the gate again", given(opened(), upset(4), named(), upset(3, "m2")), QUESTION, Gate.ACKNOWLEDGE_FIRST),
    Case("a calm answer leaves it open", given(opened(), upset(4), named(), upset(1, "m2")), QUESTION),
    Case("a calm second message does not undo the anger of the first", given(opened(), upset(3), upset(0, "m2")), QUESTION, Gate.ACKNOWLEDGE_FIRST),
    Case("anger that was misread opens it", given(opened(), upset(3), upset(1)), QUESTION),
    Case("calm that was misread closes it", given(opened(), upset(1), upset(3)), QUESTION, Gate.ACKNOWLEDGE_FIRST),
    Case("what was heard stays heard, however it is read later", given(opened(), upset(2), named(), upset(4)), QUESTION),
    # diagnose-before-prescribing
    Case("nothing is offered without a basis", given(opened(), bid(80)), REFUND, Gate.DIAGNOSE_BEFORE_PRESCRIBING),
    Case("a basis that nobody confirmed is none yet", given(opened(), basis(plain=False), bid(80)), REFUND, Gate.DIAGNOSE_BEFORE_PRESCRIBING),
    Case("instructions prescribe as well", given(opened()), Instruct(words=WORDS), Gate.DIAGNOSE_BEFORE_PRESCRIBING),
    Case("a basis told plainly is enough for an offer", given(opened(), basis(), bid(80)), REFUND),
    Case("and for instructions, which need no bid", given(opened(), basis()), Instruct(words=WORDS)),
    # bid-first
    Case("nothing is offered before they bid", given(opened(), basis()), REFUND, Gate.BID_FIRST),
    Case("a bid without a sum is a bid", given(opened(), basis(), bid()), REFUND),
    Case("who leaves it to us has answered", given(opened(), basis(), BidLeftToUs(at=NOW, words=said())), REFUND),
    Case("who did not answer in time was asked in vain", given(opened(), basis(), BidUnanswered(at=NOW)), REFUND),
    # promise-has-a-date
    Case("a promise with an owner and a time passes", given(opened()), PROMISE),
    Case("a promise without a time is only a hope", given(opened()), NO_TIME, Gate.PROMISE_HAS_A_DATE),
    Case("so is one without an owner", given(opened()), NO_OWNER, Gate.PROMISE_HAS_A_DATE),
    # renegotiate-in-time
    Case("a promise moves in time and with a word", given(opened(), promised()), MOVED),
    Case("without a word it stays", given(opened(), promised()), UNSAID, Gate.RENEGOTIATE_IN_TIME),
    Case("once it is due it stays", given(opened(), DUE_NOW), MOVED, Gate.RENEGOTIATE_IN_TIME),
    Case("once it is broken it stays", given(opened(), DUE_NOW).tick(NOW).passes(), MOVED, Gate.RENEGOTIATE_IN_TIME),
    # act-first
    Case("nothing is resolved without an agreement", given(understood()), Resolve(), Gate.ACT_FIRST),
    Case("with an agreement it is", given(agreed()), Resolve()),
    Case("with a final answer too", given(opened(), FINAL), Resolve()),
    Case("not while a promise is open", given(agreed(), promised()), Resolve(), Gate.ACT_FIRST),
    Case("not while one is broken and still owed", given(agreed(), DUE_NOW).tick(NOW).passes(), Resolve(), Gate.ACT_FIRST),
    Case("not while our words are not looked at", given(agreed(), proposed()), Resolve(), Gate.ACT_FIRST),
    Case("not when they bid anew", given(agreed(), bid(200, at=later(hours=1))), Resolve(), Gate.ACT_FIRST),
    # come-back-first
    Case("nothing is closed before the call", given(resolved()), Close(), Gate.COME_BACK_FIRST),
    Case("called, but nothing written down", given(resolved(), called()), Close(), Gate.COME_BACK_FIRST),
    Case("written down, but never called", given(resolved(), outcomes()), Close(), Gate.COME_BACK_FIRST),
    Case("two tries are not enough", given(resolved(), NO_ANSWER, NO_ANSWER, outcomes()), Close(), Gate.COME_BACK_FIRST),
    Case("three tries are", given(resolved(), NO_ANSWER, NO_ANSWER, NO_ANSWER, outcomes()), Close()),
    Case("fewer are, where the house says so", given(resolved(), NO_ANSWER, outcomes()).under(house(callback_tries=1)), Close()),
    Case("called and written down", given(resolved(), called(), outcomes()), Close()),
    Case("they declined the call", given(resolved(), called(CallResult.DECLINED), outcomes()), Close()),
    Case("they prefer to write", given(resolved(), called(CallResult.PREFERS_WRITING), outcomes()), Close()),
    Case("a call before a second fix does not count", given(closed(), FixDenied(at=NOW), FINAL).when(Resolve()).passes(), Close(), Gate.COME_BACK_FIRST),
]  # fmt: skip

REFUSED = [case for case in CASES if case.no]
EMPTY = {UNSAID}  # nothing can come of these, so no reason goes past


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_what_the_gates_let_pass(case: Case) -> None:
    result = case.given.when(case.move)
    if case.no:
        result.refused(case.no)
    else:
        result.passes()


@pytest.mark.parametrize("case", [case for case in REFUSED if case.move not in EMPTY], ids=lambda case: case.says)
def test_a_reason_goes_past_every_gate_and_is_counted(case: Case) -> None:
    assert case.no
    after = case.given.when(case.move, overrides={case.no: REASON}).passes()
    assert after.facts[len(case.given.facts)] == GateOverridden(at=NOW, gate=case.no, why=REASON)
    assert after.state.overrides == 1
    assert len(after.facts) > len(case.given.facts) + 1


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.says)
def test_a_reason_for_another_gate_does_not(case: Case) -> None:
    assert case.no
    others = {gate: REASON for gate in Gate if gate is not case.no}
    case.given.when(case.move, overrides=others).refused(case.no)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.says)
def test_a_refusal_says_why_and_what_would_help_in_whole_sentences(case: Case) -> None:
    assert case.no
    (no,) = case.given.when(case.move).refused(case.no)
    for sentence in (no.why, no.remedy):
        filled = sentence.format_map(no.details)
        assert filled[0].isupper()
        assert filled.endswith(".")
        assert "{" not in filled
    assert str(no) == f"{no.why} {no.remedy}".format_map(no.details)


def test_every_gate_has_a_case_that_it_refuses_and_one_that_passes() -> None:
    assert {case.no for case in REFUSED} == set(Gate) - {Gate.MORE_THAN_ASKED, Gate.AUTHORITY}  # in test_offers.py


def test_all_gates_that_refuse_speak_at_once_in_the_order_of_the_path() -> None:
    result = given(opened(), upset(3)).under(limits(handler=10)).when(REFUND)
    result.refused(Gate.ACKNOWLEDGE_FIRST, Gate.DIAGNOSE_BEFORE_PRESCRIBING, Gate.BID_FIRST, Gate.AUTHORITY)
    assert str(result.no) == " ".join(str(no) for no in getattr(result.no, "refusals", ()))


def test_one_reason_is_not_enough_for_two_gates() -> None:
    result = given(opened(), upset(3), basis()).when(REFUND, overrides={Gate.BID_FIRST: REASON})
    result.refused(Gate.ACKNOWLEDGE_FIRST)


def test_a_reason_where_no_gate_refuses_is_not_counted() -> None:
    after = given(opened()).when(QUESTION, overrides=dict.fromkeys(Gate, REASON)).passes()
    assert after.state.overrides == 0


def test_a_promise_without_a_date_that_somebody_insists_on_stays_on_the_list() -> None:
    after = given(opened()).when(NO_TIME, overrides={Gate.PROMISE_HAS_A_DATE: REASON}).passes()
    found = after.state.promise("p1")
    assert found is not None
    assert (found.status, found.due, found.owner) == ("proposed", None, "jonas")
    after.when(NO_TIME, overrides={Gate.PROMISE_HAS_A_DATE: REASON}).refused(Gate.PROMISE_HAS_A_DATE)


def test_no_reason_moves_a_promise_that_the_customer_knows_nothing_of() -> None:
    result = given(opened(), promised()).when(UNSAID, overrides={Gate.RENEGOTIATE_IN_TIME: REASON})
    result.refused(Gate.RENEGOTIATE_IN_TIME)


def test_an_open_promise_is_counted_in_the_refusal() -> None:
    (no,) = given(agreed(), promised("p1"), promised("p2")).when(Resolve()).refused(Gate.ACT_FIRST)
    assert "(open promises: 2)" in str(no)


def test_a_refusal_is_an_exception_that_reads_as_its_sentences() -> None:
    state = given(opened(), upset(3)).state
    with pytest.raises(Refused, match=r"nobody has named it yet\. Start with a sentence"):
        decide(state, QUESTION, at=NOW, by=JONAS, policy=DEFAULT, calendar=OFFICE)
