"""A Dovecot of our own: in the foreground, without rights, on a free port."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from amends.actions.house import Mailbox
from tests import needs

PASSWORD = "opensesame"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """The running server; every user name has a mailbox."""

    port: int

    def box(self, user: str, **more: Any) -> Mailbox:
        """Return the mailbox as the configuration names it."""
        return Mailbox(
            host="127.0.0.1", port=self.port, user=user, password_env="AMENDS_TEST_PASSWORD", tls=False, **more
        )

    @contextmanager
    def open(self, user: str) -> Iterator[imaplib.IMAP4]:
        """Open the mailbox as its owner would."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        client.login(user, PASSWORD)
        client.select("INBOX")
        yield client
        client.logout()

    def put(self, user: str, *mails: bytes, flags: str | None = None) -> None:
        """Deliver mails."""
        with self.open(user) as client:
            for mail in mails:
                client.append("INBOX", flags or "", "", mail)

    def count(self, user: str, what: str = "UNSEEN") -> int:
        """Return how many mails are UNSEEN, SEEN, DELETED, or in all (ALL)."""
        with self.open(user) as client:
            found: bytes = client.search(None, what)[1][0]
            return len(found.split())


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """Start the server once, as a user without rights; ask for it under `@needs.dovecot`."""
    program = needs.require("dovecot")
    someone = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))  # not in tmp_path: names of sockets must be short
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    config = folder / "dovecot.conf"
    words = {"folder": folder, "user": someone.pw_name, "group": _group(someone.pw_gid), "port": port}
    config.write_text(CONFIG.format(**words, password=PASSWORD))
    os.chown(folder, someone.pw_uid, someone.pw_gid)
    as_someone = {"user": someone.pw_uid, "group": someone.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    with subprocess.Popen(  # type: ignore[call-overload]  # the user only where we are root
        [program, "-F", "-c", str(config)], stderr=subprocess.PIPE, text=True, **as_someone
    ) as server:
        said = ""
        while "starting up" not in said:
            said = server.stderr.readline()
            assert said, "Dovecot ended before it began"
        threading.Thread(target=server.stderr.read, daemon=True).start()  # or it would wait for somebody to listen
        yield Dovecot(port)
        server.terminate()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the password where the configuration says it is."""
    monkeypatch.setenv("AMENDS_TEST_PASSWORD", PASSWORD)


def _group(number: int) -> str:
    import grp  # noqa: PLC0415 - beside its only use

    return grp.getgrgid(number).gr_name
