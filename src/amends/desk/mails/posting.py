"""How a mail to one of the staff leaves."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from amends.actions.effects import Hopeless
from amends.formats.email.charsets import one_line
from amends.store.models import User

_FOR_GOOD = 500  # from this code on a mail server means it


def post(user: User, subject: str, template: str, context: dict[str, object]) -> None:
    """Send a text to one of the staff. Raises `Hopeless` where their mail server takes no mail for them."""
    mail = EmailMessage(
        subject=one_line(subject),
        body=render_to_string(template, context).strip() + "\n",
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as no:
        if any(code < _FOR_GOOD for code, _answer in no.recipients.values()):
            raise
        raise Hopeless(f"The mail server takes no mail for {user.email}.") from no


def absolute(path: str) -> str:
    """Return the whole address of a page of the desk."""
    return settings.AMENDS_URL.rstrip("/") + path
