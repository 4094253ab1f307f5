"""Time zones, as customers know them."""

from django.utils.translation import gettext as _


def words(name: str) -> str:
    """Return whose times a page shows, in a sentence.

    >>> words("America/New_York")
    'All times are those of New York.'
    """
    place = name.rpartition("/")[2].replace("_", " ")
    if place in ("", "UTC", "GMT", "Universal", "Zulu") or name.startswith("Etc/"):
        return _("All times are in UTC.")
    return _("All times are those of %(place)s.") % {"place": place}
