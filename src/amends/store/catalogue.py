"""From a row of the catalogue to what can be offered in a case: its sentence with the amount, its cost, its stock."""

from decimal import Decimal
from hashlib import sha256
from typing import Final

from amends.method.negotiation import Item
from amends.method.words import Rank, Remedy
from amends.store.models import RemedyItem
from amends.transcript import Money, places_of

AMOUNT: Final = "{amount}"
"""Where the amount stands in a sentence of the catalogue."""
_SIGNS: Final = {"EUR": "€", "GBP": "£"}
_TOLD: Final = ("title", "kind", "words", "cost", "worth", "share", "currency", "rank", "condition", "stock")


def as_item(row: RemedyItem, price: Money | None) -> Item:
    """Return what this row offers to somebody who paid `price`.

    Its sentence is empty where it names a share of a price that is not known, or is nothing.
    """
    named = AMOUNT in row.words
    worth = _part(row.share, price) if row.share is not None else _money(row.worth, row.currency)
    cost = worth if row.share is not None else _money(row.cost, row.currency)
    amount = worth if named and worth is not None and worth.amount > 0 else None
    words = row.words.replace(AMOUNT, written(amount)) if amount is not None else "" if named else row.words
    return Item(
        code=row.code,
        remedy=Remedy(row.kind),
        words=words,
        amount=amount,
        cost=cost,
        rank=Rank(row.rank),
        left=row.stock,
    )


def written(money: Money) -> str:
    """Return an amount as a letter has it, and as the reader surely reads it back.

    >>> written(Money.of("20.00", "EUR")), written(Money.of("12.5", "CHF"))
    ('€20', '12.50 CHF')
    """
    whole = money.amount == money.amount.to_integral_value()
    figure = f"{money.amount:.{0 if whole else places_of(money.currency)}f}"
    sign = _SIGNS.get(money.currency)
    return f"{sign}{figure}" if sign else f"{figure} {money.currency}"


def mark_of(row: RemedyItem) -> str:
    """Return a mark of what is told of a remedy and of what is left of it: another one as soon as either changes."""
    return sha256(repr([str(getattr(row, name)) for name in _TOLD]).encode()).hexdigest()[:16]


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency).rounded


def _part(share: Decimal, price: Money | None) -> Money | None:
    return None if price is None else Money(price.amount * share, price.currency).rounded
