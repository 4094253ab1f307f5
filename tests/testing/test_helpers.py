"""The helpers hold what they promise, above all that a row which is wrong is found."""

import pytest

from amends.actions import clock
from amends.actions.access import visible_cases
from amends.actions.customers import email_of, phone_of
from amends.actions.incoming import do_receive
from amends.store.models import Tally
from amends.testing import MONDAY, Cast, call_from, check_replay, form_from, mail_from, make_customer

pytestmark = pytest.mark.django_db


def test_the_cast_sees_what_its_ranks_and_teams_see(cast: Cast) -> None:
    case = do_receive(mail_from(cast.customer, "The lamp is broken."), at=MONDAY).message
    assert case is not None
    seen = {
        name: visible_cases(getattr(cast, name)).exists() for name in ("owner", "teammate", "lead", "admin", "stranger")
    }
    assert seen == {"owner": True, "teammate": True, "lead": True, "admin": True, "stranger": False}


def test_the_same_mail_is_the_same_mail(cast: Cast) -> None:
    assert mail_from(cast.customer, "Hello") == mail_from(cast.customer, "Hello")
    assert mail_from(cast.customer, "Hello").external_id != mail_from(cast.customer, "Hallo").external_id
    assert mail_from(cast.customer, "Hello").external_id != mail_from("ben@example.org", "Hello").external_id


def test_what_comes_in_names_its_sender() -> None:
    ben = make_customer("Ben Hill", phone="+44 20 7946 0000")
    assert (email_of(ben), phone_of(ben)) == ("ben@example.org", "+442079460000")
    assert call_from(ben, "It is broken.", case=3).phone == "+442079460000"
    assert call_from(ben, "It is broken.", case=3).case == 3
    assert form_from("Ben", "It is broken.", email="ben@example.org", subject="Lamp").subject == "Lamp"
    assert mail_from(ben, "It is broken.", automatic=True).automatic


def test_a_clock_that_stands_still_moves_when_told(stopped_clock: clock.StoppedClock) -> None:
    assert clock.now() == MONDAY
    stopped_clock.pass_time(by=2 * (MONDAY - MONDAY.replace(hour=9)))
    assert clock.now() == MONDAY.replace(hour=12)


def test_a_row_that_is_not_what_the_journal_gives_is_found(cast: Cast) -> None:
    do_receive(mail_from(cast.customer, "The lamp is broken."), at=MONDAY)
    check_replay()
    Tally.objects.update(count=4)
    with pytest.raises(AssertionError, match="'open' says 4"):
        check_replay()
