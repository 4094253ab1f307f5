"""Which language an answer is in: on customers' pages the one that they ask for, on all others English."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from amends.actions.languages import house_language, spoken

Answer = Callable[[HttpRequest], HttpResponse]

CUSTOMERS: Final = ("/c/", "/complain/")
"""Where the pages begin that customers see. The staff's are not translated, and half a translation helps nobody."""


def speak(get_response: Answer) -> Answer:
    """Return the middleware that sets the language.

    `?lang=de` chooses one for once; else the browser says which ones they read; else the house has one. A page that
    knows its customer speaks the language that this customer has chosen.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        language = _wanted(request) if request.path_info.startswith(CUSTOMERS) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response

    return answer


def _wanted(request: HttpRequest) -> str:
    asked = spoken(request.GET.get("lang", ""))
    return asked or _read_by(request.headers.get("Accept-Language", "")) or house_language()


def _read_by(header: str) -> str:
    """Return the first language of a browser's list that we speak; empty where it names none."""
    codes = (code for code, _weight in parse_accept_lang_header(header))
    return next(filter(None, map(spoken, codes)), "")
