"""The story that the desk is for: from Maya's furious mail to her answer after the call-back.

A real browser, real mail by SMTP and IMAP on loopback, and a clock that only moves when the story says so.
"""

import re
import smtplib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from amends.actions import house
from amends.channels.email.mailbox import look_in
from amends.method.words import Station
from amends.store.journal import state_of
from amends.store.models import Attachment, Case, Message
from tests import needs
from tests.journeys.conftest import PASSWORD, Desk
from tests.journeys.letters import FURIOUS, JPEG, answer, furious

HEARD = (
    "Dear Maya,\n\nI hear how angry you are, and after a second broken machine in a month I would be, too. I want to put "
    "this right.\n\nLet me check that I have it right: the second espresso machine arrived broken as well, and nobody "
    "answered you. Is that right? What exactly does it do when you switch it on? And what would make this right for you?"
    "\n\nJonas"
)
WISH = (
    "Yes, that is right. It trips the fuse when I switch it on. I would like a full refund of my 189 dollars, please."
)
OFFER = (
    "Dear Maya,\n\nthank you for being so clear. We will refund the full 189 USD. Would that be right for you?\n\nJonas"
)
YES = "Yes please, that would be fair. I accept."
PROMISES = (
    "Thank you, Maya. The refund of 189 USD will be with you by Friday 17:00, and I will write to you when it has left "
    "our bank.\n\nJonas"
)
TRIES = 20
FRIDAY = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)


@needs.chromium
@needs.dovecot
def test_from_a_furious_mail_to_a_loyal_customer(desk: Desk, window: Callable[..., Page]) -> None:
    page = window(viewport={"width": 1280, "height": 900})
    case = _her_mail_opens_a_case(desk)
    _jonas_logs_in(desk, page)
    _he_sees_what_she_wrote(desk, page, case)
    _a_refund_first_is_stopped(page)
    _he_takes_the_first_try_back_and_sends_a_better_one(desk, page, case)
    _she_says_what_she_wants(desk, page, case)
    _he_offers_and_she_accepts(desk, page, case)
    _two_promises_are_made(desk, page, case)
    _time_passes_and_a_promise_breaks(desk, page, case)
    _it_is_kept_and_resolved(desk, page, case)
    own = _she_confirms_on_her_own_page(desk, window, case)
    _he_calls_back_and_closes(desk, page, case)
    _thanks_and_survey_go_out_and_she_answers(desk, page, own, case)


def _her_mail_opens_a_case(desk: Desk) -> int:
    by_smtp(desk, furious())
    by_smtp(desk, furious())  # her server was not sure that the first one had arrived
    case = Case.objects.get()
    assert (case.upset, case.station, case.subject) == (4, "acknowledge", "Broken AGAIN")
    state = state_of(case)
    assert state.problem is not None
    assert [(bid.remedy.value, str(bid.amount)) for bid in state.bids] == [("refund", "189 USD")]
    assert (state.loyalty_years, state.established) == (8.0, False)
    message = Message.objects.get()
    assert FURIOUS in " ".join(message.text.split())
    assert "parcel" not in message.text
    assert "parcel" in message.full_text
    assert "script" not in message.html
    assert "tracker.example" not in message.html
    assert Attachment.objects.get().size == len(JPEG)
    return case.pk


