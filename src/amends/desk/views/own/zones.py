"""Time zones, as customers know them."""

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _


@lru_cache(maxsize=256)
def known(name: str) -> ZoneInfo | None:
    """Return the zone of this IANA name; None for a name that there is not."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def words(name: str) -> str:
    """Return whose times a page shows, in a sentence.

    >>> words("America/New_York")
    'All times are those of New York.'
    """
    place = name.rpartition("/")[2].replace("_", " ")
    if place in ("", "UTC", "GMT", "Universal", "Zulu") or name.startswith("Etc/"):
        return _("All times are in UTC.")
    return _("All times are those of %(place)s.") % {"place": place}
