"""Money: an exact amount with its currency. No rates, no taxes."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_LARGEST = Decimal("1e12")  # more than any complaint; keeps columns and pages finite


class BadMoney(ValueError):
    """The amount or the currency cannot be money; the message says which and why."""


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
        code = currency.strip()
        if not re.fullmatch(r"[A-Za-z]{3}", code):
            raise BadMoney(f"{currency!r} is not a currency; use three letters, such as EUR")
        return cls(value, code.upper())

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
