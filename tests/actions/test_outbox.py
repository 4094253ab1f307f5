"""The mail server is away for an hour: everything waits, in order, and goes out once it is back."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from amends.actions.access import NoAccess, NotAllowed
from amends.actions.clock import StoppedClock, now
from amends.actions.effects import do_effects, queue_effect
from amends.actions.outbox import do_try_again
from amends.actions.replies import do_reply
from amends.actions.sending import MAIL, do_send_mail
from amends.actions.ticks import do_tick_due
from amends.insight.outbox import outbox, stuck
from amends.store.models import Case, Effect, Message
from amends.testing import Cast
from tests.actions.doing import complaint, fresh
from tests.actions.plain import NAMED, PLAINLY

pytestmark = pytest.mark.django_db

MANY = 6


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """A mail server that can be switched off, and counts who knocks."""
    state: dict[str, int] = {"on": True}

    def open_(_self: EmailBackend) -> bool:
        state["knocks"] = state.get("knocks", 0) + 1
        if not state["on"]:
            raise ConnectionRefusedError(111, "Connection refused")
        return True

    monkeypatch.setattr(EmailBackend, "open", open_)
    return state


def send(limit: int = 20) -> int:
    """Let the worker look once at what waits."""
    return sum(do_effects({MAIL: do_send_mail}, now=now, limit=1) for _ in range(limit))


def replies(cast: Cast, clock: StoppedClock) -> list[Case]:
    """Answer many customers, and let the count of ten be over."""
    cases = [complaint(cast, f"{PLAINLY} {n}") for n in range(MANY)]
    for case in cases:
        do_reply(cast.owner, case.pk, NAMED, at=now())
        clock.pass_time(by=timedelta(seconds=1))
    clock.pass_time(by=timedelta(seconds=10))
    do_tick_due(now())
    return cases


def test_an_hour_without_a_mail_server_delays_and_loses_nothing(
    cast: Cast, stopped_clock: StoppedClock, server: dict[str, int]
) -> None:
    server["on"] = False
    cases = replies(cast, stopped_clock)
    for _minute in range(60):
        assert send() == 0
        stopped_clock.pass_time(by=timedelta(minutes=1))
    assert server["knocks"] < 20  # it is looked for now and then, not once for each mail each minute
    assert stuck() == MANY
    server["on"] = True
    stopped_clock.pass_time(by=timedelta(minutes=5))
    assert send() == MANY
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [
        case.messages.get(direction=Message.OUT).external_id for case in cases
    ]
    assert stuck() == 0
    assert send() == 0
    assert all("MessageBounced" not in names for names in (_facts(case) for case in cases))


def _facts(case: Case) -> list[str]:
    return list(fresh(case).journal.values_list("kind", flat=True))


def test_a_new_mail_that_gets_through_lets_the_waiting_ones_go_at_once(
    cast: Cast, stopped_clock: StoppedClock, server: dict[str, int]
) -> None:
    server["on"] = False
    replies(cast, stopped_clock)
    for _look in range(4):
        send()
        stopped_clock.pass_time(by=timedelta(minutes=5))
    send()
    server["on"] = True
    new = complaint(cast, "Another matter altogether.", at=now())
    do_reply(cast.owner, new.pk, NAMED, at=now(), hold=False)
    do_tick_due(now())
    assert send() == MANY + 1


def test_what_is_planned_for_later_is_not_woken(cast: Cast, stopped_clock: StoppedClock) -> None:
    later = now() + timedelta(hours=1)
    queue_effect(MAIL, "later", key="mail:later", at=later)
    replies(cast, stopped_clock)
    send()
    assert Effect.objects.get(subject="later").not_before == later


def test_a_wrong_address_holds_up_nobody_and_can_be_tried_again_by_a_lead(
    cast: Cast, stopped_clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = replies(cast, stopped_clock)[0]

    def refuse(_self: EmailBackend, messages: list[mail.EmailMultiAlternatives]) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"No such user")})

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        send()
    failed = Effect.objects.get(subject=case.messages.get(direction=Message.OUT).pk)
    assert failed.failed_at is not None
    with pytest.raises(NotAllowed):
        do_try_again(cast.teammate, failed.pk, at=now())
    with pytest.raises(NotAllowed):
        do_try_again(cast.stranger, failed.pk, at=now())
    do_try_again(cast.lead, failed.pk, at=now())
    assert send() == 1
    assert case.messages.get(direction=Message.OUT).status == "sent"
    with pytest.raises(NoAccess):
        do_try_again(cast.lead, failed.pk, at=now())  # it has gone


def test_the_list_is_the_team_s_own(cast: Cast, stopped_clock: StoppedClock, server: dict[str, int]) -> None:
    server["on"] = False
    replies(cast, stopped_clock)
    send()
    queue_effect("webhook", "w1", key="webhook:1", at=now())
    mine = outbox(Case.objects.filter(team=cast.team), everything=False)
    assert len(mine) == MANY
    assert all(row.error.startswith(Effect.NOBODY_THERE) for row in mine)
    assert outbox(Case.objects.filter(team=cast.other_team), everything=False) == []
    assert {row.kind for row in outbox(Case.objects.all(), everything=True)} == {"mail", "webhook"}
