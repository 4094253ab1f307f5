"""The Date field, in the many ways that it is written."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 120  # characters
_EARLIEST, _LATEST = 1990, 2100


def parse_date(value: str) -> tuple[datetime | None, str]:
    """Return the aware time of a Date field or None, and what was odd about it in words (empty where nothing was).

    >>> parse_date("Mon, 3 Nov 2025 14:22:01 +0100")[0].isoformat()
    '2025-11-03T14:22:01+01:00'
    >>> parse_date("Thu, 1 Jan 1970 00:00:00 +0000")
    (None, 'The date of the mail is 1970, which cannot be right.')
    """
    if not value.strip():
        return None, "The mail carries no date."
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(value.strip()[:_LONGEST])
            # Without a zone it is taken as UTC; converting it shows now whether it can be stored later.
            aware = found if found.tzinfo else found.replace(tzinfo=UTC)
            aware.astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
        if not _EARLIEST <= aware.year <= _LATEST:
            return None, f"The date of the mail is {aware.year}, which cannot be right."
        return aware, ""
    return None, "The date of the mail could not be read."
