"""What the channels are tested with: a business with an address, a listener, a mail server that takes ours."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import LazySettings

from amends.actions import house
from amends.channels.email.listener import Listener

ADDRESS = "help@kettle.example"


@pytest.fixture
def business() -> Iterator[Callable[[str], None]]:
    """Give the business its name and address; call it with more of `amends.toml`."""
    path = house.data_folder() / "amends.toml"

    def write(more: str = "") -> None:
        path.write_text(f'[business]\nname = "Kettle & Cup"\naddress = "{ADDRESS}"\n{more}', "utf-8")

    write()
    yield write
    path.unlink()


@pytest.fixture
def listener(business: Callable[[str], None], transactional_db: None) -> Iterator[Listener]:
    """Start the listener on a free port; what it takes in is committed for good."""
    with Listener(port=0) as started:
        yield started


@dataclass
class Sink:
    """A mail server that keeps what it is given, and answers as it is told: `answers[command]` once, or for ever."""

    mails: list[Envelope] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)

    @property
    def contents(self) -> list[bytes]:
        """The bytes of the mails, in order."""
        return [mail.content for mail in self.mails if isinstance(mail.content, bytes)]

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" in self.refuse:
            return self.refuse["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        self.mails.append(envelope)
        return "250 OK"


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    """Send our mail to a server on loopback, and see what arrives there."""
    kept = Sink()
    controller = Controller(kept, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 5
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield kept
    controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port
