"""Find amounts of money in flat text: "€49", "189 USD", "1,299.90 dollars", "1.299,90 €"."""

import re
from decimal import Decimal

from amends.reading.text import flatten
from amends.transcript import Money

_NUMBER = r"(\d{1,3}(?:[.,' ]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d))"
_SIGNS = {
    "$": "",
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
}
_WORDS = {
    "dollar": "",
    "dollars": "",
    "bucks": "",
    "buck": "",
    "euro": "EUR",
    "euros": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
    "quid": "GBP",
    "franc": "CHF",
    "francs": "CHF",
}
_CODES = "usd eur gbp chf cad aud nzd jpy inr sek nok dkk pln czk sgd hkd zar mxn brl".split()
_DOLLARS = frozenset("USD CAD AUD NZD SGD HKD MXN".split())  # a bare "$" is the house's own, where it has one

_SIGN = r"((?<![\w$])(?:us|au|ca|nz|[ac])?\$|[€£¥₹]|\b(?:" + "|".join(_CODES) + r")\b)"
_UNIT = r"(\$|€|£|¥|₹|(?:" + "|".join([*_CODES, *sorted(_WORDS, key=len, reverse=True)]) + r")\b)"
_ALONE = re.compile(rf"(?<![\w.,]){_NUMBER}(?![\w%])")
_BEFORE = re.compile(_SIGN + r" ?" + _NUMBER)
_AFTER = re.compile(r"(?<![\w.,])" + _NUMBER + r" ?" + _UNIT)
_BARE = re.compile(
    r"\b(?:refund|refunded|reimbursement|compensation|credit|voucher|back) (?:me |you )?(?:of |for |all |the |my )?"
    r"(?<![\w.,])"
    + _NUMBER
    + r"(?! ?(?:%|percent|days?|hours?|weeks?|months?|years?|times?|st\b|nd\b|rd\b|th\b|[:\w]))"
)


def only_amount(text: str, currency: str) -> Money | None:
    """Return the amount that an answer to "how much?" names: the only one, or the only number ("make it 60").

    >>> str(only_amount("Make it 60, and we are even.", "EUR"))
    '60 EUR'
    """
    flat = flatten(text)
    found = [money for _place, money in amounts(flat, 0, len(flat), currency)]
    bare = [] if found else [Money(_value(match.group(1)), currency) for match in _ALONE.finditer(flat)]
    named = found or bare
    return named[0] if len(named) == 1 and named[0].amount > 0 else None


def amounts(flat: str, start: int, end: int, currency: str) -> list[tuple[int, Money]]:
    """Return (place, money) for each amount in `flat[start:end]`, by place.

    `currency` (ISO 4217) is the house's own: it is meant by a bare number after "refund of", and by a
    bare dollar sign if it is a dollar.
    """
    found: dict[int, tuple[int, Money]] = {}  # end of the number -> (place, money): "$5 USD" is one amount
    for pattern, number, sign in ((_BEFORE, 2, 1), (_AFTER, 1, 2), (_BARE, 1, 0)):
        for match in pattern.finditer(flat, start, end):
            code = _code(match.group(sign) if sign else "", currency)
            found.setdefault(match.end(number), (match.start(number), Money(_value(match.group(number)), code)))
    return sorted(found.values(), key=lambda item: item[0])


def _code(sign: str, currency: str) -> str:
    home = currency.upper()
    if not sign:
        return home
    code = _SIGNS.get(sign, _WORDS.get(sign, sign.upper()))
    return code or (home if home in _DOLLARS else "USD")


def _value(text: str) -> Decimal:
    """Read a number in any of the usual ways of writing; the last mark before one or two digits is the decimal one."""
    digits = re.sub(r"[^\d]", "", text)
    mark = re.search(r"[.,](\d{1,2})$", text)
    if mark is None:
        return Decimal(digits)
    places = len(mark.group(1))
    return Decimal(f"{digits[:-places]}.{digits[-places:]}")
