"""Mailboxes are emptied of what is unread, without harm to anything else in them. A real IMAP server."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from imap_tools.errors import MailboxLoginError

from amends.actions import heartbeat
from amends.actions.house import Mailbox
from amends.actions.mails import Kept
from amends.channels.email import mailbox as looking
from amends.channels.email.intake import take_in_mail
from amends.channels.email.mailbox import NotKept, beat_name, look_in, watch
from amends.channels.email.opened import NoPassword, can_idle, opened, sentence
from amends.store.models import Case, Message, RawMail
from amends.testing import make_team
from tests import needs
from tests.channels.email.conftest import Dovecot
from tests.channels.letters import letter

pytestmark = [needs.dovecot, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("business")]


def letters(count: int) -> list[bytes]:
    return [letter(f"My kettle number {n} leaks.", message_id=f"<{n}@example.org>") for n in range(count)]


def test_what_is_unread_is_taken_in_and_marked_as_read(dovecot: Dovecot) -> None:
    dovecot.put("first", *letters(3))
    dovecot.put("first", letter("Read already.", message_id="<read@example.org>"), flags=r"(\Seen)")
    assert look_in(dovecot.box("first")) == 3
    assert (Message.objects.count(), dovecot.count("first")) == (3, 0)
    assert look_in(dovecot.box("first")) == 0
    assert set(RawMail.objects.values_list("source", flat=True)) == {"imap first"}


def test_a_large_mailbox_is_taken_in_batches(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "BATCH", 4)
    dovecot.put("many", *letters(11))
    assert look_in(dovecot.box("many")) == 11
    assert sorted(Message.objects.values_list("external_id", flat=True)) == sorted(
        f"<{n}@example.org>" for n in range(11)
    )


def test_what_lies_in_the_bin_stays_there(dovecot: Dovecot) -> None:
    dovecot.put("bin", letter("Thrown away.", message_id="<bin@example.org>"), flags=r"(\Seen \Deleted)")
    dovecot.put("bin", letter())
    look_in(dovecot.box("bin"))
    assert dovecot.count("bin", "DELETED") == 1


def test_a_mailbox_belongs_to_a_team(dovecot: Dovecot) -> None:
    make_team("Front desk")
    make_team("Repairs")
    dovecot.put("repairs", letter())
    look_in(dovecot.box("repairs", team="Repairs"))
    assert Case.objects.get().team.name == "Repairs"


def test_of_a_mail_that_is_very_large_the_beginning_is_taken(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "LARGEST", 20_000)
    monkeypatch.setattr(looking, "BEGINNING", 5_000)
    dovecot.put("large", letter() + b"very large\r\n" * 5_000)
    look_in(dovecot.box("large"))
    message = Message.objects.get()
    assert message.text.startswith("My new kettle leaks")
    assert any("in the mailbox large" in problem for problem in message.problems)
    assert RawMail.objects.get().size == 5_000


def test_without_a_database_the_mail_stays_unread(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_content: bytes, **_more: str) -> Kept:
        raise OperationalError("away")

    dovecot.put("safe", letter())
    with monkeypatch.context() as patch:
        patch.setattr(looking, "take_in_mail", gone)
        with pytest.raises(NotKept, match="away"):
            look_in(dovecot.box("safe"))
    assert dovecot.count("safe") == 1
    assert look_in(dovecot.box("safe")) == 1


def test_a_crash_before_the_mark_makes_no_second_case(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_args: object) -> None:
        raise MemoryError

    dovecot.put("crash", letter())
    with monkeypatch.context() as patch:
        patch.setattr(looking, "mark_seen", crash)
        with pytest.raises(MemoryError):
            look_in(dovecot.box("crash"))
    assert (Case.objects.count(), dovecot.count("crash")) == (1, 1)
    look_in(dovecot.box("crash"))
    assert (Case.objects.count(), RawMail.objects.count(), dovecot.count("crash")) == (1, 1, 0)


def test_a_wrong_password_is_told_in_a_sentence(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    box = dovecot.box("wrong")
    monkeypatch.setenv(box.password_env, "wrong")
    with pytest.raises(MailboxLoginError) as no:
        look_in(box)
    assert "refuses the log-in of wrong" in sentence(box, no.value)
    assert box.password_env in sentence(box, no.value)


def test_a_password_that_is_not_there_is_told(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    box = dovecot.box("none")
    monkeypatch.delenv(box.password_env)
    with pytest.raises(NoPassword) as no:
        look_in(box)
    assert "set AMENDS_TEST_PASSWORD" in sentence(box, no.value)


def test_a_folder_that_is_not_there_is_told(dovecot: Dovecot) -> None:
    box = dovecot.box("folder", folder="Complaints")
    with pytest.raises(Exception, match="Complaints") as no:
        look_in(box)
    assert "has no folder 'Complaints'" in sentence(box, no.value)


def test_a_server_that_does_not_answer_is_told(dovecot: Dovecot) -> None:
    box = Mailbox(host="127.0.0.1", port=1, user="x", password_env="AMENDS_TEST_PASSWORD", tls=False)
    with pytest.raises(OSError, match="refused") as no:
        look_in(box)
    assert "127.0.0.1:1 cannot be reached" in sentence(box, no.value)


@contextmanager
def watched(box: Mailbox) -> Iterator[threading.Event]:
    """Watch a mailbox in a thread, as the worker does."""
    stop = threading.Event()
    thread = threading.Thread(target=watch, args=(box, stop))
    thread.start()
    yield stop
    stop.set()
    thread.join(5)
    assert not thread.is_alive()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Wait until so many mails were taken in by the watchers."""
    count = threading.Semaphore(0)

    def counted(content: bytes, **more: Any) -> Kept:
        kept = take_in_mail(content, **more)
        count.release()
        return kept

    monkeypatch.setattr(looking, "take_in_mail", counted)

    def wait(number: int) -> None:
        for _ in range(number):
            assert count.acquire(timeout=10), "no mail came in"

    return wait


