"""Gamma-Gamma: what a customer spends when they buy (Fader and Hardie 2013).

What one purchase costs varies around a mean of the customer's own; the means differ between customers. Somebody who
bought once or twice is drawn towards what all spend.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln

from amends.worth.bg_nbd import NoFit
from amends.worth.histories import Floats, Histories

_BOUNDS = (-6.0, 14.0)
_OPTIONS = {"ftol": 1e-15, "gtol": 1e-10, "maxiter": 2_000}


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
    told = _Told.of(x, mean / scale)

    def cost(logs: Floats) -> tuple[float, Floats]:
        likely, slopes = told.log_likelihood(*np.exp(logs))
        return -likely / len(x), -slopes * np.exp(logs) / len(x)

    found = minimize(
        cost, np.array([1.0, 1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[_BOUNDS] * 3, options=_OPTIONS
    )
    logs = found.x
    if not np.isfinite(found.fun) or np.any(logs <= _BOUNDS[0] + 0.01) or np.any(logs >= _BOUNDS[1] - 0.01):
        raise NoFit("All spend nearly the same, or amounts follow no pattern: the model runs away.")
    p, q, gamma = (float(value) for value in np.exp(logs))
    likely, _slopes = told.log_likelihood(p, q, gamma)
    return GammaGamma(p, q, gamma * scale, likely - len(x) * float(np.log(scale)))


@dataclass(frozen=True, slots=True)
class _Told:
    """What purchases tell of the parameters: sums that do not change while these are looked for."""

    x: Floats
    paid: Floats  # by each customer, for all that they bought again
    often: Floats  # each number of repeated purchases once, and how many customers had it
    had_by: Floats
    of_shape: float
    of_mean: float

    @classmethod
    def of(cls, x: Floats, mean: Floats) -> "_Told":
        often, had_by = np.unique(x, return_counts=True)
        logs = np.log(mean)
        return cls(x, x * mean, often, had_by.astype(np.float64), float(x @ (np.log(x) + logs)), float(logs.sum()))

    def log_likelihood(self, p: float, q: float, gamma: float) -> tuple[float, Floats]:
        """Return the logarithm of the likelihood of all amounts, and how it changes with p, q and gamma."""
        count, shape = len(self.x), p * self.often
        reach = gamma + self.paid
        logs = np.log(reach)
        by_visit, in_all = float(self.x @ logs), float(logs.sum())
        likely = (
            float(self.had_by @ (gammaln(shape + q) - gammaln(shape)))
            + count * float(q * np.log(gamma) - gammaln(q))
            + p * (self.of_shape - by_visit)
            - self.of_mean
            - q * in_all
        )
        both = digamma(shape + q)
        slopes = np.array(
            [
                float((self.had_by * self.often) @ (both - digamma(shape))) + self.of_shape - by_visit,
                float(self.had_by @ both) + count * float(np.log(gamma) - digamma(q)) - in_all,
                count * q / gamma - float(((p * self.x + q) / reach).sum()),
            ]
        )
        return likely, slopes
