"""What programs do about a case: the same steps as on the pages, past the same gates."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.actions.incoming import do_receive
from amends.actions.replies import check_draft, do_log_spoken, do_reply
from amends.insight.history import state_of
from amends.method.gates import Refused
from amends.method.words import Gate
from amends.store.models import Case, JournalEntry, Message, Note, User
from amends.testing import Cast, mail_from
from tests.api.program import Program, said

pytestmark = pytest.mark.django_db
ANGRY = "I am furious: the pump is broken!"
OFFER = "We can offer you a refund of 40 euros."
STEPS: dict[str, dict[str, Any]] = {
    "reply": {"text": "I can hear how angry you are."},
    "notes": {"text": "Be kind to her."},
    "update": {},
    "snooze": {"until": "2026-03-04T10:00:00Z", "why": "The spare part is on its way."},
    "wake": {},
    "promises": {"what": "We send a pump", "due": "2026-03-05T10:00:00Z"},
    "promises/x/confirm": {},
    "promises/x/dismiss": {},
    "promises/x/keep": {},
    "promises/x/move": {"due": "2026-03-05T10:00:00Z", "tell": "It takes longer."},
    "promises/x/hand-over": {"owner": 1},
    "promises/x/ask": {"owner": 1},
    "resolve": {},
    "callback": {"result": "reached"},
    "offer": {"item": "credit"},
    "think": {"remedy": "refund", "amount": "40"},
    "purchase": {"what": "A pump", "price": "40"},
    "withdraw": {"offer": "x", "why": "A slip."},
    "booking": {"slot": "2026-03-05T10:00:00Z"},
    "booking/give-back": {},
    "outcomes": {"problem": "fixed", "customer": "content"},
    "close": {},
}


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


@pytest.fixture
def case(cast: Cast) -> Case:
    message = do_receive(mail_from(cast.customer, ANGRY), at=clock.now()).message
    assert message is not None
    return Case.objects.get(pk=message.case_id)


@pytest.fixture
def program(cast: Cast) -> Program:
    return Program.of(cast.owner)


def gates(answer: Any) -> list[tuple[str, str, str]]:
    return [(refusal["gate"], refusal["why"], refusal["remedy"]) for refusal in said(answer)["refusals"]]


@pytest.mark.parametrize("step", STEPS)
def test_strangers_do_nothing(cast: Cast, case: Case, step: str) -> None:
    before = JournalEntry.objects.count()
    answer = Program.of(cast.stranger).post(f"/cases/{case.pk}/{step}", **STEPS[step])
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert JournalEntry.objects.count() == before
    assert not Note.objects.exists()


def test_a_reply_is_held_and_then_goes_out(program: Program, case: Case) -> None:
    answer = program.post(f"/cases/{case.pk}/reply", text="I can hear how angry you are.", seen=case.seq)
    assert answer.status_code == HTTPStatus.CREATED
    body = said(answer)
    assert body["until"] == "2026-03-02T10:00:10Z"
    assert Message.objects.get(pk=body["message"]).status == "held"


def test_who_was_slower_looks_again(program: Program, cast: Cast, case: Case) -> None:
    seen = case.seq
    do_receive(mail_from(cast.customer, "And it smells.", case=case.pk), at=clock.now())
    answer = program.post(f"/cases/{case.pk}/reply", text="I can hear how angry you are.", seen=seen)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert said(answer)["type"] == "urn:amends:problem:changed"


def test_a_gate_says_why_and_what_passes_it_and_a_reason_goes_past(program: Program, case: Case) -> None:
    answer = program.post(f"/cases/{case.pk}/reply", text=OFFER)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert said(answer)["type"] == "urn:amends:problem:refused"
    shut = [gate for gate, _why, _remedy in gates(answer)]
    assert shut[0] == "acknowledge-first"
    assert "bid-first" in shut
    assert not Message.objects.filter(direction=Message.OUT).exists()
    some = program.post(f"/cases/{case.pk}/reply", text=OFFER, reasons={shut[0]: "She asked us to be quick."})
    assert [gate for gate, _why, _remedy in gates(some)] == shut[1:]
    free = program.post(f"/cases/{case.pk}/reply", text=OFFER, reasons=dict.fromkeys(shut, "She asked."))
    assert free.status_code == HTTPStatus.CREATED
    assert state_of(Case.objects.get(pk=case.pk)).overrides == len(shut)


def test_pages_programs_and_loops_hear_the_same_no(client: Client, program: Program, cast: Cast, case: Case) -> None:
    """The gates stand in the core: whoever comes, by whatever door, hears the same."""
    by_program = gates(program.post(f"/cases/{case.pk}/reply", text=OFFER))
    by_coach = [
        (r.gate.value, r.why.format_map(r.details), r.remedy)
        for r in check_draft(cast.owner, case.pk, OFFER, at=clock.now()).outcome.refusals
    ]
    by_loop = []
    for number in [case.pk]:
        with pytest.raises(Refused) as no:
            do_reply(cast.owner, number, OFFER, at=clock.now())
        by_loop = [(r.gate.value, r.why.format_map(r.details), r.remedy) for r in no.value.refusals]
    client.force_login(User.objects.get(pk=cast.owner.id))
    page = client.post(f"/cases/{case.pk}/reply/", {"text": OFFER}).content.decode()
    assert by_program == by_coach == by_loop
    assert len(by_program) >= 2
    for gate, _why, _remedy in by_program:
        assert f'id="refusal-{gate}"' in page
    assert page.count('id="refusal-') == len(by_program)
    assert not Message.objects.filter(direction=Message.OUT).exists()


def test_a_loop_over_cases_gets_past_no_gate(program: Program, cast: Cast, case: Case) -> None:
    answer = program.post(f"/cases/{case.pk}/resolve")
    with pytest.raises(Refused) as no:
        handling.do_record(cast.owner, case.pk, handling.resolve(), at=clock.now())
    assert gates(answer) == [(r.gate.value, r.why, r.remedy) for r in no.value.refusals]
    assert gates(answer)[0][0] == Gate.ACT_FIRST


def test_a_promise_from_its_making_to_its_end(program: Program, cast: Cast, case: Case) -> None:
    here = f"/cases/{case.pk}/promises"
    early = program.post(here, what="We send a pump", due="2026-03-05T10:00:00Z")
    assert gates(early)[0][0] == Gate.ACKNOWLEDGE_FIRST
    do_log_spoken(cast.owner, case.pk, "I can hear how angry you are.", at=clock.now())
    made = program.post(here, what="We send a pump", due="2026-03-05T10:00:00+01:00")
    assert made.status_code == HTTPStatus.CREATED
    promise = said(made)["id"]
    moved = program.post(
        f"{here}/{promise}/move", due="2026-03-06T10:00:00Z", tell="It takes a day longer, I am sorry."
    )
    assert moved.status_code == HTTPStatus.OK
    kept = program.post(f"{here}/{promise}/keep", how="By courier")
    assert kept.status_code == HTTPStatus.OK
    assert [p.status.value for p in state_of(Case.objects.get(pk=case.pk)).promises if p.promise == promise] == ["kept"]
    again = program.post(f"{here}/{promise}/keep")
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said(again)["detail"] == "This promise is not open."


def test_a_promise_in_the_past_or_without_a_zone_is_none(program: Program, cast: Cast, case: Case) -> None:
    do_log_spoken(cast.owner, case.pk, "I can hear how angry you are.", at=clock.now())
    for due in ("2026-03-01T10:00:00Z", "2026-03-09T10:00:00", "tomorrow"):
        answer = program.post(f"/cases/{case.pk}/promises", what="We send a pump", due=due)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, due


def test_what_was_read_as_a_promise_is_confirmed_or_dismissed(program: Program, cast: Cast, case: Case) -> None:
    text = "I can hear how angry you are. I will call you by Friday. I will send a new pump by Thursday."
    do_log_spoken(cast.owner, case.pk, text, at=clock.now())
    first, second = (p.promise for p in state_of(Case.objects.get(pk=case.pk)).promises)
    assert program.post(f"/cases/{case.pk}/promises/{first}/confirm").status_code == HTTPStatus.OK
    assert program.post(f"/cases/{case.pk}/promises/{second}/dismiss").status_code == HTTPStatus.OK
    assert [p["status"] for p in said(program.get(f"/cases/{case.pk}"))["promises"]] == ["dismissed", "open"]


def test_from_the_fix_to_the_farewell(program: Program, case: Case, stopped_clock: StoppedClock) -> None:
    here, reasons = f"/cases/{case.pk}", {"act-first": "Settled by phone."}
    assert said(program.post(f"{here}/resolve", reasons=reasons))["status"] == "resolved"
    early = program.post(f"{here}/close")
    assert [gate for gate, _why, _remedy in gates(early)] == ["come-back-first"]
    stopped_clock.pass_time(by=timedelta(days=1))
    assert program.post(f"{here}/callback", result="reached", note="Glad.").status_code == HTTPStatus.OK
    assert program.post(f"{here}/outcomes", problem="fixed", customer="delighted").status_code == HTTPStatus.OK
    assert said(program.post(f"{here}/close"))["status"] == "closed"
    assert said(program.get(here))["outcomes"] == {"problem": "fixed", "customer": "delighted"}
    twice = program.post(f"{here}/close")
    assert twice.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said(twice)["type"] == "urn:amends:problem:impossible"


def test_an_update_is_drafted_and_sent_as_it_stands(program: Program, cast: Cast, case: Case) -> None:
    do_log_spoken(cast.owner, case.pk, "I can hear how angry you are.", at=clock.now())
    here = f"/cases/{case.pk}/update"
    draft = said(program.get(here))
    assert "I have no news yet" in draft["text"]
    assert said(program.post(here, seen=1))["type"] == "urn:amends:problem:changed"
    sent = program.post(here, seen=draft["seen"])
    assert sent.status_code == HTTPStatus.CREATED
    row = Message.objects.get(pk=said(sent)["message"])
    assert (row.text, row.status) == (draft["text"], "held")
    assert Program.of(cast.stranger).get(here).status_code == HTTPStatus.NOT_FOUND


def test_a_case_is_put_off_for_a_reason_and_looked_at_after_all(program: Program, cast: Cast, case: Case) -> None:
    here = f"/cases/{case.pk}/snooze"
    why = "The spare part is on its way."
    early = program.post(here, until="2026-03-04T10:00:00Z", why=why)
    assert "nobody has named it" in said(early)["detail"]
    do_log_spoken(cast.owner, case.pk, "I can hear how angry you are.", at=clock.now())
    for until, reason, because in [
        ("2026-03-01T10:00:00Z", why, "to the past"),
        ("2026-05-04T10:00:00Z", why, "2026-03-09 17:00 (UTC) is the latest"),
        ("2026-03-04T10:00:00Z", "Wait", "in a few words"),
    ]:
        answer = program.post(here, until=until, why=reason)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert because in said(answer)["detail"]
    assert program.post(here, until="2026-03-04T10:00:00Z", why=why).status_code == HTTPStatus.OK
    snooze = state_of(Case.objects.get(pk=case.pk)).snoozed
    assert snooze is not None
    assert program.post(f"/cases/{case.pk}/wake").status_code == HTTPStatus.OK
    assert state_of(Case.objects.get(pk=case.pk)).snoozed is None


def test_a_call_is_booked_moved_and_given_back(program: Program, case: Case) -> None:
    here = f"/cases/{case.pk}/booking"
    assert said(program.get(here)) == {"slot": None, "free": []}
    program.post(f"/cases/{case.pk}/resolve", reasons={"act-first": "Settled by phone."})
    first, second = said(program.get(here))["free"][:2]
    for slot in (first, second):
        assert program.post(here, slot=slot, phone="+44 20 7946 0000").status_code == HTTPStatus.OK
        assert said(program.get(here))["slot"] == slot
    assert program.post(f"{here}/give-back").status_code == HTTPStatus.OK
    assert said(program.get(here))["slot"] is None
    closed = program.post(here, slot="2026-03-05T03:00:00Z")
    assert closed.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said(closed)["detail"] == "Nobody is here at that time. Please choose another one."


def test_a_time_that_somebody_has_is_said_to_be_taken(program: Program, cast: Cast, case: Case) -> None:
    other = do_receive(mail_from("ben@example.org", "The lid is broken!"), at=clock.now()).message
    assert other is not None
    for number in (case.pk, other.case_id):
        handling.do_record(cast.owner, number, handling.assign(cast.owner.id), at=clock.now())
        program.post(f"/cases/{number}/resolve", reasons={"act-first": "Settled by phone."})
    slot = said(program.get(f"/cases/{case.pk}/booking"))["free"][0]
    program.post(f"/cases/{case.pk}/booking", slot=slot)
    late = program.post(f"/cases/{other.case_id}/booking", slot=slot)
    assert late.status_code == HTTPStatus.CONFLICT
    assert said(late)["type"] == "urn:amends:problem:slot-taken"
    assert slot not in said(program.get(f"/cases/{other.case_id}/booking"))["free"]


def test_a_note_is_for_the_staff(program: Program, case: Case) -> None:
    answer = program.post(f"/cases/{case.pk}/notes", text="Be kind to her.")
    assert answer.status_code == HTTPStatus.CREATED
    assert Note.objects.get().kind == "internal"


@pytest.mark.parametrize(
    ("step", "given"),
    [
        ("reply", {"text": ""}),
        ("reply", {"text": "Hello", "reasons": {"no-such-gate": "x"}}),
        ("callback", {"result": "odd"}),
        ("outcomes", {"problem": "fixed"}),
        ("notes", {}),
    ],
)
def test_what_is_not_understood_says_where(program: Program, case: Case, step: str, given: dict[str, Any]) -> None:
    answer = program.post(f"/cases/{case.pk}/{step}", **given)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said(answer)["type"] == "urn:amends:problem:not-understood"
    assert said(answer)["errors"]


def test_what_is_no_json_is_said(program: Program, case: Case) -> None:
    answer = Client().post(
        f"/api/v1/cases/{case.pk}/notes",
        "{not json",
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.key}"},
    )
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert said(answer)["type"] == "urn:amends:problem:not-understood"


@pytest.mark.parametrize("due", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
def test_a_moment_beyond_all_calendars_is_not_understood(program: Program, case: Case, due: str) -> None:
    answer = program.post(f"/cases/{case.pk}/promises", what="We send a pump", due=due)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
