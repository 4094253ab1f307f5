"""Notices over the API: one's own, and nobody else's."""

from datetime import timedelta
from http import HTTPStatus

import pytest

from amends.actions import clock
from amends.actions.clock import StoppedClock
from amends.actions.incoming import do_receive
from amends.actions.ticks import do_tick_due
from amends.testing import Cast, mail_from
from tests.api.program import Program, said

pytestmark = pytest.mark.django_db


def test_a_program_reads_its_users_notices_and_no_others(cast: Cast, stopped_clock: StoppedClock) -> None:
    do_receive(mail_from(cast.customer, "The pump is broken!"), at=clock.now())
    do_tick_due(stopped_clock.pass_time(by=timedelta(hours=2)))
    lead, stranger = Program.of(cast.lead), Program.of(cast.stranger)
    listed = said(lead.get("/notices"))
    assert listed["unread"] == 1
    assert listed["next"] is None
    (notice,) = listed["notices"]
    assert (notice["kind"], notice["read"]) == ("unanswered", False)
    assert said(stranger.get("/notices"))["notices"] == []
    assert stranger.post(f"/notices/{notice['id']}/read").status_code == HTTPStatus.NOT_FOUND
    assert lead.post(f"/notices/{notice['id']}/read").status_code == HTTPStatus.NO_CONTENT
    assert said(lead.get("/notices"))["unread"] == 0
    assert said(lead.get("/notices", before=notice["id"]))["notices"] == []


@pytest.mark.parametrize("number", [0, 2**70])
def test_a_notice_that_is_not_there_is_not_found(cast: Cast, number: int) -> None:
    lead = Program.of(cast.lead)
    assert lead.post(f"/notices/{number}/read").status_code == HTTPStatus.NOT_FOUND
    assert lead.get("/notices", before=number).status_code == HTTPStatus.OK
