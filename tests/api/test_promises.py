"""Promises by program: handed over, asked of other teams, and what two do at once."""

from typing import Any

import pytest

from amends.actions import clock
from amends.actions.clock import StoppedClock
from amends.actions.incoming import do_receive
from amends.actions.replies import do_log_spoken
from amends.store.models import Case, Promise
from amends.testing import Cast, mail_from
from tests.api.program import Program, said

pytestmark = pytest.mark.django_db
DUE = "2026-03-05T10:00:00Z"


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


@pytest.fixture
def case(cast: Cast) -> Case:
    message = do_receive(mail_from(cast.customer, "I am furious: the pump is broken!"), at=clock.now()).message
    assert message is not None
    do_log_spoken(cast.owner, message.case_id, "I can hear how angry you are.", at=clock.now())
    return Case.objects.get(pk=message.case_id)


@pytest.fixture
def program(cast: Cast) -> Program:
    return Program.of(cast.owner)


def made(program: Program, case: Case, **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = said(program.post(f"/cases/{case.pk}/promises", what="We ship a pump", due=DUE, **more))
    return body


def test_another_team_is_asked_takes_it_and_keeps_it_without_seeing_the_case(
    program: Program, cast: Cast, case: Case
) -> None:
    promise = made(program, case)["id"]
    theirs = Program.of(cast.stranger)
    for path in ("take", "keep", "turn-down"):
        assert theirs.post(f"/promises/{promise}/{path}", why="No.").status_code == 404
    assert program.post(f"/cases/{case.pk}/promises/{promise}/ask", owner=cast.stranger.id).status_code == 200
    shown = said(theirs.get(f"/promises/{promise}"))
    assert (shown["what"], shown["asked"]["name"]) == ("We ship a pump", "Sam Stone")
    assert shown.keys().isdisjoint({"case", "number", "customer"})
    assert said(theirs.post(f"/promises/{promise}/take"))["owner"]["id"] == cast.stranger.id
    assert theirs.post(f"/cases/{case.pk}/promises/{promise}/keep").status_code == 404
    assert said(theirs.post(f"/promises/{promise}/keep", how="By courier."))["status"] == "kept"
    assert theirs.get(f"/cases/{case.pk}").status_code == 404


def test_or_turns_it_down(program: Program, cast: Cast, case: Case) -> None:
    promise = made(program, case, ask=cast.stranger.id)["id"]
    assert said(program.get(f"/cases/{case.pk}"))["promises"][0]["asked"]["id"] == cast.stranger.id
    theirs = Program.of(cast.stranger)
    assert theirs.post(f"/promises/{promise}/turn-down", why="").status_code == 422
    assert theirs.post(f"/promises/{promise}/turn-down", why="Sold out.").status_code == 204
    assert theirs.get(f"/promises/{promise}").status_code == 404
    assert Promise.objects.get().asked_id is None


def test_who_was_slower_looks_again(program: Program, cast: Cast, case: Case) -> None:
    promise = made(program, case)
    steps, seen = f"/cases/{case.pk}/promises/{promise['id']}", promise["seen"]
    assert program.post(f"{steps}/hand-over", owner=cast.teammate.id, seen=seen).status_code == 200
    for path, body in (
        ("hand-over", {"owner": cast.lead.id}),
        ("keep", {}),
        ("move", {"due": "2026-03-06T10:00:00Z", "tell": "A day later."}),
        ("ask", {"owner": cast.stranger.id}),
    ):
        late = program.post(f"{steps}/{path}", seen=seen, **body)
        assert (late.status_code, said(late)["type"]) == (409, "urn:amends:problem:changed")
    assert Promise.objects.get().owner_id == cast.teammate.id
