"""Written once, for everybody whom an incident met: each gets an own message, in the own thread, past the same gates.

Asked for in one transaction; the worker writes each copy in one of its own. A worker that dies leaves a copy written
and marked, or neither: it is sent once.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.access import NoAccess, visible_cases
from amends.actions.actors import Staff
from amends.actions.carry import carry_out
from amends.actions.clock import new_id, new_token, now
from amends.actions.earlier import identified
from amends.actions.effects import queue_effects
from amends.actions.incidents import access_incident
from amends.actions.links import customer_url
from amends.actions.places import check_places, filled, plain_name
from amends.actions.replies import FIXED, LONGEST, do_reply_to_one_of_many
from amends.actions.texts import storable
from amends.method.clock import after
from amends.method.decide import Impossible
from amends.method.gates import Refused
from amends.method.moves import AnyMove, LinkIncident, OpenCase
from amends.store.journal import state_of
from amends.store.met import OUTREACH, has_written, orders_met, silent_others, with_address
from amends.store.models import Broadcast, BroadcastCopy, Case, Customer, Effect, Incident, Message

Kind = Literal["word", "fixed"]
BROADCAST: Final = "broadcast"
WAITING, SENT, REFUSED, SKIPPED = "waiting", "sent", "refused", "skipped"


class NotYet(Exception):
    """Another reply is on its way in this case: the copy goes after it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What is known of one copy: by whom, about which incident, to whom, and in which case (None: none yet)."""

    author: Staff
    incident: Incident
    customer: Customer
    case: Case | None = None

    def text(self, words: str) -> str:
        """Return the words with this customer's own in their places. Raises `Impossible` where one stays empty."""
        return filled(words, self._values(words))

    def _values(self, words: str) -> Mapping[str, str]:
        """Return what stands for each place; what costs a query is only looked up where it is wanted."""
        found: dict[str, Callable[[], str]] = {
            "name": lambda: plain_name(self.customer.name),
            "order": lambda: order_of(self.incident, self.customer.pk),
            "page": lambda: customer_url(self.case) if self.case is not None else "",
            "what": lambda: self.incident.what,
            "me": lambda: self.author.name,
        }
        return {name: value() for name, value in found.items() if f"{{{name}}}" in words}


def order_of(incident: Incident, customer: int) -> str:
    """Return the number of the newest order of theirs that the incident met; empty for none."""
    met = orders_met(incident).filter(customer_id=customer).order_by("-placed_at", "-pk")
    return met.values_list("external_id", flat=True).first() or ""


def linked_cases(who: Staff, incident: Incident) -> QuerySet[Case]:
    """Return the cases to whose customers one writes about the incident: all but those that are closed."""
    return visible_cases(who).filter(incident=incident).exclude(status="closed")


def check_text(text: str) -> str:
    """Return a text for many as it is kept, or raise `Impossible` with what is wrong with it."""
    kept = storable(text).replace("\r\n", "\n").strip()
    if not kept:
        raise Impossible(_("Write something first."))
    if len(kept) > LONGEST:
        raise Impossible(_("That is longer than anybody reads. Say it shorter."))
    check_places(kept)
    return kept


def do_broadcast(who: Staff, incident_id: str, kind: Kind, text: str, *, at: datetime, once: str = "") -> Broadcast:
    """Write to the customer of each linked case: a `word`, or that it is `fixed`, with the question whether it is.

    The copies wait for the house's count, so that `do_stop_broadcast` can still stop them. `once` is what the form
    was given: sent twice, it is written once.
    """
    text = check_text(text)
    with transaction.atomic():
        incident = access_incident(who, incident_id, lock=True)
        if (twin := _twin(incident, once)) is not None:
            return twin
        cases = list(linked_cases(who, incident).order_by("pk").values_list("pk", "customer_id"))
        if not cases:
            raise Impossible(_("No open case is linked to this incident yet. Link one first."))
        made = _make(who, incident, kind, text, at, once)
        copies = [BroadcastCopy(broadcast=made, case_id=case, customer_id=customer) for case, customer in cases]
        _queue(copies, lambda copy: f"{BROADCAST}:{made.pk}:{copy.case_id}", at)
        if kind == FIXED:
            Incident.objects.filter(pk=incident.pk).update(fixed_at=at)
    return made


def do_reach_out(
    who: Staff, incident_id: str, text: str, *, at: datetime, customers: Collection[int] | None = None, once: str = ""
) -> Broadcast:
    """Write first to customers whom the incident met and who have not written; to these, or to all of them (None).

    Nobody is written to first twice about one incident, whoever asks for it.
    """
    text = check_text(text)
    with transaction.atomic():
        incident = access_incident(who, incident_id, lock=True)
        if (twin := _twin(incident, once)) is not None:
            return twin
        found = with_address(silent_others(incident))
        if customers is not None:
            found = found.filter(pk__in=customers)
        wanted = list(found.order_by("pk").values_list("pk", flat=True))
        if not wanted:
            raise Impossible(_("There is nobody to write to: choose customers who have not heard from us about this."))
        made = _make(who, incident, OUTREACH, text, at, once)
        copies = [BroadcastCopy(broadcast=made, customer_id=customer) for customer in wanted]
        _queue(copies, lambda copy: f"{OUTREACH}:{incident.pk}:{copy.customer_id}", at)
    return made


