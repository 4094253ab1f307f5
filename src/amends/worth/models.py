"""One model of a shop's customers, or a plain estimate where too little is known; each says what it rests on."""

from dataclasses import dataclass

import numpy as np

from amends.worth import bg_nbd, gamma_gamma
from amends.worth.bg_nbd import BgNbd, NoFit
from amends.worth.gamma_gamma import GammaGamma
from amends.worth.histories import Floats, Histories
from amends.worth.terms import Terms

LEAST_CUSTOMERS, LEAST_BACK = 50, 20
"""Customers, and those among them who came back, below which four parameters would be read out of noise."""
_USUAL_GAPS = 2.0  # somebody silent for longer than so many of their usual gaps is less and less likely to come again
_DAYS_A_YEAR = 365.25
_STEPS_A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Worth:
    """For each customer: purchases expected over the horizon, how likely they are still one, spend, and the value.

    `value` is the discounted margin of the expected purchases, in the currency of the purchases. `rests_on` says in a
    sentence what these figures rest on.
    """

    purchases: Floats
    alive: Floats
    spend: Floats
    value: Floats
    rests_on: str


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned from a shop's purchases; None where they told too little, and `lacking` says what."""

    bg_nbd: BgNbd | None
    gamma_gamma: GammaGamma | None
    lacking: str = ""

    def expected(self, seen: Histories, ahead: float) -> Floats:
        """Return the purchases expected of each customer within `ahead` units of time."""
        return self.bg_nbd.expected(seen, ahead) if self.bg_nbd is not None else _plainly_expected(seen, ahead)

    def worth(self, seen: Histories, terms: Terms) -> Worth:
        """Return what the custom of each customer is worth."""
        per_year = _DAYS_A_YEAR / seen.unit_days
        alive = self.bg_nbd.alive(seen) if self.bg_nbd is not None else _plainly_alive(seen)
        spend = self.gamma_gamma.expected(seen) if self.gamma_gamma is not None else _plain_spend(seen)
        before = np.zeros(len(seen))
        discounted = np.zeros(len(seen))
        for step in range(1, max(1, round(terms.years * _STEPS_A_YEAR)) + 1):
            until = self.expected(seen, step / _STEPS_A_YEAR * per_year)
            discounted += (until - before) / (1 + terms.discount) ** ((step - 0.5) / _STEPS_A_YEAR)
            before = until
        return Worth(before, alive, spend, discounted * spend * terms.margin, self.rests_on)

    @property
    def rests_on(self) -> str:
        """What the figures rest on."""
        if self.bg_nbd is not None and self.gamma_gamma is not None:
            return "Fitted to all purchases: BG/NBD for how often they come, Gamma-Gamma for what they spend."
        if self.bg_nbd is not None:
            return f"BG/NBD for how often they come; what they spend is their plain average. {self.lacking}"
        return f"A plain estimate: how often, how recently and for how much they bought. {self.lacking}"


def fit(seen: Histories) -> Model:
    """Return the model of these customers. Never raises: where too little is known, the model is the plain estimate."""
    back = int((seen.repeats > 0).sum())
    if len(seen) < LEAST_CUSTOMERS or back < LEAST_BACK:
        return Model(
            None,
            None,
            f"For more it takes {LEAST_CUSTOMERS} customers, {LEAST_BACK} of whom came back; "
            f"there are {len(seen):,}, and {back:,} of them did.",
        )
    try:
        often = bg_nbd.fit(seen)
    except NoFit as why:
        return Model(None, None, str(why))
    try:
        return Model(often, gamma_gamma.fit(seen))
    except NoFit as why:
        return Model(often, None, str(why))


def _plainly_expected(seen: Histories, ahead: float) -> Floats:
    """Return what comes at each one's own rate, drawn towards the one of all as by one purchase."""
    repeats, age = float(seen.repeats.sum()), float(seen.age.sum())
    if not repeats > 0 or not age > 0:
        return np.zeros(len(seen))
    return (seen.repeats + 1) / (seen.age + age / repeats) * ahead * _plainly_alive(seen)


def _plainly_alive(seen: Histories) -> Floats:
    """Return 1 for who was here within two of their usual gaps, and less the longer they are overdue."""
    gap = np.divide(seen.last, seen.repeats, out=np.zeros_like(seen.last), where=seen.repeats > 0)
    silent = np.maximum(seen.age - seen.last, 1e-9)
    return np.where(seen.repeats > 0, np.minimum(1.0, _USUAL_GAPS * gap / silent), 1.0)


def _plain_spend(seen: Histories) -> Floats:
    """Return what each one spent on average; of who did not come back, what is usual."""
    known = seen.spend > 0
    usual = float(seen.spend[known].mean()) if known.any() else 0.0
    return np.where(seen.repeats > 0, seen.spend, usual)
