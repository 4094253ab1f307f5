"""Complaints in, cases out: once each, and only those of one's team."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest

from amends.actions import clock
from amends.actions.clock import StoppedClock
from amends.actions.links import guest
from amends.actions.promises import do_make_promise
from amends.actions.replies import do_log_spoken
from amends.store.models import Case, Message
from amends.testing import Cast
from tests.api.program import Program, said

pytestmark = pytest.mark.django_db
ANGRY = {
    "external_id": "shop-4711",
    "text": "I am furious: the pump is broken! I expected a machine that works. I want a refund of 90 euros.",
    "subject": "Broken pump",
    "name": "Maya Olsen",
    "email": "maya@example.org",
}


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


@pytest.fixture
def shop(cast: Cast) -> Program:
    return Program.of(cast.owner)


def test_a_complaint_opens_a_case_of_the_keys_team(shop: Program, cast: Cast) -> None:
    answer = shop.post("/complaints", **ANGRY)
    assert answer.status_code == HTTPStatus.CREATED
    body = said(answer)
    case = Case.objects.get(pk=body["case"])
    assert (case.team_id, case.channel, case.customer) == (cast.team.pk, "api", cast.customer)
    assert body == {"case": case.pk, "message": Message.objects.get().pk, "new": True}


def test_the_same_complaint_twice_makes_one_case(shop: Program) -> None:
    first = said(shop.post("/complaints", **ANGRY))
    again = shop.post("/complaints", **ANGRY)
    assert again.status_code == HTTPStatus.OK
    assert said(again) == first | {"new": False}
    other = shop.post("/complaints", **ANGRY | {"text": "Something else."})
    assert other.status_code == HTTPStatus.CONFLICT
    assert said(other)["type"] == "urn:amends:problem:taken"
    assert Case.objects.count() == 1


def test_two_programs_may_count_the_same_way(shop: Program, cast: Cast) -> None:
    shop.post("/complaints", **ANGRY)
    other = Program.of(cast.stranger).post("/complaints", **ANGRY | {"email": "lee@example.org"})
    assert other.status_code == HTTPStatus.CREATED
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": "  "}, "text"),
        ({"external_id": ""}, "external_id"),
        ({"email": "", "phone": ""}, "e-mail address or a telephone number"),
        ({"email": "not one"}, "'not one' is not an e-mail address"),
        ({"written_at": "2026-03-02T10:00:00"}, "timezone"),
        ({"text": 7}, "text"),
        ({"text": "half a character: \ud800"}, "text"),
    ],
)
def test_a_complaint_that_nobody_could_answer_is_refused(shop: Program, change: dict[str, Any], words: str) -> None:
    answer = shop.post("/complaints", **ANGRY | change)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert words in said(answer)["detail"]
    assert not Case.objects.exists()


def test_any_character_is_taken_in(shop: Program) -> None:
    odd = ANGRY | {"text": "Broken\0 \ud83d\udca5!", "external_id": "\0x"}
    assert shop.post("/complaints", **odd).status_code == HTTPStatus.CREATED
    assert shop.post("/complaints", **odd).status_code == HTTPStatus.OK


def test_a_case_with_its_path_and_what_is_owed(shop: Program, cast: Cast, stopped_clock: StoppedClock) -> None:
    number = said(shop.post("/complaints", **ANGRY))["case"]
    stopped_clock.pass_time(by=timedelta(minutes=1))
    do_log_spoken(cast.owner, number, "I can hear how angry you are.", at=clock.now())
    due = clock.now().replace(hour=16, minute=0)
    do_make_promise(cast.owner, number, "A new pump leaves here", due=due, owner=cast.teammate.id, at=clock.now())
    body = said(shop.get(f"/cases/{number}"))
    steps = {step["station"]: step for step in body["path"]}
    assert list(steps) == ["hear", "acknowledge", "diagnose", "ask", "agree", "act", "come_back", "learn"]
    assert steps["acknowledge"]["passed"] is True
    assert steps["acknowledge"]["words"] == "I can hear how angry you are"
    assert steps["acknowledge"]["said_by"] == "reader"
    assert steps["learn"] == {
        "station": "learn",
        "passed": False,
        "words": "",
        "source": "",
        "said_by": None,
        "remedy": "Confirm the root cause, and see what becomes of them.",
    }
    (promise,) = body["promises"]
    assert promise["what"] == "A new pump leaves here"
    assert promise["owner"] == {"id": cast.teammate.id, "name": "Kim Okoro"}
    assert promise["due"] == "2026-03-02T16:00:00Z"
    assert body["bids"][0]["amount"] == {"amount": "90", "currency": "EUR"}
    assert {"promise", "promise_soon"} <= {deadline["kind"] for deadline in body["deadlines"]}
    assert body["seen"] == Case.objects.get(pk=number).seq
    assert [message["direction"] for message in body["messages"]] == ["in", "out"]
    looking = guest(body["customer_page"].split("/c/")[1].strip("/"))
    assert (looking.case, looking.preview) == (number, True)


def test_cases_come_a_page_at_a_time(shop: Program, django_assert_max_num_queries: Any) -> None:
    numbers = [said(shop.post("/complaints", **ANGRY | {"external_id": str(n)}))["case"] for n in range(5)]
    with django_assert_max_num_queries(5):
        first = said(shop.get("/cases", limit=2))
    assert [case["number"] for case in first["cases"]] == numbers[:2:-1]
    second = said(shop.get("/cases", limit=2, before=first["next"]))
    last = said(shop.get("/cases", limit=2, before=second["next"]))
    assert [case["number"] for case in last["cases"]] == numbers[:1]
    assert last["next"] is None
    assert said(shop.get("/cases", status="closed")) == {"cases": [], "next": None}
    assert first["cases"][0]["customer"]["name"] == "Maya Olsen"


@pytest.mark.parametrize(
    "wrong", [{"limit": 0}, {"limit": 10_000}, {"before": "x"}, {"status": "odd"}, {"before": 10**30}]
)
def test_what_makes_no_sense_in_a_list_is_said(shop: Program, wrong: dict[str, Any]) -> None:
    answer = shop.get("/cases", **wrong)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert next(iter(wrong)) in said(answer)["detail"]


def test_teammates_see_a_case_and_strangers_do_not(shop: Program, cast: Cast) -> None:
    number = said(shop.post("/complaints", **ANGRY))["case"]
    for who in (cast.teammate, cast.lead, cast.admin):
        theirs = Program.of(who)
        assert theirs.get(f"/cases/{number}").status_code == HTTPStatus.OK
        assert [case["number"] for case in said(theirs.get("/cases"))["cases"]] == [number]
    stranger = Program.of(cast.stranger)
    assert said(stranger.get("/cases"))["cases"] == []
    for answer in (stranger.get(f"/cases/{number}"), stranger.get("/cases/999999"), stranger.get(f"/cases/{10**30}")):
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert said(answer)["type"] == "urn:amends:problem:not-found"
