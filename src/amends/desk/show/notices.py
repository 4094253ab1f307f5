"""Notices in words: on their page, on the bell, in mails."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, Literal, NamedTuple

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.desk.contexts import BellView, EmptyView
from amends.desk.contexts.notices import NoticeDay, NoticesPage, NoticeView
from amends.insight.notices import Told


class _Words(NamedTuple):
    says: str | Promise
    icon: str
    tone: Literal["broken", "due", "plain"]
    anchor: str


NOTICES: Final[dict[str, _Words]] = {
    "legal_passed": _Words(gettext_lazy("A legal term has passed"), "scale", "broken", "#reply"),
    "bad_survey": _Words(gettext_lazy("A bad answer to the survey"), "frown", "broken", "#come-back"),
    "not_fixed": _Words(gettext_lazy("They say that it is not fixed"), "frown", "broken", "#reply"),
    "reopened": _Words(gettext_lazy("They opened the case again"), "rotate-ccw", "broken", "#reply"),
    "escalated": _Words(gettext_lazy("A broken promise needs your help"), "siren", "broken", "#promises"),
    "broken": _Words(gettext_lazy("A promise was broken"), "circle-x", "broken", "#promises"),
    "legal_soon": _Words(gettext_lazy("A legal term runs out soon"), "scale", "due", "#reply"),
    "unanswered": _Words(gettext_lazy("They wait for a first word"), "message-circle-warning", "due", "#reply"),
    "silent": _Words(gettext_lazy("They have heard nothing for too long"), "message-circle-dashed", "due", "#reply"),
    "promise_soon": _Words(gettext_lazy("A promise is due soon"), "alarm-clock", "due", "#promises"),
    "asked": _Words(gettext_lazy("You are asked to keep a promise"), "hand-helping", "due", "#promises"),
    "approval": _Words(gettext_lazy("A colleague waits for your yes"), "user-check", "due", "#sheet"),
    "approval_late": _Words(gettext_lazy("A colleague waits too long for a yes"), "user-check", "broken", "#sheet"),
    "call_late": _Words(gettext_lazy("The call-back is overdue"), "phone-missed", "due", "#come-back"),
    "turned_down": _Words(gettext_lazy("Who you asked cannot keep the promise"), "undo-2", "due", "#promises"),
    "taken": _Words(gettext_lazy("Your promise is taken on"), "handshake", "plain", "#promises"),
    "handed_over": _Words(gettext_lazy("A promise was handed over to you"), "handshake", "plain", "#promises"),
    "declined": _Words(gettext_lazy("What you asked for was declined"), "circle-x", "plain", "#sheet"),
    "approved": _Words(gettext_lazy("What you asked for was approved"), "circle-check", "plain", "#sheet"),
    "assigned": _Words(gettext_lazy("A case was given to you"), "user-check", "plain", ""),
    "snooze_ended": _Words(gettext_lazy("The reason to wait is over"), "bell", "due", "#reply"),
    "booked": _Words(gettext_lazy("They chose a time for the call"), "calendar-check", "plain", "#come-back"),
    "message": _Words(gettext_lazy("They wrote"), "mail", "plain", "#reply"),
}
"""What each kind of notice says, and where in the case it leads."""


def thing_url(told: Told) -> str:
    """Return where the thing is that a notice is about: the promise alone, where the case is of another team."""
    if told.case is None:
        return reverse("desk:notices")
    if told.asked:
        return f"/promises/{told.subject}/"
    if told.kind in ("approval", "approval_late"):
        return f"{reverse('desk:approvals')}#approval-{told.subject}"
    anchor = NOTICES[told.kind].anchor
    if anchor == "#promises" and told.subject:
        anchor = f"#promise-{told.subject}"
    return reverse("desk:case", args=[told.case]) + anchor


def bell(count: int) -> BellView:
    """Return the bell."""
    return BellView(count=count, url=reverse("desk:notices"), poll_url=reverse("desk:bell"))


def notices_page(found: Sequence[Told], now: datetime, *, unread: int, more: bool) -> NoticesPage:
    """Return the page."""
    today = timezone.localtime(now).date()
    days = groupby(found, lambda told: timezone.localtime(told.at).date())
    upto = max((told.id for told in found), default=0)
    return NoticesPage(
        days=tuple(
            NoticeDay(day=day, title=_day(day, today), notices=tuple(_notice(told) for told in told_that_day))
            for day, told_that_day in days
        ),
        unread=unread,
        upto=upto,
        read_url=reverse("desk:read-notices") if unread else "",
        older_url=f"{reverse('desk:notices')}?before={found[-1].id}" if more else "",
        empty=None if found else _empty(),
    )


def _notice(told: Told) -> NoticeView:
    words = NOTICES[told.kind]
    return NoticeView(
        says=str(words.says),
        about=about(told),
        instead=instead(told),
        at=told.at,
        icon=words.icon,
        tone=words.tone,
        unread=not told.read,
        open_url=reverse("desk:open-notice", args=[told.id]),
    )


def about(told: Told) -> str:
    """Return whose case it is, and what about."""
    return " · ".join(part for part in (told.customer, f"#{told.case}" if told.case else "", told.title) if part)


def instead(told: Told) -> str:
    """Return for whom one is told; empty where it is one's own."""
    return _("for %(name)s") % {"name": told.for_whom} if told.for_whom else ""


def _day(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return formats.date_format(day, "l, j F" if day.year == today.year else "j F Y")


def _empty() -> EmptyView:
    return EmptyView(
        icon="bell",
        title=_("Nothing to tell you yet"),
        text=_(
            "When a promise falls due, a customer waits too long, or a colleague needs your yes, you are told here."
        ),
        action=None,
    )
