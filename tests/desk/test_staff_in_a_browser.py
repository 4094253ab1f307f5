"""Today, the inbox and a case in a real browser: for everybody, at every width, by keys, with and without scripts."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from msgspec import structs
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from amends.actions import clock, handling, offers
from amends.actions.actors import Staff
from amends.actions.approval_links import approval_url
from amends.actions.approvals import do_ask_for_draft
from amends.actions.booking import do_book_call
from amends.actions.clock import StoppedClock
from amends.actions.promises import do_confirm_promise
from amends.actions.remedies import do_begin_catalogue
from amends.store.models import Case, Order, RemedyItem
from amends.testing import Cast, make_customer
from tests import needs
from tests.desk.casework import EVERY_GATE, HEARD, PROMISE, answer, as_, now_, promised, say
from tests.desk.own import complain, let_go
from tests.insight.test_fairness import bid, offer, thought, told, yes
from tests.store.given import later

pytestmark = [needs.chromium, pytest.mark.django_db]

Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, cast: Cast, stopped_clock: StoppedClock) -> Iterator[Open]:
    """Return what opens a page as Jonas; nothing may be said in the console."""
    contexts = []

    def page(path: str, who: Staff = cast.owner, **options: object) -> Page:
        session = as_(Client(), who).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(**options)  # type: ignore[arg-type]  # Playwright's own options
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        made = context.new_page()
        made.goto(f"{live_server.url}{path}")
        return made

    yield page
    for context in contexts:
        context.close()


@pytest.fixture
def story(cast: Cast, stopped_clock: StoppedClock) -> Case:
    """Return a case with a bit of everything, among others."""
    other, promise = promised(cast)
    do_confirm_promise(cast.owner, other.pk, promise, at=clock.now())
    case = complain(make_customer("Lee Novak", phone="+49301234567"), "The pump broke AGAIN, I am furious!")
    handling.do_record(cast.owner, case.pk, handling.assign(cast.owner.id), at=clock.now())
    say(cast.owner, case, HEARD)
    answer(cast, case, "Yes, that is right. I want a refund of 90 dollars or I will tell everyone.")
    say(cast.owner, case, "We will refund you $60. I will write to you by Friday 17:00.", reasons=EVERY_GATE)
    answer(cast, case, "No, that is not good enough.")
    return case


@pytest.fixture
def haggled(cast: Cast, stopped_clock: StoppedClock, settings: Any, tmp_path: Path) -> Case:
    """Return a case with a full sheet: bids, offers and a counter-offer, in several currencies, and a purchase."""
    settings.AMENDS_DATA = tmp_path
    (tmp_path / "policy.toml").write_text("[rates]\nEUR = [{since = 2020-01-01, rate = 1.1}]\n")
    do_begin_catalogue()
    RemedyItem.objects.filter(code="gift").update(stock=0)
    RemedyItem.objects.filter(code="credit").update(rank="lead")
    placed = clock.now() - timedelta(days=9)
    Order.objects.create(
        customer=cast.customer, external_id="A-1", placed_at=placed, amount=50, currency="USD", what="A pump"
    )
    case = complain(cast.customer, "The pump of order A-1 broke, I am furious! I want a refund of 90 dollars.")
    handling.do_record(cast.owner, case.pk, offers.name_purchase(order="A-1"), at=clock.now())
    say(cast.owner, case, "We can offer you a refund of €30.", reasons=EVERY_GATE)
    stopped_clock.pass_time(by=timedelta(hours=1))
    counter = offers.counter_offer(now_(case).offers[-1].offer, "Make it 80 dollars.")
    handling.do_record(cast.owner, case.pk, counter, at=clock.now())
    say(cast.owner, case, "We can refund you 40 USD.", reasons=EVERY_GATE)
    return case


COLOURS: Final = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""Nothing else is another one in the dark."""
SIZES: Final = [{"width": 1280, "height": 800}, {"width": 360, "height": 700}]


