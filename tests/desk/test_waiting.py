"""The wait of a customer: shown, ended with one key, or put off for a reason that they read."""

from datetime import timedelta

import pytest
from django.test import Client

from amends.actions import clock, house
from amends.actions.clock import StoppedClock
from amends.actions.promises import do_keep_promise, do_make_promise
from amends.store.models import Case, Message
from amends.testing import Cast
from tests.desk.casework import answer, as_, now_, say, seen
from tests.desk.own import CALM, address, complain, let_go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

WHY = "The maker sends a <new> part, and it comes on Wednesday."
READ = "The maker sends a &lt;new&gt; part, and it comes on Wednesday."
TOMORROW = {"wait": "1", "why": WHY}


@pytest.fixture
def case(cast: Cast) -> Case:
    """Return a case in which Jonas has written, and the next step is ours."""
    made = complain(cast.customer)
    say(cast.owner, made, CALM)
    return Case.objects.get(pk=made.pk)


def url(case: Case, step: str = "") -> str:
    return f"/cases/{case.pk}/{step}/" if step else f"/cases/{case.pk}/"


def panel(page: str) -> str:
    """Return the sheet that shows the wait."""
    return page.split('id="waiting"')[1].split("</section>", maxsplit=1)[0]


def held(case: Case) -> list[str]:
    return list(case.messages.filter(status="held").values_list("text", flat=True))


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("step", ["update", "wait", "record/snooze", "record/end-snooze"])
def test_strangers_find_nothing_and_the_team_may(client: Client, cast: Cast, case: Case, step: str) -> None:
    before = case.seq
    assert as_(client, cast.stranger).post(url(case, step), TOMORROW).status_code == 404
    assert as_(client, cast.stranger).get(url(case, "update")).status_code == 404
    assert Case.objects.get(pk=case.pk).seq == before
    for who in (cast.owner, cast.teammate):
        assert as_(client, who).post(url(case, step), TOMORROW).status_code in (200, 302, 422)


# ── An update ────────────────────────────────────────────────────────────────────────────────────


def test_to_look_at_a_draft_changes_nothing(client: Client, cast: Cast, case: Case) -> None:
    page = seen(as_(client, cast.teammate), url(case, "update"))
    assert "I have no news yet, and did not want to leave you waiting." in page
    assert "Kim Okoro</textarea>" in page.replace("\nOur shop", "")
    assert 'action="' + url(case, "reply") in page
    assert Case.objects.get(pk=case.pk).seq == case.seq
    assert held(case) == []


def test_one_press_sends_it_and_it_can_be_taken_back(client: Client, cast: Cast, case: Case) -> None:
    lamp = do_make_promise(
        cast.owner, case.pk, "A new lamp", due=clock.now() + timedelta(days=1), owner=cast.owner.id, at=clock.now()
    )
    do_keep_promise(cast.owner, case.pk, lamp, at=clock.now() + timedelta(minutes=1))
    seq = Case.objects.get(pk=case.pk).seq
    sent = as_(client, cast.owner).post(url(case, "update"), {"seen": seq})
    assert sent.headers["Location"] == url(case) + "#talk-end"
    (text,) = held(case)
    assert "This has been done:\n\n> “A new lamp”" in text
    page = seen(client, url(case))
    assert "Take it back" in page
    assert "Send it as it stands" not in page  # one is on its way


