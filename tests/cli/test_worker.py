"""The worker does what is due, and outlives what goes wrong. On both databases, with threads as it has them."""

import os
import signal
import smtplib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import OperationalError
from pytest_django.plugin import DjangoDbBlocker

from amends.actions import heartbeat, house
from amends.actions.actors import Staff
from amends.actions.clock import StoppedClock, now
from amends.actions.digests import DIGEST
from amends.actions.effects import queue_effect
from amends.actions.heartbeat import WORKER
from amends.actions.incoming import do_receive
from amends.actions.replies import do_reply
from amends.actions.sending import MAIL, do_send_mail
from amends.actions.ticks import do_tick_due
from amends.actions.webhooks import WEBHOOK
from amends.cli import worker
from amends.cli.worker import Work, run, run_once
from amends.desk.mails.digest import do_mail_digest
from amends.store.models import Case, Effect, Message, User
from amends.testing import check_replay, mail_from, make_staff, make_team
from tests import databases, needs

ANSWER = "Dear Maya, I hear how angry you are, and I am sorry."
QUICK = 0.02  # seconds between two looks
LONG = 10  # seconds; longer than anything here takes
Sent = Callable[..., None]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=needs.postgres)])
def _database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('worker') / 'db.sqlite3'}"
    else:
        url = request.getfixturevalue("postgres_url")
    with django_db_blocker.unblock(), databases.another(url):
        yield


@pytest.fixture
def jonas(_database: None, stopped_clock: StoppedClock) -> Iterator[Staff]:
    """Return somebody who answers, in a database that every thread sees."""
    made = make_staff("Jonas Weber", make_team())
    User.objects.update(digest=False, mail_notices="none")  # these tests count customers' mails
    yield made
    check_replay()
    databases.empty()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Wait until so many mails were sent; what is to be done between two looks may be given."""
    count = threading.Semaphore(0)

    def counted(subject: str) -> None:
        do_send_mail(subject)
        count.release()

    monkeypatch.setitem(worker.DOERS, MAIL, counted)

    def wait(number: int, meanwhile: Callable[[], object] = lambda: None) -> None:
        for _ in range(number):
            looks = 0
            while not count.acquire(timeout=QUICK):
                looks += 1
                assert looks < LONG / QUICK, "a mail was not sent"
                meanwhile()

    return wait


def answered(jonas: Staff, number: int = 0) -> Message:
    """Return our answer to a new complaint, held for its count of ten."""
    do_receive(mail_from(f"maya{number}@example.org", f"Kettle {number} leaks, and I am furious!"), at=now())
    return do_reply(jonas, Case.objects.latest("pk").pk, ANSWER, at=now())


@contextmanager
def working(**more: tuple[str, int]) -> Iterator[threading.Event]:
    """Let a worker work in a thread, and see that it ends when it is told to."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), kwargs={"pause": QUICK, **more})
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(LONG)
    assert not thread.is_alive()


def test_what_is_due_is_done(jonas: Staff, stopped_clock: StoppedClock) -> None:
    row = answered(jonas)
    assert run_once(now()) == Work(ticked=0, sent=0)
    stopped_clock.pass_time(by=timedelta(seconds=11))
    assert run_once(now()) == Work(ticked=1, sent=1)
    assert run_once(now()) == Work(ticked=0, sent=0)
    assert Message.objects.get(pk=row.pk).status == "sent"
    assert len(mail.outbox) == 1


