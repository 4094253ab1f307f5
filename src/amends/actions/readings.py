"""The reader's view of a message, kept beside it so that nothing is read twice."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from amends.actions import house
from amends.reading import Context, Reading, read
from amends.store.models import Case
from amends.store.models import Message as MessageRow
from amends.transcript import Message, Role, Span

_encode = msgspec.json.Encoder().encode
_readings: msgspec.json.Decoder[Reading] = msgspec.json.Decoder(Reading)


def message_of(row: MessageRow) -> Message:
    """Return the message as the reader and the method know it."""
    role = Role.CUSTOMER if row.direction == MessageRow.IN else Role.AGENT
    return Message(id=row.id, role=role, text=row.text, at=row.at, author=row.sender, automatic=row.automatic)


def read_row(row: MessageRow, previous: MessageRow | None) -> Reading:
    """Read the message after `previous`, and put the reading on the row (unsaved)."""
    reading = read(message_of(row), context_after(previous))
    row.reading = _encode(reading)
    return reading


def read_words(text: str, previous: MessageRow | None, at: datetime) -> Reading:
    """Read words that the customer said after `previous`, and that are no message yet."""
    return read(Message(id="", role=Role.CUSTOMER, text=text, at=at), context_after(previous))


def stored(row: MessageRow) -> Reading:
    """Return the reading that stands on the row."""
    if not row.reading:
        return Reading(upset=None)
    reading: Reading = _readings.decode(bytes(row.reading))
    return reading


def context_after(previous: MessageRow | None) -> Context:
    """Return what the reader may know beside the message itself."""
    currency = house.policy().currency
    if previous is None:
        return Context(currency=currency)
    role = Role.CUSTOMER if previous.direction == MessageRow.IN else Role.AGENT
    return Context(previous=previous.text, previous_role=role, currency=currency)


def words_in(case: Case) -> Callable[[Span], str]:
    """Return what finds the words of a message in this case, or nothing where they were typed elsewhere or erased."""

    def words(span: Span) -> str:
        text = MessageRow.objects.filter(pk=span.source, case=case).values_list("text", flat=True).first()
        return span.of(text or "")

    return words


def last_message(case_id: int) -> MessageRow | None:
    """Return the newest message of a case that a person wrote and the other side has, or None.

    An out-of-office between our question and the customer's answer is nobody's word: the answer is still to us.
    """
    said = MessageRow.objects.filter(case_id=case_id, status__in=("received", "queued", "sent"))
    return said.exclude(direction=MessageRow.IN, automatic=True).order_by("-at", "-id").first()
