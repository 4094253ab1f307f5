"""Money typed into a field: every usual way of writing, and a clear answer to the others."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.formats.typed import money_of
from amends.transcript import Money


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("120", "120.00 USD"),
        ("$49.90", "49.90 USD"),
        ("49,90 €", "49.90 EUR"),
        ("1.234,56 €", "1234.56 EUR"),
        ("EUR 1'000", "1000.00 EUR"),
        ("eur 5", "5.00 EUR"),
        ("1200 JPY", "1200 JPY"),
        ("12.500 KWD", "12.500 KWD"),
        ("\uff11\uff12\uff0e\uff15\uff10", "12.50 USD"),
        ("-5", "-5.00 USD"),
        ("0", "0.00 USD"),
    ],
)
def test_every_usual_way_of_writing(text: str, money: str) -> None:
    assert str(money_of(text, "USD")) == money


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a million dollars", "no amount of money"),
        ("$1e400", "no amount of money"),
        ("free", "no amount of money"),
        ("NaN", "is no amount of money"),
        ("5 ABC", "is not a currency"),
        ("5 XAU", "is not a currency"),
        ("12.50 JPY", "write no decimals"),
        ("12.505", "thousands or a fraction"),
        ("12.5055", "write two at most"),
        ("9999999999999", "anybody paid"),
        ("€", "no amount"),
        ("5 EUR USD", "several currencies"),
        ("€5 USD", "several currencies"),
    ],
)
def test_what_is_no_money_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        money_of(text, "USD")


@given(st.decimals(Decimal("-1e9"), Decimal("1e9"), places=2), st.sampled_from(["EUR", "USD", "CHF"]))
def test_what_is_shown_can_be_typed(amount: Decimal, currency: str) -> None:
    assert money_of(str(Money(amount, currency)), "GBP") == Money(amount, currency)


@given(st.text(max_size=40))
def test_anything_typed_is_money_or_a_clear_no(text: str) -> None:
    with suppress(ValueError):
        found = money_of(text, "USD")
        assert found == Money.of(found.amount, found.currency)
