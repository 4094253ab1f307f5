"""What a sentence offers is what the reader reads back from it: this remedy, with this amount, in each currency."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amends.coaching.offers import _WITH_AMOUNT, _WITHOUT, sentence_for
from amends.method.words import Remedy
from amends.reading import ActKind, Context, read
from amends.store.catalogue import written
from amends.transcript import CURRENCIES, Message, Money, Role, places_of

COINS = {code for code in CURRENCIES if places_of(code) <= 3}
"""Not the two units of account that have four decimals: nobody pays in them."""
AMOUNTS = ("1", "12.50", "49.99", "100", "999.95", "1234.56", "20000", "999999.99")


def offered_in(words: str, home: str) -> list[tuple[str, Money | None]]:
    """Return what the reader hears offered in these words of ours, in a house with this currency."""
    found = read(Message(id="m", role=Role.AGENT, text=words), Context(currency=home))
    return [(act.kind, act.amount) for act in found.acts if act.act is ActKind.OFFER]


@pytest.mark.parametrize("remedy", _WITHOUT)
def test_a_sentence_without_an_amount_offers_its_remedy(remedy: Remedy) -> None:
    assert offered_in(sentence_for(remedy, ""), "EUR") == [(remedy, None)]


@pytest.mark.parametrize("home", ["USD", "EUR", "JPY", "KWD", "TRY"])
@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("remedy", _WITH_AMOUNT)
def test_a_sentence_with_an_amount_offers_it(remedy: Remedy, amount: str, home: str) -> None:
    for money in (Money(Decimal(amount), home).rounded, Money.of(amount, "CHF")):
        assert offered_in(sentence_for(remedy, written(money)), home) == [(remedy, money)]


@given(
    st.sampled_from(sorted(COINS)),
    st.decimals(Decimal("0.01"), Decimal(999999999), places=3),
    st.sampled_from(list(_WITH_AMOUNT)),
)
@example("BHD", Decimal("1234.500"), Remedy.REFUND)
@example("ALL", Decimal(20), Remedy.COMPENSATION)
def test_any_amount_of_the_houses_own_currency_is_read_back(home: str, amount: Decimal, remedy: Remedy) -> None:
    money = Money(amount, home).rounded
    if money.amount:
        assert offered_in(sentence_for(remedy, written(money)), home) == [(remedy, money)]


def test_where_there_is_no_sentence_people_find_their_own_words() -> None:
    assert sentence_for(Remedy.HUMAN, "") == ""
    assert sentence_for(Remedy.ACTION, "20 EUR") == ""
