"""How long somebody says they have been a customer, in years."""

import re

from amends.reading.numbers import PATTERN, number

_SPAN = re.compile(
    rf"(?<![\w.,$€£-])(?:({PATTERN})\+?( and a half)?|(\d{{1,2}}[.,]\d)) ?-?(years?|yrs?|months?|decades?)\b"
)
_SINCE = re.compile(r"\b(?:since|from) (?:[a-z]{3,9} )?((?:19|20)\d\d)\b")
_LONGEST = 100.0


def years(flat: str, start: int, end: int, year: int | None) -> float | None:
    """Return the years told of in `flat[start:end]`, or None; "since 2014" needs the `year` of the message.

    >>> years("a customer for eight years", 0, 26, None)
    8.0
    >>> years("with you since 2014", 0, 19, 2026)
    12.0
    """
    since = _SINCE.search(flat, start, end)
    if since is not None and year is not None:
        told = float(year - int(since.group(1)))
        return told if 0 <= told <= _LONGEST else None
    span = _SPAN.search(flat, start, end)
    if span is None:
        return None
    whole, half, decimal, unit = span.groups()
    if whole in {"a", "an"} and not unit.startswith("decade"):
        return None  # "a month" is a rate more often than a span
    told = float(decimal.replace(",", ".")) if decimal else float(number(whole)) + (0.5 if half else 0.0)
    if unit.startswith("month"):
        told = round(told / 12, 2)
    elif unit.startswith("decade"):
        told *= 10
    return told if told <= _LONGEST else None
