"""A whole desk for a journey: pages, listener, mailbox, a mail server for what goes out, and a clock that we move."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from amends.actions import clock
from amends.actions.clock import StoppedClock
from amends.channels.email.listener import Listener
from amends.cli.worker import run_once
from amends.method.words import Rank
from amends.store.models import User
from amends.testing import make_staff, make_team
from tests.channels.conftest import Sink, business, listener, sink
from tests.channels.email.conftest import Dovecot, dovecot, password

__all__ = ["Sink", "business", "dovecot", "listener", "password", "sink"]

PASSWORD = "count-to-ten-first"


@dataclass(frozen=True)
class Desk:
    """The desk as everybody around it sees it."""

    url: str
    clock: StoppedClock
    browser: Browser
    listener: Listener
    sink: Sink
    dovecot: Dovecot

    def work(self) -> None:
        """Let the worker do all that is due by now."""
        run_once(clock.now())

    def sent(self) -> list[EmailMessage]:
        """Return what has arrived at the customer's mail server, oldest first."""
        return [message_from_bytes(cast("bytes", mail.content), policy=policy.default) for mail in self.sink.mails]


@pytest.fixture
def desk(  # a journey needs all of it
    live_server: LiveServer,
    browser: Browser,
    listener: Listener,
    sink: Sink,
    dovecot: Dovecot,
    business: Callable[[str], None],
    stopped_clock: StoppedClock,
    settings: LazySettings,
) -> Desk:
    """Start everything, with Jonas, who handles cases, and Ada, who leads."""
    business(
        f'[[mailboxes]]\nhost = "127.0.0.1"\nport = {dovecot.port}\nuser = "help"\n'
        'password_env = "AMENDS_TEST_PASSWORD"\ntls = false\n'
    )
    settings.AMENDS_URL = live_server.url
    team = make_team("Front desk")
    make_staff("Jonas Weber", team, password=PASSWORD)
    make_staff("Ada Berg", team, rank=Rank.LEAD, password=PASSWORD)
    User.objects.update(mail_notices="none")  # a journey follows the customer's mail
    return Desk(live_server.url, stopped_clock, browser, listener, sink, dovecot)


@pytest.fixture
def window(desk: Desk) -> Iterator[Callable[..., Page]]:
    """Open browser windows of their own: each is another person. Nothing may fail in their consoles."""
    opened: list[BrowserContext] = []
    said: list[str] = []

    def open_window(**options: object) -> Page:
        context = desk.browser.new_context(**options)  # type: ignore[arg-type]  # handed on
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield open_window
    for context in opened:
        context.close()
    assert said == []
