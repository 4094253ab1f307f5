"""Mails as they come in: each is kept byte for byte, then taken into a case. Nothing that arrives is lost.

What becomes of a mail stands in its row's `status`:

- `taken`: it is in a case;
- `same`: it was here already, under the same Message-ID;
- `aside`: an automatic mail that answers nothing of ours; kept, and nobody is disturbed;
- `own`: a mail of ours that came back;
- `held`: its sender sent more than anybody writes by hand; kept for a person to decide;
- `failed`: it could not be taken in as it is; `error` says why. A case holds the original where that was possible.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from amends.actions import customers, house
from amends.actions.incoming import File, Incoming, Received, do_receive
from amends.method.policy import BadPolicy
from amends.store import blobs
from amends.store.models import Message, RawMail

AWAY = (OperationalError, InterfaceError, OSError, house.BadHouse, BadPolicy)
"""Errors that are not the mail's fault: nothing was kept, and trying again later helps."""

MOST_AN_HOUR = 30
"""Mails of one sender within an hour; more are held, so that two machines cannot keep each other busy."""

_HOUR = timedelta(hours=1)
_log = logging.getLogger(__name__)


class Status(StrEnum):
    """What became of a mail."""

    TAKEN = "taken"
    SAME = "same"
    ASIDE = "aside"
    OWN = "own"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A mail as it came. `sender` and `recipients` are the envelope's; both are empty where there was none.

    `source` says by which way it came, in a word or two: `smtp`, `imap help@example.com`.
    """

    content: bytes
    source: str
    sender: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """The row of a mail, its status, and what it led to (None where it led to nothing)."""

    mail: RawMail
    status: Status
    received: Received | None = None


def do_keep_mail(arrival: Arrival, incoming: Incoming, *, at: datetime) -> Kept:
    """Keep a mail and take it in: when this returns, both would survive a power cut.

    `incoming` is what `arrival` was read as. Raises one of `AWAY` where nothing could be kept, and nothing else.
    """
    _keep_large_files(arrival.content, incoming)
    with transaction.atomic():
        name = blobs.keep(arrival.content)
        row = RawMail.objects.create(
            sha256=name,
            size=len(arrival.content),
            source=arrival.source[:120],
            envelope_from=arrival.sender[:320],
            envelope_to="\n".join(arrival.recipients),
            received_at=at,
            status=Status.TAKEN.value,  # unless it turns out otherwise
        )
        return _judge(row, incoming, at)


def do_take_up_mail(mail: int, read: Callable[[RawMail, bytes], Incoming], *, at: datetime) -> Kept:
    """Take in a mail that was held, or that failed without a case; `read` makes of its bytes what came in.

    A mail that is in a case stays as it is.
    """
    with transaction.atomic():
        row = RawMail.objects.select_for_update().get(pk=mail)
        if row.status not in {Status.HELD, Status.FAILED} or row.messages.exists():
            return Kept(row, Status(row.status))
        return _take(row, read(row, blobs.fetch(row.sha256)), at)


def _keep_large_files(content: bytes, incoming: Incoming) -> None:
    """Write what is large before the transaction begins: it is short then, and nobody waits while the disk turns."""
    for bulk in (content, *(file.content for file in incoming.files if not file.dropped)):
        if len(bulk) > blobs.SMALL:
            blobs.keep(bulk)


def _judge(row: RawMail, incoming: Incoming, at: datetime) -> Kept:
    if _is_ours(incoming):
        return _mark(row, Status.OWN)
    if _storms(incoming, at):
        return _mark(row, Status.HELD, f"More than {MOST_AN_HOUR} mails within an hour from {incoming.email}.")
    return _take(row, incoming, at)


def _take(row: RawMail, incoming: Incoming, at: datetime) -> Kept:
    """Take the mail in; where it resists, a plain stand-in with the original attached."""
    try:
        with transaction.atomic():
            received = do_receive(replace(incoming, raw=row), at=at)
    except AWAY:
        raise
    except Exception as wrong:  # noqa: BLE001  what arrived is kept, whatever is wrong with it
        _log.exception("Mail %s could not be taken in as it is", row.pk)
        return _stand_in(row, incoming, wrong, at)
    twin = received.message
    if received.duplicate and twin is not None and twin.raw is not None and twin.raw.sha256 == row.sha256:
        row.delete()  # the very same bytes once more are no news, however often a server offers them
        return Kept(twin.raw, Status.SAME, received)
    if received.duplicate:
        return _mark(row, Status.SAME, received=received)
    return _mark(row, Status.ASIDE if twin is None else Status.TAKEN, received=received)


def _stand_in(row: RawMail, incoming: Incoming, wrong: Exception, at: datetime) -> Kept:
    """Open a case that only says that there is a mail, and holds the original."""
    original = File("mail.eml", "message/rfc822", blobs.fetch(row.sha256), row.size)
    plain = Incoming(
        channel=incoming.channel,
        email=customers.clean_email(incoming.email),
        text=_("The original mail is attached."),
        external_id=incoming.external_id,
        thread=incoming.thread,
        tokens=incoming.tokens,
        files=(original,),
        automatic=incoming.automatic,
        problems=(_("This mail could not be read here. Open the original to see what it says."),),
        raw=row,
        team=incoming.team,
    )
    why = f"{type(wrong).__name__}: {wrong}"
    try:
        with transaction.atomic():
            received = do_receive(plain, at=at)
    except AWAY:
        raise
    except Exception:  # noqa: BLE001  the same
        _log.exception("Mail %s could not be taken in at all", row.pk)
        return _mark(row, Status.FAILED, why)
    return _mark(row, Status.FAILED, why, received=received)


def _mark(row: RawMail, status: Status, error: str = "", *, received: Received | None = None) -> Kept:
    if (row.status, row.error) != (status.value, error):
        row.status, row.error = status.value, error.replace("\0", "")[:500]
        row.save(update_fields=["status", "error"])
    return Kept(row, status, received)


def _is_ours(incoming: Incoming) -> bool:
    """Whether we wrote it ourselves: it comes from one of our addresses, or carries the id of a mail of ours."""
    sender = customers.clean_email(incoming.email)
    local, _at, domain = sender.partition("@")
    if sender and f"{local.partition('+')[0]}@{domain}" in _our_addresses():
        return True
    sent = Message.objects.filter(external_id=incoming.external_id, direction=Message.OUT)
    return incoming.external_id != "" and sent.exists()


def _our_addresses() -> set[str]:
    found = house.house()
    return {found.business.address.lower(), *(box.user.lower() for box in found.mailboxes if "@" in box.user)}


def _storms(incoming: Incoming, at: datetime) -> bool:
    """Whether this sender wrote more within the hour than a person does.

    Reports that a mail of ours did not arrive are let through: they are as many as our mails, and answered by none.
    """
    sender = customers.clean_email(incoming.email)
    if incoming.bounced or not sender:
        return False
    lately = Message.objects.filter(direction=Message.IN, channel=incoming.channel, at__gt=at - _HOUR)
    theirs = lately.filter(case__customer__addresses__kind="email", case__customer__addresses__value=sender)
    if theirs.count() >= MOST_AN_HOUR:
        return True
    there = lately.filter(case__token__in=incoming.tokens, sender__iexact=incoming.email)
    return bool(incoming.tokens) and there.count() >= MOST_AN_HOUR
