"""The pattern page in a real browser: nothing for axe to say, nothing too wide, and keys that do what they say."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import needs

pytestmark = [needs.chromium, pytest.mark.django_db]


@pytest.fixture
def address(live_server: LiveServer, settings: Settings) -> str:
    settings.DEBUG = True  # opens the page without a log-in
    return f"{live_server.url}/patterns/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        opened = context.new_page()
        opened.clock.install()
        opened.goto(address)
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 360, "height": 700}])
def test_everybody_can_use_it(browser: Browser, address: str, size: ViewportSize, scheme: str) -> None:
    with browser.new_context(viewport=size, color_scheme="dark" if scheme == "dark" else "light") as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the window"
        assert said == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_j_and_k_walk_the_list(page: Page) -> None:
    page.keyboard.press("j")
    assert focused(page) == "Maya Okafor"
    page.keyboard.press("j")
    assert focused(page) == "Jonas Weber"
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert focused(page) == "Maya Okafor"


def test_e_opens_the_evidence_and_escape_closes_it(page: Page) -> None:
    page.keyboard.press("e")
    sheet = page.locator("#path-ask .station-sheet")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    assert "Ask" in focused(page)


def test_words_that_passed_a_station_lead_to_it(page: Page) -> None:
    page.locator("#message-3 .said").click()
    expect(page.locator("#path-acknowledge .station-sheet")).to_be_visible()


def test_keys_are_explained_and_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_label("Use single keys on this computer").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    expect(page.locator("#keys")).not_to_be_visible()


def test_keys_leave_typing_alone(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.locator("#search").input_value() == "jk?"


def test_a_held_reply_counts_down_and_then_says_so(page: Page) -> None:
    page.evaluate("addEventListener('held:out', () => { document.title = 'it went out' })")
    page.clock.run_for(3_000)
    assert "in 4 s" in page.locator("[data-held-words]").inner_text()
    page.clock.run_for(5_000)
    assert page.title() == "it went out"


def test_it_all_stands_without_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        page.locator("#path-acknowledge summary").click()
        expect(page.locator("#path-acknowledge .station-sheet")).to_be_visible()
        expect(page.locator("#message-7").get_by_role("button", name="Take it back")).to_be_visible()
        assert page.get_by_role("button", name="Use these words").count() == 0
