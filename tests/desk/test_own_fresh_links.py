"""A link that opens nothing any more gets its holder a new one: mailed to the address that we know, and to no other."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from amends.actions import clock, links
from amends.actions.clock import StoppedClock
from amends.actions.effects import do_effects
from amends.actions.sending import MAIL, do_send_mail
from amends.desk.views.own.limit import LINKS_A_DAY
from amends.store.models import Case, CustomerAddress, JournalEntry, Message
from amends.testing import Cast
from tests.desk.own import address, complain

pytestmark = pytest.mark.django_db

ON_ITS_WAY = "a mail with a new one is on its way"


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten, and nobody has asked for a link yet."""
    cache.clear()


@pytest.fixture
def case(cast: Cast) -> Case:
    return complain(cast.customer)


@pytest.fixture
def expired(case: Case, stopped_clock: StoppedClock) -> str:
    """Return a link to the case that is too old."""
    there = address(case)
    stopped_clock.pass_time(by=links.LIFETIME + timedelta(days=1))
    return there


def ask(client: Client, there: str) -> str:
    """Ask for a new link, and return what the page says then."""
    answer = client.post(f"{there}fresh-link/")
    assert answer.status_code == HTTPStatus.FOUND
    return client.get(answer.headers["Location"]).content.decode()


def letters(case: Case) -> int:
    return Message.objects.filter(case=case, purpose="link").count()


def test_an_expired_link_offers_a_new_one_and_shows_no_address_of_theirs(client: Client, expired: str) -> None:
    seen = client.get(expired).content.decode()
    assert "Send me a new link" in seen
    assert "maya@" not in seen


def test_the_new_link_is_mailed_to_the_customer_and_opens_their_page(client: Client, case: Case, expired: str) -> None:
    before = JournalEntry.objects.count()
    seen = ask(client, expired)
    assert ON_ITS_WAY in seen
    assert "maya@" not in seen
    do_effects({MAIL: do_send_mail}, now=clock.now)
    (letter,) = mail.outbox
    assert "maya@example.org" in letter.to[0]
    fresh = str(letter.body).rpartition("/c/")[2].strip()
    assert client.get(f"/c/{fresh}").status_code == HTTPStatus.OK
    assert JournalEntry.objects.count() == before, "it is no word in the case"


def test_a_revoked_link_gets_one_as_well(client: Client, cast: Cast, case: Case) -> None:
    old = address(case)
    links.do_revoke_link(cast.owner, case.pk, at=clock.now())
    assert ON_ITS_WAY in ask(client, old)
    assert letters(case) == 1


def test_everybody_else_hears_the_same_and_nothing_is_sent(client: Client, case: Case, expired: str) -> None:
    known = ask(client, expired).replace(expired, "HERE")
    forged = f"{expired[:-3]}xx/"
    preview = f"/c/{links.preview_url(case).rpartition('/c/')[2]}"
    for there in (forged, preview, "/c/x/"):
        assert ask(client, there).replace(there, "HERE") == known
    assert letters(case) == 1


def test_who_has_no_address_hears_the_same(client: Client, case: Case, expired: str) -> None:
    CustomerAddress.objects.all().delete()
    assert ON_ITS_WAY in ask(client, expired)
    assert letters(case) == 0


def test_looking_sends_nothing(client: Client, case: Case, expired: str) -> None:
    for there in (expired, f"{expired}fresh-link/", f"{expired}fresh-link/?sent=1"):
        for look in (client.get, client.head):
            assert look(there).status_code == HTTPStatus.NOT_FOUND
    assert letters(case) == 0


def test_a_few_a_day_are_enough(client: Client, case: Case, expired: str, stopped_clock: StoppedClock) -> None:
    for _ in range(LINKS_A_DAY + 2):
        assert ON_ITS_WAY in ask(client, expired)
    assert letters(case) == LINKS_A_DAY
    stopped_clock.pass_time(by=timedelta(days=1))
    ask(client, expired)
    assert letters(case) == LINKS_A_DAY + 1


def test_a_wish_from_elsewhere_is_refused(case: Case, expired: str) -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(f"{expired}fresh-link/").status_code == HTTPStatus.FORBIDDEN
    assert letters(case) == 0
