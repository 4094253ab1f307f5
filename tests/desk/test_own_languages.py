"""Which language customers are spoken to in: on their page, in the form, in letters; and that the staff's stays English."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from amends.actions import clock
from amends.actions.clock import StoppedClock
from amends.actions.effects import do_effects
from amends.actions.house import data_folder
from amends.actions.languages import do_choose_language, language_of, spoken
from amends.actions.links import preview_url
from amends.actions.sending import MAIL, do_send_mail
from amends.method.decide import Impossible
from amends.store.models import Case, Customer, JournalEntry, Message, User
from amends.testing import Cast
from tests.desk.own import address, complain, let_go
from tests.desk.own_stages import closed, guest, offered, resolved

pytestmark = pytest.mark.django_db

GERMAN = "Ich habe eine Maschine bestellt und sie ist kaputt, ich bin sehr wütend und will mein Geld."
HEADINGS = {
    "en-gb": "Where your complaint stands",
    "de": "Wie es um Ihre Beschwerde steht",
    "fr": "Où en est votre réclamation",
    "es": "Cómo va su reclamación",
}


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten, and nobody has written anything this hour."""
    cache.clear()


@pytest.fixture
def case(cast: Cast) -> Case:
    return complain(cast.customer)


def known_language(case: Case, code: str) -> None:
    Customer.objects.filter(pk=case.customer_id).update(language=code)


def page(client: Client, case: Case, *, reads: str = "", lang: str = "") -> str:
    headers = {"Accept-Language": reads} if reads else None
    answer = client.get(address(case), {"lang": lang} if lang else {}, headers=headers)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE_ch", "de"),
        ("en", "en-gb"),
        ("en-US", "en-gb"),
        ("nl", ""),
        ("", ""),
        (" ", ""),
        ("../../etc", ""),
        ("de\0", ""),
        ("x" * 600, ""),
    ],
)
def test_a_code_of_anybodys_becomes_a_language_of_ours_or_none(code: str, found: str) -> None:
    assert spoken(code) == found


@pytest.mark.parametrize(("code", "heading"), HEADINGS.items())
def test_the_page_is_in_the_customers_language(client: Client, case: Case, code: str, heading: str) -> None:
    known_language(case, code)
    seen = page(client, case, reads="it")
    assert heading in seen
    assert f'<html lang="{code}">' in seen


def test_else_it_is_in_the_first_that_the_browser_reads_and_we_speak(client: Client, case: Case) -> None:
    assert HEADINGS["fr"] in page(client, case, reads="it, fr-CA;q=0.8, de;q=0.5")
    assert HEADINGS["en-gb"] in page(client, case, reads="it")
    assert HEADINGS["en-gb"] in page(client, case, reads="*;q=x,,;")


def test_else_it_is_in_the_language_of_the_house(client: Client, case: Case) -> None:
    config = data_folder() / "amends.toml"
    config.write_text('[business]\nlanguage = "es"\n', "utf-8")
    try:
        assert HEADINGS["es"] in page(client, case, reads="it")
    finally:
        config.unlink()


def test_another_language_is_looked_at_once_without_being_kept(client: Client, case: Case) -> None:
    known_language(case, "de")
    assert HEADINGS["fr"] in page(client, case, lang="fr")
    assert HEADINGS["de"] in page(client, case)


def test_a_language_that_they_choose_is_theirs_from_then_on(client: Client, case: Case) -> None:
    before = JournalEntry.objects.count()
    answer = client.post(address(case, "language"), {"language": "fr"})
    assert answer.headers["Location"] == address(case)
    assert HEADINGS["fr"] in page(client, case, reads="en")
    case.customer.refresh_from_db()
    assert language_of(case) == "fr"
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("nonsense", ["xx", "", "de\0", "<b>"])
def test_a_language_that_we_do_not_speak_changes_nothing(client: Client, case: Case, nonsense: str) -> None:
    answer = client.post(address(case, "language"), {"language": nonsense})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    case.customer.refresh_from_db()
    assert case.customer.language == ""
    with pytest.raises(Impossible, match="do not speak"):
        do_choose_language(guest(case), nonsense)


