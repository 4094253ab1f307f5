"""Gamma-Gamma: what a customer spends when they buy (Fader and Hardie 2013).

What one purchase costs varies around a mean of the customer's own; the means differ between customers. Somebody who
bought once or twice is drawn towards what all spend.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln

from amends.worth.bg_nbd import NoFit
from amends.worth.histories import Floats, Histories

_BOUNDS = (-6.0, 14.0)
_POLISH = {"xatol": 1e-6, "fatol": 1e-12, "maxiter": 2_000}


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """The model; `gamma` is in the currency of the purchases."""

    p: float
    q: float
    gamma: float
    log_likelihood: float

    @property
    def of_all(self) -> float:
        """What customers spend on a purchase, on average; infinite where a few spend beyond all bounds."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else float("inf")

    def expected(self, seen: Histories) -> Floats:
        """Return what each customer is expected to spend on a purchase.

        Whose returns outweigh what they bought is drawn towards nothing, the more so the oftener they came.
        """
        below = np.maximum(self.p * seen.repeats + self.q - 1, 1e-9)
        return self.p * (self.gamma + seen.repeats * seen.spend) / below


def fit(seen: Histories) -> GammaGamma:
    """Return the model under which these amounts are likeliest, or raise `NoFit`."""
    known = (seen.repeats > 0) & (seen.spend > 0)
    x, mean = seen.repeats[known], seen.spend[known]
    if len(np.unique(mean)) < 3:
        raise NoFit("Too few customers bought again for different amounts to tell how spending differs.")
    scale = float(mean.mean())

    def cost(logs: Floats) -> float:
        p, q, gamma = np.exp(logs)
        return -float(_log_likelihood(p, q, gamma, x, mean / scale).mean())

    found = minimize(cost, np.array([1.0, 1.0, 0.0]), method="L-BFGS-B", bounds=[_BOUNDS] * 3, options={"ftol": 1e-12})
    polished = minimize(cost, found.x, method="Nelder-Mead", bounds=[_BOUNDS] * 3, options=_POLISH)
    logs = polished.x if polished.fun <= found.fun else found.x
    if not np.isfinite(polished.fun) or np.any(logs <= _BOUNDS[0] + 0.01) or np.any(logs >= _BOUNDS[1] - 0.01):
        raise NoFit("All spend nearly the same, or amounts follow no pattern: the model runs away.")
    p, q, gamma = (float(value) for value in np.exp(logs))
    gamma *= scale
    return GammaGamma(p, q, gamma, float(_log_likelihood(p, q, gamma, x, mean).sum()))


def _log_likelihood(p: float, q: float, gamma: float, x: Floats, mean: Floats) -> Floats:
    shape = p * x
    found: Floats = (
        gammaln(shape + q)
        - gammaln(shape)
        - gammaln(q)
        + q * np.log(gamma)
        + (shape - 1) * np.log(mean)
        + shape * np.log(x)
        - (shape + q) * np.log(gamma + x * mean)
    )
    return found
