"""Our mail: how it is threaded, what it looks like, and how it leaves."""

import smtplib
from datetime import datetime
from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.access import access_case
from amends.actions.actors import DESK
from amends.actions.carry import take_in
from amends.actions.clock import now
from amends.actions.customers import clean_email, email_of
from amends.actions.effects import Hopeless, queue_effect
from amends.actions.links import customer_url
from amends.formats.email import message_id, reply_subject, text_to_html
from amends.formats.email.charsets import one_line
from amends.method.moves import ReportBounce
from amends.store.models import Case, CustomerAddress, Message

MAIL = "mail"
_MOST_REFERENCES = 20
_FOR_GOOD = 500  # from this code on a mail server means it; below, it asks to try again


def thread_of(case: Case, row: Message) -> None:
    """Put the ids on our message by which the customer's mail program keeps it in its conversation."""
    domain = house.house().business.address.rpartition("@")[2] or "localhost"
    row.external_id = message_id(row.id, domain)
    before = _mails(case)
    newest_theirs = next((m for m in reversed(before) if m.direction == Message.IN), None)
    answered = newest_theirs or (before[-1] if before else None)
    row.in_reply_to = _known_as(answered) if answered else ""
    row.references = " ".join(filter(None, map(_known_as, before[-_MOST_REFERENCES:])))
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
    at = now()
    if not row.recipient:
        _never_arrived(row, at)
        raise Hopeless("There is no e-mail address to send this to.")
    mail = _mail(row)
    try:
        get_connection().send_messages([mail])
    except smtplib.SMTPRecipientsRefused as no:
        if not all(code >= _FOR_GOOD for code, _answer in no.recipients.values()):
            raise  # "come back later", as busy and greylisting servers say
        _never_arrived(row, at)
        raise Hopeless(f"The mail server does not take mail for this address: {_reason(no)}") from no
    except smtplib.SMTPDataError as no:
        if no.smtp_code < _FOR_GOOD:
            raise
        _never_arrived(row, at)
        raise Hopeless(f"The mail server does not take this mail: {no}") from no
    Message.objects.filter(pk=row.pk, status="queued").update(status="sent")


def address_of(case: Case) -> str:
    """Return where to write to the customer: the address of theirs that they last wrote from, else their first."""
    mails = case.messages.filter(direction=Message.IN, channel="email").order_by("-at", "-id")
    last = clean_email(mails.values_list("sender", flat=True).first() or "")
    theirs = case.customer.addresses.filter(kind=CustomerAddress.EMAIL, value=last) if last else None
    return last if theirs is not None and theirs.exists() else email_of(case.customer)


def _never_arrived(row: Message, at: datetime) -> None:
    """Tell the case, as a bounce would, that the customer has not seen this message."""
    with transaction.atomic():
        case = access_case(DESK, row.case_id, lock=True)
        take_in(case, [ReportBounce(message=row.id)], by=DESK, at=at)
        Message.objects.filter(pk=row.pk).update(status="failed")


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


def _known_as(message: Message) -> str:
    """Return the Message-ID in one word: a second message under the same id has more behind it."""
    return message.external_id.partition(" ")[0]


def _reason(refused: smtplib.SMTPRecipientsRefused) -> str:
    return b"; ".join(answer for _code, answer in refused.recipients.values()).decode("utf-8", "replace")
