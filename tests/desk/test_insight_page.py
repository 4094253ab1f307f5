"""What was fair: the own team's figures, admins see all, and empty states that teach."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.store.models import Case
from amends.testing import Cast, make_customer
from tests.desk.casework import EVERY_GATE, as_, now_, say, seen
from tests.desk.own import complain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

TURN = "I hear how angry you are. If you were running this business, what would you do in our place?"


def turned(cast: Cast, name: str) -> Case:
    """Return a case in which nothing was warranted, and an offer came of the about-face."""
    case = complain(make_customer(name))
    handling.do_record(cast.owner, case.pk, handling.unwarranted("It fell down the stairs."), at=clock.now())
    say(cast.owner, case, TURN)
    say(cast.owner, case, "We will refund you $40.", reasons=EVERY_GATE)
    answered = handling.answer_to_offer(now_(case).offers[-1].offer, "Yes", accepted=True)
    handling.do_record(cast.owner, case.pk, answered, at=clock.now() + timedelta(hours=1))
    return case


def test_where_nothing_happened_the_page_teaches(client: Client, cast: Cast) -> None:
    page = seen(as_(client, cast.owner), "/insight/")
    assert "Nobody was stuck" in page
    assert "Nothing to compare yet" in page
    assert '<svg class="fates is-columns"' not in page
    client.logout()
    assert "login" in client.get("/insight/").headers["Location"]


def test_the_team_sees_its_figures_and_others_do_not(client: Client, cast: Cast) -> None:
    for name in ("Maya", "Tom", "Ana", "Ito", "Greta"):
        turned(cast, name)
    for who in (cast.owner, cast.teammate, cast.lead, cast.admin):
        page = seen(as_(client, who), "/insight/")
        assert "100 %" in page
        assert "Turned about, 5 of 5 deadlocks ended in an agreement: 100 %." in page
        assert "Without it there are too few to compare with: 0 came to an end." in page
    assert "Nobody was stuck" in seen(as_(client, cast.stranger), "/insight/")
    assert client.post("/insight/").status_code == 405


def test_one_query_counts_it_all(client: Client, cast: Cast, django_assert_num_queries: Any) -> None:
    for name in ("Maya", "Tom"):
        turned(cast, name)
    lead = as_(client, cast.lead)
    seen(lead, "/insight/")
    with django_assert_num_queries(6):  # session, user, the frame's three, and one
        seen(lead, "/insight/")


def test_fewer_than_five_are_no_share(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    turned(cast, "Maya")
    page = seen(as_(client, cast.owner), "/insight/")
    assert " %<" not in page
    assert "Too few to say whether the about-face helps: 1 deadlock" in page
    stopped_clock.pass_time(by=timedelta(days=400))
    assert "Nobody was stuck" in seen(as_(client, cast.owner), "/insight/")
