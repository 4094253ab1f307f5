"""Four workers share the work on PostgreSQL, one is killed in the middle of a mail: nothing is lost, or sent twice."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django.plugin import DjangoDbBlocker

from amends.actions.clock import now
from amends.actions.incoming import do_receive
from amends.actions.replies import do_reply
from amends.store.models import Case, Effect, JournalEntry, Message
from amends.testing import check_replay, mail_from, make_staff, make_team
from tests import databases, needs

pytestmark = needs.postgres

WORKERS, MAILS = 4, 24
LONG = 60  # seconds; far longer than anything here takes
ANSWER = "Dear Maya, I hear how angry you are, and I am sorry."


class Server:
    """A mail server for one worker: it counts what it took, and `stall` lets one mail hang before it is taken."""

    def __init__(self, taken: threading.Semaphore, *, stall: bool) -> None:
        self.ids: list[str] = []
        self.stalled, self._stall, self._taken = threading.Event(), stall, taken

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        if self._stall:
            self._stall = False
            self.stalled.set()
            await asyncio.get_running_loop().create_future()  # no answer ever comes
        content = envelope.content
        assert isinstance(content, bytes)
        self.ids.append(str(message_from_bytes(content)["Message-ID"]))
        self._taken.release()
        return "250 OK"


@pytest.fixture
def _database(postgres_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), databases.another(postgres_url):
        yield


@contextmanager
def listening(server: Server) -> Iterator[int]:
    """Let a mail server listen at a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def worker(data: Path, postgres_url: str, port: int) -> subprocess.Popen[str]:
    """Start `amends work` on the database of the test."""
    parts = urlsplit(postgres_url)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "amends.server.settings",
        "DATABASE_URL": urlunsplit(parts._replace(path=f"{parts.path}_two")),
        "AMENDS_SMTP_URL": f"smtp://127.0.0.1:{port}",
    }
    words = [sys.executable, "-m", "amends.cli", "work", "--data", str(data)]
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.usefixtures("_database")
def test_four_share_the_work_and_one_is_killed(postgres_url: str, tmp_path: Path) -> None:
    jonas = make_staff("Jonas Weber", make_team())
    for number in range(MAILS):
        at = now() - timedelta(minutes=1)
        do_receive(mail_from(f"maya{number}@example.org", f"Kettle {number} leaks, and I am furious!"), at=at)
        do_reply(jonas, Case.objects.latest("pk").pk, ANSWER, at=at)
    taken = threading.Semaphore(0)
    servers = [Server(taken, stall=number == 0) for number in range(WORKERS)]
    with ExitStack() as stack:
        ports = [stack.enter_context(listening(server)) for server in servers]
        victim = stack.enter_context(worker(tmp_path, postgres_url, ports[0]))
        assert servers[0].stalled.wait(LONG)
        victim.kill()
        victim.wait(LONG)
        others = [stack.enter_context(worker(tmp_path, postgres_url, port)) for port in ports[1:]]
        for _ in range(MAILS - 1):
            assert taken.acquire(timeout=LONG)
        # What the dead one had leased comes back when its lease has run out.
        assert Effect.objects.filter(done_at=None, leased_until__gt=now()).count() >= 1
        Effect.objects.filter(done_at=None).update(leased_until=now() - timedelta(seconds=1))
        assert taken.acquire(timeout=LONG)
        for process in others:
            process.terminate()
        for process in others:
            process.wait(LONG)
    sent = Counter(one for server in servers for one in server.ids)
    assert sent == Counter(Message.objects.filter(direction="out").values_list("external_id", flat=True))
    assert len(sent) == MAILS
    assert set(sent.values()) == {1}
    assert not Effect.objects.filter(done_at=None).exists()
    said = Counter(JournalEntry.objects.filter(kind="MessageSent").values_list("case_id", flat=True))
    assert said == Counter(Case.objects.values_list("pk", flat=True))
    assert set(Message.objects.filter(direction="out").values_list("status", flat=True)) == {"sent"}
    check_replay()
