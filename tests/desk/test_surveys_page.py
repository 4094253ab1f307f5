"""What customers say: the own team's answers, and on the case how it was for this one."""

from datetime import timedelta

import pytest
from django.test import Client

from amends.actions import clock, handling
from amends.actions.actors import Guest
from amends.actions.clock import StoppedClock
from amends.actions.surveys import do_answer_survey
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from amends.store.models import Case
from amends.testing import Cast, make_customer
from tests.desk.casework import EVERY_GATE, as_, seen
from tests.desk.own import complain, let_go

pytestmark = pytest.mark.django_db


def answered(cast: Cast, hands: StoppedClock, name: str, outcome: int, words: str = "") -> Case:
    """Return a case that was closed, and whose customer said how it was."""
    case = complain(make_customer(name))
    for done in (
        handling.resolve(),
        handling.call_back(CallResult.REACHED),
        handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT),
        handling.close(),
    ):
        handling.do_record(cast.owner, case.pk, done, at=clock.now(), reasons=EVERY_GATE)
    hands.pass_time(by=timedelta(days=2))
    let_go()
    do_answer_survey(
        Guest(case=case.pk, customer=case.customer_id),
        outcome=outcome,
        treatment=5,
        process=3,
        buy_again=True,
        recommend=None,
        words=words,
        at=clock.now(),
    )
    return case


def test_averages_are_those_of_the_own_team(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    assert "Nobody has been asked yet" in seen(as_(client, cast.owner), "/surveys/")
    for name, outcome in (("Ben Hill", 5), ("Lee Novak", 4), ("Ann Ode", 3)):
        answered(cast, stopped_clock, name, outcome, "Kind <i>people</i>.")
    page = seen(client, "/surveys/")
    assert "3 of 3 customers who were asked" in page
    assert "4.0<small> of 5" in page
    assert "Kind &lt;i&gt;people&lt;/i&gt;." in page
    assert "3 of 3 customers" in seen(as_(client, cast.admin), "/surveys/")
    nothing = seen(as_(client, cast.stranger), "/surveys/")
    assert "Nobody has been asked yet" in nothing
    assert "Kind" not in nothing
    client.logout()
    assert "login" in client.get("/surveys/").headers["Location"]
    assert as_(client, cast.owner).post("/surveys/").status_code == 405


def test_two_answers_make_no_average(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    for name in ("Ben Hill", "Lee Novak"):
        answered(cast, stopped_clock, name, 5)
    page = seen(as_(client, cast.owner), "/surveys/")
    assert "5.0" not in page
    assert "2 of 2 customers" in page


def test_the_case_shows_how_it_was_and_that_it_opened_it_again(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    good = answered(cast, stopped_clock, "Ben Hill", 5, "Kind people.")
    page = seen(as_(client, cast.teammate), f"/cases/{good.pk}/")
    assert page.count("<meter") == 3
    assert "5 of 5" in page
    assert "“Kind people.”" in page
    assert "This opened the case again" not in page
    bad = answered(cast, stopped_clock, "Lee Novak", 1)
    assert "This opened the case again" in seen(client, f"/cases/{bad.pk}/")
