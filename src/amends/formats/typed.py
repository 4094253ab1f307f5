"""Money as somebody types it into a field: an amount, perhaps with a currency.

>>> str(money_of("49,90 €", "USD")), str(money_of("1200", "JPY"))
('49.90 EUR', '1200 JPY')
"""

import re
from unicodedata import normalize

from amends.formats.tables import amount_of
from amends.transcript import Money, currency_of, places_of

_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR"}  # "$" and "¥" are signs of several; alone, they are the house's own
_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])")


def money_of(text: str, currency: str) -> Money:
    """Return the money typed; `currency` is meant where none is named.

    Raises `ValueError` for what is none, can be read in two ways, or has more decimals than there are coins.
    """
    plain = normalize("NFKC", text).strip()
    if not any(sign.isdigit() for sign in plain):
        raise ValueError(f"{text!r} is no amount of money" if plain else "no amount")
    named = [currency_of(code) for code in _CODE.findall(plain)] + [_SIGNS[sign] for sign in _SIGNS if sign in plain]
    if len(set(named)) > 1:
        raise ValueError(f"{text!r} names several currencies")
    meant = named[0] if named else currency
    return Money.of(amount_of(_CODE.sub("", plain).strip(), places_of(meant)), meant)
