"""Today: who sees what is due, in which order, with which next step."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.actions.promises import do_confirm_promise
from amends.method.moves import AskPromiseOwner, BookCall
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from amends.store.models import Case, User
from amends.testing import Cast, make_customer
from amends.transcript import Money
from tests.desk.casework import EVERY_GATE, as_, promised, say, seen
from tests.desk.own import complain, let_go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def test_the_team_sees_who_is_upset_and_strangers_do_not(client: Client, cast: Cast) -> None:
    complain(cast.customer)
    for who in (cast.owner, cast.teammate, cast.lead, cast.admin):
        page = seen(as_(client, who), "/")
        assert "Maya Olsen" in page
        assert "Upset, and not heard yet" in page
    page = seen(as_(client, cast.stranger), "/")
    assert "Maya Olsen" not in page
    assert "Nobody is waiting for you" in page
    client.logout()
    assert "login" in client.get("/").headers["Location"]


def test_what_hurts_most_stands_first(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    case, promise = promised(cast)
    do_confirm_promise(cast.owner, case.pk, promise, at=clock.now())
    stopped_clock.pass_time(by=timedelta(days=4, hours=8))
    let_go()
    complain(make_customer("Lee Novak"), "This is outrageous, I am furious! The cup is broken.")
    page = seen(as_(client, cast.owner), "/")
    assert page.index("Upset, and not heard yet") < page.index("Promises that were broken")
    assert "Customers who hear nothing" not in page  # both are called for something worse
    assert "I will write to you by Friday 17:00" in page
    assert f'href="/cases/{case.pk}/#promise-{promise}"' in page


def test_a_promise_due_today_is_kept_from_here(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    case, promise = promised(cast)
    do_confirm_promise(cast.owner, case.pk, promise, at=clock.now(), due=clock.now() + timedelta(hours=3))
    page = seen(as_(client, cast.owner), "/")
    assert "Promises due today" in page
    step = f"/cases/{case.pk}/promises/{promise}/keep/"
    assert f'action="{step}"' in page
    done = client.post(step, {"next": "/"})
    assert done.headers["Location"] == "/"
    assert "Promises due today" not in seen(client, "/")


def test_a_broken_promise_of_somebody_who_left_is_still_owed(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case, promise = promised(cast)
    do_confirm_promise(cast.owner, case.pk, promise, at=clock.now())
    User.objects.filter(pk=cast.owner.id).update(is_active=False)
    assert "Friday 17:00" not in seen(as_(client, cast.teammate), "/")
    stopped_clock.pass_time(by=timedelta(days=4))
    assert "Promises due today" in seen(as_(client, cast.teammate), "/")
    stopped_clock.pass_time(by=timedelta(hours=10))
    let_go()
    assert "Promises that were broken" in seen(client, "/")


def test_approvals_wait_for_those_who_may_answer_them(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    asked = handling.ask_approval(Money.of(400, "USD"), "Seven years with us.")
    handling.do_record(cast.owner, case.pk, asked, at=clock.now())
    assert "Waiting for your yes" in seen(as_(client, cast.lead), "/")
    assert "Jonas Weber asks for $400" in seen(client, "/")
    assert "Waiting for your yes" not in seen(as_(client, cast.teammate), "/")
    handling.do_record(cast.lead, case.pk, handling.ask_approval(Money.of(90, "USD"), ""), at=clock.now())
    assert "asks for $90" not in seen(as_(client, cast.lead), "/")


def test_call_backs_carry_the_number(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    case = complain(make_customer("Lee Novak", phone="+49301234567"))
    say(cast.owner, case, "I hear how angry you are.")
    handling.do_record(cast.owner, case.pk, handling.resolve(), at=clock.now(), reasons=EVERY_GATE)
    stopped_clock.pass_time(by=timedelta(days=1, hours=1))
    let_go()
    page = seen(as_(client, cast.owner), "/")
    assert "Call-backs to make" in page
    assert 'href="tel:+49301234567"' in page


def test_a_broken_promise_that_needs_help_is_the_leads_as_well(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case, promise = promised(cast)
    do_confirm_promise(cast.owner, case.pk, promise, at=clock.now(), due=clock.now() + timedelta(hours=1))
    stopped_clock.pass_time(by=timedelta(hours=6))
    let_go()
    page = seen(as_(client, cast.lead), "/", whose="mine")
    assert "Broken promises that need your help" in page
    assert "Promises that were broken" not in page
    assert "Promises that were broken" in seen(as_(client, cast.owner), "/", whose="mine")


@pytest.mark.parametrize("who", ["teammate", "stranger"])
def test_who_is_asked_to_keep_a_promise_sees_it_and_of_another_teams_case_no_more(
    client: Client, cast: Cast, who: str
) -> None:
    case, promise = promised(cast)
    do_confirm_promise(cast.owner, case.pk, promise, at=clock.now())
    asked = getattr(cast, who)
    ask = AskPromiseOwner(promise=promise, owner=str(asked.id))
    handling.do_record(cast.owner, case.pk, lambda _pen, _state: [ask], at=clock.now())
    page = seen(as_(client, asked), "/")
    assert "Promises that you are asked to keep" in page
    assert "I will write to you by Friday 17:00" in page
    assert ("My machine" in page) is (who == "teammate")
    assert ("Maya Olsen" in page) is (who == "teammate")
    assert "Maya" in page
    assert f"/promises/{promise}/" in page or f"/cases/{case.pk}/#promise-{promise}" in page
    assert "asked to keep" not in seen(as_(client, cast.lead), "/")


def test_a_booked_call_stands_there_with_its_time_from_the_morning_on(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(make_customer("Lee Novak", phone="+49301234567"))
    handling.do_record(cast.owner, case.pk, handling.assign(cast.owner.id), at=clock.now())
    say(cast.owner, case, "I hear how angry you are.")
    handling.do_record(cast.owner, case.pk, handling.resolve(), at=clock.now(), reasons=EVERY_GATE)
    slot = (clock.now() + timedelta(days=1)).replace(hour=14, minute=30)
    handling.do_record(cast.owner, case.pk, lambda _pen, _state: [BookCall(slot=slot)], at=clock.now())
    assert "Call-backs to make" not in seen(as_(client, cast.teammate), "/")
    for hour in (9, 14, 15):
        stopped_clock.pass_time(to=slot.replace(hour=hour, minute=35))
        let_go()
        page = seen(client, "/")
        assert page.count("at 14:30, as they asked") == 1, hour
        assert 'href="tel:+49301234567"' in page


def test_a_thank_you_waits_quietly_for_a_line_of_ones_own(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(cast.customer)
    say(cast.owner, case, "I hear how angry you are.")
    for step in (
        handling.resolve(),
        handling.call_back(CallResult.REACHED),
        handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT),
        handling.close(),
    ):
        handling.do_record(cast.owner, case.pk, step, at=clock.now(), reasons=EVERY_GATE)
    assert "There is still time for a line of your own." in seen(as_(client, cast.owner), "/")
    stopped_clock.pass_time(by=timedelta(hours=3))
    let_go()
    assert "a line of your own" not in seen(client, "/")


def test_one_can_look_at_ones_own_work_alone(client: Client, cast: Cast) -> None:
    mine, other = complain(cast.customer), complain(make_customer("Lee Novak"))
    handling.do_record(cast.owner, mine.pk, handling.assign(cast.owner.id), at=clock.now())
    handling.do_record(cast.teammate, other.pk, handling.assign(cast.teammate.id), at=clock.now())
    page = seen(as_(client, cast.owner), "/", whose="mine")
    assert "Maya Olsen" in page
    assert "Lee Novak" not in page
    assert "Lee Novak" in seen(client, "/")


def test_the_number_of_queries_does_not_grow(client: Client, cast: Cast, django_assert_max_num_queries: Any) -> None:
    for n in range(15):
        complain(make_customer(f"Guest {n}", email=f"g{n}@example.org"))
    as_(client, cast.lead)
    with django_assert_max_num_queries(14):
        page = seen(client, "/")
    assert page.count('class="duty ') == 12  # a page of them, and where the others are
    assert 'href="/inbox/?calls=unheard"' in page
    assert seen(client, "/inbox/?calls=unheard").count('class="case ') == 15


def test_nothing_changes_here_by_looking(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    seen(as_(client, cast.owner), "/")
    assert client.post("/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert Case.objects.get(pk=case.pk).seq == case.seq


def test_the_room_counts_what_the_page_counts(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    case, promise = promised(cast)
    do_confirm_promise(cast.owner, case.pk, promise, at=clock.now())
    complain(make_customer("Lee Novak"))
    stopped_clock.pass_time(by=timedelta(days=9))
    let_go()
    page = seen(as_(client, cast.owner), "/")
    things = int(page.split(" things to do")[0].rsplit(">", 1)[1])
    assert f'<span>Today</span><span class="count">{things}<' in page
    assert "late</time>" in page
    assert '<span class="deadline-what">Due</span>' not in page
