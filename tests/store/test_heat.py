"""The order of the inbox: what is at stake has a say, and nobody is treated worse for being worth little."""

from datetime import timedelta
from decimal import Decimal
from math import log2

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.evolve import fold
from amends.method.facts import CaseResolved, CustomerKnown, FixDenied
from amends.method.policy import Policy
from amends.store.heat import DOUBLING, heat, heat_of, value_at_stake
from amends.store.models import Customer
from amends.testing import MONDAY
from tests.store.given import POLICY, opened


def with_most(most: float) -> Policy:
    return msgspec.structs.replace(POLICY, stake=msgspec.structs.replace(POLICY.stake, most=most))


levels = st.integers(0, 4)
values = st.decimals(-1000, Decimal("1e11"), places=2)


@given(levels, values, values, st.floats(1, 10))
def test_two_as_upset_differ_by_no_more_than_the_policy_lets_money_weigh(
    level: int, one: Decimal, other: Decimal, most: float
) -> None:
    policy, state = with_most(most), fold(opened(level))
    assert abs(heat(state, one, policy) - heat(state, other, policy)) <= log2(most) + 1e-9


@given(levels, values, st.floats(1, 10), st.floats(0.01, 100))
def test_who_waits_that_much_longer_stands_above_any_fortune(
    level: int, fortune: Decimal, most: float, hours: float
) -> None:
    policy = with_most(most)
    longer = MONDAY - log2(most) * DOUBLING - timedelta(hours=hours)
    poor = heat_of(fold(opened(level, at=longer)), Customer(created_at=MONDAY), policy)
    assert poor > heat(fold(opened(level)), fortune, policy)


@given(levels, values)
def test_a_house_can_let_worth_count_for_nothing(level: int, value: Decimal) -> None:
    state = fold(opened(level))
    assert heat(state, value, with_most(1)) == heat(state, Decimal(0), with_most(1))


@pytest.mark.parametrize(
    ("customer", "expected"),
    [
        (Customer(created_at=MONDAY), "0.00"),
        (Customer(created_at=MONDAY, spent=Decimal(100), currency="USD"), "32.00"),
        (Customer(created_at=MONDAY, spent=Decimal(100)), "32.00"),
        (Customer(created_at=MONDAY, spent=Decimal(100), currency="XTS"), "0.00"),
        (Customer(created_at=MONDAY, spent=Decimal(-100), currency="USD"), "0.00"),
        (Customer(created_at=MONDAY, spent=Decimal(100), currency="USD", worth=Decimal(400)), "128.00"),
        (Customer(created_at=MONDAY, spent=Decimal(100), currency="USD", worth=Decimal(0)), "0.00"),
    ],
)
def test_what_is_at_stake_is_a_part_of_what_they_are_worth_else_of_what_they_spent(
    customer: Customer, expected: str
) -> None:
    assert value_at_stake(fold(opened(2)), customer, POLICY) == Decimal(expected)


def test_a_second_failure_puts_more_at_stake() -> None:
    known = Customer(created_at=MONDAY, worth=Decimal(100))
    first = fold(opened(2))
    again = fold([*opened(2), CustomerKnown(at=MONDAY, customer="7", failed_before=1)])
    reopened = fold([*opened(2), CaseResolved(at=MONDAY), FixDenied(at=MONDAY)])
    for state in (again, reopened):
        assert value_at_stake(state, known, POLICY) == Decimal("59.00")
    assert heat_of(again, known, POLICY) > heat_of(first, known, POLICY)
