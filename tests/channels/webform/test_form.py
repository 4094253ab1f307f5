"""The complaint form: kind to people, dull for programs, silent about strangers."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from amends.actions.clock import StoppedClock, now
from amends.actions.links import guest
from amends.channels.webform.limit import MOST_AN_HOUR
from amends.channels.webform.seal import LONGEST, SHOWN, sign_thanks
from amends.method.words import Remedy
from amends.store.journal import state_of
from amends.store.models import Case, Customer, Message, User
from amends.testing import make_customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("business", "stopped_clock", "empty_cache")]

SEAL = re.compile(r'name="seal" value="([^"]+)"')
FILLED = {
    "name": "Maya Olsen",
    "email": "Maya@Example.org",
    "order": "4711",
    "what": "My new kettle leaks all over the kitchen, and I am furious.",
    "fair": "The forty euros back.",
    "remedy": "refund",
}


@pytest.fixture
def empty_cache() -> None:
    cache.clear()


def fresh(client: Client, url: str = "/complain/") -> str:
    """Open the form, and return its seal."""
    found = SEAL.search(client.get(url).content.decode())
    assert found is not None
    return found[1]


def fill_in(client: Client, clock: StoppedClock, url: str = "/complain/", **changes: str) -> HttpResponse:
    """Open the form, take half a minute to fill it in, and send it."""
    seal = fresh(client, url)
    clock.pass_time(by=timedelta(seconds=30))
    return client.post(url, {**FILLED, "seal": seal, **changes})  # type: ignore[return-value]  # a response of the test client


def thanks(client: Client, response: HttpResponse) -> str:
    assert response.status_code == 302
    return client.get(response["Location"]).content.decode()


def test_a_complaint_opens_a_case(client: Client, stopped_clock: StoppedClock) -> None:
    fill_in(client, stopped_clock)
    case = Case.objects.get()
    assert (case.channel, case.customer.name, case.customer.addresses.get().value) == (
        "webform",
        "Maya Olsen",
        "maya@example.org",
    )
    assert case.messages.get().text == (
        "My new kettle leaks all over the kitchen, and I am furious.\n\nThe forty euros back.\n\nOrder number: 4711"
    )
    assert case.upset == 3


def test_what_would_make_it_right_is_the_bid(client: Client, stopped_clock: StoppedClock) -> None:
    fill_in(client, stopped_clock, fair="Just let me be rid of this.", remedy="cancellation")
    case = Case.objects.get()
    [bid] = [bid for bid in state_of(case).bids if bid.remedy is Remedy.CANCELLATION]
    assert case.messages.get().text[bid.words.span.start : bid.words.span.end] == "Just let me be rid of this."


def test_without_javascript_and_without_cookies_it_works(stopped_clock: StoppedClock) -> None:
    client = Client(enforce_csrf_checks=True)
    response = fill_in(client, stopped_clock)
    client.cookies.clear()
    assert "Thank you, Maya Olsen" in thanks(client, response)
    assert "<script" not in client.get("/complain/").content.decode()


def test_somebody_new_is_shown_the_way_to_their_page(client: Client, stopped_clock: StoppedClock) -> None:
    page = thanks(client, fill_in(client, stopped_clock))
    link = re.search(r'href="[^"]*/c/([^/"]+)/"', page)
    assert link is not None
    assert guest(link[1]).case == Case.objects.get().pk


def test_a_known_address_shows_nothing_of_whom_it_belongs_to(client: Client, stopped_clock: StoppedClock) -> None:
    make_customer("Maya Magdalena Olsen", email="maya@example.org")
    page = thanks(client, fill_in(client, stopped_clock))
    assert "/c/" not in page
    assert "Magdalena" not in page
    assert Case.objects.get().customer == Customer.objects.get()


def test_a_second_complaint_shows_no_case_that_was_there(client: Client, stopped_clock: StoppedClock) -> None:
    fill_in(client, stopped_clock)
    page = thanks(client, fill_in(client, stopped_clock, what="And now the lid broke."))
    assert Case.objects.count() == 2
    assert "/c/" not in page


def test_sent_twice_it_is_taken_once(client: Client, stopped_clock: StoppedClock) -> None:
    seal = fresh(client)
    stopped_clock.pass_time(by=timedelta(seconds=30))
    pages = [thanks(client, client.post("/complain/", {**FILLED, "seal": seal})) for _ in range(2)]  # type: ignore[arg-type]  # the same
    assert Message.objects.count() == 1
    assert all("/c/" in page for page in pages)


@pytest.mark.parametrize("missing", ["name", "email", "what"])
def test_what_is_missing_is_asked_for_and_the_rest_stays(
    client: Client, stopped_clock: StoppedClock, missing: str
) -> None:
    response = fill_in(client, stopped_clock, **{missing: " "})
    assert response.status_code == 200
    assert "Please" in response.content.decode()
    assert "forty euros back" in response.content.decode()
    assert not Case.objects.exists()


def test_a_program_that_fills_in_everything_gets_nowhere(client: Client, stopped_clock: StoppedClock) -> None:
    page = fill_in(client, stopped_clock, more="cheap pills").content.decode()
    assert not Case.objects.exists()
    assert "send it once more" in page
    assert "cheap pills" not in page, "a person whose browser filled it in only has to press the button again"


def test_who_is_too_quick_presses_once_more(client: Client, stopped_clock: StoppedClock) -> None:
    seal = fresh(client)
    page = client.post("/complain/", {**FILLED, "seal": seal}).content.decode()
    assert "send it once more" in page
    stopped_clock.pass_time(by=timedelta(seconds=4))
    again = SEAL.search(page)
    assert again is not None
    client.post("/complain/", {**FILLED, "seal": again[1]})
    assert Case.objects.count() == 1


@pytest.mark.parametrize("seal", ["", "forged", "eyJ0IjoxfQ:x", "∞" * 30])
def test_a_forged_seal_is_no_seal(client: Client, seal: str) -> None:
    page = client.post("/complain/", {**FILLED, "seal": seal}).content.decode()
    assert "lay open" in page
    assert "leaks all over" in page
    assert not Case.objects.exists()


def test_a_form_that_lay_open_for_a_day_is_sent_once_more(client: Client, stopped_clock: StoppedClock) -> None:
    seal = fresh(client)
    stopped_clock.pass_time(by=LONGEST + timedelta(seconds=1))
    page = client.post("/complain/", {**FILLED, "seal": seal}).content.decode()
    renewed = SEAL.search(page)
    assert renewed is not None
    assert renewed[1] != seal
    stopped_clock.pass_time(by=timedelta(seconds=5))
    client.post("/complain/", {**FILLED, "seal": renewed[1]})
    assert Case.objects.count() == 1


def test_one_address_may_complain_so_often_within_an_hour(client: Client, stopped_clock: StoppedClock) -> None:
    def complain(n: int) -> HttpResponse:
        return fill_in(client, stopped_clock, what=f"Broken again, number {n}.")

    assert {complain(n).status_code for n in range(MOST_AN_HOUR)} == {302}
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    refused = complain(9)
    assert refused.status_code == 429
    assert "help@kettle.example" in refused.content.decode()
    assert "Broken again, number 9." in refused.content.decode()
    stopped_clock.pass_time(by=timedelta(hours=1))
    assert complain(10).status_code == 302


def test_one_machine_may_complain_so_often_within_an_hour(client: Client, stopped_clock: StoppedClock) -> None:
    codes = [fill_in(client, stopped_clock, email=f"m{n}@example.org").status_code for n in range(MOST_AN_HOUR + 1)]
    assert codes == [302] * MOST_AN_HOUR + [429]


def test_the_machines_of_one_household_are_one(client: Client, stopped_clock: StoppedClock) -> None:
    codes = []
    for n in range(MOST_AN_HOUR + 1):
        client.defaults["REMOTE_ADDR"] = f"2001:db8:1:2::{n + 1}"
        codes.append(fill_in(client, stopped_clock, email=f"m{n}@example.org").status_code)
    assert codes[-1] == 429


def test_behind_a_proxy_the_machine_is_the_one_before_it(
    client: Client, stopped_clock: StoppedClock, settings: LazySettings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    codes = []
    for n in range(MOST_AN_HOUR + 1):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.113.9, 198.51.100.{n + 1}"
        codes.append(fill_in(client, stopped_clock, email=f"m{n}@example.org").status_code)
    assert set(codes) == {302}


def test_only_the_embedded_form_may_be_framed(
    client: Client, stopped_clock: StoppedClock, settings: LazySettings
) -> None:
    settings.AMENDS_FRAME_ORIGINS = ("https://shop.example.com",)
    assert "frame-ancestors 'none'" in client.get("/complain/")["Content-Security-Policy"]
    framed = client.get("/complain/?embed=1")
    assert "frame-ancestors 'self' https://shop.example.com" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    sent = fill_in(client, stopped_clock, "/complain/?embed=1")
    after = client.get(sent["Location"])
    assert "https://shop.example.com" in after["Content-Security-Policy"]
    assert 'target="_top"' in after.content.decode(), "the page of one's own may not be framed"


@pytest.mark.parametrize("token", ["x", "eyJ0IjoxfQ:forged"])
def test_a_forged_thanks_is_not_there(client: Client, token: str) -> None:
    assert client.get(f"/complain/thanks/{token}/").status_code == 404


def test_the_thanks_can_be_looked_at_for_an_hour(
    client: Client, stopped_clock: StoppedClock, business: Callable[[str], None]
) -> None:
    url = f"/complain/thanks/{sign_thanks(0, now())}/"
    assert client.get(url).status_code == 200
    stopped_clock.pass_time(by=SHOWN + timedelta(seconds=1))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "{{ 7131 * 7331 }}", "\0'\"", "x" * 15_000])
def test_whatever_they_write_is_only_words(client: Client, stopped_clock: StoppedClock, evil: str) -> None:
    evil = evil.encode("utf-8", "replace").decode()
    response = fill_in(client, stopped_clock, name=evil[:100], what=evil)
    page = client.get(response["Location"]).content if response.status_code == 302 else response.content
    assert b"<script>alert" not in page
    assert b"52277361" not in page


def test_a_form_with_a_file_is_refused(client: Client) -> None:
    file = SimpleUploadedFile("kettle.jpg", b"x" * 100_000)
    response = client.post("/complain/", {**FILLED, "seal": fresh(client), "photo": file})
    assert response.status_code == 400
    assert not Case.objects.exists()


def test_a_flood_of_forms_does_not_free_a_locked_log_in(client: Client, stopped_clock: StoppedClock) -> None:
    User.objects.create_user("tom@example.com", "correct horse battery", name="Tom Adeyemi")
    for guess in range(5):
        client.post("/account/login/", {"login": "tom@example.com", "password": f"guess {guess}"})
    seal = fresh(client)
    stopped_clock.pass_time(by=timedelta(seconds=30))
    for number in range(400):
        client.post("/complain/", {**FILLED, "seal": seal, "email": f"maya{number}@example.org"})
    client.post("/account/login/", {"login": "tom@example.com", "password": "correct horse battery"})
    assert "_auth_user_id" not in client.session


def test_a_machine_over_its_limit_counts_no_further_addresses(client: Client, stopped_clock: StoppedClock) -> None:
    for _ in range(MOST_AN_HOUR):
        fill_in(client, stopped_clock, email="maya@example.org")
    for _ in range(MOST_AN_HOUR + 1):
        assert fill_in(client, stopped_clock, email="jonas@example.org").status_code == 429
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert fill_in(other, stopped_clock, email="jonas@example.org").status_code == 302
