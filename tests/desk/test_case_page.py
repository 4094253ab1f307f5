"""The page of one case: who sees it, what stands on it, and how quick it is."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.actions.guests import do_say_fixed
from amends.actions.incoming import File, Incoming, do_receive
from amends.actions.links import guest
from amends.actions.promises import do_confirm_promise
from amends.actions.replies import do_log_spoken, do_reply, do_write_note
from amends.insight.conversation import WINDOW
from amends.method.path import station
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome, Remedy, Station, Voice
from amends.store.models import Attachment, Case, Customer, Message, Note
from amends.testing import Cast, mail_from
from tests.desk.casework import EVERY_GATE, HEARD, answer, as_, now_, promised, say, seen
from tests.desk.own import complain
from tests.desk.own_stages import at_stage
from tests.desk.own_stages import guest as their_guest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

QUERIES = 18
"""Session, user, case, state's words … of a case with two messages; not one more for a hundred.

Three of them are for what is fair: their orders (for the purchase, their loyalty and goodwill), the catalogue, and how
often a failure drove people away. What they complained of before is read once for everything.
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def here(case: Case) -> str:
    return f"/cases/{case.pk}/"


def test_the_team_sees_it_and_to_strangers_it_does_not_exist(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    for who in (cast.owner, cast.teammate, cast.lead, cast.admin):
        assert "the pump is broken" in seen(as_(client, who), here(case))
    answer = as_(client, cast.stranger).get(here(case))
    assert answer.status_code == 404
    assert "no such page" in answer.content.decode()
    assert client.get(f"/cases/{10**18}/").status_code == 404
    client.logout()
    assert "login" in client.get(here(case)).headers["Location"]


def test_the_path_shows_the_sentences_that_passed_it(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    say(cast.owner, case, HEARD)
    answer(cast, case, "Yes, that is right. I want a refund of 90 dollars.")
    page = seen(as_(client, cast.owner), here(case))
    for passed in ("hear", "acknowledge", "diagnose", "ask"):
        assert f'class="station is-passed" id="path-{passed}"' in page
    assert 'class="station is-current" id="path-agree"' in page
    assert '<q class="station-quote is-us">I hear how angry you are, and I want to help</q>' in page
    assert '<q class="station-quote is-customer">I want a refund of 90 dollars</q>' in page
    assert "A refund of $90" in page
    assert '<mark>I hear how angry you are, and I want to help</mark><a class="said" href="#path-acknowledge"' in page


def test_what_the_reader_saw_can_be_taken_back_with_one_click(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(cast.customer)
    bid = now_(case).bids[-1]
    page = seen(as_(client, cast.owner), here(case))
    before = page.split('class="bid"', 1)[1]
    seq = before.split('name="seq" value="', 1)[1].split('"')[0]
    done = client.post(f"{here(case)}record/not-so/", {"seq": seq})
    assert done.headers["Location"].startswith(here(case))
    assert bid not in now_(case).bids
    assert "(taken back since)" in seen(client, here(case))


def test_an_angry_word_after_that_opens_the_station_again(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    say(cast.owner, case, "I hear how angry you are.")
    answer(cast, case, "This is ridiculous, I am even more furious now!")
    page = seen(as_(client, cast.owner), here(case))
    assert 'class="station is-reopened" id="path-acknowledge" aria-current="step"' in page


def test_notes_stand_among_the_messages_and_are_marked_as_ours(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    do_write_note(cast.teammate, case.pk, "Third return from this batch.", at=clock.now())
    page = seen(as_(client, cast.owner), here(case))
    assert "Third return from this batch." in page
    assert "Note by Kim Okoro" in page


def test_words_of_strangers_are_words(client: Client, cast: Cast) -> None:
    Customer.objects.filter(pk=cast.customer.pk).update(name='<img src=x onerror="1">')
    case = complain(cast.customer, "<script>alert(1)</script> {{ 7*7 }} The pump is broken!", subject="<b>bold</b>")
    page = seen(as_(client, cast.owner), here(case))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "<b>bold" not in page
    assert "<img src=x" not in page
    assert "{{ 7*7 }}" in page


def test_mail_in_html_is_shown_as_text(client: Client, cast: Cast) -> None:
    html = '<p>broken</p><img src="cid:photo"><img src="https://tracker.example/p.gif">'
    message = do_receive(mail_from(cast.customer, "It is broken!", html=html), at=clock.now()).message
    assert message is not None
    page = seen(as_(client, cast.owner), here(message.case))
    assert "cid:" not in page
    assert "tracker.example" not in page


def test_a_held_reply_counts_down_and_can_be_taken_back(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    do_reply(cast.owner, case.pk, HEARD, at=clock.now())
    page = seen(as_(client, cast.owner), here(case))
    assert 'data-held="10.0"' in page
    assert f'action="{here(case)}take-back/#reply"' in page
    assert "held:out" in page


def test_a_reply_whose_count_is_over_says_that_it_is_on_its_way(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(cast.customer)
    do_reply(cast.owner, case.pk, HEARD, at=clock.now())
    stopped_clock.pass_time(by=timedelta(seconds=12))
    page = seen(as_(client, cast.owner), here(case))
    assert "data-held=" not in page
    assert "Take it back" not in page
    assert "load delay:3s" in page


def test_files_can_be_fetched_and_safe_pictures_are_shown_small(client: Client, cast: Cast) -> None:
    files = (
        File("fuse.png", "image/png", PNG, len(PNG)),
        File("invoice.pdf", "application/pdf", b"%PDF", 4),
        File("drawing.svg", "image/svg+xml", b"<svg/>", 6),
        File("film.mov", "video/quicktime", b"", 900_000_000, dropped=True),
    )
    message = do_receive(mail_from(cast.customer, "It is broken!", files=files), at=clock.now()).message
    assert message is not None
    page = seen(as_(client, cast.owner), here(message.case))
    png, pdf, svg, _film = Attachment.objects.order_by("pk")
    assert f'<img src="/attachments/{png.pk}/"' in page
    assert f'href="/attachments/{pdf.pk}/"' in page
    assert f'<img src="/attachments/{svg.pk}/"' not in page
    assert "too large to keep" in page


def test_worth_and_history_stand_beside_the_case(client: Client, cast: Cast) -> None:
    Customer.objects.filter(pk=cast.customer.pk).update(
        since=(clock.now() - timedelta(days=8 * 366)).date(), spent=2480, orders_count=31, currency="EUR"
    )
    earlier = complain(cast.customer, "The cup is chipped.", subject="Chipped cup")
    for record in (
        handling.resolve(),
        handling.call_back(CallResult.REACHED),
        handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.DELIGHTED),
        handling.close(),
    ):
        handling.do_record(cast.owner, earlier.pk, record, at=clock.now(), reasons=EVERY_GATE)
    text = "The pump broke AGAIN, I am furious! I will tell everyone I know."
    case = complain(cast.customer, text, subject="The pump")
    page = seen(as_(client, cast.owner), here(case))
    assert "a customer for 8 years" in page
    assert "€2,480" in page
    assert "31 orders" in page
    assert "Chipped cup" in page
    assert "Fixed; Delighted" in page
    assert "Wants to tell others" in page
    assert "a second failure is the dangerous one" in page
    (token,) = re.findall(r"/c/([^/]+)/", page)
    assert guest(token).preview


def test_the_about_face_is_offered_only_where_both_are_stuck(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    assert "Turn it about" not in seen(as_(client, cast.owner), here(case))
    handling.do_record(cast.owner, case.pk, handling.unwarranted("It fell down the stairs."), at=clock.now())
    say(cast.owner, case, "I hear how angry you are.")
    page = seen(client, here(case))
    assert "Turn it about" in page
    assert "what would you do in our place" in page


def test_a_sentence_of_their_answer_is_marked_as_an_option_with_one_click(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(cast.customer)
    say(cast.owner, case, "I hear how angry you are. We cannot do that. What would you do in our place?")
    assert "They have not said yet." in seen(as_(client, cast.owner), here(case))
    stopped_clock.pass_time(by=timedelta(hours=1))
    answer(cast, case, "Well, look. People at the phones. Sundays as well.")
    page = seen(client, here(case))
    first, *_others = re.findall(r'name="sentence" value="([^"]+)"', page)
    assert client.post(f"{here(case)}record/option/", {"sentence": first}).status_code == 302
    option = now_(case).options[-1]
    assert (option.words.by, option.remedy) == (Voice.PERSON, Remedy.ACTION)
    assert page.count('name="sentence"') - seen(client, here(case)).count('name="sentence"') == 1


def test_who_wrote_again_is_heard_before_anybody_calls_it_done(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = at_stage("resolved", cast, stopped_clock)
    do_say_fixed(their_guest(case), fixed=False, words="You useless liars, it is still broken!!!", at=clock.now())
    assert station(now_(case)) is Station.ACKNOWLEDGE
    assert "Everything is kept" not in seen(as_(client, cast.owner), here(case))


def test_overrides_are_shown_with_their_reasons(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    say(cast.owner, case, "We will refund you $40.", reasons=EVERY_GATE)
    page = seen(as_(client, cast.lead), here(case))
    assert "went past “Name their feeling first”" in page
    assert "Settled on the phone." in page


def test_legal_terms_and_promises_are_due(client: Client, cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.AMENDS_DATA = tmp_path
    (tmp_path / "policy.toml").write_text('extends = "uk-fca-disp"\n')
    case, promise = promised(cast)
    do_confirm_promise(cast.owner, case.pk, promise, at=clock.now())
    page = seen(as_(client, cast.owner), here(case))
    assert "set by law" in page
    assert "Friday at 17:00" in page
    assert "Jonas Weber" in page


def test_without_an_address_one_is_sent_to_the_telephone(client: Client, cast: Cast) -> None:
    call = Incoming(channel="phone", name="Ann Lee", phone="+4930555", text="My order is broken and I am furious!")
    message = do_receive(call, at=clock.now(), by=cast.owner).message
    assert message is not None
    page = seen(as_(client, cast.owner), here(message.case))
    assert "We know no address to write to" in page


def test_a_long_conversation_shows_its_end_and_leads_to_the_rest(
    client: Client, cast: Cast, stopped_clock: StoppedClock, django_assert_num_queries: Any
) -> None:
    case = complain(cast.customer)
    client = as_(client, cast.owner)
    do_log_spoken(cast.owner, case.pk, "I hear how angry you are.", at=clock.now())
    seen(client, here(case))  # the first visit moves the session on
    with django_assert_num_queries(QUERIES):
        seen(client, here(case))
    for n in range(WINDOW + 5):
        at = stopped_clock.pass_time(by=timedelta(minutes=1))
        answer(cast, case, f"Word number {n:03}, and it is still broken! I want 90 dollars back.")
        do_write_note(cast.owner, case.pk, f"Note {n:03}", at=at)
    seen(client, here(case))
    with django_assert_num_queries(QUERIES + 1):  # the first words stand outside the window: one more for them
        page = seen(client, here(case))
    assert page.count('<article class="message is-customer') == WINDOW
    assert f"Word number {WINDOW + 4:03}" in page
    assert "Note 004" not in page
    earlier = page.split('class="button is-plain" href="', 1)[1].split('"')[0]
    assert "Earlier messages" in page
    page = seen(client, earlier.split("#")[0])
    assert "Word number 004" in page
    assert "Note 003" in page
    assert "Word number 050" not in page
    assert "Back to the newest" in page


def test_erased_words_leave_a_page_that_says_so(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    say(cast.owner, case, HEARD)
    Message.objects.filter(case=case).update(text="", full_text="")
    Note.objects.filter(case=case).update(text="")
    assert "The words were erased" in seen(as_(client, cast.owner), here(case))
