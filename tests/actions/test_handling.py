"""What a handler records with a click: the words are kept, the facts follow, and nonsense is refused with a sentence."""

from dataclasses import replace

import pytest

from amends.actions import handling
from amends.actions.handling import Record, do_record
from amends.actions.promises import do_make_promise
from amends.actions.replies import do_reply
from amends.method.decide import Impossible
from amends.method.facts import BasisEstablished, FinalAnswerGiven, GateOverridden
from amends.method.gates import Refused
from amends.method.words import CallResult, CustomerOutcome, Gate, ProblemOutcome, Rank, Remedy, Voice
from amends.store.models import Approval, Case, Message, Note, Promise
from amends.testing import MONDAY, Cast, make_customer, make_staff
from amends.transcript import Money, Span
from tests.actions.doing import Everything, agreed, complaint, facts, fresh, later, names, record, send, state, write
from tests.actions.plain import BROKEN, FURIOUS, NAMED, PLAINLY, REFUND_5000, UNDATED, WANTS_40

pytestmark = pytest.mark.django_db

AT = later(hours=3)


def seq_of(case: Case, name: str) -> int:
    return names(case).index(name) + 1


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_typed_is_kept_as_a_persons_word(cast: Cast) -> None:
    case = complaint(cast, BROKEN)
    after = record(cast.owner, case, handling.basis(expected="A whole lamp", got="Shards", confirmed=True))
    assert after.established
    fact = next(fact for fact in facts(case) if isinstance(fact, BasisEstablished))
    notes = {note.pk: note for note in Note.objects.all()}
    assert [e.span.of(notes[e.span.source].text) for e in (fact.expected, fact.got)] == ["A whole lamp", "Shards"]
    assert fact.expected.by is Voice.PERSON
    assert {(note.kind, note.author_id) for note in notes.values()} == {("basis", cast.owner.id)}


@pytest.mark.parametrize(
    "record_it",
    [
        handling.basis(expected="A lamp", got=" "),
        handling.basis(expected="", got="A vase", cause="Mixed up"),
        handling.final_answer("", "The ombudsman"),
        handling.final_answer("We cannot", " "),
        handling.unwarranted(""),
        handling.upset("m1", 5),
        handling.upset("m1", -1),
        handling.bid(Remedy.REFUND, "Nothing", Money.of(0, "USD")),
        handling.bid(Remedy.REFUND, "Less", Money.of(-1, "USD")),
        handling.ask_approval(Money.of(0, "USD"), "Why not"),
        handling.ask_approval(Money.of(-5, "USD"), "Why not"),
        handling.answer_approval("nonsense", granted=True),
        handling.answer_to_offer("nonsense", "Yes", accepted=True),
        handling.fix("It works", fixed=True),
        handling.fix("It does not", fixed=False),
        handling.call_back(CallResult.REACHED, "Fine"),
        handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT, "Glad"),
        handling.close(),
        handling.reopen("Why not"),
        handling.root_cause("", "No idea"),
        handling.take_back_fact(0),
        handling.take_back_fact(1),
        handling.take_back_fact(999),
        handling.take_back_fact(-1),
        handling.assign(10**9),
    ],
)
def test_nonsense_is_refused_with_a_sentence_and_leaves_nothing_behind(cast: Cast, record_it: Record) -> None:
    case = complaint(cast)
    before = Everything.now()
    with pytest.raises(Impossible) as no:
        record(cast.owner, case, record_it)
    assert str(no.value).endswith(".")
    assert Everything.now() == before


def test_what_was_recorded_before_the_refusal_of_a_later_move_is_gone_too(cast: Cast) -> None:
    case = complaint(cast, BROKEN)
    before = Everything.now()
    with pytest.raises(Refused) as refused:
        do_record(cast.owner, case.pk, handling.resolve(), at=AT)
    assert [r.gate for r in refused.value.refusals] == [Gate.ACT_FIRST]
    assert Everything.now() == before


def test_a_gate_is_passed_with_a_reason_that_is_kept_and_counted(cast: Cast) -> None:
    case = complaint(cast)
    do_record(cast.owner, case.pk, handling.resolve(), at=AT, reasons={Gate.ACT_FIRST: "She bought another one."})
    passed = next(fact for fact in facts(case) if isinstance(fact, GateOverridden))
    assert passed.why.of(Note.objects.get(pk=passed.why.source).text) == "She bought another one."
    assert (state(case).overrides, fresh(case).status) == (1, "resolved")


