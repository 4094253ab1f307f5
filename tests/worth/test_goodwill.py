"""Goodwill: good and bad contacts, what was put right, and what it takes to be even."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.worth.goodwill import BAD, Contact, Kind, goodwill

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


BAD_ONE = Contact(day(5), Kind.FAILURE)
MENDED = Contact(day(5), Kind.FAILURE, day(8))
ORDERS = [Contact(day(n), Kind.ORDER) for n in range(3)]


@pytest.mark.parametrize(
    ("contacts", "before", "balance", "to_be_even", "mended"),
    [
        ([], 0, 0, 0, 0),
        (ORDERS, 0, 3, 0, 3),
        ([BAD_ONE], 0, -12, 12, -1),
        ([BAD_ONE], 12, 0, 0, 11),
        ([*ORDERS, BAD_ONE], 0, -9, 9, 2),
        ([*ORDERS, MENDED], 0, 2, 0, 2),
        ([BAD_ONE, Contact(day(6), Kind.BROKEN)], 0, -24, 24, -2),
    ],
)
def test_the_balance(contacts: list[Contact], before: int, balance: int, to_be_even: int, mended: int) -> None:
    found = goodwill(contacts, weight=12, before=before)
    assert (found.balance, found.to_be_even, found.after_mending()) == (balance, to_be_even, mended)


def test_the_line_falls_when_it_happens_and_rises_when_it_is_put_right() -> None:
    found = goodwill([*ORDERS, MENDED], weight=12)
    assert [step.balance for step in found.steps] == [1, 2, 3, -9, 2]
    assert (found.count(Kind.ORDER), found.count(Kind.FAILURE), found.unresolved) == (3, 1, 0)


contacts = st.lists(
    st.builds(
        Contact,
        st.integers(-400, 400).map(day),
        st.sampled_from(Kind),
        st.none() | st.integers(-400, 400).map(day),
    ),
    max_size=40,
)


@given(contacts, st.floats(0, 40), st.integers(0, 1000))
def test_in_any_life_with_us(lived: list[Contact], weight: float, before: int) -> None:
    found = goodwill(lived, weight=weight, before=before)
    assert [step.at for step in found.steps] == sorted(step.at for step in found.steps)
    assert 0 <= found.unresolved <= sum(one.kind in BAD for one in lived)
    assert found.after_mending() >= found.balance - 1e-9
    good = [Contact(day(500), Kind.ORDER)] * found.to_be_even
    assert goodwill([*lived, *good], weight=weight, before=before).balance >= -1e-9
