"""The outbox, put together."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.actions.actors import Staff
from amends.desk.contexts import EmptyView
from amends.desk.contexts.outbox import OutboxPage, OutboxRow
from amends.insight.outbox import Waiting
from amends.method.words import Rank
from amends.store.models import Effect


def outbox_page(rows: Sequence[Waiting], who: Staff, now: datetime) -> OutboxPage:
    """Return the page; only leads and admins can have something tried again."""
    may = who.rank is not Rank.HANDLER
    waiting = [row for row in rows if row.failed_at is None]
    failed = [row for row in rows if row.failed_at is not None]
    return OutboxPage(
        summary=_summary(waiting, failed),
        waiting=tuple(_row(row, now, may=may) for row in waiting),
        failed=tuple(_row(row, now, may=may) for row in failed),
        empty=None if rows else _empty(),
    )


def trouble(stuck: int) -> str:
    """Return what every page says while the mail server does not answer; empty where it does."""
    if not stuck:
        return ""
    return ngettext(
        "The mail server does not answer. %(count)d mail waits, and goes out by itself once it is back.",
        "The mail server does not answer. %(count)d mails wait, and go out by themselves once it is back.",
        stuck,
    ) % {"count": stuck}


def _summary(waiting: Sequence[Waiting], failed: Sequence[Waiting]) -> str:
    stuck = sum(row.kind == Effect.MAIL and row.error.startswith(Effect.NOBODY_THERE) for row in waiting)
    if stuck:
        return trouble(stuck)
    parts = []
    if waiting:
        words = ngettext("%(count)d waits to go out", "%(count)d wait to go out", len(waiting))
        parts.append(words % {"count": len(waiting)})
    if failed:
        words = ngettext("%(count)d could not go, and needs you", "%(count)d could not go, and need you", len(failed))
        parts.append(words % {"count": len(failed)})
    return "; ".join(parts) + "." if parts else _("Everything has gone out.")


def _row(row: Waiting, now: datetime, *, may: bool) -> OutboxRow:
    tries = ngettext("tried %(count)d time", "tried %(count)d times", row.tries) % {"count": row.tries}
    due = row.next_at if row.next_at > now else None
    return OutboxRow(
        what=row.title or (_("A mail") if row.kind == Effect.MAIL else row.kind),
        url=reverse("desk:case", args=[row.case]) if row.case is not None else "",
        ref=f"#{row.case}" if row.case is not None else "",
        to=row.recipient,
        since=row.failed_at or row.since,
        tries=tries if row.tries else "",
        next_at=None if row.failed_at is not None else due,
        why=row.error,
        again_url=reverse("desk:try-again", args=[row.id]) if may and (row.error or row.failed_at) else "",
    )


def _empty() -> EmptyView:
    return EmptyView(
        icon="send",
        title=_("Everything has gone out"),
        text=_("When the mail server is away, what you write waits here, in order, and goes out once it is back."),
    )