def test_who_only_looks_chooses_no_language_for_them(client: Client, case: Case) -> None:
    there = f"/c/{preview_url(case).rpartition('/c/')[2]}language/"
    assert client.post(there, {"language": "fr"}).status_code == HTTPStatus.FORBIDDEN
    case.customer.refresh_from_db()
    assert case.customer.language == ""


def test_dates_times_and_money_are_written_as_in_that_language(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    offered(cast, case, stopped_clock)
    for code, day, money in (
        ("de", "Montag, 2. März 2026, 10:00 Uhr", "40\N{NO-BREAK SPACE}€"),
        ("fr", "lundi 2 mars 2026 à 10:00", "40\N{NO-BREAK SPACE}€"),
        ("es", "lunes 2 de marzo de 2026, 10:00", "40\N{NO-BREAK SPACE}€"),
        ("en", "Mon 2 March 2026, 10:00", "€40"),
    ):
        seen = page(client, case, lang=code)
        assert day in seen
        assert money in seen


def test_a_refusal_is_in_their_language_too(client: Client, cast: Cast, case: Case) -> None:
    known_language(case, "de")
    early = client.post(address(case, "fixed"), {"answer": "yes"})
    assert "Wir arbeiten noch daran." in early.content.decode()
    survey = client.post(address(case, "survey"), {"outcome": "1", "treatment": "1", "process": "1"})
    assert "Wir haben Sie noch nicht gefragt." in survey.content.decode()


@pytest.mark.parametrize(
    ("reads", "words"), [("de", "Dieser Link führt nirgendwohin"), ("en", "does not open anything")]
)
def test_a_link_that_opens_nothing_says_so_in_the_language_of_the_browser(
    client: Client, reads: str, words: str
) -> None:
    answer = client.get("/c/forged/", headers={"Accept-Language": reads})
    assert words in answer.content.decode()
    assert answer.headers["Content-Language"] == ("de" if reads == "de" else "en-gb")


def test_a_forged_form_is_refused_in_their_language(case: Case) -> None:
    answer = Client(enforce_csrf_checks=True).post(
        address(case, "write"), {"text": "Forged."}, headers={"Accept-Language": "de"}
    )
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Bitte senden Sie es noch einmal ab" in answer.content.decode()


def test_the_complaint_form_is_in_their_language(client: Client) -> None:
    seen = client.get("/complain/", headers={"Accept-Language": "de-CH"}).content.decode()
    assert "Was ist geschehen?" in seen
    framed = client.get("/complain/", {"embed": "1", "lang": "fr"}).content.decode()
    assert "Que s’est-il passé" in framed
    assert 'action="/complain/?embed=1&amp;lang=fr"' in framed


def test_the_staff_read_english_whatever_their_browser_says(client: Client, cast: Cast, case: Case) -> None:
    client.force_login(User.objects.get(pk=cast.owner.id))
    for there in (f"/cases/{case.pk}/", "/"):
        answer = client.get(there, {"lang": "de"}, headers={"Accept-Language": "de"})
        assert '<html lang="en-gb">' in answer.content.decode()
        assert answer.headers["Content-Language"] == "en-gb"


def test_letters_are_in_the_customers_language(cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    known_language(case, "fr")
    closed(cast, case, stopped_clock)
    thanks, survey = (Message.objects.get(case=case, purpose=purpose) for purpose in ("thanks", "survey"))
    assert thanks.text.startswith("Bonjour Maya Olsen,")
    assert "Cinq questions courtes" in survey.text


def test_letters_follow_the_language_that_they_write_in(cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    assert language_of(case) == "en-gb"
    german = complain(cast.customer, GERMAN, subject="Kaputt")
    assert language_of(german) == "de"
    assert language_of(complain(cast.customer, "Kaputt!!!", subject="?")) == "en-gb"
    known_language(german, "es")
    german.customer.refresh_from_db()
    assert language_of(german) == "es"


def test_the_lines_below_a_mail_are_in_their_language(cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    known_language(case, "de")
    resolved(cast, case, stopped_clock)
    stopped_clock.pass_time(by=timedelta(minutes=1))
    let_go()
    do_effects({MAIL: do_send_mail}, now=clock.now)
    assert "wie es um Ihre Beschwerde steht" in str(mail.outbox[0].body)
