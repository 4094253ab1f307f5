"""What comes in: a mail, a form, a call, as the channels hand them on."""

from dataclasses import replace
from typing import Any

from amends.actions.customers import email_of, phone_of
from amends.actions.incoming import Incoming
from amends.store.models import Customer


def mail_from(who: Customer | str, text: str, **changes: Any) -> Incoming:  # noqa: ANN401  any field
    """Return a mail from this customer or address; `changes` are other fields of `Incoming`.

    Its Message-ID is made of who writes and what, so that the same mail is the same mail.
    """
    name, address = (who.name, email_of(who)) if isinstance(who, Customer) else ("", who)
    mail = Incoming(
        channel="email",
        name=name,
        email=address,
        subject="My order",
        text=text,
        external_id=f"{sum(map(ord, text))}.{len(text)}.{address or 'nobody@localhost'}",
        to="help@localhost",
    )
    return replace(mail, **changes)


def form_from(
    name: str,
    text: str,
    *,
    email: str = "",
    phone: str = "",
    **changes: Any,  # noqa: ANN401  any field
) -> Incoming:
    """Return what somebody wrote in the web form."""
    return replace(Incoming(channel="webform", name=name, email=email, phone=phone, text=text), **changes)


def call_from(who: Customer, text: str, *, case: int | None = None) -> Incoming:
    """Return what a customer said on the telephone, as a handler wrote it down."""
    return Incoming(channel="phone", name=who.name, phone=phone_of(who), email=email_of(who), text=text, case=case)
