"""An unreasonable demand, turned about: a million dollars become the price of a kettle, and both are content.

A real browser, real mail by SMTP on loopback, and a clock that only moves when the story says so.
"""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from amends.method.words import Remedy, Station
from amends.store.journal import state_of
from amends.store.models import Case
from tests import needs
from tests.journeys.conftest import Desk
from tests.journeys.letters import answer, letter
from tests.journeys.test_maya import by_smtp, fill_record, here, reply
from tests.journeys.test_other_doors import log_in

DEMAND = (
    "I am furious. I ordered a copper kettle for my mother's birthday, but a plastic one came, and it leaks. "
    "I demand $1,000,000 in compensation from you, and not a cent less."
)
NO = (
    "Dear Maya,\n\nI hear how angry you are, and with a leaking kettle on your mother's birthday I would be, too. "
    "We cannot pay $1,000,000, because the kettle cost $89 and I have to be fair to everybody.\n\nJonas"
)
STILL = "Thank you for your answer. I would still like the $1,000,000 in compensation, please."
ANSWER = "Fair question. I would refund the $89, and I'd check every box before it leaves."
OFFER = "Dear Maya,\n\nthat is a good answer. We will refund the 89 USD. Would that be right for you?\n\nJonas"


@needs.chromium
@needs.dovecot
def test_a_million_dollars_become_an_agreement_within_authority(desk: Desk, window: Callable[..., Page]) -> None:
    page = window(viewport={"width": 1280, "height": 900})
    by_smtp(desk, letter("A plastic kettle", DEMAND))
    case = Case.objects.get()
    log_in(desk, page)
    page.goto(f"{desk.url}/cases/{case.pk}/")
    expect(page.locator("#sheet")).to_contain_text("$1,000,000")
    expect(page.locator("#sheet")).not_to_contain_text("Turn it about")
    reply(desk, page, NO)  # heard, and refused kindly
    _she_insists_and_he_turns_it_about(desk, page, case)
    _her_answer_becomes_options(desk, page, case)
    reply(desk, page, OFFER)  # within his authority: no gate stands in the way
    hers = window(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    hers.goto(_link(desk))
    hers.locator("#offer").get_by_role("button", name="Yes, that is fair").click()
    state = state_of(Case.objects.get())
    assert here(case.pk) is Station.ACT
    assert state.agreement is not None
    assert (str(state.agreement.amount), state.overrides, state.approvals) == ("89 USD", 0, ())
    page.goto(f"{desk.url}/insight/")
    expect(page.get_by_role("row", name=re.compile("We agreed"))).to_contain_text("1")


def _she_insists_and_he_turns_it_about(desk: Desk, page: Page, case: Case) -> None:
    desk.clock.pass_time(by=timedelta(minutes=20))
    by_smtp(desk, answer(desk.sent()[-1], STILL, "second"))
    page.goto(f"{desk.url}/cases/{case.pk}/")
    page.locator("#sheet summary", has_text="Write down what was said elsewhere").click()
    fill_record(page, "unwarranted", why="The kettle cost 89 dollars, and nobody was hurt.")
    expect(page.locator("#sheet")).to_contain_text("Turn it about")
    beginnings = page.locator("[data-insert]")
    expect(beginnings).to_have_count(3)
    beginnings.first.click()
    box = page.get_by_label("Your reply")
    expect(box).to_have_value(re.compile("what would you do in our place"))
    reply(desk, page, f"Dear Maya,\n\n{box.input_value().strip()}\n\nJonas")
    assert state_of(Case.objects.get()).about_face is not None


def _her_answer_becomes_options(desk: Desk, page: Page, case: Case) -> None:
    desk.clock.pass_time(by=timedelta(hours=1))
    by_smtp(desk, answer(desk.sent()[-1], ANSWER, "third"))
    state = state_of(Case.objects.get())
    assert [option.remedy for option in state.options] == [Remedy.REFUND, Remedy.CHANGE]
    page.goto(f"{desk.url}/cases/{case.pk}/")
    expect(page.locator("#sheet")).to_contain_text("check every box before it leaves")
    page.locator("#sheet summary", has_text="Mark a sentence as an option").click()
    expect(page.locator("#markable li")).to_have_count(1)


def _link(desk: Desk) -> str:
    plain = desk.sent()[-1].get_body(("plain",))
    link = re.search(r"http\S+/c/\S+", plain.get_content() if plain else "")
    assert link is not None
    return link[0]
