"""Icons as inline SVG, so that they take the colour of the words beside them and need no request."""

from functools import lru_cache

import lucide
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.jinja import lucide as draw


@lru_cache(maxsize=512)
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    """Return the icon `name` of the Lucide set, `size` pixels wide.

    Without a `label` it is decoration and hidden from screen readers: a word stands beside it.
    Raises `LookupError` for a name that the set does not have.
    """
    try:
        svg = str(draw(name, size=size, focusable="false"))
    except lucide.IconDoesNotExist as error:
        raise LookupError(f"There is no icon {name!r}; the names are on lucide.dev/icons") from error
    role = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return mark_safe(svg.replace("<svg ", f'<svg class="icon" {role} ', 1))  # noqa: S308  # the package's own drawing; the label is escaped
