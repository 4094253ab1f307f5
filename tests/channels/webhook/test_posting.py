"""A program of the house is called: signed, in order, once, and never led into a network that was not opened to it."""

import hmac
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from amends.actions import clock, house
from amends.actions.clock import StoppedClock
from amends.actions.effects import Hopeless
from amends.actions.house import BadHouse, read_house
from amends.actions.incoming import do_receive
from amends.actions.webhooks import WEBHOOK
from amends.channels.webhook import posting
from amends.channels.webhook.posting import do_call, is_public
from amends.cli.worker import CALLS, send_all
from amends.store.models import Effect
from amends.testing import Cast, mail_from

pytestmark = pytest.mark.django_db

SECRET = "a secret that nobody can guess, truly"


@dataclass
class Program:
    """The other side: what it answers, and what it was sent."""

    port: int = 0
    status: int = 204
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def program() -> Iterator[Program]:
    other = Program()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            other.heard.append((dict(self.headers), self.rfile.read(length)))
            self.send_response(other.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    other.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield other
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _house(stopped_clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stop the clock, keep a secret, and leave no configuration behind."""
    monkeypatch.setenv("HOOK_SECRET", SECRET)
    yield
    (house.data_folder() / "amends.toml").unlink(missing_ok=True)


def hook(url: str, more: str = "") -> None:
    (house.data_folder() / "amends.toml").write_text(f'[webhook]\nurl = "{url}"\nsecret_env = "HOOK_SECRET"\n{more}')


def complain(cast: Cast) -> None:
    do_receive(mail_from(cast.customer, "The pump is broken! Give me my 90 euros back."), at=clock.now())


def test_each_chosen_fact_is_told_once_in_order_signed_and_without_words(cast: Cast, program: Program) -> None:
    hook(f"http://127.0.0.1:{program.port}/in?x=1", 'facts = ["CaseOpened", "MessageReceived"]')
    complain(cast)
    assert send_all(clock.now(), doers=CALLS) == 2
    assert send_all(clock.now(), doers=CALLS) == 0
    said = [json.loads(body) for _headers, body in program.heard]
    assert [one["kind"] for one in said] == ["CaseOpened", "MessageReceived"]
    assert set(said[0]) == {"id", "case", "kind", "at", "team"}
    for headers, body in program.heard:
        assert b"pump" not in body
        assert b"Maya" not in body
        stamp = headers["Amends-Timestamp"]
        wanted = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()
        assert headers["Amends-Signature"] == f"sha256={wanted}"
        assert int(stamp) == int(clock.now().timestamp())
        assert headers["Host"] == f"127.0.0.1:{program.port}"


def test_without_a_webhook_nothing_waits(cast: Cast) -> None:
    complain(cast)
    assert not Effect.objects.filter(kind=WEBHOOK).exists()


@pytest.mark.parametrize("status", [302, 404, 500])
def test_any_other_answer_is_tried_again_and_holds_those_behind(cast: Cast, program: Program, status: int) -> None:
    hook(f"http://127.0.0.1:{program.port}/")
    complain(cast)
    program.status = status
    assert send_all(clock.now(), doers=CALLS) == 0
    assert len(program.heard) == 1  # the second waits for the first; no redirect is followed
    assert str(status) in Effect.objects.order_by("pk").filter(kind=WEBHOOK)[0].error


def test_what_is_gone_is_given_up_and_what_was_switched_off_is_let_be(cast: Cast, program: Program) -> None:
    hook(f"http://127.0.0.1:{program.port}/")
    complain(cast)
    subject = Effect.objects.filter(kind=WEBHOOK)[0].subject
    program.status = 410
    with pytest.raises(Hopeless):
        do_call(subject)
    (house.data_folder() / "amends.toml").write_text("")
    do_call(subject)
    assert len(program.heard) == 1


def test_a_short_secret_is_none(cast: Cast, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    hook(f"http://127.0.0.1:{program.port}/")
    complain(cast)
    monkeypatch.setenv("HOOK_SECRET", "short")
    with pytest.raises(LookupError, match="HOOK_SECRET"):
        do_call(Effect.objects.filter(kind=WEBHOOK)[0].subject)
    assert program.heard == []


@pytest.mark.parametrize("ip", ["10.1.2.3", "169.254.169.254", "::1", "fd00::1"])
def test_a_name_that_leads_inside_is_not_called(cast: Cast, monkeypatch: pytest.MonkeyPatch, ip: str) -> None:
    hook("https://hooks.example.com/")
    complain(cast)
    called: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: [(2, 1, 6, "", (ip, 443))])
    monkeypatch.setattr(socket, "create_connection", lambda where, *_more: called.append(where[0]))
    with pytest.raises(posting.Unsafe, match="allow_private"):
        do_call(Effect.objects.filter(kind=WEBHOOK)[0].subject)
    assert called == []


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.215.14", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse
        ("224.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::", False),
        ("fe80::1%eth0", False),
    ],
)
def test_which_addresses_are_public(ip: str, public: bool) -> None:
    assert is_public(ip) is public


@pytest.mark.parametrize(
    ("url", "more", "says"),
    [
        ("http://hooks.example.com/", "", "https"),
        ("ftp://127.0.0.1/", "", "https"),
        ("https://kim:secret@hooks.example.com/", "", "https"),
        ("https://", "", "https"),
        ("https://hooks.example.com/", 'facts = ["CaseEaten"]', "CaseEaten"),
    ],
)
def test_an_address_that_cannot_be_is_refused_with_its_reason(url: str, more: str, says: str) -> None:
    hook(url, more)
    with pytest.raises(BadHouse, match=says):
        read_house(house.data_folder() / "amends.toml")
