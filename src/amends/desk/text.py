"""Words and money, made ready for a page."""

import re
from typing import Final

from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from amends.transcript import Money, places_of

_SIGNS: Final = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹"}


def money(value: Money | None) -> str:
    """Return an amount as people write it, or a dash where there is none.

    >>> money(Money.of("1189.00", "EUR"))
    '€1,189'
    >>> money(Money.of("12.5", "CHF"))
    '12.50 CHF'
    """
    if value is None:
        return "–"
    places = 0 if value.amount == value.amount.to_integral_value() else places_of(value.currency)
    figure = number_format(abs(value.amount), decimal_pos=places, use_l10n=True, force_grouping=True)
    minus = "−" if value.amount < 0 else ""
    if sign := _SIGNS.get(value.currency):
        return minus + pgettext("an amount of money", "%(sign)s%(figure)s") % {"sign": sign, "figure": figure}
    return f"{minus}{figure}\N{NO-BREAK SPACE}{value.currency}"


def paragraphs(words: str) -> SafeString:
    r"""Return plain text as HTML: paragraphs at blank lines, breaks at line ends, everything escaped.

    >>> paragraphs("Hello <you>,\n\nbye")
    '<p>Hello &lt;you&gt;,</p><p>bye</p>'
    """
    parts = [part.strip() for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n"))]
    return mark_safe("".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part))  # noqa: S308  # escaped


def number_in(text: str) -> int | None:
    """Return the number of a row that stands in an address; None for anything else.

    >>> number_in("42"), number_in("-1"), number_in("9" * 5000)
    (42, None, None)
    """
    return int(text) if text.isdecimal() and len(text) < 19 else None  # what any database takes
