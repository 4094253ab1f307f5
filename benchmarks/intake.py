"""Intake: e-mails a second, end to end to commit, by SMTP over loopback into one listener process.

The mails come from four connections of another process, as from a mail server. Beside it, the same without SMTP:
parsing, reading and committing alone.
"""

import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage

from desk import FURIOUS, desk

MAILS = 2_000
CONNECTIONS = 4


def main() -> None:
    """Take the mails in, and print how many a second were committed."""
    with desk():
        from amends.channels.email.intake import take_in_mail
        from amends.channels.email.listener import Listener
        from amends.store.models import Case, Message

        mails = [_mail(n) for n in range(MAILS)]
        start = time.perf_counter()
        for n in range(MAILS):
            take_in_mail(mails[n], sender=f"c{n}@example.com", recipients=("help@localhost",), source="bench")
        alone = time.perf_counter() - start
        with Listener(host="127.0.0.1", port=0) as listener:
            client = [sys.executable, __file__, str(listener.port)]
            start = time.perf_counter()
            senders = [subprocess.Popen([*client, str(n)]) for n in range(CONNECTIONS)]
            assert [sender.wait() for sender in senders] == [0] * CONNECTIONS
            by_smtp = time.perf_counter() - start
        assert Message.objects.count() == 2 * MAILS
        print(f"{Case.objects.count():,} cases opened")
        print(f"without SMTP: {MAILS / alone:,.0f} mails a second; by SMTP: {MAILS / by_smtp:,.0f} mails a second")


def send(port: int, part: int) -> None:
    """Send one connection's part of the mails."""
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for n in range(MAILS + part, 2 * MAILS, CONNECTIONS):
            smtp.sendmail(f"c{n}@example.com", ["help@localhost"], _mail(n))


def _mail(n: int) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"Customer {n} <c{n}@example.com>"
    mail["To"] = "help@localhost"
    mail["Subject"] = f"Order {n} arrived broken"
    mail["Message-ID"] = f"<{n}@example.com>"
    mail.set_content(f"Hello,\n\n{FURIOUS}\n\nCustomer {n}\n")
    mail.add_alternative(f"<p>Hello,</p><p>{FURIOUS}</p><p>Customer {n}</p>", subtype="html")
    mail.add_attachment(bytes([n % 256]) * 20_000, maintype="image", subtype="jpeg", filename="photo.jpg")
    return mail.as_bytes()


if __name__ == "__main__":
    send(int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 1 else main()