def test_a_final_answer_says_why_and_where_else_to_turn(cast: Cast) -> None:
    case = complaint(cast)
    record(cast.owner, case, handling.final_answer("We do not repair vases.", "The ombudsman."))
    fact = next(fact for fact in facts(case) if isinstance(fact, FinalAnswerGiven))
    texts = [span.of(Note.objects.get(pk=span.source).text) for span in (fact.why, fact.elsewhere)]
    assert texts == ["We do not repair vases.", "The ombudsman."]
    assert record(cast.owner, case, handling.resolve()).resolved_at is not None


def test_a_reply_that_they_have_is_the_final_answer_when_somebody_says_so(cast: Cast) -> None:
    case = complaint(cast)
    other = complaint(replace(cast, customer=make_customer("Noah Berg")))
    theirs, reply = Message.objects.get(case=case), send(cast.owner, case, NAMED)
    for wrong in (theirs.pk, "nonsense", "a\0b", ""):
        with pytest.raises(Impossible, match="Choose a reply of ours"):
            record(cast.owner, case, handling.final_answer_in(wrong, "The ombudsman."))
    with pytest.raises(Impossible, match="Choose a reply of ours"):
        record(cast.owner, other, handling.final_answer_in(reply.pk, "The ombudsman."))
    with pytest.raises(Impossible, match="where else"):
        record(cast.owner, case, handling.final_answer_in(reply.pk, " "))
    record(cast.owner, case, handling.final_answer_in(reply.pk, "The ombudsman."))
    answer = state(case).final_answer
    assert answer is not None
    assert (answer.why, answer.why.of(reply.text)) == (Span(reply.pk, 0, len(NAMED)), NAMED)


# ── Corrections ──────────────────────────────────────────────────────────────────────────────────


def test_what_was_read_wrongly_is_taken_back_and_given_back(cast: Cast) -> None:
    case = complaint(cast, f"{PLAINLY} {WANTS_40}")
    assert state(case).established
    record(cast.owner, case, handling.take_back_fact(seq_of(case, "ProblemTold")))
    assert not state(case).established
    record(cast.owner, case, handling.take_back_fact(seq_of(case, "FactTakenBack")))
    assert state(case).established


def test_a_bid_that_is_taken_back_shuts_the_gate_again(cast: Cast) -> None:
    case = complaint(cast, f"{PLAINLY} {WANTS_40}")
    record(cast.owner, case, handling.take_back_fact(seq_of(case, "BidMade")))
    with pytest.raises(Refused) as refused:
        do_reply(cast.owner, case.pk, "We refund 40 dollars.", at=AT)
    assert [r.gate for r in refused.value.refusals] == [Gate.BID_FIRST]


def test_how_upset_they_are_is_corrected_in_place(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} {PLAINLY}")
    record(cast.owner, case, handling.upset(state(case).temperature[0].message, 1))
    assert (fresh(case).upset, fresh(case).peak, fresh(case).calls) == (1, 1, "")


def test_nobody_takes_back_what_was_done_only_what_was_read(cast: Cast) -> None:
    case = complaint(cast)
    send(cast.owner, case, f"{NAMED} {UNDATED}")
    do_make_promise(cast.owner, case.pk, "A lamp", due=later(days=1), owner=cast.owner.id, at=AT)
    do_record(cast.owner, case.pk, handling.bid(Remedy.REPAIR, "She said so"), at=AT)
    do_record(cast.owner, case.pk, handling.resolve(), at=AT, reasons={Gate.ACT_FIRST: "In a hurry."})
    done = ("PromiseMade", "PromiseProposed", "GateOverridden", "CaseResolved", "MessageSent", "MessageReceived")
    for name in (*done, "MessageHeld", "CaseOpened", "BidMade"):
        before = Everything.now()
        with pytest.raises(Impossible):
            record(cast.admin, case, handling.take_back_fact(seq_of(case, name)))
        assert Everything.now() == before


# ── Approvals ────────────────────────────────────────────────────────────────────────────────────


