"""The time of a call-back: chosen by the customer, or for them; changed, given back, or not wanted at all.

Whoever handles the case has one call at a time. Of a case that nobody handles, the team has one at a time: whoever
takes the case over takes its call with it, and a call that then runs into another one is shown, never dropped.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.actions import customers, house
from amends.actions.access import access_case
from amends.actions.actors import Guest, Staff
from amends.actions.carry import carry_out, keep_note
from amends.actions.guests import check_speaks
from amends.actions.invitations import call_off, confirm
from amends.method.decide import Impossible
from amends.method.facts import CallbackBooked
from amends.method.moves import AnyMove, AssignOwner, BookCall, MakeCallback, UnbookCall, WriteNote
from amends.method.slots import call_slots, clashes
from amends.method.state import State
from amends.method.words import CallResult
from amends.store.journal import state_of
from amends.store.models import Case, CustomerAddress, Team, User


class SlotTaken(Impossible):
    """Somebody else was quicker, or the time is no longer among those to choose from."""


def free_times(case: Case, *, at: datetime) -> list[datetime]:
    """Return when this customer can be called back (UTC, in order); the time that they have counts as free."""
    return call_slots(
        state_of(case),
        house.policy(),
        house.calendar_of(case),
        zone=case.customer.time_zone,
        taken=[slot for slot, _number in booked_beside(case)],
        now=at,
    )


def booked_beside(case: Case) -> list[tuple[datetime, int]]:
    """Return the other calls that are booked with whoever handles this case: when, and in which case."""
    booked = Case.objects.filter(call_at__isnull=False).exclude(pk=case.pk)
    if case.owner_id is None:
        booked = booked.filter(owner=None, team=case.team_id)
    else:
        booked = booked.filter(owner=case.owner_id)
    return [(slot, number) for slot, number in booked.order_by("call_at").values_list("call_at", "pk") if slot]


def do_book_call(who: Staff | Guest, case_id: int, slot: datetime, *, at: datetime, phone: str = "") -> State:
    """Book the call-back for `slot`, or move it there, and write to the customer that it is booked.

    The customer chooses among `free_times`. The staff write down what the customer said, so any open hour will do in
    which nobody else is called. `phone` is where to call, where that is new. Raises `SlotTaken` where somebody was
    quicker, and `Impossible` with another reason; then nothing is written.
    """
    if isinstance(who, Guest):
        check_speaks(who)
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        taker = who.id if isinstance(who, Staff) and case.owner_id is None else None
        _hold_diary(case, taker or case.owner_id)
        moves: list[AnyMove] = [AssignOwner(owner=str(taker))] if taker is not None else []
        state, facts = carry_out(case, [*moves, BookCall(slot=slot)], by=who, at=at)
        _check_free(case, who, slot, at)
        _keep_number(case, who, phone, at)
        if any(isinstance(fact, CallbackBooked) for fact in facts):
            confirm(case, at)
    return state


def do_unbook_call(who: Staff | Guest, case_id: int, *, at: datetime) -> State:
    """Give the booked time back: we call when it suits us both. Where the staff do it, the customer is told."""
    if isinstance(who, Guest):
        check_speaks(who)
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        slot = state_of(case).call_at
        state, _facts = carry_out(case, [UnbookCall()], by=who, at=at)
        if slot is not None and isinstance(who, Staff):
            call_off(case, slot, at)
    return state


def do_decline_call(who: Guest, *, writes: bool, at: datetime) -> State:
    """Take it that the customer does not want to be called: they would rather write (`writes`), or want neither."""
    check_speaks(who)
    with transaction.atomic():
        case = access_case(who, who.case, lock=True)
        state = state_of(case)
        if state.resolved_at is None:
            raise Impossible("We are still working on this. We will ask you again once it is done.")
        if state.called_back:
            return state
        result = CallResult.PREFERS_WRITING if writes else CallResult.DECLINED
        return carry_out(case, [MakeCallback(result=result)], by=who, at=at)[0]


def _hold_diary(case: Case, owner: int | None) -> None:
    """Let the bookings of one person, or of a team's cases that nobody handles, come one after the other."""
    rows = User.objects.filter(pk=owner) if owner is not None else Team.objects.filter(pk=case.team_id)
    rows.select_for_update(no_key=True).first()


def _check_free(case: Case, who: Staff | Guest, slot: datetime, at: datetime) -> None:
    """Raise `SlotTaken` unless the time is free, and for a customer one of those that they could choose from."""
    if isinstance(who, Guest):
        free = slot in free_times(case, at=at)
    else:
        free = not clashes(slot, [other for other, _number in booked_beside(case)], house.policy().slot)
    if not free:
        raise SlotTaken("Somebody was quicker: this time is taken. Please choose another one.")


def _keep_number(case: Case, who: Staff | Guest, phone: str, at: datetime) -> None:
    """Keep the number to call. Where it is known as somebody else's (a family's, say), a note in the case holds it."""
    number = customers.clean_phone(phone)
    if phone.strip() and not number:
        raise Impossible(
            "This does not look like a telephone number. Write it with its country, such as +44 20 7946 0000."
        )
    if not number:
        if isinstance(who, Guest) and not customers.phone_of(case.customer):
            raise Impossible("Tell us the number at which we reach you.")
        return
    customers.learn_addresses(case.customer_id, phone=number)
    if not case.customer.addresses.filter(kind=CustomerAddress.PHONE, value=number).exists():
        span = keep_note(case, _("Call them at %(number)s.") % {"number": number}, kind="internal", by=who, at=at)
        carry_out(case, [WriteNote(note=span.source)], by=who, at=at)
