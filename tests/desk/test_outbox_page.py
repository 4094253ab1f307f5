"""What waits to leave the desk, and who may have it tried again."""

from http import HTTPStatus

import pytest
from django.test import Client

from amends.actions.clock import now
from amends.actions.effects import queue_effect
from amends.store.models import Case, Effect, Message
from amends.testing import Cast
from tests.desk.casework import as_, seen
from tests.desk.own import complain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def stuck(cast: Cast) -> Effect:
    """Return a mail to Maya that waits for a server which does not answer."""
    case: Case = complain(cast.customer)
    Message.objects.create(
        id="m-stuck",
        case=case,
        direction=Message.OUT,
        channel="email",
        status="queued",
        recipient="maya@example.com",
        subject="Re: <b>kettle</b>",
        text="Dear Maya",
        at=now(),
    )
    queue_effect(Effect.MAIL, "m-stuck", key="mail:m-stuck", at=now())
    Effect.objects.update(error=f"{Effect.NOBODY_THERE}mail.example:25: Connection refused", attempts=3)
    return Effect.objects.get()


def test_every_page_says_that_mail_waits_and_the_outbox_says_which(client: Client, cast: Cast, stuck: Effect) -> None:
    assert "The mail server does not answer. 1 mail waits" in seen(as_(client, cast.teammate), "/")
    page = seen(client, "/outbox/")
    assert "maya@example.com" in page
    assert "tried 3 times" in page
    assert "&lt;b&gt;kettle" in page
    assert "Connection refused" in page
    assert "Try again now" not in page  # a handler reads
    stuck.delete()
    assert "does not answer" not in seen(client, "/")
    assert "Everything has gone out" in seen(client, "/outbox/")


def test_a_stranger_sees_no_mail_of_another_team(client: Client, cast: Cast, stuck: Effect) -> None:
    assert "maya@example.com" not in seen(as_(client, cast.stranger), "/outbox/")
    assert client.post(f"/outbox/{stuck.pk}/again/").status_code == HTTPStatus.FORBIDDEN


def test_a_lead_has_it_tried_again_and_looking_does_not(client: Client, cast: Cast, stuck: Effect) -> None:
    as_(client, cast.lead)
    assert f"/outbox/{stuck.pk}/again/" in seen(client, "/outbox/")
    assert client.get(f"/outbox/{stuck.pk}/again/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert client.post(f"/outbox/{stuck.pk}/again/").headers["Location"] == "/outbox/"
    stuck.refresh_from_db()
    assert (stuck.attempts, stuck.not_before) == (0, now())
    assert client.post("/outbox/999999/again/").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/outbox/{2**70}/again/").status_code == HTTPStatus.NOT_FOUND
