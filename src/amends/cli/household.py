"""The processes behind `amends up`: one for the web, one for the work, and a light one that watches over both.

    amends up ─┬─ web     granian with one Django process in it
               └─ work    sets the desk up first; then deadlines, mail in and out

The work process arranges the desk (tables, static files) while the web process is already importing what it needs
and waits for the word to go. Both hold one end of a pipe to the one that watches: when it goes, however it goes, the
pipe closes and they end. When one of them ends by itself, everything ends, and says so.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Any

READY = "\x06"
"""The line by which the work process says that the desk is arranged."""
NOT_READY = "Amends could not start. The reason stands above."
STOP_WITHIN = 2  # seconds from the first signal; who has not ended by then is killed
_START_WITHIN = 30.0  # seconds that the web process may take for its first answer
_GRACE = 0.5  # seconds in which a Ctrl-C that ended a child may still reach us
GO = "go"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to start: where the web listens, and the words that start the work process."""

    host: str
    port: int
    work: tuple[str, ...]
    environ: dict[str, str] = field(default_factory=dict)


class Household:
    """Starts the two, watches them, ends them. `run` returns the exit code."""

    def __init__(self, plan: Plan, *, say: Callable[[str], None], ready: Callable[[], None]) -> None:
        self._plan, self._say, self._ready = plan, say, ready
        self._stopping = threading.Event()
        self._crashed = ""
        self._deadline = inf
        self._arranged = False
        self._here, self._there = Pipe(duplex=False)
        self._work: subprocess.Popen[str] | None = None

    def run(self) -> int:
        """Start everything, and return when everything has ended: 0 where somebody asked for it, else 1."""
        os.environ.update(self._plan.environ)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # inherited: a Ctrl-C reaches the whole group, and we decide
        self._work = subprocess.Popen(  # noqa: S603  our own interpreter with our own words
            self._plan.work, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._heed(lambda: None)
        from granian import Granian  # while the work process is starting up already
        from granian.constants import Interfaces, Loops

        server = Granian(
            "amends.server.wsgi:application",
            address=self._plan.host,
            port=self._plan.port,
            interface=Interfaces.WSGI,
            loop=Loops.asyncio,
            workers=1,
            blocking_threads=1,
            websockets=False,
            log_enabled=False,
            workers_kill_timeout=STOP_WITHIN,
        )
        server.on_startup(lambda: self._begin(server))
        if not self._stopping.is_set():
            with suppress(SystemExit):  # granian's way to say that a worker failed; what happened is told below
                server.serve(target_loader=_Web(self._here, self._there), wrap_loader=True)
        return self._end(asked=server.interrupt_signal and not self._crashed)

    def _begin(self, server: Any) -> None:  # noqa: ANN401  granian's server, which types nothing
        """Listen to the work process, and take over the signals that granian has just set."""
        self._heed(server.signal_handler_interrupt)
        if self._stopping.is_set():
            server.signal_handler_interrupt()
        threading.Thread(target=self._listen, args=(server,), daemon=True).start()

    def _heed(self, then: Callable[[], None]) -> None:
        """End the work process on Ctrl-C and on SIGTERM, `then` do something more."""

        def stop(_signal: int, _frame: FrameType | None) -> None:
            self._stop()
            then()

        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, stop)

    def _listen(self, server: Any) -> None:  # noqa: ANN401  granian's server
        """Pass on what the work process says; let the web process go when it says so; notice when it ends."""
        if self._work is None or self._work.stdout is None:
            return
        for line in self._work.stdout:
            if line.rstrip("\n") != READY:
                self._say(line.rstrip("\n"))
                continue
            self._arranged = True
            self._there.send(GO)
            if _answers(self._plan.host, self._plan.port, self._stopping):
                self._ready()
            elif not self._stopping.is_set():
                self._crashed = "The web process does not answer."
                server.signal_handler_interrupt()
        code = self._work.wait()
        if not self._stopping.wait(_GRACE) and not self._crashed:
            self._crashed = (
                f"The work process has ended unexpectedly ({_ended(code)})." if self._arranged else NOT_READY
            )
            server.signal_handler_interrupt()

    def _stop(self) -> None:
        """Ask the work process to end, once; granian asks the web process."""
        self._stopping.set()
        self._deadline = min(self._deadline, monotonic() + STOP_WITHIN)
        if self._work is not None and self._work.poll() is None:
            self._work.terminate()

    def _end(self, *, asked: bool) -> int:
        """End what is left, and say why where nobody `asked` for it."""
        asked = asked or (not self._crashed and self._stopping.wait(_GRACE))
        self._stop()
        if self._work is not None:
            try:
                self._work.wait(max(0.1, self._deadline - monotonic()))
            except subprocess.TimeoutExpired:
                self._work.kill()
                self._work.wait()
        if asked:
            return 0
        why = self._crashed or "The web process has ended unexpectedly."
        if why != NOT_READY:
            why += " So everything was stopped. What it said last stands above; `amends check` may know more."
        self._say(why)
        return 1


class _Web:
    """Loads the web application in its own process: at once, but answers only after the word to go."""

    def __init__(self, here: Connection, there: Connection) -> None:
        self._here, self._there = here, there

    def __call__(self, _target: str) -> Any:  # noqa: ANN401  a WSGI application
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)  # those of the parent came along
        self._there.close()
        application, wrong = None, None
        try:
            application = load_application()
        except Exception as error:  # noqa: BLE001  the work process meets the same, and tells it in one sentence
            wrong = error
        try:
            self._here.recv()
        except EOFError:
            sys.exit(1)
        if wrong is not None:
            raise wrong
        threading.Thread(target=self._end_with_parent, daemon=True).start()
        return application

    def _end_with_parent(self) -> None:
        try:
            self._here.recv()
        except (EOFError, OSError):
            os.kill(os.getpid(), signal.SIGTERM)


def load_application() -> Any:  # noqa: ANN401  a WSGI application
    """Import everything that a first page needs, and return the application."""
    from importlib import import_module

    application = import_module("amends.server.wsgi").application
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    return application


def end_with_parent(stop: threading.Event) -> None:
    """Set `stop` when whoever started this process is gone: our standard input is a pipe from it."""

    def wait() -> None:
        sys.stdin.buffer.read()
        stop.set()

    threading.Thread(target=wait, daemon=True).start()


def why_not_free(host: str, port: int) -> str:
    """Return why `port` cannot be listened on, in words that follow a colon; empty where it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as wrong:
            return wrong.strerror or str(wrong)
    return ""


def reachable(host: str) -> str:
    """Return the host to connect to where one listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  looked up, not bound


def work_words(data: Path, *options: str) -> tuple[str, ...]:
    """Return the words that start the work process."""
    return (sys.executable, "-m", "amends.cli.housework", "--data", str(data), *options)


def _answers(host: str, port: int, stopping: threading.Event) -> bool:
    """Wait until somebody listens on the port; return False where it takes too long or we are to stop."""
    step = 0.02
    for _ in range(int(_START_WITHIN / step)):
        try:
            with socket.create_connection((reachable(host), port), timeout=1):
                return True
        except OSError:
            if stopping.wait(step):
                return False
    return False


def _ended(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
