"""Find amounts of money in flat text: "€49", "189 USD", "1,299.90 dollars", "1.299,90 €", "half a million dollars"."""

import re
from decimal import Decimal
from functools import lru_cache

from amends.reading.spelt import BELOW_100, LARGE, SPELT, value
from amends.reading.text import flatten
from amends.transcript import CURRENCIES, BadMoney, Money, places_of

_NUMBER = (
    r"(\d{1,2}(?:,\d\d){1,4},\d{3}(?:\.\d{1,2})?(?!\d|[.,']\d|e\+?\d)"  # as India parts them: 1,50,000
    r"|\d{1,3}(?:[.,' ]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d|[.,']\d|e\+?\d)"
    r"|\d{1,9}(?:[.,]\d{1,2}|(?<=\d{4})\.\d{3})?(?!\d|[.,']\d|e\+?\d))"
)
_TIMES = r"((?:k|m| ?(?:mio|grand|hundred|thousand|million|billion))\b)?"
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
_FOLD = {
    "hundred": 100,
    "k": 1000,
    "grand": 1000,
    "thousand": 1000,
    "m": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "billion": 10**9,
}
_THOUSANDTHS = 3
_DOLLARS = frozenset("USD CAD AUD NZD SGD HKD MXN".split())  # a bare "$" is the house's own, where it has one

_ALONE = re.compile(rf"(?<![\w.,/]){_NUMBER}(?![\w%/])")
_GIVEN = (
    r"\b(?:refund|refunded|reimbursement|compensation|credit|voucher|back) (?:me |you )?(?:of |for |all |the |my )?"
)
_NO_MORE = r"(?! ?(?:%|percent|days?|hours?|weeks?|months?|years?|times?|st\b|nd\b|rd\b|th\b|[:/\w]))"
_BARE = re.compile(_GIVEN + r"(?<![\w.,/])" + _NUMBER + r"((?:k| (?:grand|hundred|thousand|million))\b)?" + _NO_MORE)
_BARE_SPELT = re.compile(rf"{_GIVEN}({SPELT}){_NO_MORE}")
_CENTS = re.compile(
    rf"(?:,| and|, and)? (?P<told>\d{{1,2}}|{BELOW_100}) (?:cents?|pence|pennies)\b|"
    rf" (?P<bare>\d\d|{BELOW_100})(?=[.;!?)]|\s*$)"
)
_A_CENT = Decimal("0.01")
_SAID = "|".join([*(code.lower() for code in sorted(CURRENCIES - _OTHER_WORDS)), *_WORDS])
_SPEAKS_OF_MONEY = re.compile(rf"[$€£¥₹]|\b(?:\d+(?:[.,]\d+)?k|(?:hundred|thousand|million|billion)s?|grand|{_SAID})\b")
_ALL = re.compile(
    r"\bin full\b|\b(?:full|complete|whole|entire) (?:refund|reimbursement|(?:purchase )?price|purchase|amount|sum)\b|"
    r"\b(?:everything|all|all that|whatever|what) you(?: have|'ve)? (?:paid|spent)\b|\ball (?:of )?(?:your|the) money\b"
)
_SOME = re.compile(r"\b(?:part|half|third|quarter|some|share|portion|percent)\b|%")
FIGURE = re.compile(rf"\d|{LARGE.pattern}|{SPELT} (?:[a-z]{{3}}|{'|'.join(_WORDS)})\b")
"""What a text without amounts does not have."""


class _Shapes:
    """The ways in which an amount is written with its currency, where the house's own is `home`."""

    def __init__(self, home: str) -> None:
        codes = [code.lower() for code in sorted(CURRENCIES - _OTHER_WORDS | {home})]
        sign = r"((?<![\w$])(?:us|au|ca|nz|[ac])?\$|[€£¥₹]|\b(?:" + "|".join(codes) + r")(?:\b|(?=\d)))"
        unit = r"(\$|€|£|¥|₹|(?:" + "|".join([*codes, *sorted(_WORDS, key=len, reverse=True)]) + r")\b)"
        self.before = re.compile(sign + r" ?" + _NUMBER + _TIMES)
        self.after = re.compile(r"(?<![\w.,/\u2044])" + _NUMBER + _TIMES + r" ?" + unit)
        self.spelt = re.compile(rf"({SPELT}) {unit}")


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


def leaves_sum_open(text: str, currency: str) -> bool:
    """Return whether words speak of money without a sum that could be read: "a few thousand", "1.5k", "dollars".

    >>> leaves_sum_open("I want a few thousand for this.", "EUR"), leaves_sum_open("I want my money back.", "EUR")
    (True, False)
    """
    flat = flatten(text)
    return not amounts(flat, 0, len(flat), currency) and _SPEAKS_OF_MONEY.search(flat) is not None


def names_all(text: str) -> bool:
    """Return whether words give back the whole price without saying the sum.

    >>> names_all("We can offer you a full refund."), names_all("We can refund you a part of it.")
    (True, False)
    """
    flat = flatten(text)
    return _ALL.search(flat) is not None and _SOME.search(flat) is None


def amounts(flat: str, start: int, end: int, currency: str) -> list[tuple[int, Money]]:
    """Return (place, money) for each amount in `flat[start:end]`, by place.

    `currency` (ISO 4217) is the house's own: it is meant by a bare number after "refund of", and by a
    bare dollar sign if it is a dollar.
    """
    found: dict[int, tuple[int, Money]] = {}  # end of the number -> (place, money): "$5 USD" is one amount
    shapes = _shapes(currency.upper())
    for pattern, number, times, sign in ((shapes.before, 2, 3, 1), (shapes.after, 1, 2, 3), (_BARE, 1, 2, None)):
        for match in pattern.finditer(flat, start, end):
            code = _code(match.group(sign) if sign else "", currency)
            fold = ((match.group(times) if times else "") or "").split()
            worth = _value(match.group(number), code) * (_FOLD[fold[-1]] if fold else 1)
            if fold:
                worth = worth.quantize(Decimal(1))
            elif sign and sign > number:
                worth += _cents(flat, match.end(), end, worth)
            found.setdefault(match.end(number), (match.start(number), Money(worth, code)))
    for pattern in (shapes.spelt, _BARE_SPELT):
        for match in pattern.finditer(flat, start, end):
            bare = pattern is _BARE_SPELT
            if bare and not LARGE.search(match.group(1)):  # "a refund for two"
                continue
            worth = value(match.group(1))
            worth += 0 if bare else _cents(flat, match.end(), end, worth)
            money = Money(worth, _code("" if bare else match.group(2), currency))
            found.setdefault(match.end(1), (match.start(1), money))
    rounded = ((place, money if money == money.rounded else money.rounded) for place, money in found.values())
    return sorted((item for item in rounded if _payable(item[1])), key=lambda item: item[0])


def _cents(flat: str, start: int, end: int, worth: Decimal) -> Decimal:
    """Return what stands behind whole coins: "2 dollars 50", "two euros and fifty cents"."""
    behind = _CENTS.match(flat, start, end) if worth == worth.to_integral_value() else None
    if behind is None:
        return Decimal(0)
    told = behind["told"] or behind["bare"]
    return (Decimal(told) if told.isdigit() else value(told)) * _A_CENT


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
