"""BG/NBD: how often a customer will come back, and whether they are still there (Fader, Hardie and Lee 2005).

Each customer buys at a rate of their own until, after some purchase, they are gone. Rates differ between customers by a
gamma distribution (`r`, `alpha`), the chance to be gone after a purchase by a beta distribution (`a`, `b`).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, digamma, gammaln, hyp2f1

from amends.worth.histories import Floats, Histories

_BOUNDS = (-7.0, 7.0)  # logarithms of the parameters: where customers hardly differ, these would grow for ever
_SPAN = 10.0  # the longest age while fitting: parameters of one size are found sooner
_OPTIONS = {"ftol": 1e-14, "gtol": 1e-9, "maxiter": 500}
_NEAR_ONE = 1e-6  # `a` may not be 1 exactly: the formula divides by a - 1


class NoFit(ValueError):
    """The purchases do not tell enough; the message says what they lack."""


@dataclass(frozen=True, slots=True)
class BgNbd:
    """The model, for times in the unit of the histories that it was fitted to."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def expected(self, seen: Histories, ahead: float) -> Floats:
        """Return how many purchases each customer is expected to make within the next `ahead` units of time."""
        return np.maximum(self._while_there(seen.repeats, seen.age, ahead) * self.alive(seen), 0.0)

    def alive(self, seen: Histories) -> Floats:
        """Return how likely each customer is still one; 1 for those who bought once, of whom nothing else is known."""
        x = seen.repeats
        gone = np.log(self.a) - np.log(np.maximum(self.b + x - 1, 1e-12))
        gone = gone + (self.r + x) * (np.log(self.alpha + seen.age) - np.log(self.alpha + seen.last))
        return np.where(x > 0, 1 / (1 + np.exp(np.minimum(gone, 700.0))), 1.0)

    def of_a_new_customer(self, ahead: float) -> float:
        """Return how many repeated purchases somebody is expected to make within `ahead` units of their first."""
        return float(self._while_there(np.zeros(1), np.zeros(1), ahead)[0])

    def _while_there(self, x: Floats, age: Floats, ahead: float) -> Floats:
        """Return the purchases expected of those who are still there.

        Euler's transformation of the hypergeometric function keeps its parameters small, however many the purchases.
        """
        a = self.a if abs(self.a - 1) > _NEAR_ONE else 1 + _NEAR_ONE
        reach = ahead / (self.alpha + age + ahead)
        rest = (1 - reach) ** (a - 1) * hyp2f1(a + self.b - 1 - self.r, a - 1, a + self.b + x - 1, reach)
        found: Floats = (a + self.b + x - 1) / (a - 1) * (1 - rest)
        return found


def fit(seen: Histories) -> BgNbd:
    """Return the model under which these histories are likeliest, or raise `NoFit`."""
    if not len(seen) or not seen.repeats.any():
        raise NoFit("Nobody came back a second time, so nothing can be said of how often they will.")
    if not seen.age.max() > 0:
        raise NoFit("All purchases were made on one day; a history has to last for a while.")
    scale = _SPAN / float(seen.age.max())
    rows, counts = np.unique(
        np.column_stack([seen.repeats, seen.last * scale, seen.age * scale]), axis=0, return_counts=True
    )
    x, last, age = rows.T

    def cost(logs: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = np.exp(logs)
        likely, slopes = _log_likelihood(r, alpha, a, b, x, last, age)
        return -float(counts @ likely) / len(seen), -(slopes @ counts) * np.exp(logs) / len(seen)

    best = None
    for start in ((0.0, 0.0, 0.0, 0.0), (-1.0, 1.0, -0.5, 1.0), (0.5, 1.5, -1.5, 0.5)):
        found = minimize(cost, np.array(start), jac=True, method="L-BFGS-B", bounds=[_BOUNDS] * 4, options=_OPTIONS)
        if np.isfinite(found.fun) and (best is None or found.fun < best.fun):
            best = found
        if best is not None and best.success and np.all((best.x > _BOUNDS[0]) & (best.x < _BOUNDS[1])):
            break  # a summit within the bounds; from elsewhere the way leads to the same
    if best is None:
        raise NoFit("No model of this kind fits these purchases.")
    r, alpha, a, b = (float(value) for value in np.exp(best.x))
    alpha /= scale
    likely, _slopes = _log_likelihood(r, alpha, a, b, seen.repeats, seen.last, seen.age)
    return BgNbd(r, alpha, a, b, float(likely.sum()))


def _log_likelihood(
    r: float, alpha: float, a: float, b: float, x: Floats, last: Floats, age: Floats
) -> tuple[Floats, Floats]:
    """Return the logarithm of the likelihood of each history, and how it changes with r, alpha, a and b (rows)."""
    back = np.maximum(x, 1.0)  # only looked at where somebody came back
    log_age, log_last = np.log(alpha + age), np.log(alpha + last)
    still = betaln(a, b + x) - (r + x) * log_age
    gone = np.where(x > 0, betaln(a + 1, b + back - 1) - (r + back) * log_last, -np.inf)
    either = np.logaddexp(still, gone)
    share = np.exp(still - either)  # of the likelihood in which they are still there
    rest = 1 - share
    likely: Floats = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - betaln(a, b) + either
    whole = digamma(a + b + x)
    slopes = np.array(
        [
            digamma(r + x) - digamma(r) + np.log(alpha) - share * log_age - rest * log_last,
            r / alpha - (r + x) * (share / (alpha + age) + rest / (alpha + last)),
            digamma(a + b) - digamma(a) + share * digamma(a) + rest * digamma(a + 1) - whole,
            digamma(a + b) - digamma(b) + share * digamma(b + x) + rest * digamma(b + back - 1) - whole,
        ]
    )
    return likely, slopes
