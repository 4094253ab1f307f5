"""Approvals: asked from the composer, listed for the team, answered there and by the link in a mail."""

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from amends.actions import clock, handling
from amends.actions.access import NoAccess
from amends.actions.approval_links import LIFETIME, approval_url
from amends.actions.clock import StoppedClock
from amends.desk.mails.notices import do_mail_notices
from amends.desk.views.own.limit import MOST_AN_HOUR
from amends.store.models import Case, Customer, CustomerAddress, Effect, Message, User
from amends.testing import Cast
from amends.transcript import Money
from tests.desk.casework import as_, now_, seen
from tests.desk.own import complain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

DRAFT = "I hear how angry you are, and I want to help.\n\nWe will refund you $400. <b>At once</b>"


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complain(cast.customer)
    given = {"expected": "A pump that works", "got": "A broken one", "confirmed": True}
    handling.do_record(cast.owner, case.pk, handling.basis(**given), at=clock.now())  # type: ignore[arg-type]  # a dict of several types
    handling.do_record(cast.owner, case.pk, handling.left_to_us("You decide."), at=clock.now())
    return case


def ask(client: Client, cast: Cast, case: Case) -> str:
    """Ask from the composer, and return the wish's id."""
    given = {"text": DRAFT, "ask-why": "Seven years with us."}
    assert as_(client, cast.owner).post(f"/cases/{case.pk}/ask/", given).status_code == 302
    return now_(case).approvals[-1].approval


def test_a_refusal_says_what_one_may_give_and_asks_with_one_click(client: Client, cast: Cast, case: Case) -> None:
    page = as_(client, cast.owner).post(f"/cases/{case.pk}/reply/", {"text": DRAFT}).content.decode()
    assert "You may give $200 here, without asking." in page
    assert "Ask for approval of $400" in page
    assert f'formaction="/cases/{case.pk}/ask/' in page
    approval = ask(client, cast, case)
    assert now_(case).approvals[-1].cost == Money.of(400, "USD")
    again = client.post(f"/cases/{case.pk}/ask/", {"text": DRAFT})
    assert again.status_code == 422
    assert "We will refund you $400." in again.content.decode()  # nothing that was typed is lost
    assert [a.approval for a in now_(case).approvals] == [approval]


@pytest.mark.parametrize("text", ["", "Hello.", "I hear how angry you are. We will refund you $40."])
def test_what_needs_no_approval_is_not_asked_for(client: Client, cast: Cast, case: Case, text: str) -> None:
    answer = as_(client, cast.owner).post(f"/cases/{case.pk}/ask/", {"text": text})
    assert answer.status_code == 422
    assert not now_(case).approvals


def test_the_sheet_says_what_one_may_still_give(client: Client, cast: Cast, case: Case) -> None:
    assert "You may give $200 here, without asking." in seen(as_(client, cast.teammate), f"/cases/{case.pk}/")
    assert "without asking" not in seen(as_(client, cast.admin), f"/cases/{case.pk}/")


def test_the_page_is_for_the_team_and_the_answer_for_who_leads(client: Client, cast: Cast, case: Case) -> None:
    approval = ask(client, cast, case)
    url = f"/approvals/{approval}/"
    for who, buttons in ((cast.owner, False), (cast.teammate, False), (cast.lead, True)):
        page = seen(as_(client, who), "/approvals/")
        assert ("Approve it" in page) is buttons
        assert "Seven years with us." in page
        assert "&lt;b&gt;At once&lt;/b&gt;" in page
    assert approval not in seen(as_(client, cast.stranger), "/approvals/")
    assert client.post(url, {"answer": "yes"}).status_code == 404
    for who in (cast.owner, cast.teammate):
        assert as_(client, who).post(url, {"answer": "yes"}).status_code == 422
    client.logout()
    assert "login" in client.post(url, {"answer": "yes"}).headers["Location"]
    assert client.get("/approvals/").status_code == 302
    assert now_(case).approvals[0].granted is None


def test_whose_name_is_unknown_is_called_by_an_address(client: Client, cast: Cast, case: Case) -> None:
    ask(client, cast, case)
    Customer.objects.filter(pk=case.customer_id).update(name="")
    address = (
        CustomerAddress.objects.filter(customer=case.customer_id).order_by("pk").values_list("value", flat=True)[0]
    )
    page = seen(as_(client, cast.lead), "/approvals/")
    assert address in page
    assert "Somebody</p>" not in page


