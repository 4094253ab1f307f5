"""Incidents by a program: the same steps as on the pages."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest

from amends.actions import clock
from amends.actions.broadcasts import do_send_copy
from amends.actions.clock import StoppedClock
from amends.actions.effects import do_effects
from amends.actions.incoming import do_receive
from amends.store.models import Broadcast, BroadcastCopy, Case, Incident, Order
from amends.testing import MONDAY, Cast, mail_from, make_customer
from tests.api.program import Program, said

pytestmark = pytest.mark.django_db
TEXT = "Dear {name}, I can hear how angry you are. {what} {me}"
PUMP = {"title": "Pumps", "what": "They leak.", "product": "pump", "began_at": "2026-02-20T09:00:00Z"}


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


@pytest.fixture
def case(cast: Cast) -> Case:
    message = do_receive(mail_from(cast.customer, "I am furious: the pump is broken!"), at=clock.now()).message
    assert message is not None
    return Case.objects.get(pk=message.case_id)


@pytest.fixture
def program(cast: Cast) -> Program:
    return Program.of(cast.owner)


def opened(program: Program, **given: Any) -> str:
    answer = program.post("/incidents", **PUMP, **given)
    assert answer.status_code == HTTPStatus.CREATED
    return str(said(answer)["id"])


def work() -> None:
    with clock.stopped(clock.now() + timedelta(seconds=11)):
        while do_effects({"broadcast": do_send_copy, "mail": lambda _subject: None}, now=clock.now):
            pass


def test_an_incident_from_its_opening_to_the_question(program: Program, case: Case) -> None:
    incident = opened(program)
    linked = said(program.post(f"/incidents/{incident}/cases", cases=[case.pk]))
    assert linked["reached"] == {"cases": 1, "complained": 1, "told": 0, "asked": 0, "yes": 0, "no": 0}
    for step in ("write", "write", "fixed"):
        answer = program.post(f"/incidents/{incident}/{step}", text=TEXT, once=f"{step}-1")
        assert (answer.status_code, said(answer)["copies"]) == (HTTPStatus.ACCEPTED, 1)
    assert Broadcast.objects.count() == 2
    work()
    seen = said(program.get(f"/incidents/{incident}"))
    copies = {one["kind"]: (one["sent"], one["waiting"]) for one in seen["written"]}
    assert copies == {"word": (1, 0), "fixed": (0, 1)}
    assert [line["open_cases"] for line in said(program.get("/incidents"))["incidents"]] == [1]


def test_the_silent_others_are_written_to_first(program: Program) -> None:
    ben, cleo = make_customer("Ben Hill"), make_customer("Cleo Day")
    for who in (ben, cleo):
        at = MONDAY - timedelta(days=1)
        Order.objects.create(
            customer=who, external_id=f"A-{who.pk}", placed_at=at, amount=1, currency="USD", what="A pump"
        )
    incident = opened(program)
    answer = program.post(f"/incidents/{incident}/reach-out", text="Dear {name}: {what}", customers=[ben.pk])
    assert said(answer)["copies"] == 1
    work()
    assert [line["status"] for line in said(program.get("/cases", status="quiet"))["cases"]] == ["quiet"]
    assert said(program.get(f"/cases/{Case.objects.get().pk}"))["status"] == "quiet"


@pytest.mark.parametrize("step", ["cases", "write", "fixed", "reach-out"])
def test_strangers_do_nothing(cast: Cast, program: Program, case: Case, step: str) -> None:
    incident = opened(program, cases=[case.pk])
    stranger = Program.of(cast.stranger)
    answer = stranger.post(f"/incidents/{incident}/{step}", text=TEXT, cases=[case.pk])
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert stranger.get(f"/incidents/{incident}").status_code == HTTPStatus.NOT_FOUND
    assert said(stranger.get("/incidents"))["incidents"] == []
    assert stranger.post("/incidents", **PUMP, cases=[case.pk]).status_code == HTTPStatus.NOT_FOUND
    assert not BroadcastCopy.objects.exists()
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    ("step", "given"),
    [
        ("cases", {"cases": []}),
        ("cases", {"cases": [-1]}),
        ("write", {"text": ""}),
        ("write", {"text": "{nmae}"}),
        ("write", {"text": "x", "once": "a b"}),
        ("write", {"text": "No case is linked."}),
        ("reach-out", {"text": "Nobody is met."}),
    ],
)
def test_what_makes_no_sense_is_said(program: Program, step: str, given: dict[str, Any]) -> None:
    answer = program.post(f"/incidents/{opened(program)}/{step}", **given)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said(answer)["detail"]
