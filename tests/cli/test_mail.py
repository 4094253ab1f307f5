"""`amends mail` hands a mail over as a customer's server would, and says what came of it."""

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.cli.conftest import Run


@dataclass
class Listener:
    """A mail server that remembers."""

    port: int
    taken: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 Not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        if b"too much" in (envelope.original_content or b""):
            return "552 Too large"
        self.taken.append(envelope)
        return "250 OK"

    def mail(self) -> EmailMessage:
        """The only mail."""
        (envelope,) = self.taken
        return message_from_bytes(envelope.original_content or b"", EmailMessage, policy=policy.default)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        found = Listener(server.getsockname()[1])
    controller = Controller(found, hostname="127.0.0.1", port=found.port)
    controller.start()
    yield found
    controller.stop()


def test_a_text(amends: Run, listener: Listener) -> None:
    words = ("--from", "maya@example.com", "--port", str(listener.port))
    result = amends("mail", "-", *words, given="My grinder broke again!\nI want my money back, all of the £89.\n")
    assert result.output == "Taken in: from maya@example.com to help@localhost.\n"
    assert listener.mail()["Subject"] == "My grinder broke again!"
    assert "£89" in listener.mail().get_content()
    assert (listener.taken[0].mail_from, listener.taken[0].rcpt_tos) == ("maya@example.com", ["help@localhost"])
    assert listener.mail()["Message-ID"]


def test_a_whole_mail_arrives_byte_for_byte(amends: Run, listener: Listener, tmp_path: Path) -> None:
    raw = (
        b"From: Tom <tom@example.com>\nTo: x@example.com\nSubject: =?utf-8?q?Caf=C3=A9?=\n\nbroken \xff bytes\n.\nend\n"
    )
    (tmp_path / "complaint.eml").write_bytes(raw)
    assert amends("mail", tmp_path / "complaint.eml", "--port", str(listener.port)).exit_code == 0
    assert listener.taken[0].original_content == raw.replace(b"\n", b"\r\n")
    assert listener.taken[0].mail_from == "tom@example.com"


@pytest.mark.parametrize(
    ("words", "text", "why"),
    [
        (
            ("--to", "nobody@example.com"),
            "hello",
            "takes no mail for this address: Not here. Name its own one with --to",
        ),
        ((), "too much", "The desk did not take it: Too large"),
    ],
)
def test_a_no_is_passed_on(amends: Run, listener: Listener, words: tuple[str, ...], text: str, why: str) -> None:
    result = amends("mail", "-", "--port", str(listener.port), *words, given=text)
    assert result.exit_code == 1
    assert why in result.output


def test_when_nobody_listens(amends: Run, listener: Listener) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    result = amends("mail", "-", "--port", str(port), given="hello")
    assert f"Nobody takes mail on 127.0.0.1:{port} (Connection refused). Is `amends up` running" in result.output
