"""What a customer does on their page: each step is a POST, goes through the actions, and leads back to the page."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from amends.actions import clock, links
from amends.actions import handling as record
from amends.actions.clock import StoppedClock
from amends.actions.links import preview_url
from amends.actions.replies import do_reply
from amends.desk.views.own.limit import MOST_AN_HOUR
from amends.desk.views.own.steps import STEPS
from amends.method.state import OfferStatus
from amends.method.words import Remedy
from amends.store.models import Case, Customer, JournalEntry, Message, User
from amends.testing import Cast, make_customer
from tests.desk.own import address, complain, let_go, state
from tests.desk.own_stages import asked_while_open, closed, offered, resolved

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten, and nobody has written anything this hour."""
    cache.clear()


@pytest.fixture
def case(cast: Cast) -> Case:
    return complain(cast.customer)


def post(client: Client, case: Case, step: str, **data: Any) -> str:
    """Post a step, see that it leads back to the page, and return what the page says."""
    answer = client.post(address(case, step), data)
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()
    there = answer.headers["Location"]
    assert there.startswith(address(case))
    return client.get(there).content.decode()


def test_what_they_write_is_with_us(client: Client, case: Case) -> None:
    seen = post(client, case, "write", text="It is the blue one, by the way.")
    assert "your message is with us" in seen
    message = Message.objects.get(case=case, channel="page")
    assert message.text == "It is the blue one, by the way."
    assert message.direction == Message.IN


def test_a_second_tap_on_the_button_writes_once(client: Client, case: Case) -> None:
    for _ in range(2):
        post(client, case, "write", text="Hello?", once=ONCE)
    assert Message.objects.filter(case=case, channel="page").count() == 1


def test_nothing_written_is_asked_for_again(client: Client, case: Case) -> None:
    answer = client.post(address(case, "write"), {"text": "  "})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Please write something here." in answer.content.decode()


def test_what_would_be_fair_is_their_bid(client: Client, cast: Cast) -> None:
    case = complain(cast.customer, "The pump is broken!")
    post(client, case, "fair", text="Just be kind next time", remedy="apology")
    assert [bid.remedy for bid in state(case).bids] == [Remedy.APOLOGY]
    post(client, case, "fair", text="I want a refund of 30 euros.", remedy="refund")
    assert [bid.remedy for bid in state(case).bids] == [Remedy.APOLOGY, Remedy.REFUND], "read once, not twice"


