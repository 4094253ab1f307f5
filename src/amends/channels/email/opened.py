"""A mailbox opened by IMAP: what is unread in it, and how one waits for more."""

import imaplib
import os
import re
import selectors
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from amends.actions.house import Mailbox

WRONG = (imaplib.IMAP4.error, ImapToolsError, OSError, UnicodeError, EOFError)
"""What can go wrong between us and a mail server."""

_TIMEOUT = 30  # seconds for an answer
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


class NoPassword(LookupError):
    """The environment does not have the password that the configuration names."""


@contextmanager
def opened(box: Mailbox) -> Iterator[BaseMailBox]:
    """Log in and open the folder. Raises `NoPassword`, or one of `WRONG`."""
    password = os.environ.get(box.password_env, "")
    if not password:
        raise NoPassword(box.password_env)
    mailbox = _connect(box)
    try:
        if password.isascii() and box.user.isascii():
            mailbox.login(box.user, password, initial_folder=box.folder)
        else:
            mailbox.login_utf8(box.user, password, initial_folder=box.folder)
        yield mailbox
    finally:
        with suppress(*WRONG):
            mailbox.logout()


def unseen(mailbox: BaseMailBox) -> list[str]:
    """Return the UIDs of the mails that nobody has read, oldest first."""
    return sorted(mailbox.uids("UNSEEN"), key=int)


def sizes(mailbox: BaseMailBox, uids: Iterable[str]) -> dict[str, int]:
    """Return the size in bytes of each of these mails; those that are gone are left out."""
    _status, answers = mailbox.client.uid("FETCH", ",".join(uids), "(RFC822.SIZE)")
    found = {}
    for answer in answers:
        if isinstance(answer, bytes) and (uid := _UID.search(answer)) and (size := _SIZE.search(answer)):
            found[uid[1].decode()] = int(size[1])
    return found


def fetch(mailbox: BaseMailBox, uid: str, most: int | None = None) -> bytes | None:
    """Return a mail, or its first `most` bytes, without marking it as read; None where it is gone."""
    part = "(BODY.PEEK[])" if most is None else f"(BODY.PEEK[]<0.{most}>)"
    _status, answers = mailbox.client.uid("FETCH", uid, part)
    return next((bytes(answer[1]) for answer in answers if isinstance(answer, tuple)), None)


def mark_seen(mailbox: BaseMailBox, uid: str) -> None:
    """Mark a mail as read. Nothing else in the mailbox changes: imap-tools' own `flag` would empty its bin as well."""
    status, answers = mailbox.client.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    if status != "OK":
        raise imaplib.IMAP4.error(f"The mail cannot be marked as read: {answers!r}")


def can_idle(mailbox: BaseMailBox) -> bool:
    """Say whether the server tells by itself when something comes in; some only say so after the log-in."""
    status, answers = mailbox.client.capability()
    words = b" ".join(answer for answer in answers if isinstance(answer, bytes)) if status == "OK" else b""
    return b"IDLE" in words.upper().split()


def idle(mailbox: BaseMailBox, seconds: int, stop: threading.Event) -> None:
    """Wait until the server has news, `seconds` are over, or `stop` is set (seen within a second)."""
    mailbox.idle.start()  # type: ignore[no-untyped-call]  # imap-tools types most of itself
    with selectors.DefaultSelector() as selector:
        sock = mailbox.client.sock
        selector.register(sock, selectors.EVENT_READ)
        for _second in range(seconds):
            waiting_inside = isinstance(sock, ssl.SSLSocket) and sock.pending()
            if stop.is_set() or waiting_inside or selector.select(1):
                break
    mailbox.idle.stop()  # type: ignore[no-untyped-call]  # the same


def sentence(box: Mailbox, wrong: Exception) -> str:
    """Return what is wrong with a mailbox, and what would help, for the person who looks after it."""
    who = f"{box.user} at {box.host}"
    match wrong:
        case NoPassword():
            return f"The mailbox {who} has no password: set {box.password_env} in the environment."
        case MailboxLoginError():
            return f"The mail server refuses the log-in of {who}. Check the user name and {box.password_env}."
        case MailboxFolderSelectError():
            return f"The mailbox {who} has no folder {box.folder!r}."
        case ssl.SSLCertVerificationError():
            return f"The certificate of {box.host} is not valid for it: {wrong.verify_message}."
        case TimeoutError() | ConnectionError() | OSError():
            return f"The mail server {box.host}:{box.port} cannot be reached ({wrong})."
        case _:
            return f"The mailbox {who} cannot be read ({type(wrong).__name__}: {wrong})."


def _connect(box: Mailbox) -> BaseMailBox:
    """Connect. Without TLS from the start, it is agreed on before the log-in, unless the server is on this machine."""
    context = ssl.create_default_context()  # imaplib's own default would take any certificate
    if box.tls:
        return MailBox(box.host, box.port, timeout=_TIMEOUT, ssl_context=context)
    if _on_this_machine(box.host):
        return MailBoxUnencrypted(box.host, box.port, timeout=_TIMEOUT)
    return MailBoxStartTls(box.host, box.port, timeout=_TIMEOUT, ssl_context=context)


def _on_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
