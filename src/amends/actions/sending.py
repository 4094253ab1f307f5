"""Our mail: how it is threaded, what it looks like, and how it leaves."""

import smtplib
from contextlib import suppress
from datetime import datetime
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.access import access_case
from amends.actions.actors import DESK
from amends.actions.cards import thanks_pdf
from amends.actions.carry import take_in
from amends.actions.clock import now
from amends.actions.customers import clean_email, email_of
from amends.actions.effects import Hopeless, NotReached, queue_effect
from amends.actions.languages import in_language_of
from amends.actions.links import customer_url
from amends.formats.email import message_id, reply_subject, text_to_html
from amends.formats.email.charsets import one_line
from amends.method.moves import ReportBounce
from amends.store import blobs
from amends.store.models import Case, CustomerAddress, Effect, Message

MAIL = Effect.MAIL
BY_HASH = "sha256:"
"""Begins the external id of a mail that came without a Message-ID: made of its bytes, and known only here."""

_MOST_REFERENCES = 20
_FOR_GOOD = 500  # from this code on a mail server means it; below, it asks to try again


def thread_of(case: Case, row: Message) -> None:
    """Put the ids on our message by which the customer's mail program keeps it in its conversation."""
    domain = house.house().business.address.rpartition("@")[2] or "localhost"
    row.external_id = message_id(row.id, punycode(domain))
    before = _mails(case)
    newest_theirs = next((m for m in reversed(before) if m.direction == Message.IN), None)
    answered = newest_theirs or (before[-1] if before else None)
    row.in_reply_to = _known_as(answered) if answered else ""
    known = [known_as for m in before if (known_as := _known_as(m))]
    first, rest = known[:1], known[1:]  # RFC 5322: of very many the first one and the newest ones
    row.references = " ".join([*first, *rest[1 - _MOST_REFERENCES :]])
    if newest_theirs or before:
        row.subject = reply_subject(case.subject)
    else:
        with in_language_of(case):
            row.subject = case.subject or _("About your complaint")


def queue_mail(row: Message, at: datetime) -> None:
    """Ask for this message to be mailed: once, and after those of the same case that wait already."""
    queue_effect(MAIL, row.id, key=f"mail:{row.id}", at=at, lane=f"case:{row.case_id}")


def do_send_mail(subject: str) -> None:
    """Mail the message with this id. Raises `Hopeless` where no server would ever take it."""
    row = Message.objects.select_related("case__customer", "case__owner", "author").filter(pk=subject).first()
    if row is None or row.status != "queued":
        return
    at = now()
    if not clean_email(row.recipient):
        _never_arrived(row, at)
        raise Hopeless("There is no e-mail address to send this to.")
    try:
        _post(_mail(row))
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
    except house.BadHouse:
        raise  # a mistake in the configuration is no fault of the address
    except ValueError as no:
        _never_arrived(row, at)
        raise Hopeless(f"No mail can be written to this address: {no}") from no
    Message.objects.filter(pk=row.pk, status="queued").update(status="sent")


def _post(mail: EmailMultiAlternatives) -> None:
    """Hand the mail to the server. Once it has taken it, a good-bye that goes wrong changes nothing."""
    connection = get_connection()
    try:
        _open(connection)
        if not connection.send_messages([mail]):
            raise OSError("The mail was not taken, and nothing says why.")
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def _open(connection: BaseEmailBackend) -> None:
    """Reach the mail server and log in. Raises `NotReached`: what is wrong then is wrong for every mail."""
    try:
        connection.open()
    except OSError as no:  # every error of SMTP is one
        raise NotReached(f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}: {no}") from no


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
        from_email=_mailbox(author, business.address),
        to=[_mailbox(case.customer.name, row.recipient)],
        reply_to=[_mailbox(business.name, reply_address(case))],
        headers=headers,
    )
    mail.attach_alternative(text_to_html(text), "text/html")
    for file in row.attachments.order_by("pk"):
        mail.attach(file.filename, blobs.fetch(file.sha256), file.content_type)
    if row.purpose == "thanks" and (card := thanks_pdf(case, row.at)) is not None:
        mail.attach(_("thank you") + ".pdf", card, "application/pdf")
    return mail


def _mailbox(name: str, address: str) -> str:
    """Return `Name <address>` fit for a header. Raises `ValueError` for an address that mail cannot carry."""
    local, _at, domain = address.rpartition("@")
    if not local.isascii():  # it would need SMTPUTF8, which few servers have and Django does not speak
        raise ValueError(f"{local!r} has letters that mail servers do not take.")
    return formataddr((one_line(name), f"{local}@{punycode(domain)}"))


def _footer(case: Case) -> str:
    ended = case.status == "closed"
    with in_language_of(case):
        ongoing = _("See at any time where your complaint stands, and add to it:")
        where = _("All of it in one place:") if ended else ongoing
    return f"-- \n{where}\n{customer_url(case)}"


def _mails(case: Case) -> list[Message]:
    seen = ("received", "queued", "sent", "held")
    return list(
        case.messages.filter(status__in=seen, channel="email")
        .order_by("at", "id")
        .only("case", "external_id", "direction")
    )


def _known_as(message: Message) -> str:
    """Return the Message-ID, empty where there is none; a second message under the same id has more behind it."""
    word = message.external_id.partition(" ")[0]
    return "" if word.startswith(BY_HASH) else word


def _reason(refused: smtplib.SMTPRecipientsRefused) -> str:
    return b"; ".join(answer for _code, answer in refused.recipients.values()).decode("utf-8", "replace")
