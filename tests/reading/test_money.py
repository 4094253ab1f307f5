"""Money as people write it: every usual way is one figure, and what nobody could pay is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.reading import ActKind, read
from amends.reading.model import Context
from amends.transcript import Message, Money, Role

READ = {
    "€49": "49.00 EUR",
    "49,90 €": "49.90 EUR",
    "1.234,56 €": "1234.56 EUR",
    "EUR 1'000": "1000.00 EUR",
    "1,299.90 dollars": "1299.90 USD",
    "a million dollars": "1000000.00 USD",
    "$1 million": "1000000.00 USD",
    "2.5 million euros": "2500000.00 EUR",
    "$5k": "5000.00 USD",
    "four hundred": "",
    "¥1,200": "1200 JPY",
    "¥49.50": "50 JPY",
    "12.500 KWD": "12.500 KWD",
    "1,234.500 KWD": "1234.500 KWD",
    "1234.500 KWD": "1234.500 KWD",
    "1.234.500 KWD": "1234500 KWD",
    "1234.500 €": "1234.50 EUR",
    "50 ISK": "50 ISK",
    "3 all": "",
    "\uff14\uff19\uff0c\uff19\uff10 €": "49.90 EUR",
    "\uff04\uff15\uff10": "50.00 USD",
    "\uffe5\uff11\uff10\uff10\uff10": "1000 JPY",
    "-50 €": "50.00 EUR",
    "$1e400": "",
    "1e400 dollars": "",
    "$99999999999999999999": "",
    "999,999,999,999 billion dollars": "",
    "$NaN": "",
    "free": "",
}


@pytest.mark.parametrize(("text", "figure"), READ.items())
def test_a_wish_holds_one_figure_or_none(text: str, figure: str) -> None:
    message = Message(id="m1", role=Role.CUSTOMER, text=f"I want a refund of {text}.")
    bids = read(message, context=Context(currency="USD")).of(ActKind.BID)
    assert {bid.amount for bid in bids if bid.amount is not None} == ({Money.of(*figure.split())} if figure else set())


@given(st.text("0123456789.,' €$£¥ekmEURUSDKWD-\uff11\uff0c", max_size=30))
def test_whatever_is_read_could_be_paid(text: str) -> None:
    message = Message(id="m1", role=Role.CUSTOMER, text=f"I want a refund of {text}")
    for act in read(message, context=Context(currency="EUR")).acts:
        if act.amount is not None:
            assert Money.of(act.amount.amount, act.amount.currency) == act.amount
