"""A call of a customer: what they said, and what we said, in one step."""

from datetime import datetime, timedelta

from django.db import transaction

from amends.actions import customers
from amends.actions.actors import Staff
from amends.actions.incoming import Incoming, Received, do_receive
from amends.actions.replies import do_log_spoken
from amends.method.decide import Impossible

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
        if received.message is not None and not received.duplicate:
            case = received.message.case
            customers.learn_addresses(case.customer_id, email=incoming.email, phone=incoming.phone)
            if said.strip():
                do_log_spoken(who, case.pk, said, at=at + _AFTER)
    return received
