"""A customer's words come in, by whatever channel: into the case that they belong to, or a new one."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from amends.actions import customers, house
from amends.actions.access import access_case
from amends.actions.actors import DESK, Guest, Staff, Who
from amends.actions.arrivals import File, Incoming, Received, fit
from amends.actions.carry import carry_out, take_in
from amends.actions.clock import new_id, new_token
from amends.actions.earlier import identified
from amends.actions.readings import last_message, message_of, read_row
from amends.hearing import hear
from amends.method.moves import AnyMove, OpenCase, ReportBounce
from amends.reading import Reading
from amends.store import blobs
from amends.store.journal import state_of
from amends.store.models import Attachment, Case, Customer, Message, Team

__all__ = ["File", "Incoming", "Received", "do_receive"]

PREVIEW = 160
_OLDEST, _NEWEST = timedelta(days=30), timedelta(minutes=10)


class _Meanwhile(Exception):
    """The same message was kept by somebody else since we looked."""


@dataclass(slots=True)
class _Place:
    """Where a message belongs."""

    case: Case
    new: bool
    problems: list[str] = field(default_factory=list)
    stranger: bool = False


def do_receive(incoming: Incoming, *, at: datetime, by: Who = DESK) -> Received:
    """Take in a customer's message, in one transaction: when this returns, it is kept.

    The same message twice makes one. An automatic message (out of office, a bounce) never opens a case, unless
    nobody would see it otherwise; it is shown in the case that it belongs to.
    """
    incoming = fit(incoming)
    try:
        return _receive(incoming, by, at)
    except (IntegrityError, _Meanwhile):  # the same came in by another door in this very moment: now it can be seen
        return _receive(incoming, by, at)


def _receive(incoming: Incoming, by: Who, at: datetime) -> Received:
    with transaction.atomic():
        twin = _twin(incoming)
        if twin is not None:
            return Received(twin, duplicate=True)
        if incoming.bounced:
            return _bounce(incoming, at)
        place = _place(incoming, by, at)
        if place is None:
            return Received(None)
        row = _keep(incoming, place, at)
        _take(place, row, incoming, by, at)
        return Received(row, new_case=place.new)


def _take(place: _Place, row: Message, incoming: Incoming, by: Who, at: datetime) -> None:
    """Let the case hear the message."""
    case, moves = place.case, list[AnyMove]()
    reading = read_row(row, None if place.new else last_message(case.pk))
    row.save(force_insert=True)
    if incoming.files:
        Attachment.objects.bulk_create(_attachment(row, file) for file in incoming.files)
    if place.new:
        moves.append(OpenCase(channel=incoming.channel))
        if incoming.name or customers.clean_email(incoming.email) or customers.clean_phone(incoming.phone):
            moves.append(identified(case, at))
        if isinstance(by, Staff):  # who wrote a call down opened the case; what is said in it is the customer's
            carry_out(case, moves, by=by, at=at)
            moves = []
    speaker = Guest(case=case.pk, customer=case.customer_id)
    heard = Reading(upset=None) if place.stranger else reading
    take_in(case, [*moves, *hear(state_of(case), message_of(row), heard, remark=incoming.remark)], by=speaker, at=at)
    if not row.automatic and not place.new:
        Case.objects.filter(pk=case.pk).update(preview=_preview(row.text))


def _preview(text: str) -> str:
    return " ".join(text[: 2 * PREVIEW].split())[:PREVIEW]


def _twin(incoming: Incoming) -> Message | None:
    """Return the same message, if it is here already: the same id and the same words."""
    if not incoming.external_id:
        return None
    words = incoming.full_text or incoming.text
    ids = (incoming.external_id, _second_id(incoming))
    known = Message.objects.filter(external_id__in=ids, direction=Message.IN)
    return next((message for message in known if message.full_text == words), None)


def _second_id(incoming: Incoming) -> str:
    """Return what a message is kept under whose id other words came with: the same for the same words."""
    words = incoming.full_text or incoming.text
    return f"{incoming.external_id} {hashlib.sha256(words.encode()).hexdigest()[:16]}"


def _place(incoming: Incoming, by: Who, at: datetime) -> _Place | None:
    """Return the case that the message belongs to, locked; a new one where there is none; None for nobody's word."""
    if incoming.case is not None:
        return _Place(access_case(by, incoming.case, lock=True), new=False)
    problems: list[str] = []
    known = _by_thread(incoming)
    if known is not None and _may_write_in(known, incoming):
        place = _Place(access_case(DESK, known.pk, lock=True), new=False)
        place.stranger = known.token not in incoming.tokens and not _is_known(known, incoming)
        if place.stranger:
            place.problems.append("It came from an address that we do not know, so nothing in it counts by itself.")
        return place
    if known is not None:
        problems.append("This message names another customer's case, so it got a case of its own.")
    if incoming.automatic:
        return None  # an out-of-office that answers nothing of ours: the mail itself is kept, nobody is disturbed
    customer = customers.find_or_make(name=incoming.name, email=incoming.email, phone=incoming.phone, at=at)
    return _Place(_open(incoming, customer, by, at), new=True, problems=problems)


