"""Keys: who holds one acts as its user, and nobody else gets in."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from amends.actions import clock
from amends.actions.access import NoAccess
from amends.actions.clock import StoppedClock
from amends.actions.tokens import PREFIX, do_make_token, do_revoke_token, holder
from amends.method.decide import Impossible
from amends.store.models import ApiToken, User
from amends.testing import Cast
from tests.api.program import Program, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


@pytest.fixture
def jonas(cast: Cast) -> User:
    return User.objects.get(pk=cast.owner.id)


def test_a_key_is_shown_once_and_never_kept(jonas: User, cast: Cast) -> None:
    key = do_make_token(jonas, "Shop", at=clock.now())
    assert key.startswith(PREFIX)
    assert holder(key, clock.now()) == cast.owner
    row = ApiToken.objects.get()
    assert key not in {str(getattr(row, field.attname)) for field in ApiToken._meta.fields}


@pytest.mark.parametrize("wrong", ["", PREFIX, PREFIX + "0" * 32, "\ud800", "x" * 10_000])
def test_what_is_no_key_opens_nothing(jonas: User, wrong: str) -> None:
    do_make_token(jonas, "Shop", at=clock.now())
    with pytest.raises(NoAccess):
        holder(wrong, clock.now())


def test_a_revoked_key_opens_nothing_and_its_name_is_free(jonas: User) -> None:
    key = do_make_token(jonas, "Shop", at=clock.now())
    with pytest.raises(Impossible, match="already"):
        do_make_token(jonas, "Shop", at=clock.now())
    do_revoke_token(jonas, "Shop", at=clock.now())
    with pytest.raises(NoAccess):
        holder(key, clock.now())
    with pytest.raises(Impossible, match="no key"):
        do_revoke_token(jonas, "Shop", at=clock.now())
    assert do_make_token(jonas, "Shop", at=clock.now()) != key


def test_the_key_of_who_left_opens_nothing(jonas: User) -> None:
    key = do_make_token(jonas, "Shop", at=clock.now())
    User.objects.filter(pk=jonas.pk).update(is_active=False)
    with pytest.raises(NoAccess):
        holder(key, clock.now())
    jonas.refresh_from_db()
    with pytest.raises(Impossible, match="not let in"):
        do_make_token(jonas, "Other", at=clock.now())


def test_a_key_needs_a_name(jonas: User) -> None:
    with pytest.raises(Impossible, match="name"):
        do_make_token(jonas, "  ", at=clock.now())


def test_the_last_use_is_noted_now_and_then(jonas: User, stopped_clock: StoppedClock) -> None:
    key, first = do_make_token(jonas, "Shop", at=clock.now()), clock.now()
    holder(key, first)
    holder(key, stopped_clock.pass_time(by=timedelta(minutes=5)))
    assert ApiToken.objects.get().used_at == first
    later = stopped_clock.pass_time(by=timedelta(minutes=20))
    holder(key, later)
    assert ApiToken.objects.get().used_at == later


def test_without_a_key_there_is_nothing(client: Client, cast: Cast) -> None:
    client.force_login(User.objects.get(pk=cast.owner.id))  # a log-in of the pages counts for nothing here
    answer = client.get("/api/v1/cases")
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert said(answer)["type"] == "urn:amends:problem:no-key"
    assert Program("amends_wrong").get("/cases").status_code == HTTPStatus.UNAUTHORIZED


def test_it_describes_itself(client: Client) -> None:
    schema = said(client.get("/api/v1/openapi.json"))
    assert "/api/v1/cases/{number}/reply" in schema["paths"]
    assert client.get("/api/v1/docs").status_code == HTTPStatus.NOT_FOUND
