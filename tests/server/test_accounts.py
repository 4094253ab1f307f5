"""Staff log in, and nobody else comes in that way."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from amends.actions import clock
from amends.store.models import User

PASSWORD = "correct horse battery"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tom() -> User:
    cache.clear()  # attempts are counted there, and each test starts with none
    return User.objects.create_user("tom@example.com", PASSWORD, name="Tom Adeyemi")


def log_in(client: Client, password: str = PASSWORD, email: str = "tom@example.com") -> int:
    return client.post("/account/login/", {"login": email, "password": password}).status_code


def test_the_right_password_opens_the_desk(client: Client) -> None:
    assert log_in(client, email="Tom@Example.com") == HTTPStatus.FOUND
    assert "_auth_user_id" in client.session


def test_a_wrong_one_says_so_kindly(client: Client) -> None:
    answer = client.post("/account/login/", {"login": "tom@example.com", "password": "wrong"})
    assert answer.status_code == HTTPStatus.OK
    assert "not correct" in answer.content.decode()


def test_somebody_who_left_stays_out(client: Client, tom: User) -> None:
    tom.is_active = False
    tom.save()
    log_in(client)
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down(client: Client) -> None:
    for guess in range(5):
        log_in(client, f"guess number {guess}")
    answer = client.post("/account/login/", {"login": "tom@example.com", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert "Too many" in answer.content.decode()


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/account/signup/").status_code == HTTPStatus.NOT_FOUND
    assert "signup" not in client.get("/account/login/").content.decode()


def test_logging_out_takes_a_button_not_a_link(client: Client, tom: User) -> None:
    client.force_login(tom)
    client.get("/account/logout/")
    assert "_auth_user_id" in client.session
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_chosen_anew_by_mail(client: Client, tom: User) -> None:
    client.post("/account/password/reset/", {"email": tom.email})
    [letter] = mail.outbox
    assert letter.subject == "A new password for Amends"
    link = next(word for word in str(letter.body).split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    where = form.redirect_chain[-1][0]
    client.post(where, {"password1": "quite another one", "password2": "quite another one"})
    assert log_in(client, "quite another one") == HTTPStatus.FOUND


def test_a_stranger_learns_nothing_from_the_reset(client: Client) -> None:
    known = client.post("/account/password/reset/", {"email": "tom@example.com"}, follow=True).content
    mail.outbox.clear()
    assert client.post("/account/password/reset/", {"email": "nobody@example.com"}, follow=True).content == known
    assert mail.outbox == []


def test_a_changed_password_is_told_by_mail(client: Client, tom: User) -> None:
    client.force_login(tom)
    new = {"oldpassword": PASSWORD, "password1": "quite another one", "password2": "quite another one"}
    client.post("/account/password/change/", new)
    assert [letter.subject for letter in mail.outbox] == ["Your password for Amends was changed"]


def test_a_used_link_says_so(client: Client) -> None:
    assert "used up" in client.get("/account/password/reset/key/1-abc-def/").content.decode()


@pytest.mark.parametrize(
    "page", ["login", "password/reset", "password/reset/done", "password/reset/key/done", "inactive"]
)
def test_the_pages_before_the_door_render(client: Client, page: str) -> None:
    assert b"<h1>" in client.get(f"/account/{page}/").content


def test_a_session_is_moved_on_only_now_and_then(client: Client, tom: User) -> None:
    client.force_login(tom)
    with clock.stopped(MONDAY) as time:
        client.get("/account/password/change/")
        first = client.session["seen"]
        time.pass_time(by=timedelta(minutes=10))
        client.get("/account/password/change/")
        assert client.session["seen"] == first
        time.pass_time(by=timedelta(minutes=10))
        client.get("/account/password/change/")
        assert client.session["seen"] == first + 20 * 60


def test_one_person_does_not_leave_their_zone_behind(client: Client, tom: User) -> None:
    tom.time_zone = "Asia/Tokyo"
    tom.save()
    before = timezone.get_current_timezone_name()
    client.force_login(tom)
    client.get("/account/password/change/")
    assert timezone.get_current_timezone_name() == before
