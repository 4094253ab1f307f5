"""`amends up` as people start it: real processes, real ports, a real Ctrl-C."""

import http.client
import http.cookiejar
import os
import re
import shutil
import signal
import smtplib
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from time import monotonic

import pytest

from amends.cli import folder

START = 60  # seconds; on a machine that does much else at the same time
STOP = 10.0  # seconds that everything has to end, on such a machine; alone it takes one
LAST = "Mail out"  # the last line that it says once all is running


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port: int = server.getsockname()[1]
        return port


def bare() -> dict[str, str]:
    """Return the environment without anything that is meant for another desk."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("AMENDS_", "DJANGO_", "DATABASE_"))}


@dataclass
class Up:
    """A running `amends up`."""

    data: Path
    words: tuple[str, ...] = ()
    environ: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    smtp: int = field(default_factory=free_port)
    output: str = ""

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            (
                sys.executable,
                "-m",
                "amends.cli",
                "up",
                "--data",
                str(self.data),
                "--port",
                str(self.port),
                "--smtp-port",
                str(self.smtp),
                *self.words,
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # a process group of its own, which a Ctrl-C is sent to
            env=bare() | self.environ,
        )
        self.ready, self.ended = threading.Event(), threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with self.process:
            for line in self.process.stdout or ():
                self.output += line
                if LAST in line:
                    self.ready.set()
        self.ended.set()
        self.ready.set()

    def wait(self) -> "Up":
        """Wait until it runs."""
        assert self.ready.wait(START), self.output
        assert not self.ended.is_set(), self.output
        return self

    def children(self) -> list[int]:
        """Return the processes below it."""
        listed = subprocess.run(["ps", "-eo", "pid,pgid"], capture_output=True, text=True, check=True).stdout
        rows = [line.split() for line in listed.splitlines()[1:]]
        return [int(pid) for pid, group in rows if int(group) == self.process.pid and int(pid) != self.process.pid]

    def work(self) -> int:
        """Return the process that works."""
        found = subprocess.run(["ps", "-ewwo", "pid,args"], capture_output=True, text=True, check=True).stdout
        return next(
            int(line.split()[0]) for line in found.splitlines() if "housework" in line and str(self.data) in line
        )

    def interrupt(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.over()

    def over(self) -> int:
        """Wait for the end, see that nothing is left, and return the exit code."""
        assert self.ended.wait(STOP), f"still there after {STOP} s: {self.output}"
        assert self.children() == []
        assert "Fatal Python error" not in self.output
        return self.process.returncode

    def page(self, path: str, **form: str) -> str:
        """Fetch a page, as a browser that keeps its cookies."""
        if not hasattr(self, "_browser"):
            jar = http.cookiejar.CookieJar()
            self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        sent = urllib.parse.urlencode(form).encode() if form else None
        with self._browser.open(f"http://127.0.0.1:{self.port}{path}", sent, timeout=20) as answer:
            text: str = answer.read().decode()
            return text

    def log_in(self, email: str, password: str) -> str:
        """Log in, and return the page that one comes to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page("/account/login/"))
        assert token
        return self.page("/account/login/", login=email, password=password, csrfmiddlewaretoken=token[1])

    def mail(self, text: str) -> None:
        """Send a mail to it."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = "maya@example.com", "help@localhost", "Grinder"
        letter.set_content(text)
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=20) as server:
            server.send_message(letter)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask its database."""
        with closing(sqlite3.connect(self.data / "db.sqlite3")) as database:
            return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def arranged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a desk with tables and static files: what most tests need, and takes longest to make."""
    desk = tmp_path_factory.mktemp("arranged") / "desk"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AMENDS_SECRET_KEY")  # that of the tests; this desk has one of its own
        folder.make(desk)
    subprocess.run(
        [sys.executable, "-m", "amends.cli.housework", "--data", str(desk), "--admin", "admin@localhost"],
        env=bare(),
        stdin=subprocess.DEVNULL,  # nobody waits for it, so it ends when it is done
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return desk


@pytest.fixture
def second_day(arranged: Path, tmp_path: Path) -> None:
    """Let the desk be arranged already."""
    shutil.copytree(arranged, tmp_path / "desk")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Up]]:
    """Start `amends up` on a folder; whatever becomes of the test, it is gone afterwards."""
    started: list[Up] = []

    def begin(*words: str, **environ: str) -> Up:
        started.append(Up(tmp_path / "desk", words, environ))
        return started[-1]

    yield begin
    for one in started:
        with suppress(ProcessLookupError):
            os.killpg(one.process.pid, signal.SIGKILL)
        assert one.ended.wait(START)


def entrance(output: str) -> tuple[str, str]:
    found = re.search(r"Log in +(\S+)\n +Password +(\S+)", output)
    assert found, output
    return found[1], found[2]


def test_a_first_day_and_a_second(start: Callable[..., Up]) -> None:
    desk = start().wait()
    assert re.findall(r"^\[(\d)/3\]", desk.output, re.MULTILINE) == ["1", "2", "3"]
    email, password = entrance(desk.output)
    assert email == "admin@localhost"
    assert "account/logout" in desk.log_in(email, password)
    desk.mail("My grinder broke again and I am furious!")
    assert desk.rows("SELECT subject, upset FROM store_case") == [("Grinder", 3)]
    files = [path for path in desk.data.rglob("*") if "static" not in path.parts]
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    assert desk.interrupt() == 0
    assert "Stopped." in desk.output
    again = start().wait()
    assert "Password" not in again.output
    assert "account/logout" in again.log_in(email, password)
    assert again.rows("SELECT count(*) FROM store_case") == [(1,)]
    assert again.rows("SELECT count(*) FROM store_user") == [(1,)]
    again.process.send_signal(signal.SIGTERM)  # as a service manager ends it: only the one that it knows
    assert again.over() == 0


def test_when_one_is_killed_all_end_and_say_so(second_day: None, start: Callable[..., Up]) -> None:
    desk = start().wait()
    os.kill(desk.work(), signal.SIGKILL)
    assert desk.over() == 1
    assert "The work process has ended unexpectedly (signal SIGKILL). So everything was stopped." in desk.output


def test_when_the_web_process_is_killed_all_end(second_day: None, start: Callable[..., Up]) -> None:
    desk = start().wait()
    (web,) = set(desk.children()) - {desk.work()}
    os.kill(web, signal.SIGKILL)
    assert desk.over() == 1
    assert "The web process has ended unexpectedly." in desk.output


def test_no_orphans_when_the_one_that_watches_is_killed(second_day: None, start: Callable[..., Up]) -> None:
    desk = start().wait()
    children = desk.children()
    assert len(children) == 2
    desk.process.kill()
    end = monotonic() + STOP
    while desk.children():
        assert monotonic() < end, "orphans"
        desk.ended.wait(0.05)


def test_a_mistake_in_the_settings_is_told_in_one_sentence(start: Callable[..., Up]) -> None:
    desk = start(AMENDS_SMTP_URL="mail.example.com")
    assert desk.ended.wait(START)
    assert desk.process.returncode == 1
    assert "Error: AMENDS_SMTP_URL must look like smtp://user:password@mail.example.com:587" in desk.output
    assert "Amends could not start. The reason stands above." in desk.output
    assert "Traceback" not in desk.output


def test_a_port_in_use_is_named_with_the_fix(start: Callable[..., Up]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        taken = other.getsockname()[1]
        desk = start("--port", str(taken))
        assert desk.ended.wait(START)
    assert desk.process.returncode == 1
    assert f"Port {taken} on 127.0.0.1 cannot be used: Address already in use." in desk.output
    assert f"--port {taken + 1}" in desk.output
    assert not desk.data.exists()


def test_two_desks_in_one_folder_do_not_fight(second_day: None, start: Callable[..., Up]) -> None:
    desk = start().wait()
    other = start()
    assert other.ended.wait(START)
    assert other.process.returncode == 1
    assert "runs in" in other.output
    assert desk.interrupt() == 0


def test_ctrl_c_while_it_is_starting(start: Callable[..., Up]) -> None:
    desk = start()
    for line in iter(lambda: "[1/3]" in desk.output, True):
        assert not line
        assert not desk.ended.wait(0.01), desk.output
    assert desk.interrupt() in {0, 1}
    assert "Traceback" not in desk.output