def test_who_wants_the_digest_gets_it_in_the_morning(
    jonas: Staff, stopped_clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(jonas)
    User.objects.update(digest=True)
    stopped_clock.pass_time(by=timedelta(days=1))
    done = threading.Event()

    def mailed(subject: str) -> None:
        do_mail_digest(subject)
        done.set()

    monkeypatch.setitem(worker.DOERS, DIGEST, mailed)
    with working():
        assert done.wait(LONG)
    assert User.objects.get().digest_on == now().date()


def test_a_program_that_hangs_keeps_no_mail_waiting(
    jonas: Staff, sent: Sent, stopped_clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, called = threading.Event(), threading.Event()

    def hang(_subject: str) -> None:
        called.set()
        hangs.wait(LONG)

    monkeypatch.setitem(worker.CALLS, WEBHOOK, hang)
    queue_effect(WEBHOOK, "1:1", key="webhook:1:1", at=now())
    answered(jonas)
    stopped_clock.pass_time(by=timedelta(seconds=11))
    with working():
        assert called.wait(LONG)
        sent(1)
        hangs.set()


def test_more_cases_than_one_batch_are_ticked(
    jonas: Staff, stopped_clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "BATCH", 2)
    monkeypatch.setattr(worker, "do_tick_due", lambda at: do_tick_due(at, 2))
    for number in range(5):
        answered(jonas, number)
    stopped_clock.pass_time(by=timedelta(seconds=11))
    assert run_once(now()) == Work(ticked=5, sent=5)


def test_one_mail_that_fails_holds_up_no_other(
    jonas: Staff, stopped_clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [answered(jonas, number) for number in range(3)]

    def refuse_first(subject: str) -> None:
        if subject == rows[0].pk:
            raise ConnectionRefusedError
        do_send_mail(subject)

    monkeypatch.setitem(worker.DOERS, MAIL, refuse_first)
    stopped_clock.pass_time(by=timedelta(seconds=11))
    assert run_once(now()).sent == 2
    assert Effect.objects.get(done_at=None).attempts == 1


def test_a_held_answer_goes_out_when_its_count_is_over(jonas: Staff, stopped_clock: StoppedClock, sent: Sent) -> None:
    row = answered(jonas)
    with working():
        stopped_clock.pass_time(by=timedelta(seconds=11))
        sent(1)
    assert mail.outbox[0].extra_headers["Message-ID"] == row.external_id


def test_two_workers_send_every_mail_once(jonas: Staff, stopped_clock: StoppedClock, sent: Sent) -> None:
    for number in range(12):
        answered(jonas, number)
    with working(), working():
        stopped_clock.pass_time(by=timedelta(seconds=11))
        sent(12)
    ids = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert (len(ids), len(set(ids))) == (12, 12)


def test_it_waits_for_a_database_that_is_away_and_says_so_once(
    jonas: Staff,
    stopped_clock: StoppedClock,
    sent: Sent,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries, told = [0], list[str]()

    def away(at: datetime) -> int:
        tries[0] += 1
        told.extend(beat.trouble for beat in heartbeat.beats() if beat.trouble)
        if tries[0] < 4:
            raise OperationalError("the database is away")
        return do_tick_due(at)

    monkeypatch.setattr(worker, "_LONGEST_WAIT", QUICK)
    monkeypatch.setattr(worker, "do_tick_due", away)
    answered(jonas)
    stopped_clock.pass_time(by=timedelta(seconds=11))
    with working():
        sent(1)
    lines = [record.message for record in caplog.records if record.name == worker.__name__]
    assert lines == ["Ticking has to wait: the database is away", "Ticking goes on."]
    assert set(told) == {"Ticking has to wait: the database is away"}
    assert not [beat for beat in heartbeat.beats() if beat.trouble]


def test_a_slip_in_the_configuration_holds_up_nothing(
    jonas: Staff, stopped_clock: StoppedClock, sent: Sent, caplog: pytest.LogCaptureFixture
) -> None:
    path = house.data_folder() / "amends.toml"
    house.house()
    answered(jonas)
    path.write_text("[business]\nadress = 7\n")
    stopped_clock.pass_time(by=timedelta(seconds=11))
    try:
        with working():
            sent(1)
    finally:
        path.unlink()
    assert "The last good settings stay in force." in caplog.text


def test_a_configuration_that_was_never_good_is_told_and_what_waited_is_done_after_it(
    jonas: Staff, stopped_clock: StoppedClock, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house.data_folder() / "amends.toml"
    told = threading.Event()
    say_trouble = worker._say_trouble

    def telling(what: str, wrong: Exception) -> None:
        say_trouble(what, wrong)
        told.set()

    monkeypatch.setattr(worker, "_LONGEST_WAIT", QUICK)
    monkeypatch.setattr(worker, "_say_trouble", telling)
    answered(jonas)
    path.write_text("[business]\nadress = 7\n")
    monkeypatch.setattr(house, "_good", {})  # as after a start
    stopped_clock.pass_time(by=timedelta(seconds=11))
    with working():
        assert told.wait(LONG)
        path.unlink()
        # A try that was under way waits for the next one, which is reckoned from when it failed: time has to go on.
        sent(1, lambda: stopped_clock.pass_time(by=timedelta(minutes=1)))


def test_its_signs_of_life_end_with_it(jonas: Staff, stopped_clock: StoppedClock, sent: Sent) -> None:
    answered(jonas)
    stopped_clock.pass_time(by=timedelta(seconds=11))
    with working():
        sent(1)
        assert {beat.name: (beat.at, beat.trouble) for beat in heartbeat.beats()}[WORKER] == (now(), "")
    assert not heartbeat.beats()


def test_mailboxes_come_and_go_with_the_configuration(
    jonas: Staff, stopped_clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    came, went = threading.Event(), threading.Event()

    def stub(box: house.Mailbox, stop: threading.Event) -> None:
        assert box.user == "help"
        came.set()
        assert stop.wait(LONG)
        went.set()

    monkeypatch.setattr(worker, "watch", stub)
    monkeypatch.setattr(worker, "BEAT", timedelta())
    path = house.data_folder() / "amends.toml"
    path.write_text('[[mailboxes]]\nhost = "imap.example"\nuser = "help"\npassword_env = "P"\n')
    with working():
        assert came.wait(LONG)
        path.unlink()
        assert went.wait(LONG)


def test_it_takes_mail_in(jonas: Staff, stopped_clock: StoppedClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    ready = threading.Event()
    stop = threading.Event()
    thread = threading.Thread(target=lambda: run(stop, smtp=("127.0.0.1", port), pause=QUICK, ready=ready.set))
    thread.start()
    assert ready.wait(LONG)
    with smtplib.SMTP("127.0.0.1", port, timeout=LONG) as smtp:
        smtp.sendmail("maya@example.org", ["help@localhost"], b"From: maya@example.org\r\n\r\nIt leaks!\r\n")
    stop.set()
    thread.join(LONG)
    assert Case.objects.get().messages.get().text == "It leaks!"


def test_a_port_that_is_taken_is_told(jonas: Staff) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door, pytest.raises(OSError, match="in use"):
        run(threading.Event(), smtp=("127.0.0.1", door.getsockname()[1]))


def test_it_ends_in_time_although_a_mail_server_hangs(
    jonas: Staff, stopped_clock: StoppedClock, settings: LazySettings
) -> None:
    answered(jonas)
    stopped_clock.pass_time(by=timedelta(seconds=11))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT, settings.EMAIL_USE_TLS = LONG, False
        with working() as stop:
            caller, _address = silent.accept()
            start = time.monotonic()
            stop.set()
        assert time.monotonic() - start < 2.5
        caller.close()
        for thread in threading.enumerate():
            if thread.name == "sending":
                thread.join(LONG)
    assert Effect.objects.get().done_at is None


PROGRAM = """
import signal, sys, threading
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from amends.cli.worker import run
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
run(stop, ready=lambda: print("ready", flush=True))
print("ended", flush=True)
"""


def test_a_process_ends_soon_after_it_is_told_to(tmp_path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "amends.server.settings", "AMENDS_DATA": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "ended\n"
        assert process.wait(LONG) == 0
        assert time.monotonic() - start < 2
