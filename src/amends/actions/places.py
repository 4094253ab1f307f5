"""Texts with named places, written once for many: `{name}` becomes each customer's own name.

Only these few names stand for something, and they are filled in once: what a customer is called is never read as a
template, nor as more than a name.
"""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.method.decide import Impossible

PLACES: Final[Mapping[str, str | Promise]] = {
    "name": gettext_lazy("the customer’s name"),
    "order": gettext_lazy("the number of their order"),
    "page": gettext_lazy("the address of their own page"),
    "what": gettext_lazy("what went wrong, as the incident says it"),
    "me": gettext_lazy("your name"),
}
"""The names that stand for something, and what that is."""

_PLACE = re.compile(r"\{([^{}]*)\}")
_LONG_NAME = 5  # words
_A_NAME = re.compile(r"[^\W\d_][^\d_:;!?/@<>\n]{0,59}")


def check_places(text: str) -> None:
    """Raise `Impossible`, with the names that there are, for a place of any other name."""
    unknown = [name for name in _PLACE.findall(text) if name not in PLACES]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACES)
        said = {"unknown": f"{{{unknown[0][:40]}}}", "known": known}
        raise Impossible(_("There is no %(unknown)s to fill in. These there are: %(known)s.") % said)
    if set("{}") & set(_PLACE.sub("", text)):
        raise Impossible(_("A { or } stands alone. A place to fill in looks like {name}."))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its places filled in. Raises `Impossible` where nothing is known to put there.

    >>> filled("Dear {name},", {"name": "{me}"})
    'Dear {me},'
    """

    def value(place: re.Match[str]) -> str:
        found = values.get(place[1], "").strip()
        if not found:
            raise Impossible(_("We do not know %(what)s, so {%(place)s} would stay empty.") % _called(place[1]))
        return found

    check_places(text)
    return _PLACE.sub(value, text)


def plain_name(name: str) -> str:
    """Return what to call a customer: their name where it is one, not a sentence that would stand as our word.

    >>> plain_name("Maya Olsen"), plain_name("Refund me 5000!")
    ('Maya Olsen', 'customer')
    """
    words = name.split()
    known = " ".join(words)
    return known if _A_NAME.fullmatch(known) and len(words) <= _LONG_NAME else _("customer")


def _called(place: str) -> dict[str, str]:
    return {"what": str(PLACES[place]), "place": place}