def test_what_we_understood_is_confirmed_with_one_button(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    text = "I can hear how angry you are. So you got a machine with a broken pump. Is that right?"
    do_reply(cast.owner, case.pk, text, at=clock.now())
    stopped_clock.pass_time(by=timedelta(minutes=1))
    let_go()
    assert "You got a machine with a broken pump" in client.get(address(case)).content.decode()
    post(client, case, "understood", answer="yes")
    basis = state(case).basis
    assert basis is not None
    assert basis.confirmed is not None
    assert "You said that this is right." in client.get(address(case)).content.decode()


def test_a_no_to_what_we_understood_says_what_is_wrong(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    text = "I can hear how angry you are. So you got a machine with a broken lid. Is that right?"
    do_reply(cast.owner, case.pk, text, at=clock.now())
    stopped_clock.pass_time(by=timedelta(minutes=1))
    let_go()
    answer = client.post(address(case, "understood"), {"answer": "no"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    post(client, case, "understood", answer="no", words="The pump, not the lid.")
    assert state(case).read_back is None
    assert Message.objects.filter(case=case, text="The pump, not the lid.").exists()


@pytest.mark.parametrize(("answer", "became"), [("yes", OfferStatus.ACCEPTED), ("no", OfferStatus.REJECTED)])
def test_an_offer_is_answered_with_words(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock, answer: str, became: OfferStatus
) -> None:
    offer = offered(cast, case, stopped_clock)
    assert "€40" in client.get(address(case)).content.decode()
    post(client, case, "offer", offer=offer, answer=answer, words="Let me tell you why.")
    found = state(case).offer(offer)
    assert found is not None
    assert found.status is became
    assert Message.objects.filter(case=case, text="Let me tell you why.").exists()


def test_an_offer_is_answered_once(client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    offer = offered(cast, case, stopped_clock)
    post(client, case, "offer", offer=offer, answer="yes")
    again = client.post(address(case, "offer"), {"offer": offer, "answer": "no"})
    assert again.status_code == HTTPStatus.CONFLICT
    assert "This offer has been answered already." in again.content.decode()


def test_fixed_or_not_yet(client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    early = client.post(address(case, "fixed"), {"answer": "yes"})
    assert early.status_code == HTTPStatus.CONFLICT
    assert "We are still working on this." in early.content.decode()
    resolved(cast, case, stopped_clock)
    assert "Is it fixed?" in client.get(address(case)).content.decode()
    seen = post(client, case, "fixed", answer="no", words="It still leaks.")
    assert "Your case is open again" in seen
    assert state(case).resolved_at is None
    record.do_record(cast.owner, case.pk, record.resolve(), at=clock.now())
    post(client, case, "fixed", answer="yes")
    assert state(case).fixed is True


def test_partly_says_which_part_and_opens_the_case_again(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    resolved(cast, case, stopped_clock)
    which = client.post(address(case, "fixed"), {"answer": "partly"})
    assert which.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "which part is not right yet" in which.content.decode()
    seen = post(client, case, "fixed", answer="partly", words="The pump works, the lid still leaks.")
    assert "Your case is open again" in seen
    assert "You told us that it is partly fixed" in seen
    assert state(case).resolved_at is None
    client.force_login(User.objects.get(pk=cast.owner.id))
    assert "said that it is partly fixed" in client.get(f"/cases/{case.pk}/").content.decode()


def test_a_case_that_is_open_asks_whether_it_is_fixed(client: Client, cast: Cast, case: Case) -> None:
    asked_while_open(cast, case)
    assert "Is it fixed?" in client.get(address(case)).content.decode()
    post(client, case, "fixed", answer="partly", words="The lid still leaks.")
    assert state(case).fixed is False
    assert "Is it fixed?" not in client.get(address(case)).content.decode()


def test_the_survey_is_answered_once(client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    marks = {"outcome": "5", "treatment": "4", "process": "3", "buy_again": "yes", "recommend": "", "words": "Thanks"}
    early = client.post(address(case, "survey"), marks)
    assert early.status_code == HTTPStatus.CONFLICT
    closed(cast, case, stopped_clock)
    assert "How was it for you?" in client.get(address(case)).content.decode()
    missing = client.post(address(case, "survey"), marks | {"process": ""})
    assert missing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="5" checked' in missing.content.decode()
    post(client, case, "survey", **marks)
    survey = state(case).survey
    assert survey is not None
    assert (survey.outcome, survey.treatment, survey.process) == (5, 4, 3)
    assert (survey.buy_again, survey.recommend) == (True, None)
    assert client.post(address(case, "survey"), marks).status_code == HTTPStatus.FOUND  # a second tap
    again = client.post(address(case, "survey"), marks | {"words": "And one more thing."})
    assert again.status_code == HTTPStatus.CONFLICT
    kept = again.content.decode()
    assert "You have answered this already" in kept
    assert "And one more thing.</textarea>" in kept
    assert "Send it as a message" in kept
    assert "How was it for you?" not in client.get(address(case)).content.decode()


def test_a_bad_answer_opens_the_case_again(client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    closed(cast, case, stopped_clock)
    post(client, case, "survey", outcome="1", treatment="4", process="3")
    assert state(case).closed_at is None


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    "asked", ["", "?outcome=5", "?outcome=2&treatment=1&words=Bad", "?outcome=%00", "?outcome=<script>"]
)
def test_whoever_follows_links_stores_nothing(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock, method: str, asked: str
) -> None:
    closed(cast, case, stopped_clock)
    before = JournalEntry.objects.count()
    for there in (address(case), address(case, "survey"), address(case, "no-survey"), address(case, "thanks")):
        assert getattr(client, method)(f"{there}{asked}").status_code in (HTTPStatus.OK, HTTPStatus.FOUND)
    assert JournalEntry.objects.count() == before
    assert not Customer.objects.get(pk=case.customer_id).no_surveys


def test_a_link_chooses_a_mark_and_no_more(client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    closed(cast, case, stopped_clock)
    seen = client.get(f"{address(case)}?outcome=2").content.decode()
    assert 'name="outcome" value="2" checked' in seen
    assert 'name="treatment" value="2" checked' not in seen


def test_who_does_not_want_to_be_asked_says_so_once(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    closed(cast, case, stopped_clock)
    assert "we will not ask you again" in post(client, case, "no-survey")
    assert Customer.objects.get(pk=case.customer_id).no_surveys
    assert "How was it for you?" not in client.get(address(case)).content.decode()


def test_too_much_in_an_hour_is_asked_to_wait_with_its_words_kept(
    client: Client, case: Case, stopped_clock: StoppedClock
) -> None:
    for n in range(MOST_AN_HOUR):
        post(client, case, "write", text=f"Answer me! {n}")
    full = client.post(address(case, "write"), {"text": "And this is important."})
    assert full.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "And this is important." in full.content.decode()
    assert Message.objects.filter(case=case, channel="page").count() == MOST_AN_HOUR
    stopped_clock.pass_time(by=timedelta(hours=1))
    post(client, case, "write", text="And this is important.")


def test_a_form_from_elsewhere_is_refused(case: Case) -> None:
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(address(case, "write"), {"text": "Forged."})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert not Message.objects.filter(case=case, channel="page").exists()


def test_no_other_customers_link_reaches_this_case(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    offer = offered(cast, case, stopped_clock)
    other = complain(make_customer("Lee Novak"), "Where is my parcel?!")
    reached = client.post(address(other, "offer"), {"offer": offer, "answer": "yes"})
    assert reached.status_code == HTTPStatus.CONFLICT
    found = state(case).offer(offer)
    assert found is not None
    assert found.status is OfferStatus.OPEN


def test_a_revoked_or_forged_link_changes_nothing(client: Client, cast: Cast, case: Case) -> None:
    old = address(case, "write")
    links.do_revoke_link(cast.owner, case.pk, at=clock.now())
    for there in (old, "/c/forged:token/write/"):
        assert client.post(there, {"text": "Let me in."}).status_code == HTTPStatus.NOT_FOUND
    assert not Message.objects.filter(case=case, channel="page").exists()


def test_staff_revoke_links_of_their_own_cases_only(client: Client, cast: Cast, case: Case) -> None:
    there = f"/cases/{case.pk}/link/revoke/"
    assert "login" in client.post(there).headers["Location"]
    client.force_login(User.objects.get(pk=cast.stranger.id))
    assert client.post(there).status_code == HTTPStatus.NOT_FOUND
    assert Case.objects.get(pk=case.pk).link_version == 1
    client.force_login(User.objects.get(pk=cast.teammate.id))
    assert client.get(there).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert client.post(there).status_code == HTTPStatus.FOUND
    assert Case.objects.get(pk=case.pk).link_version == 2


@pytest.mark.parametrize("step", STEPS)
def test_staff_who_look_cannot_speak_for_the_customer(client: Client, cast: Cast, case: Case, step: str) -> None:
    client.force_login(User.objects.get(pk=cast.owner.id))
    assert "this is what the customer sees" in client.get(address(case)).content.decode()
    before = JournalEntry.objects.count()
    assert client.post(address(case, step), {"text": "I take it."}).status_code == HTTPStatus.FORBIDDEN
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("step", STEPS)
def test_a_preview_answers_nobody(client: Client, case: Case, step: str) -> None:
    there = f"/c/{preview_url(case).rpartition('/c/')[2]}"
    assert "this is what the customer sees" in client.get(there).content.decode()
    before = JournalEntry.objects.count()
    assert client.post(f"{there}{step}/", {"text": "I take it."}).status_code == HTTPStatus.FORBIDDEN
    assert JournalEntry.objects.count() == before
