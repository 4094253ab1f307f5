"""Our replies: weighed by the gates, held for a count of ten, taken back or let go, sent once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amends.actions import house
from amends.actions.handling import assign, final_answer, resolve
from amends.actions.incoming import do_receive
from amends.actions.promises import do_confirm_promise
from amends.actions.replies import check_draft, do_log_spoken, do_reply, do_take_back, do_write_note
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.facts import GateOverridden, MessageHeld, OfferMade, PromiseProposed
from amends.method.gates import Refused
from amends.method.words import Gate
from amends.store.journal import Conflict
from amends.store.models import CustomerAddress, Effect, Message, Note, Promise
from amends.testing import MONDAY, Cast, mail_from, make_customer
from tests.actions.doing import (
    HOLD,
    Everything,
    agreed,
    complaint,
    facts,
    fresh,
    later,
    names,
    record,
    send,
    state,
    write,
)
from tests.actions.plain import (
    ASKED,
    BY_FRIDAY,
    FURIOUS,
    NAMED,
    PLAINLY,
    REFUND_40,
    REFUND_60,
    REFUND_5000,
    REFUND_MINUS_1,
    UNDATED,
    WANTS_40,
)

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)


def gates(refused: pytest.ExceptionInfo[Refused]) -> list[Gate]:
    return [refusal.gate for refusal in refused.value.refusals]


# ── The count of ten ─────────────────────────────────────────────────────────────────────────────


def test_a_reply_is_held_and_counts_for_nothing_yet(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} {PLAINLY}")
    row = do_reply(cast.owner, case.pk, NAMED, at=MONDAY)
    assert row.status == "held"
    assert facts(case)[-1] == MessageHeld(at=MONDAY, message=row.id, until=MONDAY + HOLD)
    assert (fresh(case).next_due_at, fresh(case).next_due_kind) == (MONDAY + HOLD, "held")
    assert fresh(case).station == "acknowledge"
    assert not Effect.objects.exists()


def test_nine_seconds_are_no_ten(cast: Cast) -> None:
    case = complaint(cast)
    row = do_reply(cast.owner, case.pk, NAMED, at=MONDAY)
    assert do_tick_due(MONDAY + HOLD - timedelta(microseconds=1)) == 0
    assert Message.objects.get(pk=row.pk).status == "held"


def test_after_ten_seconds_it_goes_out_once_and_its_words_count(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} {PLAINLY}")
    row = do_reply(cast.owner, case.pk, NAMED, at=MONDAY)
    assert do_tick_due(MONDAY + HOLD) == 1
    assert do_tick_due(MONDAY + HOLD) == 0
    sent = Message.objects.get(pk=row.pk)
    assert (sent.status, sent.at) == ("queued", MONDAY + HOLD)
    assert names(case)[-2:] == ["MessageSent", "FeelingAcknowledged"]
    effect = Effect.objects.get()
    assert (effect.kind, effect.subject, effect.lane) == ("mail", row.id, f"case:{case.pk}")


def test_a_worker_that_was_away_sends_it_late_and_says_when_it_did(cast: Cast) -> None:
    case = complaint(cast)
    row = do_reply(cast.owner, case.pk, NAMED, at=MONDAY)
    do_tick_due(later(minutes=30))
    assert Message.objects.get(pk=row.pk).at == later(minutes=30)
    assert state(case).last_word_at == later(minutes=30)


def test_without_a_hold_it_goes_with_the_next_tick(cast: Cast) -> None:
    case = complaint(cast)
    row = do_reply(cast.owner, case.pk, NAMED, at=MONDAY, hold=False)
    with pytest.raises(Impossible, match="gone out"):
        do_take_back(cast.owner, case.pk, row.id, at=MONDAY)
    do_tick_due(MONDAY)
    assert Message.objects.get(pk=row.pk).status == "queued"


def test_taken_back_in_time_nobody_ever_sees_it(cast: Cast) -> None:
    case = complaint(cast)
    row = do_reply(cast.owner, case.pk, f"{NAMED} {UNDATED}", at=MONDAY)
    assert do_take_back(cast.owner, case.pk, row.id, at=MONDAY + timedelta(seconds=9)) == f"{NAMED} {UNDATED}"
    do_tick_due(later(minutes=1))
    assert Message.objects.get(pk=row.pk).status == "taken_back"
    assert not Effect.objects.exists()
    assert not Promise.objects.exists()
    assert state(case).held is None
    again = send(cast.owner, case, NAMED, at=later(minutes=2))
    assert row.id not in again.references
    assert row.external_id not in again.references


def test_taken_back_too_late_it_is_on_its_way(cast: Cast) -> None:
    case = complaint(cast)
    row = do_reply(cast.owner, case.pk, NAMED, at=MONDAY)
    before = Everything.now()
    with pytest.raises(Impossible, match="gone out already"):
        do_take_back(cast.owner, case.pk, row.id, at=MONDAY + HOLD)
    assert Everything.now() == before


def test_a_colleague_may_take_it_back_and_not_with_an_id_of_another_case(cast: Cast) -> None:
    one, two = complaint(cast), complaint(cast, "Another matter.")
    row = do_reply(cast.owner, one.pk, NAMED, at=MONDAY)
    with pytest.raises(Impossible):
        do_take_back(cast.owner, two.pk, row.id, at=MONDAY)
    assert do_take_back(cast.teammate, one.pk, row.id, at=MONDAY) == NAMED


def test_one_reply_at_a_time(cast: Cast) -> None:
    case = complaint(cast)
    do_reply(cast.owner, case.pk, NAMED, at=MONDAY)
    before = Everything.now()
    with pytest.raises(Impossible, match="on its way out"):
        do_reply(cast.teammate, case.pk, NAMED, at=MONDAY)
    assert Everything.now() == before


# ── Gates ────────────────────────────────────────────────────────────────────────────────────────


def test_what_a_gate_refuses_leaves_nothing_behind(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} It came broken.")
    before = Everything.now()
    with pytest.raises(Refused) as refused:
        do_reply(cast.owner, case.pk, REFUND_40, at=MONDAY)
    assert gates(refused) == [Gate.ACKNOWLEDGE_FIRST, Gate.DIAGNOSE_BEFORE_PRESCRIBING, Gate.BID_FIRST]
    assert all(refusal.why and refusal.remedy for refusal in refused.value.refusals)
    assert Everything.now() == before


def test_a_reason_for_one_gate_is_no_reason_for_the_others(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} It came broken.")
    before = Everything.now()
    with pytest.raises(Refused) as refused:
        do_reply(cast.owner, case.pk, REFUND_40, at=MONDAY, reasons={Gate.BID_FIRST: "She said so on the phone."})
    assert Gate.BID_FIRST not in gates(refused)
    assert Everything.now() == before  # the note with the reason is gone, too


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_an_empty_reason_is_none(cast: Cast, reason: str) -> None:
    case = complaint(cast, f"{FURIOUS} {PLAINLY} {WANTS_40}")
    with pytest.raises(Refused):
        do_reply(cast.owner, case.pk, REFUND_40, at=MONDAY, reasons={Gate.ACKNOWLEDGE_FIRST: reason})


def test_reasons_are_kept_counted_and_shown(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} It came broken.")
    reasons = {
        Gate.ACKNOWLEDGE_FIRST: "I said so on the phone.",
        Gate.DIAGNOSE_BEFORE_PRESCRIBING: "There is a photo.",
        Gate.BID_FIRST: "A recall.",
    }
    send(cast.owner, case, REFUND_40, reasons=reasons)
    passed = [fact for fact in facts(case) if isinstance(fact, GateOverridden)]
    texts = {fact.gate: fact.why.of(Note.objects.get(pk=fact.why.source).text) for fact in passed}
    assert texts == reasons
    assert state(case).overrides == 3
    assert set(Note.objects.values_list("kind", "author_id")) == {("override", cast.owner.id)}


def test_the_same_message_names_the_feeling_first_and_may_go_on(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} {PLAINLY} {WANTS_40}")
    send(cast.owner, case, f"{NAMED} {REFUND_40}")
    assert state(case).open_offer is not None
    other = complaint(cast, f"{FURIOUS} {PLAINLY} {WANTS_40} Again.")
    with pytest.raises(Refused) as refused:
        do_reply(cast.owner, other.pk, f"{REFUND_40} {NAMED}", at=MONDAY)
    assert gates(refused) == [Gate.ACKNOWLEDGE_FIRST]


def test_more_than_asked_with_a_reason_is_no_override(cast: Cast) -> None:
    case = complaint(cast, f"{PLAINLY} {WANTS_40}")
    with pytest.raises(Refused) as refused:
        do_reply(cast.owner, case.pk, REFUND_60, at=MONDAY)
    assert gates(refused) == [Gate.MORE_THAN_ASKED]
    send(cast.owner, case, REFUND_60, reasons={Gate.MORE_THAN_ASKED: "The second time this year."})
    offer = next(fact for fact in facts(case) if isinstance(fact, OfferMade))
    assert offer.why is not None
    assert offer.why.of(Note.objects.get().text) == "The second time this year."
    assert state(case).overrides == 0


def test_authority_may_be_shut_for_good(cast: Cast) -> None:
    case = complaint(cast, f"{PLAINLY} I want 40 dollars back.")
    reasons = {Gate.AUTHORITY: "She is worth it.", Gate.MORE_THAN_ASKED: "Damage."}
    (house.data_folder() / "policy.toml").write_text("[authority]\noverride = false\n")
    with pytest.raises(Refused) as refused:
        do_reply(cast.owner, case.pk, REFUND_5000, at=MONDAY, reasons=reasons)
    assert gates(refused) == [Gate.AUTHORITY]
    (house.data_folder() / "policy.toml").unlink()
    send(cast.owner, case, REFUND_5000, reasons=reasons)
    assert state(case).overrides == 1


def test_an_offer_of_less_than_nothing_is_no_offer(cast: Cast) -> None:
    case = complaint(cast, f"{PLAINLY} {WANTS_40}")
    send(cast.owner, case, REFUND_MINUS_1)
    assert state(case).offers == ()


def test_what_was_agreed_is_not_offered_twice(cast: Cast) -> None:
    case = agreed(cast)
    send(cast.owner, case, f"{REFUND_40} {BY_FRIDAY}", at=later(hours=2))
    assert names(case).count("OfferMade") == 1


# ── Drafts, promises, limits ─────────────────────────────────────────────────────────────────────


def test_a_draft_says_what_it_would_do_and_does_nothing(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} {PLAINLY}")
    before = Everything.now()
    draft = check_draft(cast.owner, case.pk, f"{ASKED} {NAMED}", at=MONDAY)
    assert [refusal.gate for refusal in draft.outcome.refusals] == [Gate.ACKNOWLEDGE_FIRST]
    assert [type(fact).__name__ for fact in draft.outcome.facts] == ["QuestionAsked", "FeelingAcknowledged"]
    assert len(draft.reading.acts) == 2
    assert Everything.now() == before


def test_promises_are_proposed_with_the_writer_and_the_time_that_the_words_name(cast: Cast) -> None:
    case = complaint(cast)
    row = send(cast.owner, case, f"{UNDATED} {BY_FRIDAY}")
    made = [fact for fact in facts(case) if isinstance(fact, PromiseProposed)]
    assert [(fact.owner, fact.due) for fact in made] == [(str(cast.owner.id), None), (str(cast.owner.id), FRIDAY)]
    assert [fact.what.of(row.text) for fact in made] == [UNDATED, BY_FRIDAY]
    assert set(Promise.objects.values_list("status", "owner_id")) == {("proposed", cast.owner.id)}
    assert fresh(case).calls == "proposed"


def test_the_writer_owns_the_promise_whoever_owns_the_case(cast: Cast) -> None:
    case = complaint(cast)
    record(cast.lead, case, assign(cast.owner.id))
    send(cast.teammate, case, BY_FRIDAY)
    assert Promise.objects.get().owner_id == cast.teammate.id
    do_confirm_promise(cast.owner, case.pk, Promise.objects.get().pk, at=later(minutes=1))
    assert Promise.objects.get().owner_id == cast.teammate.id


@pytest.mark.parametrize("text", ["", "   ", "\0\0", "\n\r\n"])
def test_nothing_is_no_reply(cast: Cast, text: str) -> None:
    case = complaint(cast)
    before = Everything.now()
    for act in (do_reply, do_log_spoken, do_write_note, check_draft):
        with pytest.raises(Impossible, match="Write something first"):
            act(cast.owner, case.pk, text, at=MONDAY)
    assert Everything.now() == before


def test_sixty_thousand_characters_are_too_many(cast: Cast) -> None:
    case = complaint(cast)
    before = Everything.now()
    with pytest.raises(Impossible, match="more than 50000 characters"):
        do_reply(cast.owner, case.pk, "very " * 12_000, at=MONDAY)
    assert Everything.now() == before
    do_reply(cast.owner, case.pk, "x" * 50_000, at=MONDAY)


def test_any_character_may_be_typed(cast: Cast) -> None:
    case = complaint(cast)
    row = send(cast.owner, case, "a\0b\ud800c\r\nd", reasons={Gate.BID_FIRST: "a\0b\ud800"})
    assert row.text == "ab?c\nd"
    do_write_note(cast.owner, case.pk, "a\0b\ud800", at=MONDAY)
    assert Note.objects.get(kind="internal").text == "ab?"


def test_who_has_no_address_is_called(cast: Cast) -> None:
    ben = make_customer("Ben Hill", email="", phone="+44 20 7946 0000")
    message = do_receive(mail_from("", PLAINLY, phone="+44 20 7946 0000"), at=MONDAY).message
    assert message is not None
    assert message.case.customer == ben
    before = Everything.now()
    with pytest.raises(Impossible, match="Call them"):
        do_reply(cast.owner, message.case_id, NAMED, at=MONDAY)
    assert Everything.now() == before
    spoken = do_log_spoken(cast.owner, message.case_id, NAMED, at=MONDAY)
    assert (spoken.channel, spoken.status, spoken.recipient) == ("phone", "sent", "+442079460000")
    assert not Effect.objects.exists()


def test_what_was_said_on_the_telephone_cannot_be_refused_any_more(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} It came broken.")
    do_log_spoken(cast.owner, case.pk, f"{REFUND_5000} {UNDATED}", at=MONDAY)
    said = names(case)
    assert "MessageSent" in said
    assert said[-2:] == ["OfferMade", "PromiseProposed"]
    assert state(case).overrides == said.count("GateOverridden") >= 2  # gone past, and counted


def test_who_answers_a_case_of_nobody_has_it(cast: Cast) -> None:
    case = complaint(cast)
    send(cast.owner, case, NAMED)
    assert state(case).owner == str(cast.owner.id)
    do_tick_due(later(seconds=11))
    send(cast.teammate, case, NAMED, at=later(minutes=1))
    assert state(case).owner == str(cast.owner.id)


def test_the_reply_goes_where_they_last_wrote_from(cast: Cast) -> None:
    CustomerAddress.objects.create(customer=cast.customer, kind="email", value="maya@office.example")
    case = complaint(cast)
    assert send(cast.owner, case, NAMED).recipient == "maya@example.org"
    do_receive(mail_from("Maya@Office.example", PLAINLY, tokens=(case.token,)), at=later(minutes=1))
    assert send(cast.owner, case, NAMED, at=later(minutes=2)).recipient == "maya@office.example"


def test_a_stranger_who_knows_the_case_does_not_get_its_answers(cast: Cast) -> None:
    case = complaint(cast)
    do_receive(mail_from("mallory@example.net", PLAINLY, tokens=(case.token,)), at=later(minutes=1))
    assert send(cast.owner, case, NAMED, at=later(minutes=2)).recipient == "maya@example.org"


# ── Two at once ──────────────────────────────────────────────────────────────────────────────────


def test_who_writes_to_what_has_changed_is_told_and_loses_nothing(cast: Cast) -> None:
    case = complaint(cast)
    seen = fresh(case).seq
    write(cast, case, f"{FURIOUS} {WANTS_40}", at=later(minutes=1))
    before = Everything.now()
    with pytest.raises(Conflict):
        do_reply(cast.owner, case.pk, ASKED, at=later(minutes=2), seen=seen)
    assert Everything.now() == before
    do_reply(cast.owner, case.pk, NAMED, at=later(minutes=2), seen=fresh(case).seq)


def test_a_colleague_who_was_quicker_is_a_change(cast: Cast) -> None:
    case = complaint(cast)
    seen = fresh(case).seq
    do_write_note(cast.teammate, case.pk, "I am calling her.", at=later(minutes=1))
    with pytest.raises(Conflict):
        do_reply(cast.owner, case.pk, NAMED, at=later(minutes=2), seen=seen)


def test_what_only_the_clock_added_is_no_change(cast: Cast) -> None:
    case = complaint(cast)
    seen = fresh(case).seq
    do_tick_due(later(days=3))
    assert fresh(case).seq > seen
    do_reply(cast.owner, case.pk, NAMED, at=later(days=3), seen=seen)


def test_notes_of_a_case_never_go_out_with_a_mail(cast: Cast) -> None:
    case = complaint(cast)
    do_write_note(cast.owner, case.pk, "She is a friend of the boss.", at=MONDAY)
    row = send(cast.owner, case, NAMED)
    assert "boss" not in row.text + row.full_text + row.subject


def test_a_reply_after_the_farewell_goes_out_and_leaves_it_closed(cast: Cast) -> None:
    case = complaint(cast)
    record(cast.owner, case, final_answer("We do not repair vases.", "The ombudsman."))
    record(cast.owner, case, resolve())
    send(cast.owner, case, "All the best to you.", at=later(hours=1))
    assert fresh(case).status == "resolved"


def test_the_data_folder_is_the_tests_own(tmp_path: Path) -> None:
    assert house.data_folder() == tmp_path
