"""Moments in words, the exact time on hover: "in 3 hours", "2 days ago", "tomorrow at 17:00".

The present is never read here: as filters these take `now` from the page, which was given it.
"""

from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final

import jinja2
from django.utils import formats, timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, override, pgettext

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_NEAR: Final = timedelta(hours=10)  # sooner than this a span says more than an hour of the day
_WEEK: Final = 7
_MONTH: Final = 30
_YEAR: Final = 365


def span(length: timedelta) -> str:
    """Return a span in its largest whole unit, never rounded up: what is left is left.

    >>> span(timedelta(minutes=119))
    '1 hour'
    """
    length = abs(length)
    if length < _HOUR:
        count = length // _MINUTE
        return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
    if length < _DAY:
        count = length // _HOUR
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    days = length.days
    if days < 2 * _WEEK:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if days < 2 * _MONTH:
        return ngettext("%(count)d week", "%(count)d weeks", days // _WEEK) % {"count": days // _WEEK}
    if days < 2 * _YEAR:
        return ngettext("%(count)d month", "%(count)d months", days // _MONTH) % {"count": days // _MONTH}
    return ngettext("%(count)d year", "%(count)d years", days // _YEAR) % {"count": days // _YEAR}


def in_past(at: datetime, now: datetime) -> str:
    """Return how long ago `at` was; a moment that has yet to come is "just now" (clocks differ a little)."""
    if now - at < _MINUTE:
        return gettext("just now")
    return gettext("%(span)s ago") % {"span": span(now - at)}


def until(at: datetime, now: datetime) -> str:
    """Return when `at` will be, as a colleague would say it; or how late it is."""
    left = at - now
    if left < timedelta():
        if -left < _MINUTE:
            return gettext("now")
        return gettext("%(span)s late") % {"span": span(left)}
    if left < _MINUTE:
        return gettext("in less than a minute")
    if left < _NEAR:
        return gettext("in %(span)s") % {"span": span(left)}
    here, today = timezone.localtime(at), timezone.localtime(now).date()
    hour = formats.time_format(here, pgettext("format of a time", "H:i"))
    days = (here.date() - today).days
    if days == 0:
        return gettext("today at %(hour)s") % {"hour": hour}
    if days == 1:
        return gettext("tomorrow at %(hour)s") % {"hour": hour}
    if days < _WEEK:
        return gettext("%(weekday)s at %(hour)s") % {"weekday": formats.date_format(here, "l"), "hour": hour}
    same_year = here.year == today.year
    shape = pgettext("format of a date", "j F") if same_year else pgettext("format of a date", "j F Y")
    return formats.date_format(here, shape)


def exact_words(at: datetime) -> str:
    """Return the moment in full: "Thu 14 March 2024, 09:12"."""
    return _exact_words(at, timezone.get_current_timezone(), get_language())


@lru_cache(maxsize=8192)
def _exact_words(at: datetime, zone: tzinfo, language: str) -> str:
    """Return the words; lists show the same moments again and again, and a date costs more than all else in a row."""
    with override(language):
        return formats.date_format(at.astimezone(zone), pgettext("format of a moment", "D j F Y, H:i"))


@jinja2.pass_context
def ago(context: jinja2.runtime.Context, at: datetime) -> SafeString:
    """Filter: a past moment in words, as a `<time>`."""
    return _time(at, in_past(at, context["now"]))


@jinja2.pass_context
def due(context: jinja2.runtime.Context, at: datetime) -> SafeString:
    """Filter: a coming moment in words, or how late it is, as a `<time>`."""
    return _time(at, until(at, context["now"]))


@jinja2.pass_context
def lasting(context: jinja2.runtime.Context, since: datetime) -> SafeString:
    """Filter: how long something has lasted since then, as a `<time>`: "3 hours"."""
    return _time(since, span(max(context["now"] - since, timedelta())))


def exact(at: datetime) -> SafeString:
    """Filter: the moment in full, as a `<time>`."""
    return _time(at, exact_words(at))


def _time(at: datetime, words: str) -> SafeString:
    title = escape(exact_words(at))
    return mark_safe(f'<time datetime="{at.isoformat()}" title="{title}">{escape(words)}</time>')  # noqa: S308  # escaped
