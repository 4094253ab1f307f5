"""The digest: what is due for one person this morning, as Today shows it, the worst first."""

from datetime import date, datetime
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from amends.actions import clock, house
from amends.actions.access import visible_cases
from amends.actions.actors import Staff
from amends.desk.mails.posting import absolute, post
from amends.desk.show.today import heap_title, instead, place
from amends.desk.staff import looker_of
from amends.desk.timewords import until
from amends.insight.today import Due, today
from amends.store.cover import Cover
from amends.store.models import User

MOST: Final = 20
"""Lines of a digest; who has more reads on at Today."""


def do_mail_digest(subject: str) -> None:
    """Mail the digest of the person and the day that `subject` names.

    Nothing is sent where nothing is due, to who does not want it any more, or when that day is over.
    """
    person, _colon, day = subject.partition(":")
    user = User.objects.filter(pk=int(person), is_active=True, digest=True).first()
    if user is None:
        return
    now = clock.now()
    with timezone.override(user.time_zone or house.calendar().zone):
        if timezone.localtime(now).date() != date.fromisoformat(day):
            return
        who, cover = Staff.of(user), Cover.on(house.day_of(now))
        dues = [due for due in today(visible_cases(who), looker_of(who, now, cover)) if due.mine]
        if not dues:
            return
        groups = [
            {
                "title": heap_title(heap),
                "lines": [{"says": _line(due, now), "url": absolute(place(due))} for due in found],
            }
            for heap, found in groupby(dues[:MOST], lambda due: due.heap)
        ]
        title = ngettext("%(count)d thing is due today", "%(count)d things are due today", len(dues))
        context = {
            "user": user,
            "groups": groups,
            "more": max(0, len(dues) - MOST),
            "today_url": absolute(reverse("desk:today") + "?whose=mine"),
            "settings_url": absolute(reverse("desk:settings") + "#wishes"),
        }
        post(user, title % {"count": len(dues)}, "desk/mails/digest.txt", context)


def _line(due: Due, now: datetime) -> str:
    when = until(due.due, now) if due.due is not None else ""
    title = "" if due.foreign else due.case.subject
    return ", ".join(part for part in (f"#{due.case.number} {title}".strip(), when, instead(due)) if part)
