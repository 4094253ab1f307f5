"""Find amounts of money in flat text: "€49", "189 USD", "1,299.90 dollars", "1.299,90 €", "a million dollars"."""

import re
from decimal import Decimal
from functools import lru_cache

from amends.reading.text import flatten
from amends.transcript import CURRENCIES, BadMoney, Money, places_of

_NUMBER = (
    r"(\d{1,3}(?:[.,' ]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d|[.,']\d|e\+?\d)"
    r"|\d{1,9}(?:[.,]\d{1,2}|(?<=\d{4})\.\d{3})?(?!\d|[.,']\d|e\+?\d))"
)
_TIMES = r"((?:k|m| ?(?:mio|grand|thousand|million|billion))\b)?"
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
_OTHER_WORDS = frozenset("ALL AMD ANG BAM BOB COP CUP DOP GEL LAK MAD MOP PEN RON SOS TOP TRY".split())
"""Codes that are English words, too ("3 all", "2 pen"): they are money where they are the house's own."""
_FOLD = {"k": 1000, "grand": 1000, "thousand": 1000, "m": 10**6, "mio": 10**6, "million": 10**6, "billion": 10**9}
_THOUSANDTHS = 3
_DOLLARS = frozenset("USD CAD AUD NZD SGD HKD MXN".split())  # a bare "$" is the house's own, where it has one

_ALONE = re.compile(rf"(?<![\w.,]){_NUMBER}(?![\w%])")
_BARE = re.compile(
    r"\b(?:refund|refunded|reimbursement|compensation|credit|voucher|back) (?:me |you )?(?:of |for |all |the |my )?"
    r"(?<![\w.,])" + _NUMBER + r"(?! ?(?:%|percent|days?|hours?|weeks?|months?|years?|times?|st\b|nd\b|rd\b|th\b|"
    r"thousand|million|billion|[:\w]))"
)


class _Shapes:
    """The ways in which an amount is written with its currency, where the house's own is `home`."""

    def __init__(self, home: str) -> None:
        codes = [code.lower() for code in sorted(CURRENCIES - _OTHER_WORDS | {home})]
        sign = r"((?<![\w$])(?:us|au|ca|nz|[ac])?\$|[€£¥₹]|\b(?:" + "|".join(codes) + r")\b)"
        unit = r"(\$|€|£|¥|₹|(?:" + "|".join([*codes, *sorted(_WORDS, key=len, reverse=True)]) + r")\b)"
        self.before = re.compile(sign + r" ?" + _NUMBER + _TIMES)
        self.after = re.compile(r"(?<![\w.,])" + _NUMBER + _TIMES + r" ?" + unit)
        self.spelt = re.compile(r"\b((?:a|an|one) (?:thousand|million|billion)) " + unit)


_shapes = lru_cache(_Shapes)


def only_amount(text: str, currency: str) -> Money | None:
    """Return the amount that an answer to "how much?" names: the only one, or the only number ("make it 60").

    >>> str(only_amount("Make it 60, and we are even.", "EUR"))
    '60 EUR'
    """
    flat = flatten(text)
    found = [money for _place, money in amounts(flat, 0, len(flat), currency)]
    bare = [] if found else [Money(_value(match.group(1), currency), currency) for match in _ALONE.finditer(flat)]
    named = found or bare
    return named[0] if len(named) == 1 and named[0].amount > 0 else None


def amounts(flat: str, start: int, end: int, currency: str) -> list[tuple[int, Money]]:
    """Return (place, money) for each amount in `flat[start:end]`, by place.

    `currency` (ISO 4217) is the house's own: it is meant by a bare number after "refund of", and by a
    bare dollar sign if it is a dollar.
    """
    found: dict[int, tuple[int, Money]] = {}  # end of the number -> (place, money): "$5 USD" is one amount
    shapes = _shapes(currency.upper())
    for pattern, number, times, sign in (
        (shapes.before, 2, 3, 1),
        (shapes.after, 1, 2, 3),
        (shapes.spelt, 1, 1, 2),
        (_BARE, 1, None, None),
    ):
        for match in pattern.finditer(flat, start, end):
            code = _code(match.group(sign) if sign else "", currency)
            value = Decimal(1) if pattern is shapes.spelt else _value(match.group(number), code)
            fold = ((match.group(times) if times else "") or "").split()
            value = (value * _FOLD[fold[-1]]).quantize(Decimal(1)) if fold else value
            money = Money(value, code)
            found.setdefault(
                match.end(number), (match.start(number), money if money == money.rounded else money.rounded)
            )
    return sorted((item for item in found.values() if _payable(item[1])), key=lambda item: item[0])


def _payable(money: Money) -> bool:
    """Whether anybody could pay that: what is beyond all money is no figure, only anger."""
    try:
        Money.of(money.amount, money.currency)
    except BadMoney:
        return False
    return True


def _code(sign: str, currency: str) -> str:
    home = currency.upper()
    if not sign:
        return home
    code = _SIGNS.get(sign, _WORDS.get(sign, sign.upper()))
    return code or (home if home in _DOLLARS else "USD")


def _value(text: str, currency: str) -> Decimal:
    """Read a number in any of the usual ways of writing; the last mark before one or two digits is the decimal one.

    So is a full stop before three, where the currency's smallest coin is the thousandth, or where no mark parts the
    thousands before it.
    """
    digits = re.sub(r"[^\d]", "", text)
    small = places_of(currency) == _THOUSANDTHS and re.fullmatch(r"\d+(?:[,' ]\d{3})*\.\d{3}", text)
    if small or re.fullmatch(r"\d{4,}\.\d{3}", text):
        return Decimal(re.sub(r"[,' ]", "", text))
    mark = re.search(r"[.,](\d{1,2})$", text)
    if mark is None:
        return Decimal(digits)
    places = len(mark.group(1))
    return Decimal(f"{digits[:-places]}.{digits[-places:]}")
