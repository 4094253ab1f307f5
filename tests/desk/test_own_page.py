"""The customer's own page: who it opens for, what it shows, and what it never shows."""

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock, links
from amends.actions import handling as record
from amends.actions.clock import StoppedClock
from amends.actions.incoming import do_receive
from amends.actions.promises import do_keep_promise, do_make_promise
from amends.actions.replies import do_log_spoken, do_reply, do_write_note
from amends.desk.views.own.steps import STEPS
from amends.method.words import Gate, Remedy
from amends.store.models import Case, Customer, JournalEntry, Message
from amends.testing import Cast, mail_from, make_customer
from tests.desk.own import ANGRY, CALM, address, complain, let_go

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


def page(client: Client, case: Case) -> str:
    answer = client.get(address(case))
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def test_the_holder_of_the_link_sees_their_case_and_nobody_elses(client: Client, cast: Cast) -> None:
    mine = complain(cast.customer)
    other = complain(make_customer("Lee Novak"), "The parcel is lost!", subject="Lost parcel")
    seen = page(client, mine)
    assert "the pump is broken" in seen
    assert "Lost parcel" not in seen
    assert "the pump is broken" not in page(client, other)


def test_a_link_that_opens_nothing_says_what_to_do(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    case = complain(cast.customer)
    token = links.sign(case)
    forged = token[:-2] + ("aa" if not token.endswith("aa") else "bb")
    for wrong in (forged, token[:20], "x"):
        answer = client.get(f"/c/{wrong}/")
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "does not open anything" in answer.content.decode()
        assert "help@localhost" in answer.content.decode()
        assert answer.headers["Referrer-Policy"] == "same-origin"
    stopped_clock.pass_time(by=links.LIFETIME + timedelta(days=1))
    assert client.get(f"/c/{token}/").status_code == HTTPStatus.NOT_FOUND


def test_a_revoked_link_opens_nothing_and_a_new_one_does(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    old = address(case)
    links.do_revoke_link(cast.owner, case.pk, at=clock.now())
    assert client.get(old).status_code == HTTPStatus.NOT_FOUND
    case.refresh_from_db()
    assert client.get(address(case)).status_code == HTTPStatus.OK


def test_what_answers_carry_keeps_the_address_to_ourselves(client: Client, cast: Cast) -> None:
    answer = client.get(address(complain(cast.customer)))
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_never_changes_anything(client: Client, cast: Cast, method: str) -> None:
    case = complain(cast.customer)
    before = [JournalEntry.objects.count(), Message.objects.count(), Case.objects.get(pk=case.pk).state]
    here = address(case)
    for url in (
        here,
        f"{here}?before=x",
        f"{here}?before=%00",
        f"{here}?done=wrote",
        *(f"{here}{step}/" for step in STEPS),
    ):
        answer = getattr(client, method)(url)
        assert answer.status_code in (HTTPStatus.OK, HTTPStatus.FOUND), url
    assert client.get(f"{here}nonsense/").status_code == HTTPStatus.NOT_FOUND
    assert [JournalEntry.objects.count(), Message.objects.count(), Case.objects.get(pk=case.pk).state] == before


def test_nothing_internal_is_ever_shown(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    case = complain(cast.customer)
    do_log_spoken(cast.owner, case.pk, CALM, at=clock.now())
    do_write_note(cast.owner, case.pk, "SECRET note", at=clock.now())
    do_reply(cast.owner, case.pk, "SECRET held", at=clock.now())
    stopped_clock.pass_time(by=timedelta(seconds=1))
    record.do_record(
        cast.owner, case.pk, record.basis(expected="SECRET expected", got="SECRET got", cause="SECRET"), at=clock.now()
    )
    record.do_record(cast.owner, case.pk, record.bid(Remedy.REFUND, "SECRET bid"), at=clock.now())
    promise = do_make_promise(
        cast.owner,
        case.pk,
        "We send a new pump",
        due=clock.now() + timedelta(days=1),
        owner=cast.owner.id,
        at=clock.now(),
    )
    do_keep_promise(cast.owner, case.pk, promise, how="SECRET how", at=clock.now())
    record.do_record(
        cast.owner,
        case.pk,
        record.resolve(),
        at=clock.now(),
        reasons=dict.fromkeys(Gate, "SECRET reason"),
    )
    seen = page(client, case)
    assert "SECRET" not in seen
    assert "We send a new pump" in seen


def test_a_taken_back_reply_was_never_there(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    row = do_reply(cast.owner, case.pk, "I am sorry, this must be so annoying.", at=clock.now())
    Message.objects.filter(pk=row.pk).update(status="taken_back")
    assert "so annoying" not in page(client, case)


def test_it_says_by_when_they_hear_from_us(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    case = complain(cast.customer)
    assert "writes to you by" in page(client, case)
    assert "Mon 2 March 2026, 11:00" in page(client, case)
    stopped_clock.pass_time(by=timedelta(hours=3))
    assert "We are late, and we are sorry" in page(client, case)


def test_a_promise_is_shown_with_its_time_and_what_became_of_it(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(cast.customer)
    do_log_spoken(cast.owner, case.pk, CALM, at=clock.now())
    now = clock.now()
    for what, hours in (("We send a new pump", 5), ("We call the courier", 1)):
        do_make_promise(cast.owner, case.pk, what, due=now + timedelta(hours=hours), owner=cast.owner.id, at=now)
    stopped_clock.pass_time(by=timedelta(hours=2))
    let_go()
    seen = page(client, case)
    assert "Mon 2 March 2026, 15:00" in seen
    assert "Jonas Weber looks after it" in seen
    assert "We did not do this when we said we would" in seen


def test_times_are_those_of_the_customer(client: Client, cast: Cast) -> None:
    Customer.objects.filter(pk=cast.customer.pk).update(time_zone="America/New_York")
    seen = page(client, complain(cast.customer))
    assert "All times are those of New York." in seen
    assert "Mon 2 March 2026, 05:00" in seen


def test_a_zone_that_nobody_knows_is_left_alone(client: Client, cast: Cast) -> None:
    Customer.objects.filter(pk=cast.customer.pk).update(time_zone="../../etc/passwd")
    assert "All times are in UTC." in page(client, complain(cast.customer))


@pytest.mark.parametrize("zone", ["", "Moon", "Europe", "\N{SNOWMAN}", "a" * 40])
def test_without_a_zone_of_theirs_times_are_those_of_the_team(
    client: Client, cast: Cast, settings: Any, tmp_path: Path, zone: str
) -> None:
    settings.AMENDS_DATA = tmp_path
    Customer.objects.filter(pk=cast.customer.pk).update(time_zone=zone)
    (tmp_path / "policy.toml").write_text('[teams."Front desk".calendar]\nzone = "Europe/Berlin"')
    seen = page(client, complain(cast.customer))
    assert "All times are those of Berlin." in seen
    assert "Mon 2 March 2026, 11:00" in seen


def test_words_of_strangers_are_never_html(client: Client, cast: Cast) -> None:
    seen = page(client, complain(cast.customer, "<script>alert(1)</script> is broken!", subject="<b>hot</b>"))
    assert "<script>alert" not in seen
    assert "<b>hot</b>" not in seen


def test_what_was_said_on_the_phone_says_so(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    do_log_spoken(cast.owner, case.pk, "We said that we are sorry.", at=clock.now())
    assert "on the phone, as we wrote it down" in page(client, case)


def test_a_mail_that_did_not_arrive_is_read_here(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    row = do_log_spoken(cast.owner, case.pk, "I am sorry that it leaks.", at=clock.now())
    Message.objects.filter(pk=row.pk).update(channel="email", status="failed")
    assert "could not be delivered" in page(client, case)


def test_a_long_conversation_comes_a_window_at_a_time(
    client: Client, cast: Cast, stopped_clock: StoppedClock, django_assert_max_num_queries: object
) -> None:
    case = complain(cast.customer)
    for n in range(60):
        stopped_clock.pass_time(by=timedelta(minutes=1))
        do_receive(mail_from(cast.customer, f"Number {n} in a row.", case=case.pk), at=clock.now())
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django types it as a fixture
        seen = page(client, case)
    assert "Number 59 in" in seen
    assert "Number 2 in" not in seen
    earlier = seen.split("?before=")[1].split("#")[0]
    before = client.get(address(case), {"before": earlier}).content.decode()
    assert "Number 2 in" in before
    assert "Number 59 in" not in before
    assert "Newest messages" in before


def test_who_never_told_a_problem_still_sees_their_words(client: Client, cast: Cast) -> None:
    assert "Hello? Anybody?" in page(client, complain(cast.customer, "Hello? Anybody?"))


def test_the_cause_of_it_all_is_in_their_words(client: Client, cast: Cast) -> None:
    assert ANGRY.split("!")[0].lower() in page(client, complain(cast.customer)).lower()
