"""Absences in words."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from amends.desk.contexts import ActionView
from amends.desk.contexts.today import AwayView
from amends.desk.contexts.yours import AbsenceView
from amends.insight.absences import Away


def away_view(away: Away | None) -> AwayView | None:
    """Return what somebody reads who is away; None for who is there."""
    if away is None:
        return None
    said = _("You are away until %(day)s. %(name)s sees to what falls due for you.")
    return AwayView(says=said % {"day": _day(away.ends), "name": away.cover}, back=_end(away, _("I am back")))


def absence_view(away: Away, today: date, may: Collection[int]) -> AbsenceView:
    """Return an absence as a line; those whom one `may` plan for can be called back."""
    begun = away.starts <= today
    if away.starts == away.ends:
        days = _day(away.starts)
    else:
        days = _("%(starts)s to %(ends)s") % {"starts": _day(away.starts), "ends": _day(away.ends)}
    label = _("Back again") if begun else _("Not after all")
    return AbsenceView(
        name=away.name, days=days, cover=away.cover, end=_end(away, label) if away.person in may else None
    )


def away_warning(away: Away) -> str:
    """Return what somebody reads who gives a case to a colleague who is away."""
    said = _("%(name)s is away until %(day)s. Until then %(cover)s sees to what falls due.")
    return said % {"name": away.name, "day": _day(away.ends), "cover": away.cover}


def _end(away: Away, label: str) -> ActionView:
    return ActionView(label=label, url=reverse("desk:end-absence", args=[away.id]), tone="quiet")


def _day(day: date) -> str:
    return formats.date_format(day, "l j F")
