"""Fitting BG/NBD and Gamma-Gamma, and scoring a million customers; beside lifetimes, where that is installed."""

import time

import numpy as np

from amends.worth import bg_nbd, gamma_gamma, models
from amends.worth.histories import Histories
from amends.worth.terms import Terms

CUSTOMERS, SCORED = 24_000, 1_000_000


def main() -> None:
    """Print seconds and parameters, side by side."""
    dice = np.random.default_rng(0)
    seen = shop(dice, CUSTOMERS)
    print(f"{CUSTOMERS:,} customers, {int((seen.repeats > 0).sum()):,} of whom came back")
    begin = time.perf_counter()
    often = bg_nbd.fit(seen)
    between = time.perf_counter()
    spend = gamma_gamma.fit(seen)
    end = time.perf_counter()
    figures = (often.r, often.alpha, often.a, often.b, spend.p, spend.q, spend.gamma)
    tell("Amends", between - begin, end - between, figures)
    beside_lifetimes(seen)
    many = shop(dice, SCORED)
    begin = time.perf_counter()
    worth = models.Model(often, spend).worth(many, Terms())
    print(f"{SCORED:,} customers scored in {time.perf_counter() - begin:.1f} s, {worth.value.sum():,.0f} in all")


def shop(dice: np.random.Generator, count: int) -> Histories:
    """Return histories of made-up customers."""
    age = dice.uniform(26, 52, count)
    repeats = dice.poisson(dice.gamma(0.25, 1 / 4.4, count) * age).astype(float)
    last = np.where(repeats > 0, dice.beta(np.maximum(repeats, 1), 1.5) * age, 0.0)
    spend = np.where(
        repeats > 0,
        dice.gamma(6 * np.maximum(repeats, 1), 1 / dice.gamma(4, 1 / 15, count)) / np.maximum(repeats, 1),
        0.0,
    )
    return Histories(np.arange(count), repeats, last, age, spend, 7.0)


def beside_lifetimes(seen: Histories) -> None:
    """Print what lifetimes makes of the same customers, if it is there."""
    try:
        from lifetimes import BetaGeoFitter, GammaGammaFitter
    except ImportError:
        print("lifetimes is not installed: `uv sync --group training`")
        return
    back = seen.repeats > 0
    begin = time.perf_counter()
    often = BetaGeoFitter().fit(seen.repeats, seen.last, seen.age).params_
    between = time.perf_counter()
    spend = GammaGammaFitter().fit(seen.repeats[back], seen.spend[back]).params_
    end = time.perf_counter()
    figures = tuple(float(value) for value in (*often[["r", "alpha", "a", "b"]], *spend[["p", "q", "v"]]))
    tell("lifetimes", between - begin, end - between, figures)


def tell(who: str, of_visits: float, of_spend: float, values: tuple[float, ...]) -> None:
    """Print the seconds that both fits took, and their parameters."""
    figures = " ".join(f"{value:.4f}" for value in values)
    print(f"{who:<10} BG/NBD {of_visits:5.2f} s, Gamma-Gamma {of_spend:5.2f} s: r alpha a b, p q gamma = {figures}")


if __name__ == "__main__":
    main()
