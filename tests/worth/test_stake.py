"""What is at stake: published figures at first, one's own as they come in, and never less for having failed more."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.worth.stake import Leaving, at_stake, chance

shares = st.floats(0, 1)
priors = st.integers(1, 500)


@st.composite
def leavings(draw: st.DrawFn) -> Leaving:
    followed = draw(st.integers(0, 5000))
    return Leaving(draw(shares), draw(priors), draw(st.integers(0, followed)), followed)


@pytest.mark.parametrize(
    ("left", "followed", "expected"),
    [(0, 0, 0.32), (3, 30, 0.21), (30, 30, 0.66), (0, 30, 0.16), (500, 1000, 0.4948)],
)
def test_the_houses_own_history_counts_more_as_it_grows(left: int, followed: int, expected: float) -> None:
    assert Leaving(0.32, 30, left, followed).chance == pytest.approx(expected, abs=0.0001)


@pytest.mark.parametrize(
    ("worth", "leaving", "expected"),
    [("1000", 0.32, "320.00"), ("0", 0.59, "0.00"), ("-80", 0.59, "0.00"), ("99.99", 0.32, "32.00"), ("10", 0, "0.00")],
)
def test_the_value_at_stake(worth: str, leaving: float, expected: str) -> None:
    assert at_stake(Decimal(worth), leaving) == Decimal(expected)


@given(leavings())
def test_the_chance_lies_between_what_others_found_and_what_we_saw(one: Leaving) -> None:
    own = one.left / one.followed if one.followed else one.published
    low, high = sorted((one.published, own))
    assert low - 1e-9 <= one.chance <= high + 1e-9


@given(leavings(), leavings(), st.integers(1, 20), st.decimals(-1000, 1_000_000, places=2))
def test_more_failures_never_lower_what_is_at_stake_and_nothing_is_below_zero(
    once: Leaving, again: Leaving, failures: int, worth: Decimal
) -> None:
    first, then = (at_stake(worth, chance(count, once, again)) for count in (failures, failures + 1))
    assert 0 <= first <= then


@given(shares, priors, st.integers(0, 1000))
def test_each_customer_who_left_raises_the_chance_and_each_who_stayed_lowers_it(
    published: float, prior: int, followed: int
) -> None:
    left = followed // 2
    stands = Leaving(published, prior, left, followed).chance
    assert Leaving(published, prior, left + 1, followed + 1).chance >= stands - 1e-12
    assert Leaving(published, prior, left, followed + 1).chance <= stands + 1e-12