def do_stop_broadcast(who: Staff, incident_id: str, broadcast_id: str, *, at: datetime) -> int:
    """Let nothing more of it go out, and return how many copies were stopped. `at` is when that was."""
    with transaction.atomic():
        incident = access_incident(who, incident_id, lock=True)
        waiting = BroadcastCopy.objects.filter(
            broadcast__incident=incident, broadcast_id=storable(broadcast_id), status=WAITING
        )
        why = _("%(name)s stopped it at %(time)s UTC.") % {"name": who.name, "time": f"{at:%Y-%m-%d %H:%M}"}
        ids = list(waiting.select_for_update().values_list("pk", flat=True))
        return BroadcastCopy.objects.filter(pk__in=ids).update(status=SKIPPED, why=why)


def do_send_copy(subject: str) -> None:
    """Write the copy with this id as a reply in its case, or keep why that was refused. Called by the worker."""
    at = now()
    with transaction.atomic():
        rows = BroadcastCopy.objects.select_related("broadcast__incident", "broadcast__author", "customer")
        copy = rows.select_for_update(of=("self",)).filter(pk=subject, status=WAITING).first()
        if copy is None:
            return
        try:
            with transaction.atomic():  # what is refused leaves nothing half-written behind
                message = _write(copy, at)
        except (Refused, Impossible, NoAccess) as no:
            copy.status, copy.why = REFUSED, (str(no) or _("Its author may not see this case any more."))[:500]
        else:
            copy.status = SENT if message is not None else SKIPPED
            if message is not None:
                copy.case_id, copy.message = message.case_id, message.pk
            else:
                copy.why = _("There was nothing left to say: they had written, or answered, in the meantime.")
        copy.save(update_fields=["status", "why", "case", "message"])


def _write(copy: BroadcastCopy, at: datetime) -> Message | None:
    """Return the message that was written; None where there is nothing to say any more."""
    broadcast, author = copy.broadcast, copy.broadcast.author
    if author is None or not author.is_active:
        raise Impossible(_("Whoever wrote this has left. Write to them by hand."))
    who, incident = Staff.of(author), broadcast.incident
    if broadcast.kind == OUTREACH:
        if has_written(incident, copy.customer_id):
            return None
        case = _open(incident, copy.customer, who, at)
    else:
        linked = linked_cases(who, incident).select_related("customer")
        found = linked.filter(pk=copy.case_id).first() if copy.case_id is not None else None
        if found is None:
            raise Impossible(_("The case was closed or taken out of the incident since."))
        case, state = found, state_of(found)
        if state.held is not None:
            raise NotYet(f"Another reply is on its way in case {case.pk}.")
        if broadcast.kind == FIXED and state.fixed and state.resolved_at is not None:
            return None
    text = Copy(who, incident, copy.customer, case).text(broadcast.text)
    return do_reply_to_one_of_many(who, case.pk, text, purpose=broadcast.kind, at=at)


def _open(incident: Incident, customer: Customer, who: Staff, at: datetime) -> Case:
    """Return a quiet case: it begins with our word, and nobody waits for anything before they write."""
    order = order_of(incident, customer.pk)
    case = Case.objects.create(
        team_id=incident.team_id,
        customer=customer,
        token=new_token(),
        channel=OUTREACH,
        subject=_("About your order %(order)s") % {"order": order} if order else _("About what you bought from us"),
        opened_at=at,
        changed_at=at,
    )
    opening: list[AnyMove] = [
        OpenCase(channel=OUTREACH),
        identified(case, at),
        LinkIncident(incident=incident.pk),
    ]
    carry_out(case, opening, by=who, at=at)
    return case


def _twin(incident: Incident, once: str) -> Broadcast | None:
    return Broadcast.objects.filter(pk=_id(once), incident=incident).first() if once else None


def _make(who: Staff, incident: Incident, kind: str, text: str, at: datetime, once: str) -> Broadcast:
    made = _id(once) if once else new_id()
    if once and Broadcast.objects.filter(pk=made).exists():
        raise Impossible(_("This form was used for another incident. Open the page anew."))
    return Broadcast.objects.create(id=made, incident=incident, kind=kind, text=text, author_id=who.id, at=at)


def _id(once: str) -> str:
    return storable(once)[:40]


def _queue(copies: list[BroadcastCopy], key: Callable[[BroadcastCopy], str], at: datetime) -> None:
    made = BroadcastCopy.objects.bulk_create(copies, batch_size=1000)
    goes = after(house.policy().hold, at, house.calendar())
    queue_effects([Effect(key=key(copy), kind=BROADCAST, subject=str(copy.pk), not_before=goes) for copy in made])
