"""Mails as strangers send them."""

from collections.abc import Mapping
from email.message import EmailMessage

ADDRESS = "help@kettle.example"
ANGRY = "My new kettle leaks all over the kitchen, and I am furious. I want a full refund."


def letter(
    text: str = ANGRY,
    *,
    sender: str = "Maya Olsen <maya@example.org>",
    subject: str = "My kettle",
    message_id: str = "<1@example.org>",
    **headers: str,
) -> bytes:
    """Return a mail with lines that end as they do on the wire; `in_reply_to="<…>"` is the field In-Reply-To."""
    mail = EmailMessage()
    fields: Mapping[str, str] = {"From": sender, "To": ADDRESS, "Subject": subject, "Message-ID": message_id}
    for name, value in {**fields, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
        if value and name.lower() not in {known.lower() for known in mail}:
            mail[name] = value
    mail.set_content(text)
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def away(message_id: str = "<ooo@example.org>", **headers: str) -> bytes:
    """Return an out-of-office."""
    return letter(
        "I am away until Monday.",
        subject="Automatic reply: My kettle",
        message_id=message_id,
        **{"Auto_Submitted": "auto-replied", **headers},
    )


def bounce(original_id: str, *, message_id: str = "<b1@mx.example.org>", status: str = "5.1.1") -> bytes:
    """Return a mail server's report that a mail did not arrive."""
    lines = f"""From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: {ADDRESS}
Subject: Undelivered Mail Returned to Sender
Message-ID: {message_id}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain

I could not deliver your message.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; maya@example.org
Action: {"failed" if status.startswith("5") else "delayed"}
Status: {status}

--=b
Content-Type: message/rfc822

From: {ADDRESS}
To: maya@example.org
Subject: Re: My kettle
Message-ID: {original_id}

Dear Maya

--=b--
"""
    return lines.replace("\n", "\r\n").encode()
