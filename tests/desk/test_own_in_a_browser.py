"""The customer's page in a real browser: small and large, light and dark, without scripts, on paper."""

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from amends.actions import clock
from amends.actions import handling as record
from amends.actions.clock import StoppedClock
from amends.actions.links import preview_url
from amends.method.words import CallResult, CustomerOutcome, Gate, ProblemOutcome
from amends.store.models import Case, Message
from amends.testing import Cast
from tests import needs
from tests.desk.casework import EVERY_GATE
from tests.desk.own import address, complain, let_go
from tests.desk.own_stages import STAGES, at_stage, offered

SMALL: Final = 10_000
"""Bytes of the page on the wire, compressed as a proxy does; its styles may have as much again."""

pytestmark = [needs.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(cast: Cast, stopped_clock: StoppedClock) -> Case:
    return complain(cast.customer)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, case: Case) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False) as context:
        opened = context.new_page()
        opened.goto(live_server.url + address(case))
        yield opened


def flaws(page: Page) -> list[tuple[str, str, str]]:
    """Return what axe finds on the page, and whether it is wider than the window, in light and in the dark."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        violations = Axe().run(page).response["violations"]
        found += [(scheme, one["id"], one["nodes"][0]["html"]) for one in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(("any", "wider than the window", page.url))
    return found


@pytest.fixture
def small(browser: Browser) -> Iterator[Page]:
    """Open a page of 360 px that may not run a script of ours; axe brings its own."""
    with browser.new_context(viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        page.route("**/*.js", lambda route: route.abort())
        yield page


def test_everybody_can_use_it_at_every_stage(
    small: Page, live_server: LiveServer, cast: Cast, stopped_clock: StoppedClock
) -> None:
    said: list[str] = []
    small.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
    for stage in STAGES:
        small.goto(live_server.url + address(at_stage(stage, cast, stopped_clock)))
        assert flaws(small) == [], stage
        assert small.locator("script").count() == 0, "the page needs none, on the oldest of telephones"
    assert said == []


def test_everybody_can_use_it_in_each_language_and_what_stands_beside_it(
    small: Page, live_server: LiveServer, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    offered(cast, case, stopped_clock)
    for there in (f"{address(case)}?lang=de", f"{address(case)}?lang=fr", "/c/forged/", "/complain/?lang=es"):
        small.goto(live_server.url + there)
        assert flaws(small) == [], there


def test_on_a_large_screen(browser: Browser, live_server: LiveServer, case: Case) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(live_server.url + address(case))
        assert flaws(page) == []


def test_a_browser_that_skips_our_styles_still_shows_a_page_that_fits(page: Page) -> None:
    page.route("**/*.css", lambda route: route.abort())
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_label("Your message")).to_be_visible()


def test_it_is_small_enough_for_a_slow_telephone(client: Client, case: Case) -> None:
    seen = client.get(address(case)).content
    assert len(zlib.compress(seen)) < SMALL
    assert b"@font-face" not in seen
    sheets = re.findall(r'href="/static/(desk/[^"]+\.css)"', seen.decode())
    styles = b"".join(Path(str(finders.find(name))).read_bytes() for name in sheets)
    assert len(zlib.compress(styles)) < 2 * SMALL


def test_a_file_goes_in_and_comes_out_without_a_script(page: Page, case: Case) -> None:
    photo: FilePayload = {"name": "pump.txt", "mimeType": "text/plain", "buffer": b"It leaks here."}
    page.get_by_label("Photos or other files").set_input_files([photo])
    page.locator("#write").get_by_role("button", name="Send").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="pump.txt").click()
    assert Path(fetched.value.path()).read_bytes() == b"It leaks here."


def test_a_language_is_chosen_without_a_script(page: Page, case: Case) -> None:
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie es um Ihre Beschwerde steht")
    expect(page.locator("html")).to_have_attribute("lang", "de")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_choose_a_time(
    browser: Browser, live_server: LiveServer, cast: Cast, case: Case, scheme: str
) -> None:
    record.do_record(cast.owner, case.pk, record.resolve(), at=clock.now(), reasons=dict.fromkeys(Gate, "Done."))
    size: ViewportSize = {"width": 360, "height": 640}
    with browser.new_context(viewport=size, color_scheme="dark" if scheme == "dark" else "light") as context:
        page = context.new_page()
        page.goto(live_server.url + address(case))
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_a_message_goes_in_without_a_script(page: Page, case: Case) -> None:
    page.get_by_label("Your message").fill("It still drips.")
    page.locator("#write").get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("your message is with us")
    assert Message.objects.filter(case=case, text="It still drips.").exists()


@pytest.fixture
def fixed(cast: Cast, case: Case) -> Case:
    record.do_record(cast.owner, case.pk, record.resolve(), at=clock.now(), reasons=dict.fromkeys(Gate, "Done."))
    return case


def test_a_time_for_the_call_is_chosen_without_a_script_and_with_the_keyboard(
    fixed: Case, page: Page, live_server: LiveServer
) -> None:
    page.goto(live_server.url + address(fixed))
    call = page.locator("#call")
    call.get_by_text("Wednesday 4 March", exact=True).click()
    call.get_by_label("Wednesday 4 March, 13:30").focus()
    page.keyboard.press("Space")
    call.get_by_label("At which number do we reach you?").fill("+44 20 7946 0000")
    call.get_by_label("At which number do we reach you?").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("We call you at the time that you chose.")
    expect(page.locator("#call")).to_contain_text("Wed 4 March 2026, 13:30")
    assert Case.objects.get(pk=fixed.pk).call_at == datetime(2026, 3, 4, 13, 30, tzinfo=UTC)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the window"


def test_words_stay_where_something_is_missing(page: Page) -> None:
    page.get_by_text("Say it in other words").click()
    page.get_by_label("In your own words").fill(" ")
    page.locator("#fair").get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Something is missing")
    expect(page.locator("#fair .error")).to_contain_text("Please write something here.")


def test_on_paper_there_is_nothing_to_press(page: Page) -> None:
    page.emulate_media(media="print")
    for pressed in ("#write", ".languages", ".own-form >> nth=0"):
        expect(page.locator(pressed)).to_be_hidden()
    expect(page.get_by_text("You told us what went wrong")).to_be_visible()
    expect(page.get_by_text("the pump is broken").first).to_be_visible()


def test_the_survey_is_answered_without_a_script_and_the_card_fits_a_telephone(
    page: Page, live_server: LiveServer, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    for done in (
        record.resolve(),
        record.call_back(CallResult.REACHED),
        record.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT),
        record.close("W" * 280),
    ):
        record.do_record(cast.owner, case.pk, done, at=clock.now(), reasons=EVERY_GATE)
    stopped_clock.pass_time(by=timedelta(days=2))
    let_go()
    page.goto(f"{live_server.url}{address(case)}?outcome=5#survey")
    survey = page.locator("#survey")
    expect(survey.locator("input[name=outcome][value='5']")).to_be_checked()
    for name in ("treatment", "process"):
        survey.locator(f"input[name={name}][value='4']").check()
    survey.get_by_label("Is there anything else").fill("Kind people.")
    survey.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you for your answers")
    page.get_by_role("link", name="We wrote you a card").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dear Maya")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the window"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_the_card(
    browser: Browser, live_server: LiveServer, cast: Cast, case: Case, scheme: str
) -> None:
    record.do_record(cast.owner, case.pk, record.resolve(), at=clock.now(), reasons=EVERY_GATE)
    record.do_record(cast.owner, case.pk, record.thanks_line("Enjoy it!"), at=clock.now())
    with browser.new_context(color_scheme="dark" if scheme == "dark" else "light") as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/c/{preview_url(case).rpartition('/c/')[2]}thanks/")
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        page.emulate_media(media="print")
        expect(page.get_by_text("The card as a PDF")).to_be_hidden()
        expect(page.get_by_text("Enjoy it!")).to_be_visible()
