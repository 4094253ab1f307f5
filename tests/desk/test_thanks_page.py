"""The thank-you card: seen by whom it is for once it has gone, by the staff before, and by nobody else."""

from datetime import timedelta
from email.message import EmailMessage
from http import HTTPStatus

import pytest
from django.core import mail
from django.test import Client

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.actions.effects import do_effects
from amends.actions.links import preview_url
from amends.actions.sending import MAIL, do_send_mail
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from amends.store.models import Case, Customer
from amends.testing import Cast
from tests.desk.casework import EVERY_GATE, as_, seen
from tests.desk.own import address, complain, let_go

pytestmark = pytest.mark.django_db

LINE = "Your <b>photos</b> helped our workshop."


@pytest.fixture
def case(cast: Cast, stopped_clock: StoppedClock) -> Case:
    found = complain(cast.customer)
    handling.do_record(cast.owner, found.pk, handling.assign(cast.owner.id), at=clock.now())
    stopped_clock.pass_time(by=timedelta(days=4))
    handling.do_record(cast.owner, found.pk, handling.resolve(), at=clock.now(), reasons=EVERY_GATE)
    return found


def close(cast: Cast, case: Case, line: str = LINE) -> None:
    """Call back, close, and let the thank-you go out."""
    for done in (
        handling.call_back(CallResult.REACHED),
        handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.DELIGHTED),
        handling.close(line),
    ):
        handling.do_record(cast.owner, case.pk, done, at=clock.now())
    let_go()


def preview(case: Case) -> str:
    return f"/c/{preview_url(case).rpartition('/c/')[2]}"


def test_the_card_names_what_they_did_and_bears_the_line(client: Client, cast: Cast, case: Case) -> None:
    close(cast, case)
    card = seen(client, f"{address(case)}thanks/")
    assert f"Dear {cast.customer.name}," in card
    assert "the 4 days that you gave us" in card
    assert "Your &lt;b&gt;photos&lt;/b&gt; helped" in card
    assert cast.owner.name in card
    assert "thanks/" in seen(client, address(case))


def test_nobody_is_thanked_for_a_fix_that_there_was_not(client: Client, cast: Cast, case: Case) -> None:
    handling.do_record(cast.owner, case.pk, handling.call_back(CallResult.REACHED), at=clock.now())
    no_remedy = handling.outcomes(ProblemOutcome.NO_REMEDY, CustomerOutcome.CONTENT)
    handling.do_record(cast.owner, case.pk, no_remedy, at=clock.now())
    card = seen(client, f"{preview(case)}thanks/")
    assert "for hearing us out" in card
    assert "put it right" not in card


def test_before_it_goes_only_the_staff_see_it(client: Client, case: Case) -> None:
    for there in ("thanks/", "thanks.pdf"):
        assert client.get(f"{address(case)}{there}").status_code == HTTPStatus.FOUND
    assert "the card as the customer gets it" in seen(client, f"{preview(case)}thanks/")
    assert client.get("/c/forged/thanks/").status_code == HTTPStatus.NOT_FOUND
    assert client.get("/c/forged/thanks.pdf").status_code == HTTPStatus.NOT_FOUND


def test_the_pdf_comes_from_the_page_and_with_the_mail(client: Client, cast: Cast, case: Case) -> None:
    close(cast, case)
    answer = client.get(f"{address(case)}thanks.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    do_effects({MAIL: do_send_mail}, now=clock.now)
    sent: EmailMessage = mail.outbox[-1].message()
    names = [part.get_filename() for part in sent.walk() if part.get_content_type() == "application/pdf"]
    assert names == ["thank you.pdf"]
    assert sent["Auto-Submitted"] == "auto-generated"
    assert "/thanks/" in mail.outbox[-1].body
    assert cast.owner.name in sent["From"]


def test_letters_without_a_font_lead_to_the_page_and_the_mail_goes_all_the_same(
    client: Client, cast: Cast, case: Case
) -> None:
    Customer.objects.filter(pk=case.customer_id).update(name="山田花子")
    close(cast, case)
    answer = client.get(f"{address(case)}thanks.pdf", follow=True)
    assert "Print this page instead" in answer.content.decode()
    assert "山田花子" in answer.content.decode()
    do_effects({MAIL: do_send_mail}, now=clock.now)
    assert "/thanks/" in mail.outbox[-1].body
    assert not mail.outbox[-1].attachments


def test_the_team_writes_the_line_until_the_card_has_gone(client: Client, cast: Cast, case: Case) -> None:
    page = seen(as_(client, cast.teammate), f"/cases/{case.pk}/")
    assert "It took us 4 days" in page
    there = f"/cases/{case.pk}/record/thanks-line/"
    assert client.post(there, {"line": "Enjoy the coffee!"}).status_code == HTTPStatus.FOUND
    page = seen(client, f"/cases/{case.pk}/")
    assert '<p class="thanks-line">Enjoy the coffee!</p>' in page
    assert "It took us 4 days" not in page
    assert cast.teammate.name in seen(client, f"{preview(case)}thanks/")
    close(cast, case, "")
    late = client.post(there, {"line": "Oh, and one more."})
    assert late.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "thanked already" in late.content.decode()
    assert as_(client, cast.stranger).post(there, {"line": "Ha"}).status_code == HTTPStatus.NOT_FOUND


def test_a_line_that_is_too_long_is_not_lost(client: Client, cast: Cast, case: Case) -> None:
    long = "Thank you! " * 60
    answer = as_(client, cast.owner).post(f"/cases/{case.pk}/record/thanks-line/", {"line": long})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert long.strip() in answer.content.decode()
