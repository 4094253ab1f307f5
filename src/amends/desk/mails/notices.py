"""The mail with what somebody was told in one minute. It holds no words of customers but the subject of the case."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amends.actions import clock, house
from amends.actions.access import NoAccess
from amends.actions.actors import Staff
from amends.actions.approval_links import approval_url
from amends.actions.notices import HOW, MAILED
from amends.desk.mails.posting import absolute, post
from amends.desk.show.notices import NOTICES, instead, thing_url
from amends.desk.text import money
from amends.insight.notices import Told, told_between
from amends.store.models import Approval, User
from amends.transcript import Money

_MINUTE = timedelta(minutes=1)
_WISHES = ("approval", "approval_late")
_NEWS = timedelta(days=1)  # what could not be mailed for longer stands on the page, and in the digest


def do_mail_notices(subject: str) -> None:
    """Mail what the person was told in the minute that `subject` names, as far as they want it and have not read it."""
    person, _colon, minute = subject.partition(":")
    user = User.objects.filter(pk=int(person), is_active=True).first()
    start = datetime.fromisoformat(minute)
    if user is None or clock.now() - start > _NEWS:
        return
    zone = user.time_zone or house.calendar().zone
    wanted = MAILED.get(user.mail_notices, frozenset())
    told = told_between(user, start, _MINUTE, zone=zone)
    told = [one for one in told if HOW[one.kind] in wanted]
    if told:
        with timezone.override(zone):
            _post(user, told)


def _post(user: User, told: list[Told]) -> None:
    lines = [{"says": _says(one), "about": _about(one), "url": _url(one, user)} for one in told]
    title = (
        f"{lines[0]['says']} ({_about(told[0])})"
        if len(told) == 1
        else _("%(count)d things to know") % {"count": len(told)}
    )
    context = {"user": user, "lines": lines, "settings_url": absolute(reverse("desk:settings") + "#wishes")}
    post(user, title, "desk/mails/notices.txt", context)


def _url(told: Told, user: User) -> str:
    """Return where to go; to a wish for more by a link of their own, by which they can answer it at once."""
    if told.kind in _WISHES and told.subject:
        with suppress(NoAccess):  # who stands in for somebody may have less to give; and it may be answered by now
            return approval_url(Staff.of(user), told.subject)
    return absolute(thing_url(told))


def _says(told: Told) -> str:
    return " ".join(part for part in (str(NOTICES[told.kind].says) + _sum(told), instead(told)) if part)


def _sum(told: Told) -> str:
    """Return how much a wish is for: several of one case could not be told apart."""
    wish = Approval.objects.filter(pk=told.subject).first() if told.kind in _WISHES and told.subject else None
    return "" if wish is None else f": {money(Money(wish.amount, wish.currency))}"


def _about(told: Told) -> str:
    return " ".join(part for part in (f"#{told.case}" if told.case else "", told.title) if part)