def test_who_leads_finds_it_in_the_navigation_with_how_many_wait(client: Client, cast: Cast, case: Case) -> None:
    room = '<a href="/approvals/" data-key="g y">'
    nobody_waits = seen(as_(client, cast.lead), "/").partition(room)[2].partition("</a>")[0]
    assert "Approvals" in nobody_waits
    assert "waiting" not in nobody_waits
    approval = ask(client, cast, case)
    page = seen(as_(client, cast.lead), "/")
    assert '<span class="count">1' in page.partition(room)[2].partition("</a>")[0]
    assert f'href="/approvals/#approval-{approval}"' in page  # and from Today
    assert room not in seen(as_(client, cast.owner), "/")
    assert "waiting" not in seen(as_(client, cast.stranger), "/").partition(room)[2].partition("</a>")[0]


def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, case: Case, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        other = complain(cast.customer, f"I am furious, for the {n}th time: the pump is broken!")
        handling.do_record(
            cast.owner, other.pk, handling.ask_approval(Money.of(300 + n, "USD"), "Fair."), at=clock.now()
        )
    ask(client, cast, case)
    lead = as_(client, cast.lead)
    seen(lead, "/approvals/")
    with django_assert_max_num_queries(9):  # session, user, the frame's three, and four for the wishes
        page = seen(lead, "/approvals/")
    assert page.count('<article class="wish') == 7


def test_a_yes_lets_the_draft_go_out(client: Client, cast: Cast, case: Case) -> None:
    url = f"/approvals/{ask(client, cast, case)}/"
    assert as_(client, cast.lead).get(url).status_code == 405
    answer = client.post(url, {"answer": "send", "why": "Of course."}, follow=True)
    assert "their draft goes out" in answer.content.decode()
    sent = Message.objects.get(direction=Message.OUT)
    assert (sent.author_id, sent.text) == (cast.owner.id, DRAFT)
    assert "Of course." in seen(client, f"/cases/{case.pk}/")
    again = client.post(url, {"answer": "no", "why": "Too late?"})
    assert again.status_code == 422


def test_a_yes_without_it_leaves_the_draft_to_its_writer(client: Client, cast: Cast, case: Case) -> None:
    url = f"/approvals/{ask(client, cast, case)}/"
    assert as_(client, cast.lead).post(url, {"answer": "nonsense", "why": "My word"}).status_code == 422
    assert client.post(url, {"answer": "yes"}).status_code == 302
    assert "Put your draft into the reply" not in seen(client, f"/cases/{case.pk}/")
    assert "Put your draft into the reply" in seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    draft = client.post(f"/cases/{case.pk}/draft/", {"insert": DRAFT})
    assert "We will refund you $400." in draft.content.decode()


# ── The link in the mail ─────────────────────────────────────────────────────────────────────────


def path(url: str) -> str:
    return "/a/" + url.split("/a/")[1]


