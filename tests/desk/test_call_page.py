"""The call-back on both pages: times to choose from, what to say, how it went; and who may see what."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from amends.actions import clock
from amends.actions import handling as record
from amends.actions.booking import do_book_call, free_times
from amends.actions.clock import StoppedClock
from amends.actions.customers import phone_of
from amends.method.state import State
from amends.method.words import CallResult, Gate
from amends.store.models import Case, Customer, JournalEntry, Message
from amends.testing import Cast, make_customer
from tests.desk.casework import as_, now_, seen
from tests.desk.own import address, complain

pytestmark = pytest.mark.django_db
NUMBER = "+44 20 7946 0000"


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten, and nobody has written anything this hour."""
    cache.clear()


@pytest.fixture
def case(cast: Cast) -> Case:
    return fixed(cast, cast.customer)


def fixed(cast: Cast, customer: Customer) -> Case:
    """Return a case of Jonas's that is resolved."""
    made = complain(customer)
    for what in (record.assign(cast.owner.id), record.resolve()):
        record.do_record(cast.owner, made.pk, what, at=clock.now(), reasons=dict.fromkeys(Gate, "Done."))
    return Case.objects.get(pk=made.pk)


def free(case: Case) -> list[str]:
    """Return the times that the customer can choose, as the page's form sends them."""
    return [f"{slot:%Y-%m-%dT%H:%MZ}" for slot in free_times(case, at=clock.now())]


def post(client: Client, case: Case, step: str, **data: Any) -> str:
    """Post a step of the customer's page, see that it leads back there, and return what the page says."""
    answer = client.post(address(case, step), data)
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()
    return seen(client, answer.headers["Location"].partition("?")[0], done=answer.headers["Location"].partition("=")[2])


def booked(cast: Cast, case: Case) -> State:
    return do_book_call(cast.owner, case.pk, free_times(case, at=clock.now())[0], at=clock.now(), phone=NUMBER)


# ── The customer's page ──────────────────────────────────────────────────────────────────────────


def test_before_the_fix_nobody_is_asked_when_to_call(client: Client, cast: Cast) -> None:
    assert "Our call to you" not in seen(client, address(complain(cast.customer)))


