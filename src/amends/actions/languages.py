"""Which language the customer is spoken to in. The staff's pages are all in English."""

from contextlib import AbstractContextManager
from typing import Final

from django.conf import settings
from django.utils import translation

from amends.actions import house
from amends.actions.access import access_case
from amends.actions.actors import Guest
from amends.actions.guests import check_speaks
from amends.method.decide import Impossible
from amends.reading.language import clear_language
from amends.store.models import Case, Customer, Message

_LOOKED_AT: Final = 5
"""How many of their newest messages are looked at, before the house's language stands in."""


def spoken(code: str) -> str:
    """Return our language for a code of anybody's ("de-AT", "DE", "en"); empty where we do not speak it."""
    try:
        return translation.get_supported_language_variant(code.strip().replace("_", "-").lower())
    except LookupError:
        return ""


def house_language() -> str:
    """Return the language of the house, for those of whom nothing else is known."""
    return spoken(house.house().business.language) or str(settings.LANGUAGE_CODE)


def language_of(case: Case) -> str:
    """Return the language to write to this customer in: theirs, else that of their last words, else the house's."""
    return spoken(case.customer.language) or _written_in(case) or house_language()


def in_language_of(case: Case) -> AbstractContextManager[None]:
    """Return a context in which `gettext` speaks the customer's language.

    >>> with in_language_of(case):  # doctest: +SKIP
    ...     text = _("Dear %(name)s,") % {"name": case.customer.name}
    """
    return translation.override(language_of(case))


def do_choose_language(who: Guest, code: str) -> None:
    """Remember the language that the customer chose. Raises `Impossible` for one that we do not speak."""
    check_speaks(who)
    language = spoken(code)
    if not language:
        raise Impossible("We do not speak this language yet.")
    case = access_case(who, who.case)
    Customer.objects.filter(pk=case.customer_id).update(language=language)


def _written_in(case: Case) -> str:
    """Return the language of their newest message that clearly is in one; empty where none is, or we lack it."""
    theirs = Message.objects.filter(case=case, direction=Message.IN, automatic=False).order_by("-at", "-id")
    found = (clear_language(text) for text in theirs.values_list("text", flat=True)[:_LOOKED_AT])
    return spoken(next(filter(None, found), ""))
