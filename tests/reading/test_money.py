"""Money as people write it: every usual way is one figure, and what nobody could pay is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.reading import ActKind, read
from amends.reading.model import Context
from amends.reading.money import amounts
from amends.transcript import Message, Money, Role

READ = {
    "€49": "49.00 EUR",
    "49,90 €": "49.90 EUR",
    "1.234,56 €": "1234.56 EUR",
    "EUR 1'000": "1000.00 EUR",
    "EUR300": "300.00 EUR",
    "GBP1,299.90": "1299.90 GBP",
    "₹1,50,000": "150000.00 INR",
    "₹12,34,567.50": "1234567.50 INR",
    "1,50,000 INR": "150000.00 INR",
    "£9,99,999": "999999.00 GBP",
    "1,299.90 dollars": "1299.90 USD",
    "a million dollars": "1000000.00 USD",
    "$1 million": "1000000.00 USD",
    "2.5 million euros": "2500000.00 EUR",
    "$5k": "5000.00 USD",
    "four hundred": "400.00 USD",
    "a million": "1000000.00 USD",
    "half a million": "500000.00 USD",
    "half a million dollars": "500000.00 USD",
    "a quarter of a million dollars": "250000.00 USD",
    "a third of a million dollars": "",
    "ten percent of a thousand dollars": "",
    "two and a half million dollars": "2500000.00 USD",
    "2 and a half million dollars": "2500000.00 USD",
    "a million and a half dollars": "1500000.00 USD",
    "1/2 million dollars": "",
    "two thousand euros": "2000.00 EUR",
    "two hundred and fifty thousand pounds": "250000.00 GBP",
    "one thousand two hundred and twelve euros": "1212.00 EUR",
    "twenty-one hundred dollars": "2100.00 USD",
    "a hundred bucks": "100.00 USD",
    "a hundred percent": "",
    "fifty-five dollars": "55.00 USD",
    "5 hundred dollars": "500.00 USD",
    "two dollars fifty": "2.50 USD",
    "2 euros 50": "2.50 EUR",
    "two euros and five cents": "2.05 EUR",
    "20 dollars 15 times": "20.00 USD",
    "1.5k": "1500.00 USD",
    "1.5k euros": "1500.00 EUR",
    "two grand": "2000.00 USD",
    "a few thousand dollars": "",
    "a couple of hundred dollars": "",
    "hundreds of dollars": "",
    "two": "",
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


@given(st.lists(st.sampled_from("a an one two twenty half quarter of hundred thousand million and dollars 2".split())))
def test_whatever_stands_in_words_is_a_sum_above_nothing_or_none(words: list[str]) -> None:
    for _place, money in amounts(f"a refund of {' '.join(words)}", 0, 500, "USD"):
        assert money.amount > 0
        assert Money.of(money.amount, money.currency) == money


@given(st.text("0123456789.,' €$£¥ekmEURUSDKWD-\uff11\uff0c", max_size=30))
def test_whatever_is_read_could_be_paid(text: str) -> None:
    message = Message(id="m1", role=Role.CUSTOMER, text=f"I want a refund of {text}")
    for act in read(message, context=Context(currency="EUR")).acts:
        if act.amount is not None:
            assert Money.of(act.amount.amount, act.amount.currency) == act.amount
