"""Find amounts of money in flat text: "€49", "189 USD", "1,299.90 dollars", "1.299,90 €", "a million dollars"."""

import re
from decimal import Decimal

from amends.reading.text import flatten
from amends.transcript import BadMoney, Money, places_of

_NUMBER = (
    r"(\d{1,3}(?:[.,' ]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d|[.,']\d|e\+?\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d|[.,']\d|e\+?\d))"
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
_CODES = (
    "usd eur gbp chf cad aud nzd jpy inr sek nok dkk pln czk sgd hkd zar mxn brl"
    " huf krw thb aed sar ils kwd bhd omr jod tnd"
).split()
_FOLD = {"k": 1000, "grand": 1000, "thousand": 1000, "m": 10**6, "mio": 10**6, "million": 10**6, "billion": 10**9}
_THOUSANDTHS = 3
_DOLLARS = frozenset("USD CAD AUD NZD SGD HKD MXN".split())  # a bare "$" is the house's own, where it has one

_SIGN = r"((?<![\w$])(?:us|au|ca|nz|[ac])?\$|[€£¥₹]|\b(?:" + "|".join(_CODES) + r")\b)"
_UNIT = r"(\$|€|£|¥|₹|(?:" + "|".join([*_CODES, *sorted(_WORDS, key=len, reverse=True)]) + r")\b)"
_ALONE = re.compile(rf"(?<![\w.,]){_NUMBER}(?![\w%])")
_BEFORE = re.compile(_SIGN + r" ?" + _NUMBER + _TIMES)
_AFTER = re.compile(r"(?<![\w.,])" + _NUMBER + _TIMES + r" ?" + _UNIT)
_SPELT = re.compile(r"\b((?:a|an|one) (?:thousand|million|billion)) " + _UNIT)
_BARE = re.compile(
    r"\b(?:refund|refunded|reimbursement|compensation|credit|voucher|back) (?:me |you )?(?:of |for |all |the |my )?"
    r"(?<![\w.,])" + _NUMBER + r"(?! ?(?:%|percent|days?|hours?|weeks?|months?|years?|times?|st\b|nd\b|rd\b|th\b|"
    r"thousand|million|billion|[:\w]))"
)


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
    for pattern, number, times, sign in (
        (_BEFORE, 2, 3, 1),
        (_AFTER, 1, 2, 3),
        (_SPELT, 1, 1, 2),
        (_BARE, 1, None, None),
    ):
        for match in pattern.finditer(flat, start, end):
            code = _code(match.group(sign) if sign else "", currency)
            value = Decimal(1) if pattern is _SPELT else _value(match.group(number), code)
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

    So is a full stop before three, where the currency's smallest coin is the thousandth.
    """
    digits = re.sub(r"[^\d]", "", text)
    if places_of(currency) == _THOUSANDTHS and re.fullmatch(r"\d+\.\d{3}", text):
        return Decimal(text)
    mark = re.search(r"[.,](\d{1,2})$", text)
    if mark is None:
        return Decimal(digits)
    places = len(mark.group(1))
    return Decimal(f"{digits[:-places]}.{digits[-places:]}")
