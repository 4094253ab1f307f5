"""What waits to leave the desk, and what could not: mails above all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from amends.store.models import Case, Effect, Message

ROWS: Final = 200
_LOOKED_AT: Final = 2_000
"""Effects that are looked at for the rows of one team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits, or was given up. Of a mail: to whom, about what, in which case, and since when."""

    id: int
    kind: str
    case: int | None
    recipient: str
    title: str
    since: datetime | None
    tries: int
    next_at: datetime
    error: str
    failed_at: datetime | None


def outbox(cases: QuerySet[Case], *, everything: bool) -> list[Waiting]:
    """Return what waits, in the order in which it will go, then what was given up, the newest first.

    Mails of `cases`; with `everything` also what belongs to no case.
    """
    waiting = Effect.objects.filter(done_at=None, failed_at=None).order_by("not_before", "id")
    failed = Effect.objects.filter(failed_at__isnull=False, done_at=None).order_by("-failed_at", "-id")
    return [*_rows(waiting, cases, everything=everything), *_rows(failed, cases, everything=everything)]


def stuck() -> int:
    """Return how many mails wait for a mail server that does not answer."""
    waiting = Effect.objects.filter(kind=Effect.MAIL, done_at=None, failed_at=None)
    return waiting.filter(error__startswith=Effect.NOBODY_THERE).count()


def _rows(effects: QuerySet[Effect], cases: QuerySet[Case], *, everything: bool) -> list[Waiting]:
    found = list(effects[:_LOOKED_AT])
    mails = Message.objects.filter(pk__in=[effect.subject for effect in found], case__in=cases)
    by_id = {message.pk: message for message in mails.only("case", "recipient", "subject", "at")}
    rows = [_row(effect, by_id.get(effect.subject)) for effect in found if everything or effect.subject in by_id]
    return rows[:ROWS]


def _row(effect: Effect, mail: Message | None) -> Waiting:
    return Waiting(
        id=effect.pk,
        kind=effect.kind,
        case=mail.case_id if mail is not None else None,
        recipient=mail.recipient if mail is not None else "",
        title=mail.subject if mail is not None else "",
        since=mail.at if mail is not None else None,
        tries=effect.attempts,
        next_at=effect.not_before,
        error=effect.error,
        failed_at=effect.failed_at,
    )