def test_a_customer_chooses_a_time_and_gets_a_file_for_their_calendar(client: Client, case: Case) -> None:
    page = seen(client, address(case))
    first = free(case)[0]
    assert f'value="{first}"' in page
    assert "call.ics" not in page
    assert client.get(address(case) + "call.ics").status_code == HTTPStatus.NOT_FOUND
    page = post(client, case, "call", slot=first, phone=NUMBER)
    assert "We call you at the time that you chose." in page
    assert "the number that ends in 000" in page
    assert "7946" not in page, "a link can end up in wrong hands"
    answer = client.get(address(case) + "call.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == now_(case).call_at
    assert "broken" not in answer.content.decode(), "nothing of the complaint"


def test_the_hours_are_the_customers_own(client: Client, cast: Cast) -> None:
    Customer.objects.filter(pk=cast.customer.pk).update(time_zone="America/New_York")
    page = seen(client, address(fixed(cast, cast.customer)))
    assert 'value="2026-03-03T14:00Z"' in page
    assert "</span>09:00</span>" in page
    Customer.objects.filter(pk=cast.customer.pk).update(time_zone="Mars/Base")
    assert 'value="2026-03-03T10:00Z"' in seen(client, address(Case.objects.latest("pk")))


def test_who_is_too_late_is_told_so_and_keeps_what_they_typed(client: Client, cast: Cast, case: Case) -> None:
    other = fixed(cast, make_customer("Lee Novak"))
    first, second = free(case)[:2]
    post(client, other, "call", slot=first, phone=NUMBER)
    late = client.post(address(case, "call"), {"slot": first, "phone": "+1 212 555 0100"})
    page = late.content.decode()
    assert late.status_code == HTTPStatus.CONFLICT
    assert "Somebody was quicker" in page
    assert "+1 212 555 0100" in page
    assert f'value="{first}"' not in page
    assert f'value="{second}"' in page
    assert "Lee" not in page


@pytest.mark.parametrize("slot", ["", "soon", "2026-03-03", "9999-12-31T23:59-2359", "2026-03-03T10:00"])
def test_what_is_no_time_of_the_list_is_asked_for_again(client: Client, case: Case, slot: str) -> None:
    answer = client.post(address(case, "call"), {"slot": slot, "phone": NUMBER})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Please choose one of these times." in answer.content.decode()
    assert NUMBER in answer.content.decode()


@pytest.mark.parametrize("slot", ["2026-03-02T09:00Z", "2026-03-03T03:00Z", "2026-03-03T10:07Z", "2099-01-05T10:00Z"])
def test_a_time_that_was_never_offered_is_not_booked(client: Client, case: Case, slot: str) -> None:
    answer = client.post(address(case, "call"), {"slot": slot, "phone": NUMBER})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert now_(case).call_at is None


def test_without_a_number_we_ask_for_one_and_nonsense_is_none(client: Client, case: Case) -> None:
    first = free(case)[0]
    for phone, says in (("", "Tell us the number"), ("ring me", "does not look like a telephone number")):
        answer = client.post(address(case, "call"), {"slot": first, "phone": phone})
        assert says in answer.content.decode()
        assert f'value="{first}" checked' in answer.content.decode()
    assert phone_of(case.customer) == ""


def test_a_time_is_changed_given_back_and_taken_out_of_the_calendar(client: Client, case: Case) -> None:
    first, second = free(case)[:2]
    post(client, case, "call", slot=first, phone=NUMBER)
    assert "Choose another time" in post(client, case, "call", slot=second)
    page = post(client, case, "no-call", answer="later")
    assert "The time is free again." in page
    assert "Take it out of your calendar" in page
    (event,) = Calendar.from_ical(client.get(address(case) + "call.ics").content).walk("VEVENT")
    assert str(event["STATUS"]) == "CANCELLED"
    assert now_(case).call_at is None


@pytest.mark.parametrize(("answer", "result"), [("write", CallResult.PREFERS_WRITING), ("none", CallResult.DECLINED)])
def test_who_does_not_want_a_call_gets_none(client: Client, case: Case, answer: str, result: CallResult) -> None:
    page = post(client, case, "no-call", answer=answer)
    assert "Then we do not call you." in page
    assert "Our call to you" not in page
    assert now_(case).calls[-1].result is result
    assert (
        "called you back already" in client.post(address(case, "call"), {"slot": "2026-03-03T10:00Z"}).content.decode()
    )


def test_looking_books_nothing_and_a_forged_link_has_no_file(client: Client, case: Case) -> None:
    before = JournalEntry.objects.count()
    for there in (address(case, "call"), address(case, "no-call"), address(case) + "call.ics"):
        client.get(there, {"slot": free(case)[0], "answer": "none"})
    assert JournalEntry.objects.count() == before
    assert client.get("/c/forged:token/call.ics").status_code == HTTPStatus.NOT_FOUND


# ── The page of the case ─────────────────────────────────────────────────────────────────────────


def test_the_page_has_the_number_the_hours_and_the_two_questions(client: Client, cast: Cast, case: Case) -> None:
    cast.customer.addresses.create(kind="phone", value="+442079460000")
    Customer.objects.filter(pk=cast.customer.pk).update(time_zone="America/New_York")
    page = seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    assert 'href="tel:+442079460000"' in page
    assert "09:00 to 12:00 by the clock of New York" in page
    assert "Is it fixed?" in page
    assert "And you, how are you with us now?" in page
    assert "What they felt" in page


def test_the_sheet_for_the_phone_has_the_script_and_no_conversation(client: Client, cast: Cast, case: Case) -> None:
    page = seen(as_(client, cast.teammate), f"/cases/{case.pk}/call/")
    assert "And you, how are you with us now?" in page
    assert 'id="talk"' not in page
    early = seen(client, f"/cases/{complain(make_customer('Lee Novak')).pk}/call/")
    assert "And you, how are you with us now?" not in early


@pytest.mark.parametrize("result", list(CallResult))
def test_each_outcome_is_one_click_with_a_note(client: Client, cast: Cast, case: Case, result: CallResult) -> None:
    url = f"/cases/{case.pk}/record/call-back/"
    as_(client, cast.owner).post(url, {"result": result.value, "note": "She was kind."})
    state = now_(case)
    assert (state.resolved_at is None) is (result is CallResult.NOT_FIXED)
    assert state.called_back is (result not in (CallResult.NOT_FIXED, CallResult.NOT_REACHED))
    assert "She was kind." in seen(client, f"/cases/{case.pk}/")


def test_after_the_last_try_the_page_says_what_to_do(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    for _ in range(3):
        stopped_clock.pass_time(by=timedelta(days=1))
        record.do_record(cast.owner, case.pk, record.call_back(CallResult.NOT_REACHED), at=clock.now())
    page = seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    assert "You have tried as often as we ask of you." in page
    booked(cast, case)
    assert "You have tried as often as we ask of you." not in seen(client, f"/cases/{case.pk}/")


def test_the_team_books_and_gives_back_and_a_stranger_finds_nothing(client: Client, cast: Cast, case: Case) -> None:
    url = f"/cases/{case.pk}/call"
    slot = {"slot": "2026-03-04T11:10", "phone": NUMBER}
    as_(client, cast.stranger)
    for answer in (
        client.post(f"{url}/book/", slot),
        client.post(f"{url}/off/"),
        client.get(f"{url}/"),
        client.get(f"{url}.ics"),
    ):
        assert answer.status_code == HTTPStatus.NOT_FOUND
    as_(client, cast.teammate)
    assert (
        client.get(f"{url}/book/").status_code == client.get(f"{url}/off/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    )
    assert client.get(f"{url}.ics").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"{url}/book/", slot).status_code == HTTPStatus.FOUND
    page = seen(client, f"/cases/{case.pk}/")
    assert "Wed 4 March 2026, 11:10" in page
    assert "11:10 by the clock of" not in page, "it is our own"
    assert f"/cases/{case.pk}/" in Calendar.from_ical(client.get(f"{url}.ics").content).to_ical().decode()
    client.post(f"{url}/off/")
    assert now_(case).call_at is None
    assert Message.objects.filter(case=case, purpose="booking").count() == 2


def test_what_cannot_be_booked_says_why_and_keeps_what_was_typed(client: Client, cast: Cast, case: Case) -> None:
    as_(client, cast.owner)
    for slot, says in (("2026-03-04T03:00", "Nobody is here at that time"), ("", "This field is required")):
        answer = client.post(f"/cases/{case.pk}/call/book/", {"slot": slot, "phone": NUMBER})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert says in answer.content.decode()
        assert f'value="{NUMBER}"' in answer.content.decode()


def test_two_calls_at_the_same_time_are_shown_not_dropped(client: Client, cast: Cast, case: Case) -> None:
    other = complain(make_customer("Lee Novak"))
    for what in (record.assign(cast.teammate.id), record.resolve()):
        record.do_record(cast.owner, other.pk, what, at=clock.now(), reasons=dict.fromkeys(Gate, "Done."))
    booked(cast, case)
    do_book_call(cast.teammate, other.pk, now_(case).call_at or clock.now(), at=clock.now())
    record.do_record(cast.owner, other.pk, record.assign(cast.owner.id), at=clock.now())
    page = seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    assert f"This runs into the call of #{other.pk}." in page