def _by_thread(incoming: Incoming) -> Case | None:
    if incoming.tokens:
        case = Case.objects.filter(token__in=incoming.tokens).order_by("-id").first()
        if case is not None:
            return case
    if incoming.thread:
        answered = Message.objects.filter(external_id__in=incoming.thread).select_related("case")
        newest = answered.order_by("-at").first()
        return newest.case if newest is not None else None
    return None


def _may_write_in(case: Case, incoming: Incoming) -> bool:
    """Whether the sender may add to this case: its customer, or an address that belongs to nobody else."""
    sender = customers.clean_email(incoming.email)
    if not sender:
        return incoming.automatic
    owner = Customer.objects.filter(addresses__kind="email", addresses__value=sender).only("pk").first()
    return owner is None or owner.pk == case.customer_id


def _is_known(case: Case, incoming: Incoming) -> bool:
    """Whether the sender's address is the customer's. A mail of ours may have been passed on, and its id with it."""
    sender = customers.clean_email(incoming.email)
    return case.customer.addresses.filter(kind="email", value=sender).exists()


def _open(incoming: Incoming, customer: Customer, by: Who, at: datetime) -> Case:
    team = _team(incoming, by)
    return Case.objects.create(
        team=team,
        customer=customer,
        token=new_token(),
        channel=incoming.channel,
        subject=incoming.subject[:300],
        preview=_preview(incoming.text),
        opened_at=at,
        changed_at=at,
    )


def _team(incoming: Incoming, by: Who) -> Team:
    if isinstance(by, Staff) and by.team is not None:
        return Team.objects.get(pk=by.team)
    named = Team.objects.filter(name=incoming.team).first() if incoming.team else None
    return named or Team.objects.order_by("pk").first() or Team.objects.create(name=house.house().business.name)


def _keep(incoming: Incoming, place: _Place, at: datetime) -> Message:
    """Return the message's row, not yet saved: it is read first."""
    problems = [*incoming.problems, *place.problems]
    external_id = incoming.external_id
    if external_id and Message.objects.filter(external_id=external_id).exists():
        if _twin(incoming) is not None:
            raise _Meanwhile
        problems.append("Another message came with the same id; both are kept.")
        external_id = _second_id(incoming)
    return Message(
        id=new_id(),
        case=place.case,
        direction=Message.IN,
        channel=incoming.channel,
        status="received",
        purpose="reply",
        automatic=incoming.automatic,
        sender=(incoming.email or incoming.phone or incoming.name)[:320],
        recipient=incoming.to[:320],
        subject=incoming.subject[:500],
        text=incoming.text,
        full_text=incoming.full_text or incoming.text,
        html=incoming.html,
        at=_believed(incoming.written_at, at, problems),
        external_id=external_id,
        in_reply_to=(incoming.thread[0] if incoming.thread else "")[:250],
        references=" ".join(incoming.thread),
        problems=problems,
        raw=incoming.raw,
    )


def _believed(written_at: datetime | None, at: datetime, problems: list[str]) -> datetime:
    """Return when the message counts as come in: now. A date that its writer's clock got wrong is only mentioned."""
    if written_at is not None and written_at.tzinfo is None:
        written_at = written_at.replace(tzinfo=UTC)
    if written_at is not None and not at - _OLDEST <= written_at <= at + _NEWEST:
        problems.append(f"It says that it was written on {written_at:%d %B %Y}, which cannot be right.")
    return at


def _attachment(row: Message, file: File) -> Attachment:
    return Attachment(
        message=row,
        filename=file.filename[:255],
        content_type=file.content_type[:120],
        size=file.size,
        sha256="" if file.dropped else blobs.keep(file.content),
        inline=file.inline,
        content_id=file.content_id[:250],
        dropped=file.dropped,
    )


def _bounce(incoming: Incoming, at: datetime) -> Received:
    """Take in that a mail of ours did not arrive; a bounce of something else is kept as a mail, and no more."""
    ours = Message.objects.filter(external_id=incoming.bounced, direction=Message.OUT).first()
    if ours is None:
        return Received(None)
    case = access_case(DESK, ours.case_id, lock=True)
    if Message.objects.filter(pk=ours.pk, status="failed").exists():
        return Received(ours, duplicate=True)
    take_in(case, [ReportBounce(message=ours.id, permanent=incoming.permanent)], by=DESK, at=at)
    if incoming.permanent:
        Message.objects.filter(pk=ours.pk).update(status="failed")
    return Received(ours)