@pytest.mark.parametrize("idles", [True, False])
def test_new_mail_is_noticed(
    dovecot: Dovecot, taken: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, *, idles: bool
) -> None:
    user = f"new-{idles}"
    with opened(dovecot.box(user)) as box:
        assert can_idle(box)
    if not idles:
        monkeypatch.setattr(looking, "can_idle", lambda _mailbox: False)
    dovecot.put(user, letter())
    with watched(dovecot.box(user, every_seconds=600 if idles else 1)):
        taken(1)
        dovecot.put(user, letter("Still leaking.", message_id="<2@example.org>"))
        taken(1)
    assert Message.objects.count() == 2


def test_a_mailbox_gives_signs_of_life_until_it_is_left(dovecot: Dovecot, taken: Callable[[int], None]) -> None:
    box = dovecot.box("alive", every_seconds=1)
    dovecot.put("alive", *letters(1))
    with watched(box):
        taken(1)
        dovecot.put("alive", letter("Second.", message_id="<s@example.org>"))
        taken(1)
        assert [beat.trouble for beat in heartbeat.beats() if beat.name == beat_name(box)] == [""]
    assert not [beat for beat in heartbeat.beats() if beat.name == beat_name(box)]


def test_the_trouble_of_one_mailbox_is_its_own(
    dovecot: Dovecot, taken: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "PAUSES", (timedelta(milliseconds=20),))
    said = threading.Event()
    do_beat = heartbeat.do_beat

    def listening(name: str, **more: Any) -> None:
        do_beat(name, **more)
        if more.get("trouble"):
            said.set()

    monkeypatch.setattr(looking, "do_beat", listening)
    dead = Mailbox(host="127.0.0.1", port=1, user="dead", password_env="AMENDS_TEST_PASSWORD", tls=False)
    dovecot.put("fine", letter())
    with watched(dead), watched(dovecot.box("fine", every_seconds=1)):
        taken(1)
        assert said.wait(10)
        beat = next(beat for beat in heartbeat.beats() if beat.name == beat_name(dead))
    assert "cannot be reached" in beat.trouble
    assert Message.objects.count() == 1
