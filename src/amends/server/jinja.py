"""The Jinja2 environment: strict, escaped, translated, with the few names that every template may use."""

from collections.abc import Callable
from typing import Any, Final

import jinja2
from django.contrib.messages import get_messages
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

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
    env.globals.update(
        url=url,
        static=static,
        icon=icons.icon,
        spark=figures.spark,
        STATIONS=labels.STATIONS,
        GATES=labels.GATES,
        HEAT=labels.HEAT,
        get_messages=get_messages,
        get_language=translation.get_language,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    return env


def _escapes(name: str | None) -> bool:
    return name is None or not name.endswith(".txt")
