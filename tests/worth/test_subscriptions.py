"""Contracts: what is certain, what is likely, and what the house's own renewals say."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.worth.subscriptions import Contracts, Renewals, next_renewals, renewals, value
from amends.worth.terms import Terms

TODAY = date(2026, 3, 2).toordinal()
PLAIN = Terms(years=3, discount=0.0, margin=1.0)
ALWAYS = Renewals({12: dict.fromkeys(range(1, 61), (10**9, 10**9))})


def ago(days: int) -> int:
    return TODAY - days


def worth(learned: Renewals, *rows: tuple[int, float, int, int, int | None, int | None]) -> list[float]:
    return [round(found, 2) for found in value(Contracts.of(rows), learned, PLAIN, TODAY).tolist()]


def test_what_runs_until_its_renewal_is_certain_and_what_comes_after_is_likely() -> None:
    half = Renewals()
    certain = 120 * 100 / 365.25
    assert worth(half, (1, 120.0, 12, ago(265), TODAY + 100, None)) == [
        pytest.approx(certain + 60 + 30 + 15 * (3 * 365.25 - 100 - 2 * 365.25) / 365.25, abs=0.01)
    ]
    assert worth(ALWAYS, (1, 120.0, 12, ago(0), None, None)) == [pytest.approx(360, abs=0.01)]


def test_a_last_day_ends_it_and_what_ended_is_worth_nothing() -> None:
    assert worth(
        ALWAYS,
        (1, 120.0, 12, ago(200), None, TODAY + 73),
        (2, 120.0, 12, ago(400), None, ago(35)),
        (3, 120.0, 12, ago(400), None, TODAY),
    ) == [pytest.approx(120 * 73 / 365.25, abs=0.01), 0, 0]


def test_one_that_begins_later_counts_from_then_on() -> None:
    assert worth(ALWAYS, (1, 120.0, 12, TODAY + 365, None, None)) == [pytest.approx(120 * (3 - 365 / 365.25), abs=0.5)]


def test_later_money_is_worth_less_and_only_the_margin_counts() -> None:
    one = Contracts.of([(1, 120.0, 12, TODAY, None, None)])
    assert value(one, ALWAYS, Terms(3, 0.0, 0.25), TODAY)[0] == pytest.approx(90)
    assert 70 < value(one, ALWAYS, Terms(3, 0.10, 0.25), TODAY)[0] < 85


def test_renewals_are_counted_by_the_age_of_the_contract() -> None:
    learned = renewals(
        Contracts.of(
            [
                (1, 10.0, 12, ago(800), None, None),  # renewed twice
                (2, 10.0, 12, ago(800), None, ago(800 - 731)),  # once, and left at the second end
                (3, 10.0, 12, ago(500), None, ago(500 - 365)),  # left at the first
                (4, 10.0, 12, ago(100), None, None),  # not asked yet
                (5, 10.0, 1, ago(95), None, ago(95 - 50)),  # a month, then left in the second
            ]
        ),
        TODAY,
    )
    assert learned.asked == {12: {1: (2, 3), 2: (1, 2)}, 1: {1: (1, 1), 2: (0, 1)}}
    assert learned.of(12) == (3, 5)
    assert "of 5 terms of 12 months that ended, 3 were renewed" in learned.rests_on


def test_the_chance_moves_from_one_half_to_what_was_seen() -> None:
    assert Renewals().chance(12, 1) == 0.5
    assert "taken as one half" in renewals(Contracts.of([(1, 9.0, 12, ago(3), None, None)]), TODAY).rests_on
    some, many = Renewals({12: {1: (3, 4)}}), Renewals({12: {1: (3_000, 4_000), 2: (990, 1_000)}})
    assert 0.5 < some.chance(12, 1) < 0.75
    assert many.chance(12, 1) == pytest.approx(0.75, abs=0.01)
    assert many.chance(12, 2) == pytest.approx(0.99, abs=0.01)
    assert many.chance(12, 9) == pytest.approx(3_991 / 5_002)  # nobody was so old: as all
    assert many.chance(1, 1) == 0.5  # another kind of contract


def test_the_next_renewal_is_the_day_that_is_told_or_the_end_of_a_term() -> None:
    days, ages = next_renewals(
        Contracts.of(
            [
                (1, 9.0, 12, ago(400), TODAY + 40, None),
                (2, 9.0, 12, ago(400), ago(35), None),
                (3, 9.0, 1, ago(300), TODAY + 65, None),
            ]
        ),
        TODAY,
    )
    assert days.round().tolist() == [40, 330, 65]
    assert ages.tolist() == [1, 2, 12]


def test_no_contract_is_no_trouble() -> None:
    none = Contracts.of([])
    assert renewals(none, TODAY) == Renewals({})
    assert renewals(none, TODAY).rests_on == ""
    assert value(none, Renewals(), PLAIN, TODAY).tolist() == []


_days = st.integers(date(1990, 1, 1).toordinal(), date(2040, 1, 1).toordinal())
_rows = st.tuples(
    st.integers(1, 5),
    st.floats(0, 1e6),
    st.sampled_from([1, 3, 12, 24, 120]),
    _days,
    st.none() | _days,
    st.none() | _days,
)


@given(st.lists(_rows, max_size=20))
def test_no_contract_is_worth_less_than_nothing_or_more_than_it_could_bring(
    rows: list[tuple[int, float, int, int, int | None, int | None]],
) -> None:
    some = Contracts.of(rows)
    learned = renewals(some, TODAY)
    for by_age in learned.asked.values():
        assert all(0 <= renewed <= count for renewed, count in by_age.values())
    found = value(some, learned, PLAIN, TODAY)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (found <= some.amounts / some.term * 3 * 365.25 + 1e-6).all()
