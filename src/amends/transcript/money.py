"""Money: an exact amount with its currency. No rates, no taxes."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

from iso4217 import Currency

_LARGEST = Decimal("1e12")  # more than any complaint; keeps columns and pages finite
_USUAL = 2
_PLACES = {one.code: one.exponent for one in Currency if one.exponent is not None}  # gold and test codes have none
CURRENCIES = frozenset(_PLACES)
"""The codes of ISO 4217 that somebody can pay in."""


class BadMoney(ValueError):
    """The amount or the currency cannot be money; the message says which and why."""


def currency_of(text: str) -> str:
    """Return the code of ISO 4217 that stands in `text`, in capitals, or raise `BadMoney`.

    >>> currency_of(" eur ")
    'EUR'
    """
    code = text.strip()
    if not (code.isascii() and len(code) == 3 and code.upper() in _PLACES):
        raise BadMoney(f"{text!r} is not a currency; use the three letters of one that there is, such as EUR")
    return code.upper()


def places_of(currency: str) -> int:
    """Return how many decimals the smallest coin has: 2 for EUR, none for JPY, 3 for KWD."""
    return _PLACES.get(currency, _USUAL)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount (Decimal, finite) in a currency (three letters, ISO 4217).

    >>> str(Money.of("189.00", "usd"))
    '189.00 USD'
    """

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """Return the money, or raise `BadMoney` with what is wrong with it."""
        try:
            value = Decimal(str(amount).strip())
        except InvalidOperation:
            raise BadMoney(f"{amount!r} is not an amount") from None
        if not value.is_finite() or abs(value) >= _LARGEST:
            raise BadMoney(f"{amount!r} is not an amount that anybody could pay")
        found = cls(value, currency_of(currency))
        if found.rounded.amount != value:
            coin = Money(Decimal(1).scaleb(-places_of(found.currency)), found.currency)
            raise BadMoney(f"{amount!r} is not an amount that can be paid: the smallest coin is {coin}")
        return found

    @property
    def rounded(self) -> "Money":
        """The same, with the decimals of the smallest coin: halves go up.

        >>> str(Money(Decimal("12.345"), "USD").rounded), str(Money(Decimal("12.5"), "JPY").rounded)
        ('12.35 USD', '13 JPY')
        """
        with localcontext() as exact:
            exact.prec = 60  # an amount has 12 digits before the point; what is worked out may have many behind it
            coin = Decimal(1).scaleb(-places_of(self.currency))
            return Money(self.amount.quantize(coin, ROUND_HALF_UP), self.currency)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"
