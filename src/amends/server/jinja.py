"""The Jinja2 environment: strict, escaped, translated, with the few names that every template may use."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import jinja2
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from markupsafe import Markup

from amends.desk import figures, icons, labels, text, timewords

_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "ago": timewords.ago,
    "due": timewords.due,
    "exact": timewords.exact,
    "filesizeformat": filesizeformat,
    "lasting": timewords.lasting,
    "money": text.money,
    "paragraphs": text.paragraphs,
}


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the path of the view called `name`; unknown names raise `NoReverseMatch`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> jinja2.Environment:  # noqa: ANN401  # Django hands its options on
    """Return the environment for Django's Jinja2 backend.

    A name that a page forgot is an error, not a blank. Everything is escaped but the texts of
    mails (*.txt), which no browser reads as HTML.
    """
    options |= {"undefined": jinja2.StrictUndefined, "autoescape": _escapes}
    env = jinja2.Environment(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # see _escapes
    env.filters.update(_FILTERS)
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(
        url=url,
        static=static,
        icon=icons.icon,
        bar=figures.bar,
        spark=figures.spark,
        still=_still(env),
        STATIONS=labels.STATIONS,
        GATES=labels.GATES,
        HEAT=labels.HEAT,
        get_messages=get_messages,
        get_language=translation.get_language,
        LANGUAGES=settings.LANGUAGES,
    )
    return env


def voice(request: HttpRequest) -> dict[str, object]:
    """Context processor: what is looked up once and not for each word or form.

    `_` speaks the language of this request. `csrf_input` is masked once a page, which is all that a mask is for; a page
    with a hundred forms would spend most of its time on it.
    """
    return {
        "_": _voice(translation.get_language() or ""),
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
    }


@lru_cache(maxsize=64)
def _voice(language: str) -> Callable[..., Markup]:
    said: dict[str, Markup] = {}

    def say(message: str, **values: object) -> Markup:
        words = said.get(message)
        if words is None:
            with translation.override(language or None):
                words = said[message] = Markup(translation.gettext(message))  # noqa: S704  # ours, or a translator's
        return words % values if values else words

    return say


def _still(env: jinja2.Environment) -> Callable[..., Markup]:
    """Return `still(template, **values)`: what a small template makes of values that say it all, made once.

    A list of cases draws the same few marks hundreds of times. The values must be hashable, and
    neither the time nor the person may matter.
    """

    @lru_cache(maxsize=1024)
    def made(language: str, template: str, values: tuple[tuple[str, object], ...]) -> Markup:
        found = env.get_template(template).render(dict(values), _=_voice(language))
        return Markup(found.strip())  # noqa: S704  # a template has escaped it

    def still(template: str, **values: object) -> Markup:
        return made(translation.get_language() or "", template, tuple(values.items()))

    return still


def _escapes(name: str | None) -> bool:
    return name is None or not name.endswith(".txt")
