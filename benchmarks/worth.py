"""Fitting BG/NBD and Gamma-Gamma, and scoring a million customers; beside lifetimes and pymc-marketing, where they are.

All fit the same customers in one run. pymc-marketing needs an environment of its own; it looks for the summit (MAP)
under its usual priors, and its time includes what it compiles.
"""

import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `amends` does, and for all who are measured here

import numpy as np

from amends.worth import bg_nbd, gamma_gamma, models
from amends.worth.histories import Histories
from amends.worth.terms import Terms

CUSTOMERS, SCORED, TIMES = 24_000, 1_000_000, 3
Fit = tuple[float, float, tuple[float, ...]]
"""Seconds for the visits and for the spend, and the seven parameters."""


def main() -> None:
    """Print seconds and parameters, side by side: of the CDNOW sample, and of a larger shop."""
    dice = np.random.default_rng(0)
    known = cdnow()
    shops = {"the CDNOW sample": known} if known is not None else {}
    shops["a made-up shop"] = seen = shop(dice, CUSTOMERS)
    for name, one in shops.items():
        print(f"{name}: {len(one.customers):,} customers, {int((one.repeats > 0).sum()):,} of whom came back")
        for who, fit in (("Amends", of_amends), ("lifetimes", of_lifetimes), ("pymc", of_pymc)):
            tell(who, [found for _ in range(TIMES) if (found := fit(one)) is not None])
    often, spend = bg_nbd.fit(seen), gamma_gamma.fit(seen)
    many = shop(dice, SCORED)
    begin = time.perf_counter()
    worth = models.Model(often, spend).worth(many, Terms())
    print(f"{SCORED:,} customers scored in {time.perf_counter() - begin:.1f} s, {worth.value.sum():,.0f} in all")
    score_beside_lifetimes(seen, many)


def cdnow() -> Histories | None:
    """Return the sample of 2,357 customers and 39 weeks whose parameters are published."""
    try:
        from lifetimes.datasets import load_cdnow_summary_data_with_monetary_value
    except ImportError:
        print("lifetimes is not installed: `uv sync --group training`")
        return None
    found = load_cdnow_summary_data_with_monetary_value()
    rows = (found[name].to_numpy(float) for name in ("frequency", "recency", "T", "monetary_value"))
    return Histories(np.arange(len(found)), *rows, 7.0)


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


def of_amends(seen: Histories) -> Fit:
    """Return the seconds of both fits, and their parameters."""
    begin = time.perf_counter()
    often = bg_nbd.fit(seen)
    between = time.perf_counter()
    spend = gamma_gamma.fit(seen)
    end = time.perf_counter()
    return between - begin, end - between, (often.r, often.alpha, often.a, often.b, spend.p, spend.q, spend.gamma)


def of_lifetimes(seen: Histories) -> Fit | None:
    """Return the same of lifetimes, if it is there."""
    try:
        from lifetimes import BetaGeoFitter, GammaGammaFitter
    except ImportError:
        return None
    back = seen.repeats > 0
    begin = time.perf_counter()
    often = BetaGeoFitter().fit(seen.repeats, seen.last, seen.age).params_
    between = time.perf_counter()
    spend = GammaGammaFitter().fit(seen.repeats[back], seen.spend[back]).params_
    end = time.perf_counter()
    found = tuple(float(value) for value in (*often[["r", "alpha", "a", "b"]], *spend[["p", "q", "v"]]))
    return between - begin, end - between, found


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


def of_pymc(seen: Histories) -> Fit | None:
    """Return the same of pymc-marketing, if it is there."""
    try:
        import pandas as pd
        from pymc_marketing.clv import BetaGeoModel, GammaGammaModel
    except ImportError:
        return None
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
    found = tuple(float(model.idata.posterior[name].mean()) for model, own in names for name in own)
    return between - begin, end - between, found


def tell(who: str, runs: list[Fit]) -> None:
    """Print the seconds that both fits took, the first time and the quickest, and their parameters."""
    if not runs:
        print(f"  {who:<10} is not installed")
        return
    visits, spend = [[run[part] for run in runs] for part in (0, 1)]
    figures = " ".join(f"{value:.4f}" for value in runs[0][2])
    print(
        f"  {who:<10} BG/NBD {visits[0]:5.2f} s, again {min(visits):5.2f}; Gamma-Gamma {spend[0]:5.2f} s, again "
        f"{min(spend):5.2f}: r alpha a b, p q gamma = {figures}"
    )


if __name__ == "__main__":
    main()
