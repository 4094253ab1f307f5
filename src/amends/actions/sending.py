"""Our mail: how it is threaded, what it looks like, and how it leaves."""

import smtplib
from datetime import datetime
from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.effects import Hopeless, queue_effect
from amends.actions.links import customer_url
from amends.formats.email import message_id, one_line, reply_subject, text_to_html
from amends.store.models import Case, Message

MAIL = "mail"
_MOST_REFERENCES = 20


def thread_of(case: Case, row: Message) -> None:
    """Put the ids on our message by which the customer's mail program keeps it in its conversation."""
    domain = house.house().business.address.rpartition("@")[2] or "localhost"
    row.external_id = message_id(row.id, domain)
    before = _mails(case)
    newest_theirs = next((m for m in reversed(before) if m.direction == Message.IN), None)
    row.in_reply_to = newest_theirs.external_id if newest_theirs else (before[-1].external_id if before else "")
    row.references = " ".join(m.external_id for m in before[-_MOST_REFERENCES:])
    row.subject = (
        reply_subject(case.subject) if newest_theirs or before else (case.subject or _("About your complaint"))
    )


def queue_mail(row: Message, at: datetime) -> None:
    """Ask for this message to be mailed: once, and after those of the same case that wait already."""
    queue_effect(MAIL, row.id, key=f"mail:{row.id}", at=at, lane=f"case:{row.case_id}")


def do_send_mail(subject: str) -> None:
    """Mail the message with this id. Raises `Hopeless` where no server would ever take it."""
    row = Message.objects.select_related("case__customer", "author").filter(pk=subject).first()
    if row is None or row.status != "queued":
        return
    if not row.recipient:
        raise Hopeless("There is no e-mail address to send this to.")
    mail = _mail(row)
    try:
        get_connection().send_messages([mail])
    except smtplib.SMTPRecipientsRefused as no:
        Message.objects.filter(pk=row.pk).update(status="failed")
        raise Hopeless(f"The mail server does not know this address: {_reason(no)}") from no
    Message.objects.filter(pk=row.pk, status="queued").update(status="sent")


def reply_address(case: Case) -> str:
    """Return the address that finds this case again, whatever the customer's mail program does to headers."""
    name, _at, domain = house.house().business.address.partition("@")
    return f"{name}+{case.token}@{domain}"


def _mail(row: Message) -> EmailMultiAlternatives:
    business, case = house.house().business, row.case
    author = f"{row.author.name}, {business.name}" if row.author else business.name
    text = f"{row.text}\n\n{_footer(case)}"
    headers = {"Message-ID": row.external_id}
    if row.in_reply_to:
        headers["In-Reply-To"] = row.in_reply_to
        headers["References"] = row.references
    if row.automatic:
        headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    mail = EmailMultiAlternatives(
        subject=one_line(row.subject),
        body=text,
        from_email=formataddr((one_line(author), business.address)),
        to=[formataddr((one_line(case.customer.name), row.recipient))],
        reply_to=[formataddr((one_line(business.name), reply_address(case)))],
        headers=headers,
    )
    mail.attach_alternative(text_to_html(text), "text/html")
    return mail


def _footer(case: Case) -> str:
    where = _("See at any time where your complaint stands, and tell us what would be fair:")
    return f"--\n{where}\n{customer_url(case)}"


def _mails(case: Case) -> list[Message]:
    seen = ("received", "queued", "sent", "held")
    return list(
        case.messages.filter(status__in=seen, channel="email").order_by("at", "id").only("external_id", "direction")
    )


def _reason(refused: smtplib.SMTPRecipientsRefused) -> str:
    answers = [answer for _code, answer in refused.recipients.values()]
    return b"; ".join(a if isinstance(a, bytes) else str(a).encode() for a in answers).decode("utf-8", "replace")
