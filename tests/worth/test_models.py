"""The models of worth: that they find what was put into made-up shops, agree with slow formulas, and bear any shop."""

import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad

from amends.worth import bg_nbd, gamma_gamma, models
from amends.worth.bg_nbd import BgNbd, NoFit
from amends.worth.calibration import calibration
from amends.worth.histories import Histories, histories, purchases_after
from amends.worth.terms import Terms
from tests import needs

TRUE = BgNbd(r=0.8, alpha=6.0, a=0.8, b=2.5, log_likelihood=0.0)
WEEKS = 104


def shop(customers: int, weeks: int = WEEKS) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the purchases of a made-up shop: days by the model above, amounts by Gamma-Gamma (p 6, q 4, gamma 15)."""
    dice = np.random.default_rng(7)
    who: list[int] = []
    when: list[int] = []
    paid: list[float] = []
    for number in range(customers):
        rate = dice.gamma(TRUE.r, 1 / TRUE.alpha)
        gone = dice.beta(TRUE.a, TRUE.b)
        scale = dice.gamma(4.0, 1 / 15.0)
        week = 0.0
        while week < weeks:
            who.append(number)
            when.append(round(week * 7))
            paid.append(float(dice.gamma(6.0, 1 / scale)))
            if len(when) > 1 and dice.random() < gone and when[-1] > 0 and who[-2:] == [number, number]:
                break
            week += float(dice.exponential(1 / rate)) + 1 / 7  # one purchase a day at most
    return np.array(who), np.array(when), np.array(paid)


@pytest.fixture(scope="module")
def seen() -> Histories:
    return histories(*shop(6_000), until=52 * 7, unit_days=7)


def test_a_model_finds_what_was_put_in(seen: Histories) -> None:
    found = bg_nbd.fit(seen)
    assert found.r == pytest.approx(TRUE.r, rel=0.15)
    assert found.alpha == pytest.approx(TRUE.alpha, rel=0.25)
    assert found.a / (found.a + found.b) == pytest.approx(TRUE.a / (TRUE.a + TRUE.b), rel=0.15)
    spend = gamma_gamma.fit(seen)
    assert spend.p == pytest.approx(6, rel=0.3)
    assert spend.of_all == pytest.approx(6 * 15 / 3, rel=0.06)


def test_it_foretells_what_came(seen: Histories) -> None:
    model = models.fit(seen)
    actual = purchases_after(*shop(6_000), after=52 * 7, of=seen)
    ahead = WEEKS - 52
    assert model.expected(seen, ahead).sum() == pytest.approx(actual.sum(), rel=0.1)
    rows = calibration(model, seen, actual, ahead)
    assert sum(row.customers for row in rows) == len(seen)
    assert all(abs(row.expected - row.actual) < 0.35 * max(row.actual, 0.4) for row in rows if row.customers > 100)


@pytest.mark.parametrize(("x", "last", "age"), [(0, 0.0, 30.0), (1, 4.0, 30.0), (5, 28.0, 30.0), (12, 9.0, 30.0)])
def test_the_likelihood_is_the_integral_over_all_customers(x: int, last: float, age: float) -> None:
    """The slow formula: how likely this history is for a rate and a chance to go, averaged over both."""

    def of_rate(rate: float, power: float, until: float) -> float:
        gamma = TRUE.alpha**TRUE.r * rate ** (TRUE.r - 1) * math.exp(-TRUE.alpha * rate) / math.gamma(TRUE.r)
        return float(gamma * rate**power * math.exp(-rate * until))

    def of_chance(go: float, goes: int, stays: int) -> float:
        beta = math.gamma(TRUE.a + TRUE.b) / (math.gamma(TRUE.a) * math.gamma(TRUE.b))
        return float(beta * go ** (TRUE.a - 1) * (1 - go) ** (TRUE.b - 1) * go**goes * (1 - go) ** stays)

    still = quad(of_rate, 0, np.inf, args=(x, age))[0] * quad(of_chance, 0, 1, args=(0, x))[0]
    gone = quad(of_rate, 0, np.inf, args=(x, last))[0] * quad(of_chance, 0, 1, args=(1, x - 1))[0] if x else 0.0
    one = Histories(np.array([0]), np.array([float(x)]), np.array([last]), np.array([age]), np.array([0.0]), 7)
    fast, _slopes = bg_nbd._log_likelihood(TRUE.r, TRUE.alpha, TRUE.a, TRUE.b, one.repeats, one.last, one.age)
    assert fast[0] == pytest.approx(math.log(still + gone), rel=1e-5)
    assert TRUE.alive(one)[0] == pytest.approx(still / (still + gone), rel=1e-5)


@needs.cdnow
def test_the_published_estimates_for_cdnow() -> None:
    """Fader, Hardie and Lee: r .243, alpha 4.414, a .793, b 2.426, LL -9582.4; p 6.25, q 3.74, gamma 15.44."""
    lines = [line.split() for line in Path(needs.require("cdnow")).read_text("utf-8").splitlines()]
    days = np.array([np.datetime64(f"{d[:4]}-{d[4:6]}-{d[6:]}") for d in (line[2] for line in lines)]).astype(np.int64)
    until = int(np.datetime64("1997-09-30").astype(np.int64))
    cdnow = histories(
        np.array([int(line[1]) for line in lines]),
        days,
        np.array([float(line[4]) for line in lines]),
        until=until,
        unit_days=7,
    )
    often, spend = bg_nbd.fit(cdnow), gamma_gamma.fit(cdnow)
    assert (round(often.r, 3), round(often.alpha, 3), round(often.a, 3), round(often.b, 3)) == (
        0.243,
        4.414,
        0.793,
        2.426,
    )
    assert round(often.log_likelihood, 1) == -9582.4
    assert (round(spend.p, 2), round(spend.q, 2), round(spend.gamma, 2)) == (6.25, 3.74, 15.44)


def test_more_purchases_lately_are_worth_more(seen: Histories) -> None:
    model = models.fit(seen)
    x = np.array([0.0, 2.0, 8.0, 8.0])
    some = Histories(np.arange(4), x, np.array([0, 48.0, 50, 10]), np.full(4, 52.0), np.array([0, 30.0, 30, 30]), 7)
    worth = model.worth(some, Terms())
    assert worth.value[2] > worth.value[1] > worth.value[0] > 0
    assert worth.alive[2] > worth.alive[3]  # eight times and then silence: gone
    assert model.worth(some, Terms(years=5)).value[2] > worth.value[2]
    assert model.worth(some, Terms(margin=0.15)).value == pytest.approx(worth.value / 2)
    assert model.worth(some, Terms(discount=0.5)).value[2] < worth.value[2]
    assert "BG/NBD" in worth.rests_on


def test_too_little_is_said_and_estimated_plainly() -> None:
    few = histories(
        np.array([0, 0, 0, 1]), np.array([0, 30, 60, 10]), np.array([20.0, 40, 60, 5]), until=70, unit_days=7
    )
    model = models.fit(few)
    worth = model.worth(few, Terms(years=1))
    assert model.bg_nbd is None
    assert "plain estimate" in worth.rests_on
    assert "there are 2, and 1 of them did" in worth.rests_on
    assert worth.spend.tolist() == [50.0, 50.0]
    of_all = 2 / (130 / 7)  # a week
    assert worth.purchases[0] == pytest.approx((2 + 1) / (10 + 1 / of_all) * 365.25 / 7)
    assert worth.purchases[1] == pytest.approx(1 / (60 / 7 + 1 / of_all) * 365.25 / 7)


@pytest.mark.parametrize(
    ("who", "when", "paid"),
    [
        ([], [], []),
        ([0] * 100, range(100), [10.0] * 100),
        (range(200), [5] * 200, [10.0] * 200),
        ([*range(100), *range(100)], [0] * 100 + [9] * 100, [10.0] * 200),
        ([*range(100), *range(100)], [0] * 100 + [9] * 100, [10.0] * 100 + [-50.0] * 100),
        ([0] * 5, range(5), [0.0] * 5),
    ],
    ids=["nothing", "one customer", "one day", "all alike", "more came back than was bought", "for nothing"],
)
def test_no_shop_breaks_it(who: list[int], when: list[int], paid: list[float]) -> None:
    found = histories(np.array(who, np.int64), np.array(when, np.int64), np.array(paid, float), until=400, unit_days=7)
    worth = models.fit(found).worth(found, Terms())
    for figures in (worth.purchases, worth.alive, worth.spend, worth.value):
        assert np.isfinite(figures).all()
        assert (figures >= 0).all()


def test_a_hundred_thousand_purchases_of_one_customer(seen: Histories) -> None:
    one = Histories(np.array([0]), np.array([100_000.0]), np.array([52.0]), np.array([52.0]), np.array([20.0]), 7)
    worth = models.fit(seen).worth(one, Terms(years=1))
    assert worth.alive[0] > 0.99
    assert 50_000 < worth.purchases[0] < 110_000


def test_whose_returns_outweigh_is_worth_less_the_oftener_they_came(seen: Histories) -> None:
    x = np.array([1.0, 4.0, 4.0])
    some = Histories(np.arange(3), x, np.full(3, 48.0), np.full(3, 52.0), np.array([0.0, 0, 30]), 7)
    spend = models.fit(seen).worth(some, Terms()).spend
    assert 0 < spend[1] < spend[0] < spend[2]
    few = models.fit(some).worth(some, Terms())
    assert few.spend.tolist() == [0, 0, 30]
    assert few.value[0] == 0


def test_nobody_who_came_back_says_so() -> None:
    once = histories(np.arange(100), np.arange(100), np.full(100, 9.0), until=200, unit_days=7)
    with pytest.raises(NoFit, match="Nobody came back"):
        bg_nbd.fit(once)
