"""The catalogue: kept by leads, read back from every sentence, and never below nothing."""

from decimal import Decimal

import pytest

from amends.actions.remedies import STARTING
from amends.hearing.catalogue import heard_as
from amends.method.negotiation import Item
from amends.reading import ActKind, Context, read
from amends.store.catalogue import as_item
from amends.store.models import RemedyItem
from amends.transcript import Message, Money, Role

CURRENCIES = ("USD", "EUR", "GBP", "CHF", "JPY", "AUD", "KWD", "TRY")


def offered_in(words: str, currency: str) -> list[tuple[str, Money | None]]:
    """Return what the reader hears offered in these words of ours: kinds, and amounts."""
    found = read(Message(id="m", role=Role.AGENT, text=words), Context(currency=currency))
    return [(act.kind, act.amount) for act in found.acts if act.act is ActKind.OFFER]


def items(currency: str) -> list[Item]:
    price = Money(Decimal("79.90"), currency).rounded
    return [
        as_item(
            RemedyItem(
                code=told.title,
                kind=told.kind.value,
                words=told.words,
                cost=told.cost,
                worth=told.worth,
                share=told.share,
                currency=currency,
            ),
            price,
        )
        for told in STARTING
    ]


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize("number", range(len(STARTING)), ids=lambda n: STARTING[n].title)
def test_the_sentence_of_each_remedy_is_read_as_its_offer_with_its_amount(number: int, currency: str) -> None:
    item = items(currency)[number]
    assert offered_in(item.words, currency) == [(heard_as(item.remedy), item.amount)]
