"""Fitting BG/NBD and Gamma-Gamma, and scoring a million customers; beside lifetimes and pymc-marketing, where they are.

All fit the same customers in one run. pymc-marketing needs an environment of its own; it looks for the summit (MAP)
under its usual priors, and its time includes what it compiles.
"""

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
    beside_pymc(seen)
    many = shop(dice, SCORED)
    begin = time.perf_counter()
    worth = models.Model(often, spend).worth(many, Terms())
    print(f"{SCORED:,} customers scored in {time.perf_counter() - begin:.1f} s, {worth.value.sum():,.0f} in all")
    score_beside_lifetimes(seen, many)


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


def score_beside_lifetimes(seen: Histories, many: Histories) -> None:
    """Print how long lifetimes takes for the purchases of the next three years of the same million."""
    try:
        from lifetimes import BetaGeoFitter
    except ImportError:
        return
    model = BetaGeoFitter().fit(seen.repeats, seen.last, seen.age)
    begin = time.perf_counter()
    quarters = range(1, 13)
    for quarter in quarters:
        model.conditional_expected_number_of_purchases_up_to_time(13 * quarter, many.repeats, many.last, many.age)
    print(f"lifetimes expects the purchases of as many quarters in {time.perf_counter() - begin:.1f} s")


def beside_pymc(seen: Histories) -> None:
    """Print what pymc-marketing makes of the same customers, if it is there."""
    try:
        import pandas as pd
        from pymc_marketing.clv import BetaGeoModel, GammaGammaModel
    except ImportError:
        print("pymc-marketing is not installed")
        return
    data = pd.DataFrame(
        {
            "customer_id": seen.customers,
            "frequency": seen.repeats,
            "recency": seen.last,
            "T": seen.age,
            "monetary_value": seen.spend,
        }
    )
    begin = time.perf_counter()
    often = BetaGeoModel(data=data.drop(columns="monetary_value"))
    often.fit(method="map", progressbar=False)
    between = time.perf_counter()
    spend = GammaGammaModel(data=data[(data.frequency > 0) & (data.monetary_value > 0)])
    spend.fit(method="map", progressbar=False)
    end = time.perf_counter()
    names = ((often, ("r", "alpha", "a", "b")), (spend, ("p", "q", "v")))
    figures = tuple(float(model.idata.posterior[name].mean()) for model, own in names for name in own)
    tell("pymc", between - begin, end - between, figures)


def tell(who: str, of_visits: float, of_spend: float, values: tuple[float, ...]) -> None:
    """Print the seconds that both fits took, and their parameters."""
    figures = " ".join(f"{value:.4f}" for value in values)
    print(f"{who:<10} BG/NBD {of_visits:5.2f} s, Gamma-Gamma {of_spend:5.2f} s: r alpha a b, p q gamma = {figures}")


if __name__ == "__main__":
    main()
