"""Incidents in a browser: for everybody, on a narrow screen, and without scripts."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from amends.actions import clock
from amends.actions.clock import StoppedClock
from amends.actions.incidents import Told, do_open_incident
from amends.store.models import BroadcastCopy, Case, Incident, Order
from amends.testing import MONDAY, Cast, make_customer
from tests import needs
from tests.desk.casework import as_
from tests.desk.own import complain

pytestmark = [needs.chromium, pytest.mark.django_db]

Open = Callable[..., Page]


@pytest.fixture
def case(live_server: LiveServer, cast: Cast, stopped_clock: StoppedClock) -> Case:
    """Return a case, with somebody who ordered the same and is silent."""
    ben = make_customer("Ben Hill-Longname of Somewhere-upon-Somewhere")
    at = MONDAY - timedelta(days=1)
    Order.objects.create(
        customer=ben, external_id="A-1", placed_at=at, amount=1, currency="USD", what="Pump, " + "long" * 30
    )
    return complain(cast.customer)


@pytest.fixture
def incident(cast: Cast, case: Case) -> Incident:
    told = Told(title="Pumps", what="They leak.", product="pump", began_at=MONDAY - timedelta(days=7))
    return do_open_incident(cast.owner, told, at=clock.now(), cases=[case.pk])


@pytest.fixture
def narrow(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Open]:
    """Return what opens a narrow window with Jonas logged in."""
    session = as_(Client(), cast.owner).cookies[settings.SESSION_COOKIE_NAME].value
    contexts = []

    def page(**options: object) -> Page:
        size = {"width": 360, "height": 700}
        context = browser.new_context(base_url=live_server.url, viewport=size, **options)  # type: ignore[arg-type]  # Playwright's own options
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield page
    for context in contexts:
        context.close()


def test_one_writes_to_all_of_them_without_scripts(narrow: Open, incident: Incident) -> None:
    page = narrow(java_script_enabled=False)
    page.goto(f"/incidents/{incident.pk}/")
    page.locator("#word > summary").click()
    page.locator("#word button[value=look]").click()
    expect(page.locator(".look")).to_contain_text("1 customer would get it.")
    expect(page.locator(".example")).to_contain_text("Dear Maya Olsen,")
    page.locator("#word button[value=send]").click()
    expect(page.locator("#written")).to_contain_text("1 waits")
    page.locator("#written button", has_text="Stop the rest").click()
    expect(page.locator("#written")).to_contain_text("1 not needed")
    assert [copy.status for copy in BroadcastCopy.objects.all()] == ["skipped"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_them(narrow: Open, incident: Incident, case: Case, scheme: str) -> None:
    page = narrow(color_scheme=scheme)
    for path in ("/incidents/", f"/incidents/{incident.pk}/", f"/cases/{case.pk}/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details.fold').forEach((fold) => { fold.open = true })")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the window"