def _jonas_logs_in(desk: Desk, page: Page) -> None:
    page.goto(desk.url)
    page.get_by_label("E-mail").fill("jonas@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    expect(page.get_by_text("Maya Olsen").first).to_be_visible()  # Today: new, upset, and without a word


def _he_sees_what_she_wrote(desk: Desk, page: Page, case: int) -> None:
    page.goto(f"{desk.url}/cases/{case}/")
    expect(page.get_by_text("nobody at your company gives a damn").first).to_be_visible()
    expect(page.locator("section.path")).to_contain_text("The espresso machine you sent me is broken AGAIN")
    assert here(case) is Station.ACKNOWLEDGE
    expect(page.locator(".station[aria-current=step]")).to_contain_text("Acknowledge")
    wordings = page.locator("[data-insert]")
    expect(wordings).to_have_count(3)
    assert any("angry" in text for text in wordings.all_inner_texts())
    photo = page.request.get(desk.url + str(page.locator("a[href*='/attachments/']").first.get_attribute("href")))
    assert photo.body() == JPEG
    assert photo.headers["content-disposition"].startswith("attachment")
    assert photo.headers["x-content-type-options"] == "nosniff"


def _a_refund_first_is_stopped(page: Page) -> None:
    page.get_by_label("Your reply").fill("We will refund you $189 today.\n\nJonas")
    expect(page.locator("#coach")).to_contain_text("nobody has named it yet")  # while he writes
    send(page)
    stopped = page.locator(".composer-refusals")
    expect(stopped).to_contain_text("nobody has named it yet")
    expect(stopped).to_contain_text("before we know what they expected and what they got")
    expect(page.get_by_label("Your reply")).to_have_value(re.compile("We will refund you"))
    assert not Message.objects.filter(direction="out").exists()


def _he_takes_the_first_try_back_and_sends_a_better_one(desk: Desk, page: Page, case: int) -> None:
    page.get_by_label("Your reply").fill(HEARD)
    send(page)
    held = page.locator("article", has=page.get_by_role("button", name="Take it back"))
    expect(held).to_contain_text("I hear how angry you are")
    held.get_by_role("button", name="Take it back").click()
    expect(page.get_by_label("Your reply")).to_have_value(re.compile("I hear how angry"))
    desk.clock.pass_time(by=timedelta(minutes=1))
    desk.work()
    assert desk.sent() == []
    send(page)
    desk.work()
    assert desk.sent() == []  # it is held for a count of ten
    desk.clock.pass_time(by=timedelta(seconds=11))
    desk.work()
    (mail,) = desk.sent()
    assert mail["Subject"] == "Re: Broken AGAIN"
    assert mail["In-Reply-To"] == "<first.maya@customer.example>"
    assert "<first.maya@customer.example>" in mail["References"]
    assert mail["Auto-Submitted"] in (None, "no")
    assert mail["To"].addresses[0].addr_spec == "maya@customer.example"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "I hear how angry you are" in plain.get_content()
    assert "<script" not in html.get_content()
    assert here(case) is Station.DIAGNOSE
    _out_of_office(desk, mail)


def _out_of_office(desk: Desk, mail: EmailMessage) -> None:
    """Her machine answers; nothing of ours answers that."""
    reply = answer(mail, "I am away until Monday.", "away")
    reply["Auto-Submitted"] = "auto-replied"
    waiting = Case.objects.get().waiting_since
    by_smtp(desk, reply)
    desk.work()
    assert len(desk.sent()) == 1
    assert Case.objects.get().waiting_since == waiting


def _she_says_what_she_wants(desk: Desk, page: Page, case: int) -> None:
    desk.clock.pass_time(by=timedelta(hours=2))
    by_imap(desk, answer(desk.sent()[-1], WISH, "wish"))
    assert Case.objects.count() == 1
    state = state_of(Case.objects.get())
    assert state.established
    assert [bid.remedy.value for bid in state.bids][-1] == "refund"
    assert here(case) is Station.AGREE
    page.goto(f"{desk.url}/cases/{case}/")
    expect(page.locator("#sheet")).to_contain_text("refund")


def _he_offers_and_she_accepts(desk: Desk, page: Page, case: int) -> None:
    reply(desk, page, OFFER)
    assert state_of(Case.objects.get()).open_offer is not None
    desk.clock.pass_time(by=timedelta(hours=1))
    by_smtp(desk, answer(desk.sent()[-1], YES, "yes"))
    assert state_of(Case.objects.get()).agreement is not None
    assert here(case) is Station.ACT


def _two_promises_are_made(desk: Desk, page: Page, case: int) -> None:
    page.goto(f"{desk.url}/cases/{case}/")
    reply(desk, page, PROMISES)
    page.goto(f"{desk.url}/cases/{case}/")
    promises = page.locator("#promises")
    expect(promises).to_contain_text("refund of 189 USD")
    expect(promises).to_contain_text("when it has left our bank")
    expect(promises.get_by_role("button", name="It is a promise")).to_have_count(2)
    promises.get_by_role("button", name="It is a promise").first.click()  # owner and time stand in the text
    second = page.locator("#promises").locator(".promise-form")
    second.locator("input[name=due]").fill("2026-03-06T12:00")
    second.get_by_role("button", name="It is a promise").click()
    made = [p for p in state_of(Case.objects.get()).promises if p.owed]
    assert sorted(p.due for p in made if p.due) == [FRIDAY.replace(hour=12), FRIDAY]
    assert all(p.owner for p in made)


def _time_passes_and_a_promise_breaks(desk: Desk, page: Page, case: int) -> None:
    desk.clock.pass_time(to=FRIDAY.replace(hour=8, minute=1))
    desk.work()
    state = state_of(Case.objects.get())
    assert [p.warned for p in state.promises if p.due == FRIDAY.replace(hour=12)] == [True]
    assert "update" in state.called  # since Monday she has not heard a word
    page.goto(desk.url)
    expect(page.get_by_text("Maya Olsen").first).to_be_visible()
    desk.clock.pass_time(to=FRIDAY.replace(hour=12, minute=1))
    desk.work()
    state = state_of(Case.objects.get())
    assert [p.status.value for p in state.promises if p.due == FRIDAY.replace(hour=12)] == ["broken"]
    page.goto(f"{desk.url}/cases/{case}/")
    expect(page.locator("#promises")).to_contain_text("Broken")


def _it_is_kept_and_resolved(desk: Desk, page: Page, case: int) -> None:
    reply(desk, page, "Dear Maya,\n\nyour refund has left our bank this minute. It is late, and I am sorry.\n\nJonas")
    page.goto(f"{desk.url}/cases/{case}/")
    page.get_by_role("button", name="Resolve the case").click()
    expect(page.locator("main")).to_contain_text("We still owe them what we promised")  # act first
    page.goto(f"{desk.url}/cases/{case}/")
    for _each in range(2):
        page.locator("#promises").get_by_role("button", name="It is done").first.click()
    assert sorted(p.status.value for p in state_of(Case.objects.get()).promises) == ["kept", "late"]
    page.get_by_role("button", name="Resolve the case").click()
    assert Case.objects.get().status == "resolved"


def _she_confirms_on_her_own_page(desk: Desk, window: Callable[..., Page], case: int) -> Page:
    plain = desk.sent()[-1].get_body(("plain",))
    link = re.search(r"http\S+/c/\S+", plain.get_content() if plain else "")
    assert link is not None
    own = window(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    own.goto(link[0])
    assert state_of(Case.objects.get()).fixed is None  # looking changes nothing
    expect(own.get_by_text("gives a damn").first).to_be_visible()
    own.get_by_role("button", name="Yes, it is fixed").click()
    assert state_of(Case.objects.get()).fixed is True
    assert here(case) is Station.COME_BACK
    return own


def _he_calls_back_and_closes(desk: Desk, page: Page, case: int) -> None:
    page.goto(f"{desk.url}/cases/{case}/")
    page.get_by_role("button", name="Close the case").click()
    expect(page.locator("main")).to_contain_text("Nobody has called back yet")
    desk.clock.pass_time(to=datetime(2026, 3, 9, 9, 30, tzinfo=UTC))  # the Monday after: a working day later
    desk.work()
    page.goto(desk.url)
    expect(page.locator("main")).to_contain_text(re.compile("call back", re.IGNORECASE))
    page.goto(f"{desk.url}/cases/{case}/")
    reach(page, "She is happy, and laughs about the second fuse.")
    fill_record(page, "outcomes", problem="fixed", customer="content")
    fill_record(page, "root-cause", cause="Product fault")
    page.get_by_role("button", name="Close the case").click()
    assert Case.objects.get().status == "closed"


def _thanks_and_survey_go_out_and_she_answers(desk: Desk, page: Page, own: Page, case: int) -> None:
    before = len(desk.sent())
    desk.clock.pass_time(by=timedelta(hours=2, minutes=1))
    desk.work()
    thanks = desk.sent()[before]
    assert thanks["Auto-Submitted"] == "auto-generated"
    desk.clock.pass_time(by=timedelta(days=1, minutes=1))
    desk.work()
    survey = desk.sent()[before + 1].get_body(("plain",))
    assert survey is not None
    link = re.search(r"http\S+/c/\S+", survey.get_content())
    assert link is not None
    own.goto(link[0])
    for question in ("outcome", "treatment", "process"):
        own.locator(f"input[name={question}][value='5']").check(force=True)
    own.locator("input[name=buy_again]").first.check(force=True)
    own.locator("input[name=recommend]").first.check(force=True)
    own.locator("#survey textarea").fill("Nobody ever called me back before. Thank you, Jonas!")
    own.get_by_role("button", name="Send my answers").click()
    state = state_of(Case.objects.get())
    assert state.survey is not None
    assert (state.survey.outcome, state.survey.buy_again) == (5, True)
    page.goto(f"{desk.url}/cases/{case}/")
    expect(page.locator("#come-back")).to_contain_text("Nobody ever called me back before")
    page.goto(f"{desk.url}/cases/{case}/")
    assert here(case) is Station.LEARN
    assert Case.objects.get().status == "closed"


def by_smtp(desk: Desk, mail: EmailMessage) -> None:
    """Let her mail server hand a mail to our listener; told to try again later, it does, as mail servers do.

    The test's database in memory does not wait for a lock, as one on a disk would.
    """
    to = str(mail["To"].addresses[0].addr_spec)
    for attempt in range(TRIES):
        with smtplib.SMTP("127.0.0.1", desk.listener.port) as server:
            try:
                server.sendmail("maya@customer.example", [to], mail.as_bytes())
            except smtplib.SMTPDataError as later:
                assert later.smtp_code == 451  # noqa: PT017 - any other answer is a failure
                assert attempt < TRIES - 1
            else:
                return


def by_imap(desk: Desk, mail: EmailMessage) -> None:
    """Put a mail into our mailbox elsewhere, and let the desk look there."""
    desk.dovecot.put("help", mail.as_bytes())
    assert look_in(house.house().mailboxes[0]) == 1
    assert desk.dovecot.count("help", "UNSEEN") == 0


def reply(desk: Desk, page: Page, words: str) -> None:
    """Write a reply, and let the count of ten pass."""
    page.get_by_label("Your reply").fill(words)
    before = len(desk.sent())
    send(page)
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    desk.clock.pass_time(by=timedelta(seconds=11))
    desk.work()
    assert len(desk.sent()) == before + 1


def send(page: Page) -> None:
    """Press Send."""
    page.locator("#reply-form").get_by_role("button", name="Send", exact=True).click()


def fill_record(page: Page, name: str, **fields: str) -> None:
    """Unfold a record's form, fill it in, and write it down."""
    fold = page.locator(f"details#{name}")
    fold.locator("summary").click()
    for field, value in fields.items():
        place = fold.locator(f"[name={field}]").first
        if place.evaluate("e => e.tagName") == "SELECT":
            place.select_option(value)
        elif place.get_attribute("type") == "radio":
            fold.locator(f"[name={field}][value='{value}']").check(force=True)
        else:
            place.fill(value)
    fold.get_by_role("button", name="Write it down").click()


def reach(page: Page, note: str) -> None:
    """Write down that the call-back reached them, and what they said."""
    page.locator("#call-back").get_by_label("What did they say?").fill(note)
    page.locator("#call-back").get_by_role("button", name="I reached them").click()


def here(case: int) -> Station:
    """Return where the case stands."""
    return Station(Case.objects.get(pk=case).station)
