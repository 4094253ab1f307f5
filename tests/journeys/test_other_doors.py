"""The same path by other doors: a complaint from the web form, and one by telephone."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from amends.actions.links import customer_url
from amends.method.words import Station
from amends.store.journal import state_of
from amends.store.models import Case, Message
from tests import needs
from tests.journeys.conftest import PASSWORD, Desk
from tests.journeys.test_maya import fill_record, here, reach, reply

DEAR = "Dear Priya,\n\nI understand how disappointing this is, and I want to put it right."
ASKED = (
    f"{DEAR}\n\nLet me check that I have it right: the kettle that came on Friday leaks from its base. Is that right? "
    "Since when does it leak?\n\nJonas"
)
OFFERED = "Dear Priya,\n\nthank you. We will send you a new kettle. Would that be right for you?\n\nJonas"
PROMISED = "Thank you, Priya. The new kettle will be with you by Wednesday 17:00.\n\nJonas"


@needs.chromium
@needs.dovecot
def test_a_complaint_from_the_web_form_walks_the_path(desk: Desk, window: Callable[..., Page]) -> None:
    hers = window(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    hers.goto(f"{desk.url}/complain/")
    hers.locator("[name=name]").fill("Priya Nair")
    hers.locator("[name=email]").fill("priya@customer.example")
    hers.locator("[name=what]").fill(
        "I am very disappointed. The kettle that came on Friday leaks all over my counter."
    )
    hers.locator("[name=fair]").fill("Please send me a new one.")
    desk.clock.pass_time(by=timedelta(minutes=2))  # nobody writes this within a second
    hers.get_by_role("button", name="Send", exact=True).click()
    hers.get_by_role("link", name="Open your page").click()
    expect(hers.locator("main")).to_contain_text("leaks all over my counter")

    case = Case.objects.get()
    assert (case.channel, case.customer.name) == ("webform", "Priya Nair")
    assert (case.upset or 0) >= 2
    page = window(viewport={"width": 1280, "height": 900})
    log_in(desk, page)
    page.goto(f"{desk.url}/cases/{case.pk}/")
    reply(desk, page, ASKED)
    hers.reload()
    hers.locator("#understood").get_by_role("button", name="Yes, that is right").click()
    assert state_of(Case.objects.get()).established
    page.goto(f"{desk.url}/cases/{case.pk}/")
    reply(desk, page, OFFERED)
    hers.reload()
    hers.locator("#offer").get_by_role("button", name="Yes, that is fair").click()
    assert here(case.pk) is Station.ACT
    page.goto(f"{desk.url}/cases/{case.pk}/")
    reply(desk, page, PROMISED)
    to_the_end(desk, page, hers, case.pk)


@needs.chromium
@needs.dovecot
def test_a_complaint_by_telephone_walks_the_path(desk: Desk, window: Callable[..., Page]) -> None:
    page = window(viewport={"width": 1280, "height": 900})
    log_in(desk, page)
    page.goto(f"{desk.url}/phone/")
    page.locator("[name=name]").fill("Priya Nair")
    page.locator("[name=phone]").fill("+44 20 7946 0101")
    page.locator("[name=email]").fill("priya@customer.example")
    page.locator("[name=words]").fill(
        "I am really annoyed. I ordered a copper kettle, but a plastic one came. Please send me the right one."
    )
    page.locator("[name=said]").fill(
        "I understand how annoying this is. We would like to send you a new kettle. Would that be right for you?"
    )
    page.get_by_role("button", name=re.compile("Write it down")).click()
    case = Case.objects.get()
    assert (case.channel, case.customer.name) == ("phone", "Priya Nair")
    assert Message.objects.filter(direction="out", channel="phone").count() == 1
    state = state_of(case)
    assert state.established  # she said plainly what she expected, and what came
    assert state.acknowledged is not None
    assert state.open_offer is not None

    page.goto(f"{desk.url}/cases/{case.pk}/")
    expect(page.get_by_role("link", name="What they see on their own page")).to_be_visible()
    hers = window(viewport={"width": 360, "height": 740})
    hers.goto(customer_url(case))
    hers.locator("#offer").get_by_role("button", name="Yes, that is fair").click()
    assert here(case.pk) is Station.ACT
    page.goto(f"{desk.url}/cases/{case.pk}/")
    reply(desk, page, PROMISED)
    to_the_end(desk, page, hers, case.pk)


def to_the_end(desk: Desk, page: Page, hers: Page, case: int) -> None:
    """Confirm the promise, keep it, resolve; let her confirm the fix; call back and close."""
    page.goto(f"{desk.url}/cases/{case}/")
    page.locator("#promises").get_by_role("button", name="It is a promise").first.click()
    page.locator("#promises").get_by_role("button", name="It is done").first.click()
    dismissed = page.locator("#promises").get_by_role("button", name="Not a promise")
    while dismissed.count():
        dismissed.first.click()
    page.get_by_role("button", name="Resolve the case").click()
    hers.reload()
    hers.get_by_role("button", name="Yes, it is fixed").click()
    assert state_of(Case.objects.get()).fixed is True
    desk.clock.pass_time(by=timedelta(days=1, hours=1))
    desk.work()
    page.goto(f"{desk.url}/cases/{case}/")
    reach(page, "All is well.")
    fill_record(page, "outcomes", problem="fixed", customer="content")
    page.get_by_role("button", name="Close the case").click()
    assert Case.objects.get().status == "closed"


def log_in(desk: Desk, page: Page) -> None:
    """Log Jonas in."""
    page.goto(desk.url)
    page.get_by_label("E-mail").fill("jonas@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
