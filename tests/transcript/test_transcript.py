"""Money is exact and finite, spans point without holding, messages stand still."""

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.transcript import BadMoney, Message, Money, Role, Span, places_of


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("189.00", "usd", "189.00 USD"),
        (" 12 ", " eur ", "12 EUR"),
        (40, "GBP", "40 GBP"),
        (Decimal("0.005"), "KWD", "0.005 KWD"),
        ("-1", "EUR", "-1 EUR"),
        ("999999999999", "JPY", "999999999999 JPY"),
        ("1e3", "JPY", "1000 JPY"),
        ("999999999999.999", "KWD", "999999999999.999 KWD"),
    ],
)
def test_money_is_what_was_said(amount: Decimal | int | str, currency: str, said: str) -> None:
    assert str(Money.of(amount, currency)) == said


@pytest.mark.parametrize(
    "amount", ["", "much", "1,50", "€5", "NaN", "sNaN", "Infinity", "-inf", "1e12", "-1e12", "1e999"]
)
def test_what_is_no_amount_is_no_money(amount: str) -> None:
    with pytest.raises(BadMoney, match="is not an amount"):
        Money.of(amount, "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "coin"),
    [("12.5", "JPY", "1 JPY"), ("12.345", "EUR", "0.01 EUR"), ("0.0005", "KWD", "0.001 KWD"), ("1e-99", "USD", "0.01")],
)
def test_what_no_coin_can_pay_is_no_money(amount: str, currency: str, coin: str) -> None:
    with pytest.raises(BadMoney, match=f"the smallest coin is {coin}"):
        Money.of(amount, currency)


@given(st.decimals(-(10**11), 10**11, places=6), st.sampled_from(["JPY", "EUR", "KWD", "CLF"]))
def test_rounding_moves_an_amount_by_half_a_coin_at_most(amount: Decimal, currency: str) -> None:
    rounded = Money(amount, currency).rounded
    assert Money.of(rounded.amount, currency) == rounded == rounded.rounded
    assert abs(rounded.amount - amount) <= Decimal(5).scaleb(-places_of(currency) - 1)


@pytest.mark.parametrize("currency", ["XAU", "XTS", "ABC", "", "E", "EURO", "€", "12A", "E R", "ßA", "EUR\n1", "ЕUR"])
def test_what_is_no_currency_is_no_money(currency: str) -> None:
    with pytest.raises(BadMoney, match="three letters"):
        Money.of(1, currency)


def test_cents_do_not_drift() -> None:
    assert Money.of("0.10", "EUR").amount * 3 == Decimal("0.30")
    assert Money.of("1.0", "EUR") == Money.of("1.00", "EUR")
    assert Money.of(1, "EUR") != Money.of(1, "USD")


@given(st.text(), st.text())
def test_any_words_make_money_or_say_what_is_wrong(amount: str, currency: str) -> None:
    try:
        made = Money.of(amount, currency)
    except BadMoney:
        return
    assert made.amount.is_finite()
    assert Money.of(made.amount, made.currency) == made


def test_a_span_points_at_words_and_survives_their_erasure() -> None:
    span = Span("m1", 0, 5)
    assert span.of("Where is it?") == "Where"
    assert span.of("") == ""
    assert Span.whole("n1", "äöü 👍").of("äöü 👍") == "äöü 👍"


def test_spans_sort_by_source_and_place() -> None:
    spans = [Span("m2", 0, 1), Span("m1", 5, 9), Span("m1", 0, 9), Span("m1", 0, 2)]
    assert sorted(spans) == [Span("m1", 0, 2), Span("m1", 0, 9), Span("m1", 5, 9), Span("m2", 0, 1)]


def test_what_was_said_cannot_be_changed() -> None:
    message = Message(id="m1", role=Role.CUSTOMER, text="Where is it?")
    with pytest.raises(FrozenInstanceError):
        message.text = "Fine."  # type: ignore[misc]  # that is the point
    assert (message.at, message.author, message.automatic) == (None, "", False)
