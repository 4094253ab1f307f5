"""The SMTP listener: what a mail server hands on to us is answered with 250 once it is kept, and not before."""

import asyncio
import logging
import socket
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from typing import AnyStr, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections, connections

from amends.actions import house
from amends.actions.mails import AWAY
from amends.channels.email.intake import take_in_mail

LARGEST = 40 * 1024 * 1024
"""Bytes of a mail. Files grow by a third on their way, so this is a file of 29 MB."""

_LONGEST_LINE = 8 * 1024 * 1024  # bytes; the standard allows 1,000, and some programs write all of a mail on one line
_NOBODY_IN_PARTICULAR = house.Business().address
_TOO_LARGE = f"552 5.3.4 This mail is larger than {LARGEST // 1024**2} MB. Please send large files as a link."
_LATER = "451 4.3.0 We cannot keep this mail just now. Please try again later."
_UNKNOWN = "550 5.1.1 There is no such mailbox here."
_log = logging.getLogger(__name__)


class Listener:
    """Listens for mail on `host`:`port` (0: any free one, see `port`) from `start` to `stop`, or as a context.

    It knows neither log-in nor encryption, so it belongs on this machine, behind a mail server that has both.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 8025) -> None:
        self.host = host
        self.port = port
        self._pool: ThreadPoolExecutor | None = None
        self._controller: _Controller | None = None

    def start(self) -> Self:
        """Begin to listen. Raises `OSError` where somebody else listens there."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        door = socket.create_server((self.host, self.port), family=family)
        self.port = door.getsockname()[1]
        # One thread for all mails: the database has one writer anyway, and Django's connections belong to threads.
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
        self._controller = _Controller(_Door(self._pool), door, hostname=self.host, port=self.port)
        try:
            self._controller.start()
        except BaseException:
            door.close()
            self._pool.shutdown(wait=False)
            raise
        return self

    def stop(self) -> None:
        """Hang up on everybody and end. A mail without its 250 will be offered again."""
        if self._controller is not None and self._pool is not None:
            self._controller.hang_up()
            self._controller.stop()
            self._pool.submit(connections.close_all)
            self._pool.shutdown(wait=True)
        self._controller = self._pool = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *wrong: object) -> None:
        self.stop()


class _Dialogue(SMTP):
    """One conversation, with answers that a person can make something of when they come back in a bounce."""

    line_length_limit = _LONGEST_LINE

    async def push(self, status: AnyStr) -> None:
        """Answer; where the mail is too large, in words of ours."""
        too_large = str(status).startswith("552 Error")
        await (super().push(_TOO_LARGE) if too_large else super().push(status))


class _Controller(Controller):
    """Runs the conversations in a thread with a loop of its own, on a socket that is bound already."""

    def __init__(self, handler: "_Door", door: socket.socket, *, hostname: str, port: int) -> None:
        super().__init__(
            handler,
            hostname=hostname,
            port=port,
            server_hostname=socket.gethostname(),
            data_size_limit=LARGEST,
            ident="Amends",
        )
        self._door = door
        self._open: set[_Dialogue] = set()

    def factory(self) -> SMTP:
        self._open = {one for one in self._open if one.transport is not None}
        dialogue = _Dialogue(self.handler, loop=self.loop, **self.SMTP_kwargs)
        self._open.add(dialogue)
        return dialogue

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._door)

    def hang_up(self) -> None:
        """Drop the conversations that are going on, so that none of them keeps the loop from ending."""
        done = asyncio.run_coroutine_threadsafe(self._drop_all(), self.loop)
        done.result(timeout=5)

    async def _drop_all(self) -> None:
        for one in self._open:
            if isinstance(one.transport, asyncio.WriteTransport):
                one.transport.abort()


class _Door:
    """Decides about receivers, and hands mails to the one thread that takes them in."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool

    async def handle_RCPT(  # noqa: N802  the name and the arguments are aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the receiver where mail for them is ours to read."""
        del server, session, options
        try:
            if not _is_here(address):
                return _UNKNOWN
        except house.BadHouse:
            _log.exception("Mail has to wait until the configuration is mended")
            return _LATER
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  the same
        """Keep the mail, and say so only then."""
        del server, session
        content = envelope.original_content or b""
        sender, recipients = envelope.mail_from or "", tuple(envelope.rcpt_tos)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, _take, content, sender, recipients)


def _is_here(address: str) -> bool:
    """Whether the address is the business's, plus-addresses included; where it has set none, everybody is welcome."""
    ours = house.house().business.address.lower()
    if ours in {"", _NOBODY_IN_PARTICULAR}:
        return True
    local, _at, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" == ours


def _take(content: bytes, sender: str, recipients: tuple[str, ...]) -> str:
    """Take the mail in, in the mail thread, and return the answer to the other server."""
    close_old_connections()
    try:
        kept = take_in_mail(content, source="smtp", sender=sender, recipients=recipients)
    except AWAY as wrong:
        _log.warning("A mail could not be kept, and will be offered again: %s", wrong)
        return _LATER
    except Exception:  # noqa: BLE001  what we cannot explain the other server keeps for us
        _log.exception("A mail could not be kept, and will be offered again")
        return _LATER
    finally:
        close_old_connections()
    return f"250 2.0.0 Kept as {kept.mail.pk}"
