"""The web process: slow lines hold up nobody, large bodies are refused, and nobody is told what it runs on."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPResponse

import pytest
from pytest_django import Settings

from amends.cli.household import open_door, why_not_free
from amends.cli.pages import LARGEST_BODY, make_server

WAIT = 10  # seconds; longer than anything here takes
Seen = list[dict[str, object]]
Open = Callable[[], int]


@pytest.fixture
def seen() -> Seen:
    """Return what the application was asked, in turn."""
    return []


@pytest.fixture
def opened(seen: Seen) -> Iterator[Open]:
    """Return what starts a server, as the web process has it, around a small application, and returns its port."""
    with ExitStack() as stack:

        def start() -> int:
            door = stack.enter_context(open_door("127.0.0.1", 0))
            server = make_server(answer, door)
            thread = threading.Thread(target=run, args=(server,), daemon=True)
            thread.start()
            stack.callback(thread.join, WAIT)
            stack.callback(server.trigger.pull_trigger, stop)
            return int(door.getsockname()[1])

        def answer(environ: dict[str, object], begin: Callable[..., object]) -> list[bytes]:
            seen.append(environ)
            begin("200 OK", [("Content-Type", "text/plain")])
            return [b"here"]

        yield start


def run(server: object) -> None:
    server.run()  # type: ignore[attr-defined]  # of several kinds


def stop() -> None:
    """End the server: it is called in its own loop, as a signal is."""
    raise SystemExit


def ask(port: int, method: str = "GET", headers: dict[str, str] | None = None) -> HTTPResponse:
    with closing(HTTPConnection("127.0.0.1", port, timeout=WAIT)) as line:
        line.request(method, "/", headers=headers or {})
        answer = line.getresponse()
        answer.read()
        return answer


def test_bodies_that_trickle_in_hold_up_nobody(opened: Open, seen: Seen) -> None:
    port = opened()
    with ExitStack() as stack:
        for _ in range(5):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=WAIT))
            slow.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf a b")
        assert ask(port).status == 200
        assert [one["REQUEST_METHOD"] for one in seen] == ["GET"]


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(opened: Open, seen: Seen) -> None:
    answer = ask(opened(), "POST", {"Content-Length": str(LARGEST_BODY + 1)})
    assert answer.status == 413
    assert not seen


def test_nobody_is_told_what_it_runs_on(opened: Open) -> None:
    port = opened()
    assert ask(port).headers["Server"] is None


@pytest.mark.parametrize(("proxies", "passed"), [(0, None), (1, "203.0.113.7")])
def test_only_a_proxy_of_ours_says_who_is_behind_it(
    opened: Open, seen: Seen, settings: Settings, proxies: int, passed: str | None
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    ask(opened(), headers={"X-Forwarded-For": "203.0.113.7"})
    assert seen[0].get("HTTP_X_FORWARDED_FOR") == passed


def test_a_port_is_held_from_the_moment_it_is_opened() -> None:
    with open_door("127.0.0.1", 0) as door:
        assert why_not_free("127.0.0.1", door.getsockname()[1]) == "Address already in use"
