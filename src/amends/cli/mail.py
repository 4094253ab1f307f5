"""`amends mail`: hand a mail to the desk's listener, as a customer's mail server would."""

import re
import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from pathlib import Path
from typing import BinaryIO

import click

from amends.cli import folder

_HEADERS = (b"From:", b"To:", b"Subject:", b"Date:", b"Message-ID:", b"Received:", b"Return-Path:", b"MIME-Version:")


@click.command(short_help="Send a mail to the desk, as a customer would.")
@click.argument("file", type=click.File("rb"))
@click.option("--from", "sender", default="maya@example.com", show_default=True, metavar="EMAIL", help="Who writes.")
@click.option("--to", default="", metavar="EMAIL", help="To whom.  [default: the address of the business]")
@click.option("--subject", default="", help="The subject line, for a plain text.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the desk listens for mail.")
@click.option("--port", type=click.IntRange(1, 65535), default=8025, show_default=True, help="On which port.")
@folder.data_option()
def command(file: BinaryIO, sender: str, to: str, subject: str, host: str, port: int, data: Path) -> None:
    """Send a mail to the desk, as a customer would, and see a case appear.

    FILE is a text or a whole mail (.eml); - is the standard input. A whole mail keeps its own headers.

    \b
    Examples:
      echo "My grinder broke again!" | amends mail - --from maya@example.com
      amends mail complaint.eml
    """
    content, recipient = file.read(), to or folder.business_address(data)
    if content.lstrip().startswith(_HEADERS):
        raw = content.lstrip()  # as it is: who tries out a mail wants that very mail to arrive
        sender = parseaddr(str(message_from_bytes(raw).get("From", "")))[1] or sender
    else:
        raw = _letter(content.decode("utf-8", "replace"), sender, recipient, subject).as_bytes()
    try:
        with smtplib.SMTP(host, port, timeout=30) as server:
            server.sendmail(sender, [recipient], re.sub(rb"\r?\n", b"\r\n", raw))
    except OSError as wrong:
        raise click.ClickException(_why(wrong, host, port)) from None
    click.echo(f"Taken in: from {sender} to {recipient}.")


def _letter(text: str, sender: str, recipient: str, subject: str) -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"] = sender, recipient
    mail["Subject"] = subject or text.strip().split("\n")[0][:70]
    mail["Date"], mail["Message-ID"] = formatdate(localtime=True), make_msgid(domain="example.com")
    mail.set_content(text)
    return mail


def _why(wrong: OSError, host: str, port: int) -> str:
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        return f"The desk takes no mail for this address: {_answer(wrong)}. Name its own one with --to."
    if isinstance(wrong, smtplib.SMTPResponseException):
        said = wrong.smtp_error
        return f"The desk did not take it: {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    reason = wrong.strerror or wrong
    return f"Nobody takes mail on {host}:{port} ({reason}). Is `amends up` running, with this --smtp-port?"


def _answer(refused: smtplib.SMTPRecipientsRefused) -> str:
    return "; ".join(said.decode(errors="replace") for _code, said in refused.recipients.values())