def test_an_approval_is_asked_for_answered_and_opens_the_gate(cast: Cast) -> None:
    case = complaint(cast, f"{PLAINLY} {WANTS_40}")
    reasons = {Gate.MORE_THAN_ASKED: "Her carpet."}
    record(cast.owner, case, handling.ask_approval(Money.of("5000", "USD"), "Her carpet, too."))
    asked = Approval.objects.get()
    assert (str(asked.amount), asked.currency, asked.asked_by_id) == ("5000.00", "USD", cast.owner.id)
    assert asked.granted is None
    assert fresh(case).calls == "approval"
    with pytest.raises(Refused):
        do_reply(cast.owner, case.pk, REFUND_5000, at=AT, reasons=reasons)
    record(cast.admin, case, handling.answer_approval(asked.pk, granted=True))
    assert Approval.objects.get().granted is True
    assert fresh(case).calls == ""
    do_reply(cast.owner, case.pk, REFUND_5000, at=AT, reasons=reasons)
    assert state(case).overrides == 0


def test_four_eyes_and_enough_rank(cast: Cast) -> None:
    case = complaint(cast)
    record(cast.lead, case, handling.ask_approval(Money.of("900", "USD"), "Fair."))
    approval = Approval.objects.get().pk
    for who, why in ((cast.lead, "Four eyes"), (cast.owner, "more than you may give")):
        before = Everything.now()
        with pytest.raises(Impossible, match=why):
            record(who, case, handling.answer_approval(approval, granted=True))
        assert Everything.now() == before
    other_lead = make_staff("Olga Lead", cast.team, rank=Rank.LEAD)
    record(other_lead, case, handling.answer_approval(approval, granted=True))
    with pytest.raises(Impossible, match="answered already"):
        record(cast.admin, case, handling.answer_approval(approval, granted=False))


def test_a_no_to_an_approval_keeps_its_reason(cast: Cast) -> None:
    case = complaint(cast)
    record(cast.owner, case, handling.ask_approval(Money.of("900", "USD"), ""))
    record(cast.lead, case, handling.answer_approval(Approval.objects.get().pk, granted=False, why="Too much."))
    assert Approval.objects.get().granted is False
    assert Note.objects.get().text == "Too much."


# ── Back and learned ─────────────────────────────────────────────────────────────────────────────


def test_a_thank_you_does_not_reopen_and_still_broken_does(cast: Cast) -> None:
    case = agreed(cast)
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    write(cast, case, "Thank you.", at=later(hours=3))
    assert (fresh(case).status, fresh(case).waiting_since) == ("resolved", None)
    write(cast, case, "It is still broken.", at=later(hours=4))
    assert (fresh(case).status, fresh(case).waiting_since) == ("open", later(hours=4))


def test_after_the_farewell_the_same_holds(cast: Cast) -> None:
    case = agreed(cast)
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    record(cast.owner, case, handling.call_back(CallResult.REACHED), at=later(days=1))
    record(cast.owner, case, handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.DELIGHTED), at=later(days=1))
    record(cast.owner, case, handling.close(), at=later(days=1))
    write(cast, case, "Thank you.", at=later(days=2))
    assert (fresh(case).status, fresh(case).waiting_since) == ("closed", None)
    write(cast, case, "One more question.", at=later(days=2, hours=1))
    assert (fresh(case).status, fresh(case).waiting_since) == ("closed", later(days=2, hours=1))
    write(cast, case, "It is still broken.", at=later(days=3))
    assert (fresh(case).status, state(case).reopened) == ("open", 1)


def test_closing_waits_for_the_call_and_both_outcomes(cast: Cast) -> None:
    case = agreed(cast)
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    for step in (None, handling.call_back(CallResult.REACHED, "She is glad.")):
        if step is not None:
            record(cast.owner, case, step, at=later(days=1))
        with pytest.raises(Refused) as refused:
            record(cast.owner, case, handling.close(), at=later(days=1))
        assert [r.gate for r in refused.value.refusals] == [Gate.COME_BACK_FIRST]
    record(cast.owner, case, handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT), at=later(days=1))
    assert record(cast.owner, case, handling.close(), at=later(days=1)).closed_at == later(days=1)


def test_a_call_that_finds_it_broken_opens_the_case_again(cast: Cast) -> None:
    case = agreed(cast)
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    record(cast.owner, case, handling.call_back(CallResult.NOT_FIXED, "Cracked again."), at=later(days=1))
    assert (fresh(case).status, fresh(case).next_due_kind != "") == ("open", True)


def test_giving_a_case_to_whom_it_belongs_already_writes_nothing(cast: Cast) -> None:
    case = complaint(cast)
    record(cast.owner, case, handling.assign(cast.owner.id))
    before = Everything.now()
    record(cast.owner, case, handling.assign(cast.owner.id), at=MONDAY)
    assert Everything.now() == before
    assert not Promise.objects.exists()
