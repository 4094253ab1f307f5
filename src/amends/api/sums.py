"""Money that comes in and goes out: an amount as text with its currency, which is the house's where none is named."""

from decimal import Decimal

from amends.actions import house
from amends.method.decide import Impossible
from amends.transcript import BadMoney, Money


def sum_in(amount: Decimal, currency: str | None) -> Money:
    """Return the money that a program sent, or raise `Impossible` with what is wrong with it."""
    try:
        return Money.of(str(amount), currency or house.policy().currency)
    except BadMoney as why:
        raise Impossible(f"{why}.") from None


def sum_out(money: Money | None) -> dict[str, str] | None:
    """Return money as the API shows it.

    >>> sum_out(Money.of("12.50", "EUR"))
    {'amount': '12.50', 'currency': 'EUR'}
    """
    return None if money is None else {"amount": f"{money.amount:f}", "currency": money.currency}