def test_who_was_slower_reads_what_came_and_keeps_the_draft(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    stopped_clock.pass_time(by=timedelta(hours=1))
    answer(cast, case, "Any news?")
    sent = as_(client, cast.owner).post(url(case, "update"), {"seen": case.seq})
    assert sent.status_code == 409
    page = sent.content.decode()
    assert "Somebody was quicker: Maya Olsen wrote" in page
    assert "has reached me." in page.split("<textarea")[1]
    assert held(case) == []


def test_the_key_puts_it_behind_what_is_typed_already_and_only_once(client: Client, cast: Cast, case: Case) -> None:
    page = seen(as_(client, cast.owner), url(case))
    assert 'name="update" value="1" data-key="u"' in panel(page)
    assert f'form="reply-form" formaction="{url(case, "draft")}#reply-text"' in panel(page)
    page = client.post(url(case, "draft"), {"text": "Dear Maya, this first.", "update": "1"}).content.decode()
    draft = page.split("data-reply")[1].split("</textarea>")[0]
    assert "Dear Maya, this first.\n\nDear Maya Olsen," in draft
    assert Case.objects.get(pk=case.pk).seq == case.seq


def test_while_it_is_their_turn_there_is_no_draft_and_nothing_typed_is_lost(
    client: Client, cast: Cast, case: Case
) -> None:
    say(cast.owner, case, "What exactly happened, and when did it start?")
    page = seen(as_(client, cast.owner), url(case, "update"))
    assert "The next step is the customer&#39;s" in page
    assert "It is their turn" in panel(page)
    assert 'data-key="u"' not in page
    assert client.post(url(case, "update"), {}).status_code == 422
    page = client.post(url(case, "draft"), {"text": "Half a thought", "update": "1"}).content.decode()
    assert "Half a thought</textarea>" in page


def test_today_leads_to_the_draft(client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    stopped_clock.pass_time(by=timedelta(days=1, hours=8))
    let_go()
    assert f'href="{url(case, "update")}#reply-text"' in seen(as_(client, cast.owner), "/")


# ── How long they wait ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("span", "says"),
    [
        (timedelta(minutes=5), "They have heard from us lately."),
        (timedelta(days=1, hours=8), "An update is due."),
        (timedelta(days=3), "They have waited too long."),
    ],
)
def test_the_wait_is_told_in_words_and_drawn(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock, span: timedelta, says: str
) -> None:
    stopped_clock.pass_time(by=span)
    let_go()
    found = panel(seen(as_(client, cast.owner), url(case)))
    assert says in found
    assert "Longest so far" in found
    assert '<rect class="wait-now"' in found


# ── Putting it off ───────────────────────────────────────────────────────────────────────────────


def test_a_case_is_put_off_and_the_customer_reads_why(client: Client, cast: Cast, case: Case) -> None:
    done = as_(client, cast.owner).post(url(case, "record/snooze"), TOMORROW)
    assert done.headers["Location"] == url(case) + "#waiting"
    put_off = now_(case).put_off
    assert put_off is not None
    assert put_off.until == house.calendar().add_working_days(clock.now(), 1)
    found = panel(seen(client, url(case)))
    assert "Put off; they read why on their page." in found
    assert READ in found
    client.logout()
    own = seen(client, address(case))
    assert READ in own
    assert "Tue 3 March 2026, 17:00" in own.split("told-wait-until")[1]
    assert "<new>" not in own


def test_it_can_be_looked_at_after_all(client: Client, cast: Cast, case: Case) -> None:
    as_(client, cast.owner).post(url(case, "record/snooze"), TOMORROW)
    assert "Look at it now after all" in seen(client, url(case))
    client.post(url(case, "record/end-snooze"))
    found = panel(seen(client, url(case)))
    assert "An update is due." in found
    assert READ in found


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"wait": "1", "why": ""}, "This field is required"),
        ({"wait": "1", "why": "Because"}, "in a few words"),
        ({"wait": "another", "why": WHY}, "Say until when."),
        ({"wait": "another", "at": "2020-01-01T10:00", "why": WHY}, "cannot be put off to the past"),
        ({"wait": "another", "at": "2026-09-01T10:00", "why": WHY}, "2026-03-09 17:00 (UTC) is the latest"),
        ({"wait": "another", "at": "soon", "why": WHY}, "Enter a valid date/time."),
        ({"wait": "99", "why": WHY}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_put_off_is_said_kindly_and_kept(
    client: Client, cast: Cast, case: Case, given: dict[str, str], says: str
) -> None:
    answered = as_(client, cast.owner).post(url(case, "record/snooze"), given)
    page = answered.content.decode()
    assert answered.status_code == 422
    assert says in page
    assert given["why"] == "" or given["why"].replace("<new>", "&lt;new&gt;") in panel(page)
    assert now_(case).put_off is None


def test_nobody_upset_is_put_off_before_they_are_heard(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    page = seen(as_(client, cast.owner), url(case))
    assert "Put it off" not in panel(page)
    refused = client.post(url(case, "record/snooze"), TOMORROW)
    assert refused.status_code == 422
    assert "nobody has named it yet" in refused.content.decode()


def test_the_reason_is_shown_as_they_will_read_it_and_nothing_changes(client: Client, cast: Cast, case: Case) -> None:
    part = as_(client, cast.owner).post(url(case, "wait"), TOMORROW, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="snooze-preview">')
    assert READ in part
    page = client.post(url(case, "wait"), TOMORROW).content.decode()
    assert READ in page.split('id="snooze-preview"')[1]
    assert '<details class="fold is-last" open>' in panel(page)
    unfinished = client.post(url(case, "wait"), {"wait": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert unfinished.strip() == '<div id="snooze-preview"></div>'
    assert Case.objects.get(pk=case.pk).seq == case.seq


# ── By the desk itself ───────────────────────────────────────────────────────────────────────────


def test_what_no_person_wrote_is_marked_for_both_sides(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    path = house.data_folder() / "policy.toml"
    path.write_text("routine_updates = 1\n")
    stopped_clock.pass_time(by=timedelta(days=1, hours=8))
    let_go()
    assert Message.objects.filter(case=case, purpose="update").count() == 1
    assert "Sent by the desk itself" in seen(as_(client, cast.owner), url(case))
    client.logout()
    assert "no person wrote it" in seen(client, address(case))
