"""Intake: e-mails a second, end to end to commit, by SMTP over loopback into one listener process.

Beside it, the same without SMTP: parsing, reading and committing alone.
"""

import smtplib
import time
from email.message import EmailMessage

from desk import FURIOUS, desk

MAILS = 2_000


def main() -> None:
    """Send the mails over one connection, and print how many a second were committed."""
    with desk():
        from amends.channels.email.intake import take_in_mail
        from amends.channels.email.listener import Listener
        from amends.store.models import Case, Message

        mails = [_mail(n) for n in range(2 * MAILS)]
        start = time.perf_counter()
        for n in range(MAILS):
            take_in_mail(mails[n], sender=f"c{n}@example.com", recipients=("help@localhost",), source="bench")
        alone = time.perf_counter() - start
        with Listener(host="127.0.0.1", port=0) as listener, smtplib.SMTP("127.0.0.1", listener.port) as smtp:
            start = time.perf_counter()
            for n in range(MAILS, 2 * MAILS):
                smtp.sendmail(f"c{n}@example.com", ["help@localhost"], mails[n])
            by_smtp = time.perf_counter() - start
        assert Message.objects.count() == 2 * MAILS
        print(f"{Case.objects.count():,} cases opened")
        print(f"without SMTP: {MAILS / alone:,.0f} mails a second; by SMTP: {MAILS / by_smtp:,.0f} mails a second")


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
    main()
