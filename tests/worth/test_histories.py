"""From purchases to histories: days, returns, and what comes after the day of looking."""

import numpy as np

from amends.worth.histories import Histories, histories, purchases_after


def of(*bought: tuple[int, int, float], until: int = 100) -> Histories:
    who, when, paid = zip(*bought, strict=True)
    return histories(np.array(who), np.array(when), np.array(paid, float), until=until, unit_days=1)


def test_what_somebody_buys_on_one_day_is_one_purchase() -> None:
    seen = of((7, 10, 5), (7, 10, 6), (7, 30, 8), (7, 30, 4))
    assert (seen.repeats.tolist(), seen.spend.tolist(), seen.last.tolist(), seen.age.tolist()) == (
        [1],
        [12],
        [20],
        [90],
    )


def test_a_return_is_no_purchase_and_lowers_what_was_spent() -> None:
    seen = of((1, 0, 50), (1, 10, 40), (1, 12, -15))
    assert (seen.repeats.tolist(), seen.spend.tolist(), seen.last.tolist()) == ([1], [25], [10])


def test_returns_larger_than_purchases_leave_nothing_spent() -> None:
    seen = of((1, 0, 50), (1, 10, 40), (1, 12, -500))
    assert seen.repeats.tolist() == [1]
    assert seen.spend.tolist() == [0]


def test_what_came_later_is_not_looked_at() -> None:
    seen = of((1, 0, 50), (1, 99, 40), (2, 101, 9), until=50)
    assert seen.customers.tolist() == [1]
    assert seen.repeats.tolist() == [0]


def test_purchases_after_the_day_are_counted_by_customer() -> None:
    who, when, paid = np.array([3, 3, 3, 5, 9]), np.array([0, 60, 70, 10, 65]), np.array([5.0, 5, 5, 5, 5])
    seen = histories(who, when, paid, until=50, unit_days=7)
    assert purchases_after(who, when, paid, after=50, of=seen).tolist() == [2, 0]  # 9 was no customer yet


def test_the_order_of_the_lines_does_not_matter() -> None:
    lines = [(1, 5, 3.0), (2, 7, 4.0), (1, 1, 9.0), (2, 30, 2.0), (1, 5, 1.0)]
    first, second = of(*lines), of(*reversed(lines))
    assert first.repeats.tolist() == second.repeats.tolist()
    assert first.spend.tolist() == second.spend.tolist()


def test_who_only_gave_something_back_tells_nothing() -> None:
    seen = of((1, 0, 50), (2, 5, -20), (2, 9, -5), (3, 4, 10))
    assert seen.customers.tolist() == [1, 3]


def test_a_return_before_the_first_purchase_is_of_something_older() -> None:
    seen = of((1, 0, 50), (1, 20, 30), (2, 5, -999), (2, 9, 40), (2, 19, 10))
    assert (seen.repeats.tolist(), seen.spend.tolist(), seen.age.tolist()) == ([1, 1], [30, 10], [100, 91])


def test_what_was_had_for_nothing_makes_them_known_and_is_no_purchase_after_that() -> None:
    seen = of((1, 0, 0), (1, 10, 0), (1, 20, 30))
    assert (seen.repeats.tolist(), seen.spend.tolist(), seen.age.tolist()) == ([1], [30], [100])