def flaws(page: Page) -> list[tuple[str, str, str]]:
    """Return what axe finds with all folds open, in light and in the dark, and whether it is wider than the window."""
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
    found = []
    for scheme, options in (("light", None), ("dark", COLOURS)):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        violations = Axe().run(page, options=options).response["violations"]
        found += [(scheme, one["id"], one["nodes"][0]["html"]) for one in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(("any", "wider than the window", page.url))
    return found


@pytest.mark.parametrize("size", SIZES)
def test_everybody_can_use_the_catalogue_and_a_full_sheet(
    opened: Open, live_server: LiveServer, cast: Cast, haggled: Case, size: ViewportSize
) -> None:
    page = opened("/settings/remedies/", who=cast.lead, viewport=size)
    assert flaws(page) == []
    page.goto(f"{live_server.url}/cases/{haggled.pk}/")
    assert flaws(page) == []


def test_what_we_could_do_goes_into_the_reply_without_a_script(opened: Open, haggled: Case) -> None:
    page = opened(f"/cases/{haggled.pk}/", java_script_enabled=False)
    page.get_by_text("What we could do", exact=True).click()
    page.get_by_role("button", name=re.compile("Part refund")).click()
    expect(page.get_by_label("Your reply")).to_have_value("We can refund you 25 USD of what you paid.")


@pytest.mark.parametrize("size", SIZES)
def test_everybody_can_use_them(
    opened: Open, live_server: LiveServer, cast: Cast, story: Case, size: ViewportSize
) -> None:
    draft = "I hear how angry you are. We will refund you $900."
    do_ask_for_draft(cast.owner, story.pk, draft, "Seven years with us.", at=clock.now())
    page = opened("/", viewport=size)
    for path in (
        *("/", "/inbox/", f"/cases/{story.pk}/", "/promises/", "/promises/kept/", "/incidents/", "/notices/"),
        *("/customers/", f"/customers/{story.customer_id}/", "/surveys/", "/outbox/", "/settings/"),
        *("/insight/", "/approvals/", urlsplit(approval_url(cast.lead, now_(story).approvals[-1].approval)).path),
    ):
        page.goto(live_server.url + path)
        assert flaws(page) == [], path


def test_everybody_can_use_the_sheet_for_the_call(opened: Open, cast: Cast, story: Case) -> None:
    handling.do_record(cast.owner, story.pk, handling.resolve(), at=clock.now(), reasons=EVERY_GATE)
    do_book_call(cast.owner, story.pk, clock.now() + timedelta(days=1), at=clock.now())
    page = opened(f"/cases/{story.pk}/call/", viewport={"width": 360, "height": 700})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    expect(page.get_by_text("And you, how are you with us now?")).to_be_visible()
    expect(page.get_by_role("button", name="I reached them")).to_be_hidden()


def test_what_was_fair_is_drawn_is_usable_by_everybody_and_goes_on_paper(opened: Open, cast: Cast) -> None:
    for month in range(7):
        sum_, name = 40 + 20 * month, f"o{month}"
        made, taken = (structs.replace(fact, offer=name) for fact in (offer(sum_), yes(later(days=-30 * month))))
        told(50 + month, thought(100), bid(sum_), made, taken)
    page = opened("/insight/", viewport={"width": 1280, "height": 700})
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 700})
        expect(page.get_by_role("img", name="Saved by month")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    expect(page.get_by_text("Asking first saved $0 in 7 cases")).to_be_visible()
    expect(page.get_by_role("navigation", name="Rooms")).to_be_hidden()


def test_keys_go_from_the_inbox_through_the_path_to_the_reply(opened: Open, story: Case) -> None:
    page = opened("/")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/inbox/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/")
    page.keyboard.press("e")
    expect(page.locator(".station-box[open] .station-sheet")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.keyboard.type("jk?")
    expect(page.get_by_label("Your reply")).to_have_value("jk?")


def test_one_key_takes_the_next_step_of_the_row(opened: Open, cast: Cast) -> None:
    case, promise = promised(cast)
    do_confirm_promise(cast.owner, case.pk, promise, at=clock.now(), due=clock.now() + timedelta(hours=3))
    page = opened("/")
    page.keyboard.press("x")  # nothing is chosen yet: it only goes to the first row
    expect(page.locator(".duty a").first).to_be_focused()
    assert now_(case).promises[0].kept_at is None
    page.keyboard.press("x")
    expect(page.locator("#toasts")).to_contain_text("Kept.")
    assert now_(case).promises[0].kept_at is not None


def test_the_coach_reads_along_and_a_wording_goes_into_the_draft(opened: Open, cast: Cast) -> None:
    case = complain(cast.customer)
    page = opened(f"/cases/{case.pk}/")
    reply = page.get_by_label("Your reply")
    reply.press_sequentially("We will refund you $40.")
    expect(page.locator("#coach")).to_contain_text("nobody has named it yet")
    reply.fill("")
    page.locator(".wording-card").first.click()
    expect(reply).to_have_value("Dear Maya Olsen,\n\nI hear how angry this has made you, and I want to help. ")
    expect(page.locator("#coach")).to_contain_text("names what they feel.")
    assert page.url.endswith(f"/cases/{case.pk}/")


def test_advice_is_underlined_taken_with_one_key_and_waved_away(opened: Open, cast: Cast) -> None:
    case = complain(cast.customer)
    page = opened(f"/cases/{case.pk}/")
    reply = page.get_by_label("Your reply")
    reply.fill("I hear how angry you are. \U0001f44b You must send a photo. Your ticket is open. Is it the pump?")
    marks = page.locator(".reply-marks mark")
    expect(marks).to_have_text(["You must", "Your ticket"])
    expect(page.locator("#coach kbd").first).to_have_text("Alt 1")
    reply.press("Alt+1")
    expect(reply).to_have_value(
        "I hear how angry you are. \U0001f44b Could you please send a photo. Your ticket is open. Is it the pump?"
    )
    expect(marks).to_have_text(["Your ticket"])
    page.locator("[data-dismiss='F210:Your ticket']").click()
    expect(marks).to_have_count(0)
    reply.press("End")
    reply.press_sequentially(" Yes?")
    expect(page.locator("#coach")).to_contain_text("names what they feel.")
    expect(page.locator("#coach")).not_to_contain_text("words of the office")


def test_advice_can_be_waved_away_without_scripts(opened: Open, cast: Cast) -> None:
    case = complain(cast.customer)
    page = opened(f"/cases/{case.pk}/", java_script_enabled=False)
    page.get_by_label("Your reply").fill("I hear how angry you are. You must send a photo. Is it the pump?")
    page.get_by_role("button", name="What would this do?").click()
    page.locator(".finding", has_text="This is an order.").get_by_role("button", name="Not here").click()
    expect(page.locator("#coach")).not_to_contain_text("This is an order.")
    expect(page.get_by_label("Your reply")).to_have_value(
        "I hear how angry you are. You must send a photo. Is it the pump?"
    )


def test_a_reply_is_sent_taken_back_and_sent_again_without_scripts(opened: Open, cast: Cast) -> None:
    case = complain(cast.customer)
    page = opened(f"/cases/{case.pk}/", java_script_enabled=False)
    page.locator(".wording-card").first.click()
    expect(page.locator("#coach")).to_contain_text("names what they feel.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_label("Your reply")).to_have_value(
        "Dear Maya Olsen,\n\nI hear how angry this has made you, and I want to help."
    )
    page.get_by_label("Your reply").fill("We will refund you $40.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".override summary").first.click()
    for why in page.locator("textarea[form=reply-form]").all():
        why.evaluate("e => e.closest('details').open = true")
        why.fill("Settled on the phone.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    assert now_(case).overrides > 0


def test_what_a_reply_moved_is_shown_when_it_has_gone_out_and_typed_words_stay(
    opened: Open, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(cast.customer)
    page = opened(f"/cases/{case.pk}/")
    page.get_by_label("Your reply").fill(PROMISE)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#reply-standing")).to_contain_text("Another reply is on its way out")
    expect(page.locator("#promises")).to_contain_text("Nothing is promised yet")
    page.get_by_label("Your reply").fill("And one more thing:")
    page.locator("#come-back-title").scroll_into_view_if_needed()
    stopped_clock.pass_time(by=timedelta(seconds=11))
    let_go()
    page.evaluate("document.querySelector('.held').dispatchEvent(new CustomEvent('held:out', { bubbles: true }))")
    expect(page.locator("#promises")).to_contain_text("I will write to you by Friday 17:00")
    expect(page.locator("#reply-standing")).to_contain_text("It is held for")
    expect(page.locator("#path-acknowledge")).to_have_class("station is-passed")
    expect(page.locator("#case-head .case-deadlines")).not_to_contain_text("Acknowledge")
    expect(page.locator("#toasts")).not_to_contain_text("held for a moment")
    expect(page.get_by_label("Your reply")).to_have_value("And one more thing:")
    assert page.locator("#reply-seen").input_value() == str(Case.objects.get(pk=case.pk).seq)


def test_how_upset_they_are_is_corrected_in_two_clicks(opened: Open, cast: Cast) -> None:
    case = complain(cast.customer)
    page = opened(f"/cases/{case.pk}/")
    page.locator(".reread > summary").click()
    page.get_by_role("button", name="displeased").click()
    page.wait_for_load_state()
    expect(page.locator(".case-head .heat-word")).to_have_text("displeased")
