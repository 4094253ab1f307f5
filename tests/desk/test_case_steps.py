"""Every step on the page of a case: who may take it, what it does, and what stands in the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.actions.house import policy
from amends.desk.forms.records import RECORDS
from amends.insight.history import newest
from amends.method.facts import GateOverridden
from amends.method.state import State
from amends.method.words import CallResult
from amends.store.models import Case
from amends.testing import Cast
from amends.transcript import Money
from tests.desk.casework import EVERY_GATE, HEARD, PROMISE, answer, as_, now_, promised, say, seen
from tests.desk.own import address, complain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

Given = Callable[[Cast, Case], dict[str, Any]]


def fresh(_cast: Cast, _case: Case) -> dict[str, Any]:
    return {}


def offered(cast: Cast, case: Case) -> dict[str, Any]:
    say(cast.owner, case, "We will refund you $40.", reasons=EVERY_GATE)
    return {"offer": now_(case).offers[-1].offer}


def refused(cast: Cast, case: Case) -> dict[str, Any]:
    return {"reply": say(cast.owner, case, "I hear how angry you are. We cannot refund the 90 euros.").pk}


def wished(cast: Cast, case: Case) -> dict[str, Any]:
    handling.do_record(cast.lead, case.pk, handling.ask_approval(Money.of(90, "USD"), ""), at=clock.now())
    return {"approval": now_(case).approvals[-1].approval}


def marked(_cast: Cast, case: Case) -> dict[str, Any]:
    return {"sentence": f"{now_(case).temperature[0].message}:0:12"}


def resolved(cast: Cast, case: Case) -> dict[str, Any]:
    handling.do_record(cast.owner, case.pk, handling.resolve(), at=clock.now(), reasons=EVERY_GATE)
    return {}


def closed(cast: Cast, case: Case) -> dict[str, Any]:
    resolved(cast, case)
    handling.do_record(cast.owner, case.pk, handling.close(), at=clock.now(), reasons=EVERY_GATE)
    return {}


REASON = {"why:act-first": "Settled on the phone.", "why:come-back-first": "She asked us not to call."}
Made = Callable[[State], bool]
STEPS: list[tuple[str, Given, dict[str, Any], Made]] = [
    ("assign", fresh, {"owner": ""}, lambda s: not s.owner),
    ("basis", fresh, {"expected": "A pump", "got": "Noise", "since": "May"}, lambda s: s.basis is not None),
    (
        "bid",
        fresh,
        {"words": "A new pump", "remedy": "replacement"},
        lambda s: bool(s.bids) and s.bids[-1].remedy == "replacement",
    ),
    (
        "bid",
        fresh,
        {"words": "60 back", "remedy": "refund", "amount": "60"},
        lambda s: any(bid.amount == Money.of(60, "USD") for bid in s.bids),
    ),
    ("left-to-us", fresh, {"words": "You decide"}, lambda s: s.bid_left_to_us is not None),
    ("unwarranted", fresh, {"why": "It fell down the stairs"}, lambda s: s.unwarranted is not None),
    ("option", fresh, {"words": "Call everybody"}, lambda s: [o.remedy for o in s.options] == ["action"]),
    ("option", marked, {}, lambda s: len(s.options) == 1),
    ("answer", offered, {"words": "Fine", "accepted": "yes"}, lambda s: s.offers[-1].status == "accepted"),
    ("answer", offered, {"words": "Never", "accepted": "no"}, lambda s: s.offers[-1].status == "rejected"),
    (
        "answer",
        offered,
        {"words": "Make it 60", "accepted": "instead"},
        lambda s: s.offers[-1].status == "rejected" and s.bids[-1].amount == Money.of(60, "USD"),
    ),
    ("withdraw", offered, {"why": "A slip"}, lambda s: s.offers[-1].status == "withdrawn"),
    ("purchase", fresh, {"what": "A pump", "price": "49.90 €"}, lambda s: s.price == Money.of("49.90", "EUR")),
    ("final-answer", fresh, {"why": "We cannot", "elsewhere": "The board"}, lambda s: s.final_answer is not None),
    ("final-answer", refused, {"elsewhere": "The board"}, lambda s: s.final_answer is not None),
    ("ask-approval", fresh, {"amount": "300", "why": "Eight years"}, lambda s: len(s.approvals) == 1),
    ("resolve", fresh, REASON, lambda s: s.resolved_at is not None),
    ("fix", resolved, {"fixed": "yes"}, lambda s: s.fixed is True),
    ("fix", resolved, {"fixed": "no", "words": "Still hums"}, lambda s: s.resolved_at is None),
    ("call-back", resolved, {"result": "reached", "note": "Happy"}, lambda s: s.called_back),
    ("outcomes", resolved, {"problem": "fixed", "customer": "content"}, lambda s: s.outcomes is not None),
    ("close", resolved, REASON, lambda s: s.closed_at is not None),
    (
        "close",
        resolved,
        REASON | {"line": "Enjoy it!"},
        lambda s: s.closed_at is not None and s.thanks_line is not None,
    ),
    ("thanks-line", resolved, {"line": "Enjoy it!"}, lambda s: s.thanks_line is not None),
    ("reopen", resolved, {"why": "She wrote again"}, lambda s: s.resolved_at is None),
    (
        "follow",
        closed,
        {"bought_again": "yes", "recommends": ""},
        lambda s: (s.bought_again, s.recommends) == (True, None),
    ),
    ("root-cause", fresh, {"cause": "Product fault", "note": "Pad the box"}, lambda s: s.root_cause == "Product fault"),
]


@pytest.mark.parametrize(
    ("step", "given", "sent", "made"), STEPS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_step_does_what_it_says_for_the_team_alone(
    client: Client, cast: Cast, step: str, given: Given, sent: dict[str, Any], made: Made
) -> None:
    case = complain(cast.customer)
    handling.do_record(cast.owner, case.pk, handling.assign(cast.owner.id), at=clock.now())
    posted = given(cast, case) | sent
    url = f"/cases/{case.pk}/record/{step}/"
    assert as_(client, cast.stranger).post(url, posted).status_code == 404
    client.logout()
    assert "login" in client.post(url, posted).headers["Location"]
    assert not made(now_(case)) or step == "fix"
    answer = as_(client, cast.teammate).post(url, posted)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert answer.headers["Location"].startswith(f"/cases/{case.pk}/")
    assert made(now_(case))
    assert client.get(url).status_code == 405


def test_every_record_is_tested_here() -> None:
    tested = {step for step, *_rest in STEPS} | {"upset", "not-so", "answer-approval"}
    tested |= {"snooze", "end-snooze"}  # in test_waiting.py
    tested |= {"think"}  # in test_sheet_page.py
    assert tested == set(RECORDS)


def test_how_upset_a_message_is_is_corrected_with_one_click(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    message = now_(case).temperature[0].message
    url = f"/cases/{case.pk}/record/upset/"
    assert as_(client, cast.stranger).post(url, {"reading": f"{message}:0"}).status_code == 404
    assert as_(client, cast.teammate).post(url, {"reading": f"{message}:1"}).status_code == 302
    assert now_(case).upset == 1
    assert client.post(url, {"reading": f"{message}:9"}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "Write down what they would do."),
        ({"sentence": "nobody:0:9"}, "Mark a sentence that the customer wrote"),
        ({"sentence": "a:b:c"}, ""),
    ],
)
def test_an_option_needs_words_of_theirs(client: Client, cast: Cast, sent: dict[str, str], why: str) -> None:
    case = complain(cast.customer)
    answer = as_(client, cast.owner).post(f"/cases/{case.pk}/record/option/", sent)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert now_(case).options == ()


def test_a_reply_that_refuses_becomes_the_final_answer_with_one_click(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(cast.customer)
    here = f"/cases/{case.pk}/"
    assert "Our last reply was the final answer" not in seen(as_(client, cast.owner), here)
    stopped_clock.pass_time(by=timedelta(minutes=5))
    reply = refused(cast, case)["reply"]
    handling.do_record(cast.owner, case.pk, handling.unwarranted("It fell down the stairs."), at=clock.now())
    page = seen(client, here)
    assert f'name="reply" value="{reply}"' in page
    assert "Turn it about" in page
    nowhere = client.post(f"{here}record/final-answer/", {"reply": reply})
    assert (nowhere.status_code, now_(case).final_answer) == (422, None)
    assert client.post(f"{here}record/final-answer/", {"elsewhere": "The board"}).status_code == 422
    assert client.post(f"{here}record/final-answer/", {"reply": reply, "elsewhere": "The board"}).status_code == 302
    page = seen(client, here)
    assert "Turn it about" not in page
    assert "We cannot refund the 90 euros." in page.partition("Our final answer")[2]
    own = seen(client, address(case))
    assert "We cannot refund the 90 euros." in own
    assert "The board" in own


def test_four_eyes_see_an_approval(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    asked = handling.ask_approval(Money.of(400, "USD"), "Eight years with us.")
    handling.do_record(cast.owner, case.pk, asked, at=clock.now())
    approval = now_(case).approvals[0].approval
    url, yes = f"/cases/{case.pk}/record/answer-approval/", {"approval": approval, "granted": "yes"}
    assert "Approve it" not in seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    refused = client.post(url, yes)
    assert refused.status_code == 422
    assert "Four eyes" in refused.content.decode()
    page = seen(as_(client, cast.lead), f"/cases/{case.pk}/")
    assert "Approve it" in page
    assert "Eight years with us." in page
    assert client.post(url, yes).status_code == 302
    assert now_(case).approvals[0].granted is True
    assert wished(cast, case)["approval"] != approval


def test_a_gate_says_why_and_a_reason_goes_past_it_and_is_kept(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    url = f"/cases/{case.pk}/record/resolve/"
    page = as_(client, cast.owner).post(url)
    assert page.status_code == 422
    assert "Nothing is agreed, and no final answer was given." in page.content.decode()
    assert 'name="why:act-first" form="again"' in page.content.decode()
    assert now_(case).resolved_at is None
    assert client.post(url, {"why:act-first": "  "}).status_code == 422
    assert client.post(url, {"why:act-first": "She bought a new one herself."}).status_code == 302
    assert now_(case).resolved_at is not None
    assert any(isinstance(entry.fact, GateOverridden) for entry in newest(case.pk))
    assert "She bought a new one herself." in seen(client, f"/cases/{case.pk}/")


def test_where_the_house_forbids_it_no_reason_goes_past_authority(
    client: Client, cast: Cast, settings: Any, tmp_path: Any
) -> None:
    settings.AMENDS_DATA = tmp_path
    (tmp_path / "policy.toml").write_text("[authority]\noverride = false\nhandler = 10\n")
    case = complain(cast.customer)
    reasons = {f"why:{gate.value}": "Eight years." for gate in EVERY_GATE}
    sent = as_(client, cast.owner).post(
        f"/cases/{case.pk}/reply/", {"text": "I hear how angry you are. We will refund you $40.", **reasons}
    )
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "on your own you may give 10.00 USD" in page
    assert 'name="why:authority"' not in page
    assert "Ask for approval" in page


def test_a_form_that_was_not_right_stays_filled_and_says_so(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    answer = as_(client, cast.owner).post(f"/cases/{case.pk}/record/basis/", {"expected": "A pump that pumps"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A pump that pumps</textarea>" in page
    assert "could not be written down yet" in page
    assert "This field is required." in page


@pytest.mark.parametrize("step", ["nothing", "delete"])
def test_what_is_no_step_is_not_there(client: Client, cast: Cast, step: str) -> None:
    case, promise = promised(cast)
    assert as_(client, cast.owner).post(f"/cases/{case.pk}/record/{step}/").status_code == 404
    assert client.post(f"/cases/{case.pk}/promises/{promise}/{step}/").status_code == 404


def test_promises_are_confirmed_kept_moved_and_handed_over_by_the_team_alone(client: Client, cast: Cast) -> None:
    case, promise = promised(cast)
    base = f"/cases/{case.pk}/promises/{promise}/"
    steps: list[tuple[str, dict[str, Any]]] = [
        ("confirm", {"owner": cast.owner.id, "due": "2026-03-06T17:00"}),
        ("move", {"due": "2026-03-09T12:00", "tell": "It takes until Monday noon; the workshop is closed on Friday."}),
        ("hand-over", {"owner": cast.teammate.id}),
        ("keep", {"how": "By courier."}),
    ]
    for step, posted in steps:
        assert as_(client, cast.stranger).post(f"{base}{step}/", posted).status_code == 404
        answer = as_(client, cast.teammate).post(f"{base}{step}/", posted)
        assert answer.status_code == 302, (step, answer.content.decode()[:3000])
    (kept,) = now_(case).promises
    assert (kept.status, kept.owner, kept.moved) == ("kept", str(cast.teammate.id), 1)
    assert "It takes until Monday noon" in seen(client, f"/cases/{case.pk}/")


def test_what_was_no_promise_is_dismissed(client: Client, cast: Cast) -> None:
    case, promise = promised(cast)
    assert as_(client, cast.owner).post(f"/cases/{case.pk}/promises/{promise}/dismiss/").status_code == 302
    assert now_(case).promises[0].status == "dismissed"


def test_a_promise_in_other_words_needs_a_name_and_a_time(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    say(cast.owner, case, "I hear how angry you are.")
    url = f"/cases/{case.pk}/promises/"
    assert as_(client, cast.stranger).post(url, {"what": "A call"}).status_code == 404
    assert as_(client, cast.owner).post(url, {"what": "A call"}).status_code == 422
    posted = {"what": "Jonas rings her", "owner": cast.owner.id, "due": "2026-03-03T10:00"}
    assert client.post(url, posted).status_code == 302
    assert now_(case).promises[0].owner == str(cast.owner.id)
    posted["owner"] = cast.stranger.id
    assert client.post(url, posted).status_code == 422


def test_a_promise_that_is_due_cannot_be_moved_any_more(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case, promise = promised(cast)
    base = f"/cases/{case.pk}/promises/{promise}/"
    as_(client, cast.owner).post(f"{base}confirm/", {"owner": cast.owner.id, "due": "2026-03-02T12:00"})
    stopped_clock.pass_time(by=timedelta(hours=3))
    moved = client.post(f"{base}move/", {"due": "2026-03-09T12:00", "tell": "Later, sorry."})
    page = moved.content.decode()
    assert moved.status_code == 422
    assert "moving it now would only hide that it was broken" in page
    assert 'id="again"' not in page


def test_what_makes_no_sense_is_said_kindly(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    answer_ = as_(client, cast.owner).post(f"/cases/{case.pk}/record/call-back/", {"result": "reached"})
    assert answer_.status_code == 422
    assert "Call back once it is fixed" in answer_.content.decode()
    say(cast.owner, case, HEARD)
    answer(cast, case, "Yes, that is right.")
    assert PROMISE not in seen(client, f"/cases/{case.pk}/")


def test_nobody_is_sent_to_another_house_afterwards(client: Client, cast: Cast) -> None:
    case, promise = promised(cast)
    url = f"/cases/{case.pk}/promises/{promise}/dismiss/"
    done = as_(client, cast.owner).post(url, {"next": "https://evil.example/"})
    assert done.headers["Location"].startswith(f"/cases/{case.pk}/")


def test_no_step_without_the_page_that_it_stands_on(cast: Cast) -> None:
    case = complain(cast.customer)
    strict = Client(enforce_csrf_checks=True)
    as_(strict, cast.owner)
    assert strict.post(f"/cases/{case.pk}/record/resolve/").status_code == 403


def test_nothing_is_chosen_for_anybody_beforehand(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    resolved(cast, case)
    page = seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    for name in ("problem", "customer", "cause", "remedy"):
        select = page.split(f'<select name="{name}"')[1].split("</select>")[0]
        assert "Choose …" in select.split("</option>")[0]
        assert "selected" not in select.split("</option>", 1)[1]
    for what, given in (("outcomes", {"problem": "fixed"}), ("call-back", {}), ("root-cause", {})):
        assert client.post(f"/cases/{case.pk}/record/{what}/", given).status_code == 422
    assert now_(case).outcomes is None


def test_after_nobody_was_reached_card_and_chip_name_the_same_time(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(cast.customer)
    resolved(cast, case)
    stopped_clock.pass_time(by=timedelta(days=1))
    handling.do_record(cast.owner, case.pk, handling.call_back(CallResult.NOT_REACHED), at=clock.now())
    page = seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    chip = page.split("Call back</span>")[1].split("<time")[1].split("</time>")[0]
    best = page.split("Best from")[1].split("<time")[1].split("</time>")[0]
    assert best == chip


def test_a_known_cause_is_not_asked_for_again(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    resolved(cast, case)
    assert "Confirm the root cause" in seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    handling.do_record(cast.owner, case.pk, handling.root_cause(policy().causes[0], ""), at=clock.now())
    assert "Confirm the root cause" not in seen(client, f"/cases/{case.pk}/")


def test_a_refused_step_offers_the_way_past_it_once(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    page = as_(client, cast.owner).post(f"/cases/{case.pk}/record/resolve/").content.decode()
    assert page.count("Go ahead all the same") == 1


def test_the_old_link_is_made_useless_from_the_page(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    assert f'action="/cases/{case.pk}/link/revoke/"' in seen(as_(client, cast.owner), f"/cases/{case.pk}/")
