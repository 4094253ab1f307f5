"""The processes behind `amends up`: one for the web, one for the work, and a light one that watches over both.

    amends up ─┬─ web     the pages, by one thread
               └─ work    sets the desk up first; then deadlines, mail in and out

The work process arranges the desk (tables, static files) while the web process is already importing what it needs
and waits for the word to go. Both read from a pipe that the one that watches holds: when it goes, however it goes, the
pipe closes and they end. When one of them ends by itself, everything ends, and says so.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from types import FrameType
from typing import Final, Literal

READY = "\x06"
"""The line by which a process says that it is done with its preparations."""
NOT_READY = "Amends could not start. The reason stands above."
STOP_WITHIN = 2  # seconds from the first signal; who has not ended by then is killed
_START_WITHIN = 30.0  # seconds that the web process may take until it answers
_GRACE = 0.5  # seconds in which a Ctrl-C that ended a child may still reach us
_GO = "!"
_LOOK = 1.0  # seconds; on Windows a Ctrl-C is noticed only between two looks

Who = Literal["web", "work"]
Child = subprocess.Popen[str]
_STOP: Final = ("", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to start: the socket that listens for the pages, and the words that start the work process."""

    door: socket.socket
    work: tuple[str, ...]
    environ: dict[str, str] = field(default_factory=dict)


class Household:
    """Starts the two, watches them, ends them. `run` returns the exit code."""

    def __init__(self, plan: Plan, *, say: Callable[[str], None], ready: Callable[[], None]) -> None:
        self._plan, self._say, self._ready = plan, say, ready
        self._heard: SimpleQueue[tuple[str, str | None]] = SimpleQueue()  # (who, line), (who, None) at their end
        self._children: dict[Who, Child] = {}
        self._arranged = False
        self._web_by = inf

    def run(self) -> int:
        """Start everything, and return when everything has ended: 0 where somebody asked for it, else 1."""
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self._stop)
        try:
            with _deaf_to_ctrl_c(), self._plan.door as door:
                self._start("work", self._plan.work)
                door.set_inheritable(True)
                self._start("web", (sys.executable, "-m", "amends.cli.pages", str(door.fileno())))
            why = self._watch()
        finally:
            self._end()
        if why:
            self._say(why)
        return 1 if why else 0

    def _start(self, who: Who, words: tuple[str, ...]) -> None:
        child = subprocess.Popen(  # noqa: S603  our own interpreter with our own words
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=os.environ | self._plan.environ,
            close_fds=who != "web",  # the web process keeps the one that is meant for it; no other is inheritable
        )
        self._children[who] = child
        threading.Thread(target=self._listen, args=(who, child), daemon=True).start()

    def _listen(self, who: Who, child: Child) -> None:
        for line in child.stdout or ():
            self._heard.put((who, line.rstrip("\n")))
        child.wait()
        self._heard.put((who, None))

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._heard.put(_STOP)

    def _watch(self) -> str:
        """Pass on what is said, until something ends: return why that was not meant to be; empty where it was."""
        while True:
            try:
                who, line = self._heard.get(timeout=_LOOK)
            except Empty:
                if monotonic() > self._web_by:
                    return _all_ended("The web process does not answer.")
                continue
            if not who:
                return ""
            if line is None:
                return "" if self._asked_within(_GRACE) else self._why_ended(who)
            if line != READY:
                self._say(line)
            elif who == "work":
                self._arranged, self._web_by = True, monotonic() + _START_WITHIN
                self._tell_web_to_go()
            else:
                self._web_by = inf
                self._ready()

    def _tell_web_to_go(self) -> None:
        web = self._children["web"]
        if web.stdin is not None:
            with suppress(OSError):  # it has ended, which is about to be heard
                web.stdin.write(_GO)
                web.stdin.flush()

    def _asked_within(self, seconds: float) -> bool:
        """Return whether somebody asks for the end within so many seconds."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            with suppress(Empty):
                if self._heard.get(timeout=left) == _STOP:
                    return True
        return False

    def _why_ended(self, who: str) -> str:
        if who == "work":
            if not self._arranged:
                return NOT_READY
            return _all_ended(f"The work process has ended unexpectedly ({_ended(self._children['work'].wait())}).")
        return _all_ended("The web process has ended unexpectedly.")

    def _end(self) -> None:
        """End them both; who takes too long is killed."""
        deadline = monotonic() + STOP_WITHIN
        for child in self._children.values():
            child.terminate()
        for child in self._children.values():
            try:
                child.wait(max(0.1, deadline - monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let who is started meanwhile never hear a Ctrl-C, which reaches the whole group. Ours waits until it is over."""
    if sys.platform == "win32":
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # what is blocked is inherited; handlers are not
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def end_with_parent(stop: threading.Event) -> None:
    """Set `stop` when whoever started this process is gone: our standard input is a pipe from it."""

    def wait() -> None:
        while os.read(0, 1024):  # not `sys.stdin`, whose lock this thread would still hold at the end of the process
            continue
        stop.set()

    threading.Thread(target=wait, daemon=True).start()


def open_door(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `port`. Raises `OSError` where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen()
    except OSError:
        door.close()
        raise
    return door


def why_not_free(host: str, port: int) -> str:
    """Return why `port` cannot be listened on, in words that follow a colon; empty where it can."""
    try:
        open_door(host, port).close()
    except OSError as wrong:
        return wrong.strerror or str(wrong)
    return ""


def reachable(host: str) -> str:
    """Return the host to connect to where one listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  looked up, not bound


def work_words(data: Path, *options: str) -> tuple[str, ...]:
    """Return the words that start the work process."""
    return (sys.executable, "-m", "amends.cli.housework", "--data", str(data), *options)


def _all_ended(why: str) -> str:
    return f"{why} So everything was stopped. What it said last stands above; `amends check` may know more."


def _ended(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
