"""A call of a customer: what they said, and what we said, in one step."""

from datetime import datetime, timedelta

from django.db import transaction

from amends.actions import customers
from amends.actions.actors import Staff
from amends.actions.incoming import Incoming, Received, do_receive
from amends.actions.replies import do_log_spoken
from amends.method.decide import Impossible
from amends.store.models import CustomerAddress

_AFTER = timedelta(microseconds=1)  # an answer comes after what it answers, in every list


def do_take_call(who: Staff, incoming: Incoming, *, said: str, at: datetime) -> Received:
    """Take in what a customer said on the telephone, and what they were told (`said`, may be empty).

    It goes into the case `incoming.case`, or opens one. Raises `NoAccess` for a case that is not `who`'s to see, and
    `Impossible` with a sentence; then nothing is written.
    """
    if not incoming.text.strip():
        raise Impossible("Write down what they said first.")
    with transaction.atomic():
        received = do_receive(incoming, at=at, by=who)
        _learn(received, incoming)
        if said.strip() and received.message is not None and not received.duplicate:
            do_log_spoken(who, received.message.case_id, said, at=at + _AFTER)
    return received


def _learn(received: Received, incoming: Incoming) -> None:
    """Keep a number or an address that is new to us with the customer who gave it; another's stays another's."""
    if received.message is None or received.duplicate:
        return
    said = {
        CustomerAddress.EMAIL: customers.clean_email(incoming.email),
        CustomerAddress.PHONE: customers.clean_phone(incoming.phone),
    }
    customer = received.message.case.customer_id
    rows = [CustomerAddress(customer_id=customer, kind=kind, value=value) for kind, value in said.items() if value]
    CustomerAddress.objects.bulk_create(rows, ignore_conflicts=True)