def test_the_mail_brings_a_link_that_answers_without_logging_in(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    ask(client, cast, case)
    subject = Effect.objects.get(kind="notice", subject__startswith=f"{cast.lead.id}:").subject
    do_mail_notices(subject)
    (sent,) = mail.outbox
    assert "A colleague waits for your yes: $400" in str(sent.subject)
    found = re.search(r"\S+/a/\S+/", str(sent.body))
    assert found is not None
    link, nobody = path(found.group()), Client(enforce_csrf_checks=True)
    page = nobody.get(link)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert "Jonas Weber asks for $400" in page.content.decode()
    assert now_(case).approvals[0].granted is None  # a GET changes nothing
    assert nobody.post(link, {"answer": "send"}).status_code == 403  # nor does a forged form
    token = nobody.cookies["csrftoken"].value
    stopped_clock.pass_time(by=timedelta(hours=2))
    answer = nobody.post(link, {"answer": "send", "why": "Yes!", "csrfmiddlewaretoken": token})
    assert "their draft goes out" in answer.content.decode()
    assert now_(case).approvals[0].answered_by == str(cast.lead.id)
    assert "has been answered" in nobody.get(link).content.decode()


def test_a_link_that_opens_nothing_says_so_kindly(client: Client, cast: Cast, case: Case) -> None:
    link = path(approval_url(cast.lead, ask(client, cast, case)))
    for wrong in ("/a/nonsense/", link[:-3] + "xx/"):
        answer = Client().get(wrong)
        assert answer.status_code == 404
        assert "Seven years" not in answer.content.decode()
        assert Client().post(wrong, {"answer": "yes"}).status_code == 404
    assert now_(case).approvals[0].granted is None


def test_whoever_only_looks_changes_nothing(client: Client, cast: Cast, case: Case) -> None:
    link = path(approval_url(cast.lead, ask(client, cast, case)))
    for look in (Client().get, Client().head, Client().options, partial(Client().get, query_params={"answer": "yes"})):
        look(link)  # as those do who look at every link of a mail before it is read
    assert Client().put(link).status_code == 405
    assert now_(case).approvals[0].granted is None


@pytest.mark.parametrize("lost", [{"rank": "handler"}, {"is_active": False}, {"team": None}], ids=str)
def test_a_link_ends_with_what_it_takes_to_answer(
    client: Client, cast: Cast, case: Case, lost: dict[str, object]
) -> None:
    link = path(approval_url(cast.lead, ask(client, cast, case)))
    User.objects.filter(pk=cast.lead.id).update(**lost)
    for answer in (Client().get(link), Client().post(link, {"answer": "yes"})):
        assert answer.status_code == 404
        assert "Seven years" not in answer.content.decode()
    assert now_(case).approvals[0].granted is None


def test_a_link_ends_after_a_week(client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    link = path(approval_url(cast.lead, ask(client, cast, case)))
    stopped_clock.pass_time(by=LIFETIME)
    assert Client().get(link).status_code == 200
    stopped_clock.pass_time(by=timedelta(seconds=1))
    assert "works for a week" in Client().get(link).content.decode()
    assert Client().post(link, {"answer": "yes"}).status_code == 404


def test_nobody_gets_a_link_to_their_own_wish(cast: Cast, case: Case) -> None:
    handling.do_record(cast.lead, case.pk, handling.ask_approval(Money.of(900, "USD"), ""), at=clock.now())
    own = now_(case).approvals[-1].approval
    with pytest.raises(NoAccess):
        approval_url(cast.lead, own)
    assert Client().get(path(approval_url(cast.admin, own))).status_code == 200


def test_a_sum_that_a_lead_may_not_give_is_for_who_may(client: Client, cast: Cast, case: Case) -> None:
    handling.do_record(cast.owner, case.pk, handling.ask_approval(Money.of(5000, "USD"), ""), at=clock.now())
    for who, buttons in ((cast.lead, False), (cast.admin, True)):
        for url in ("/approvals/", f"/cases/{case.pk}/"):
            assert (">Approve it<" in seen(as_(client, who), url)) is buttons, url
    with pytest.raises(NoAccess):
        approval_url(cast.lead, now_(case).approvals[-1].approval)


@pytest.mark.parametrize("amount", ["0", "-5", "1e999", "much", "", "999999999999999", "5 ZZZ"])
def test_what_is_no_sum_is_said_so_and_nothing_is_lost(client: Client, cast: Cast, case: Case, amount: str) -> None:
    given = {"amount": amount, "why": "Seven years with us."}
    answer = as_(client, cast.owner).post(f"/cases/{case.pk}/record/ask-approval/", given)
    assert answer.status_code == 422
    assert "Seven years with us." in answer.content.decode()
    assert not now_(case).approvals


def test_a_case_that_was_closed_meanwhile_says_so(client: Client, cast: Cast, case: Case) -> None:
    link = path(approval_url(cast.lead, ask(client, cast, case)))
    reasons = dict.fromkeys(("act-first", "come-back-first"), "Settled on the phone.")
    for what in (handling.resolve(), handling.close()):
        handling.do_record(cast.owner, case.pk, what, at=clock.now(), reasons=reasons)  # type: ignore[arg-type]  # a dict of several types
    answer = Client().post(link, {"answer": "yes", "why": "My word"})
    assert answer.status_code == 422
    assert "The case is closed" in answer.content.decode()
    assert "My word" in answer.content.decode()


def test_answers_by_link_have_a_limit(client: Client, cast: Cast, case: Case) -> None:
    link = path(approval_url(cast.lead, ask(client, cast, case)))
    for _ in range(MOST_AN_HOUR):
        assert Client().post(link, {"answer": "nonsense"}).status_code == 422
    assert Client().post(link, {"answer": "yes"}).status_code == 429
    assert now_(case).approvals[0].granted is None
