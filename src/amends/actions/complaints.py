"""A complaint that somebody wrote in our own form: it always opens a case of its own."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.actions.access import access_case
from amends.actions.actors import DESK, Guest
from amends.actions.carry import carry_out
from amends.actions.incoming import Incoming, do_receive
from amends.actions.texts import storable
from amends.method.decide import Impossible
from amends.method.moves import MakeBid
from amends.method.words import Evidence, Remedy, Voice
from amends.store.journal import state_of
from amends.store.models import Case
from amends.transcript import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What the form asks: who, about which order, what happened, what would make it right (`remedy`: in one word).

    `once` is what the form was given: sent twice, it is taken in once.
    """

    name: str
    email: str
    order: str = ""
    what: str
    fair: str = ""
    remedy: Remedy | None = None
    once: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """The case of a complaint.

    `may_see` says whether the writer may be shown the way to its page at once. Nobody has proved that the address is
    theirs; only where the desk did not know it before is there nothing behind it but what they wrote themselves.
    """

    case: Case
    may_see: bool


def do_complain(complaint: Complaint, *, at: datetime) -> Filed:
    """Take the complaint in. Raises `Impossible` where it says nothing."""
    what, fair, order = (storable(text).strip() for text in (complaint.what, complaint.fair, complaint.order))
    if not what:
        raise Impossible(_("Tell us what happened first."))
    text = "\n\n".join(filter(None, [what, fair, _("Order number: %(order)s") % {"order": order} if order else ""]))
    incoming = Incoming(
        channel="webform",
        name=complaint.name,
        email=complaint.email,
        subject=_("Order %(order)s") % {"order": order} if order else "",
        text=text,
        external_id=f"{complaint.once}@complain" if complaint.once else "",
    )
    with transaction.atomic():
        received = do_receive(incoming, at=at)
        if received.message is None:
            raise Impossible(_("Tell us what happened first."))
        case = access_case(DESK, received.message.case_id, lock=True)
        asked = {bid.remedy for bid in state_of(case).bids}
        if complaint.remedy is not None and fair and not received.duplicate and complaint.remedy not in asked:
            start = len(what) + 2
            words = Evidence(Span(received.message.id, start, start + len(fair)), Voice.PERSON)
            writer = Guest(case=case.pk, customer=case.customer_id)
            carry_out(case, [MakeBid(remedy=complaint.remedy, words=words)], by=writer, at=at)
    return Filed(case, may_see=case.customer.created_at == case.opened_at)
