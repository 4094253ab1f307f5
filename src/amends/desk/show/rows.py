"""Cases in lists."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amends.desk.contexts import CaseRow, DeadlineView, HeatView
from amends.insight.inbox import Row
from amends.method.calendar import Calendar
from amends.method.clock import Kind, before, legal_end
from amends.method.policy import Policy
from amends.method.words import Station
from amends.transcript import Money

SOON: Final = timedelta(hours=4)
"""From here on something is due soon."""

DEADLINES: Final[dict[Kind, str | Promise]] = {
    Kind.HELD: pgettext_lazy("deadline", "Reply goes out"),
    Kind.ACKNOWLEDGE: pgettext_lazy("deadline", "Acknowledge"),
    Kind.PROMISE_SOON: pgettext_lazy("deadline", "Promise"),
    Kind.PROMISE: pgettext_lazy("deadline", "Promise"),
    Kind.ESCALATION: pgettext_lazy("deadline", "Promise"),
    Kind.SNOOZE: pgettext_lazy("deadline", "Look again"),
    Kind.UPDATE: pgettext_lazy("deadline", "Update"),
    Kind.SILENCE: pgettext_lazy("deadline", "Update"),
    Kind.BID: pgettext_lazy("deadline", "Their wish"),
    Kind.APPROVAL: pgettext_lazy("deadline", "Approval"),
    Kind.CALLBACK: pgettext_lazy("deadline", "Call back"),
    Kind.CALLBACK_LATE: pgettext_lazy("deadline", "Call back"),
    Kind.THANKS: pgettext_lazy("deadline", "Thank-you"),
    Kind.SURVEY: pgettext_lazy("deadline", "Survey"),
    Kind.SURVEY_REMINDER: pgettext_lazy("deadline", "Reminder"),
    Kind.FOLLOW_UP: pgettext_lazy("deadline", "Look again"),
    Kind.LEGAL_SOON: pgettext_lazy("deadline", "Legal term"),
    Kind.LEGAL: pgettext_lazy("deadline", "Legal term"),
}
"""What each deadline is called, in a word or two."""

# What a row says about a case that calls for somebody; the first that fits.
_CALLS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("broken", gettext_lazy("Promise broken")),
    ("legal", gettext_lazy("Legal term passed")),
    ("bounced", gettext_lazy("Mail came back")),
    ("acknowledge", gettext_lazy("No word from us yet")),
    ("silence", gettext_lazy("Silent too long")),
    ("update", gettext_lazy("Update due")),
    ("late", gettext_lazy("Call-back overdue")),
    ("callback", gettext_lazy("Call back now")),
    ("approval", gettext_lazy("Waits for approval")),
)
_ORDER: Final = list(Station)
_QUIET: Final = frozenset({Kind.THANKS, Kind.SURVEY, Kind.SURVEY_REMINDER, Kind.FOLLOW_UP})


def case_row(row: Row, now: datetime, policy: Policy, calendar: Calendar) -> CaseRow:
    """Return a case as a row. The policy's currency stands where a customer's own is not known."""
    station = Station(row.station)
    return CaseRow(
        ref=f"#{row.number}",
        url=reverse("desk:case", args=[row.number]),
        customer=row.customer or _("Somebody"),
        title=title(row),
        heat=HeatView(level=row.upset or 0),
        waiting=row.waiting_since,
        deadline=row_deadline(row, now, policy, calendar),
        worth=Money(row.spent, row.currency or policy.currency) if row.spent > 0 else None,
        station=station,
        passed=_ORDER.index(station),
        owner=row.owner,
        note=str(next((words for name, words in _CALLS if name in row.called), "")),
    )


def title(row: Row) -> str:
    """Return what a case is about: its subject, or else how it begins."""
    return row.subject or row.preview or _("No words")


def row_deadline(row: Row, now: datetime, policy: Policy, calendar: Calendar) -> DeadlineView | None:
    """Return what falls due next in a case; the letters that the desk writes by itself are nobody's deadline.

    Where a warning comes next, what it warns of is shown.
    """
    if row.due_at is None or not row.due_kind or Kind(row.due_kind) in _QUIET:
        return None
    kind = Kind(row.due_kind)
    due = row.due_at
    if kind is Kind.LEGAL_SOON:
        ends = [(clock, legal_end(clock, row.opened_at, calendar)) for clock in policy.legal.values()]
        due = next((end for clock, end in ends if max(before(clock.warn, end), row.opened_at) == due), due)
    return deadline(str(DEADLINES[kind]), due, now, legal=kind in (Kind.LEGAL, Kind.LEGAL_SOON))


def deadline(label: str, due: datetime, now: datetime, *, legal: bool = False) -> DeadlineView:
    """Return a deadline in its state: late, soon, or fine."""
    state = "late" if due <= now else "soon" if due - now <= SOON else "fine"
    return DeadlineView(label=label, due=due, state=state, legal=legal)  # type: ignore[arg-type]  # one of the three
