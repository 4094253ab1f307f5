"""A new link to the customer's page, for whoever holds an old one: it goes to the address that we know alone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.access import access_case
from amends.actions.actors import DESK
from amends.actions.clock import new_id
from amends.actions.languages import in_language_of
from amends.actions.sending import address_of, queue_mail, thread_of
from amends.store.models import Case, Message


def do_send_fresh_link(case_id: int, *, at: datetime) -> bool:
    """Mail the customer of this case a link that works, and return whether there is an address to mail it to.

    The link stands below the letter, as it does below every mail of ours. The letter says nothing of the case: no
    fact follows from it, and no silence ends with it.
    """
    with transaction.atomic():
        case = access_case(DESK, case_id, lock=True)
        recipient = address_of(case)
        if not recipient:
            return False
        with in_language_of(case):
            text = _words(case)
        row = Message(
            id=new_id(),
            case=case,
            direction=Message.OUT,
            channel="email",
            status="queued",
            purpose="link",
            automatic=True,
            sender=house.house().business.address,
            recipient=recipient,
            text=text,
            full_text=text,
            at=at,
        )
        thread_of(case, row)
        row.save(force_insert=True)
        queue_mail(row, at)
    return True


def _words(case: Case) -> str:
    greeting = _("Dear %(name)s,") % {"name": case.customer.name} if case.customer.name else _("Good day,")
    return _(
        "%(greeting)s\n\n"
        "here is a new link to the page of your complaint; you find it below. Somebody who had an older one asked for "
        "it, most likely you. If it was not you, there is nothing to do: this mail went to you alone.\n\n%(business)s"
    ) % {"greeting": greeting, "business": house.house().business.name}
