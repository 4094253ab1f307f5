"""The policy: every number of the method in one file, each with its source. Not legal advice.

A house keeps `policy.toml`: `extends = "default"` (or another preset) and what it does differently.

>>> load_preset("default").hold.amount
10.0
"""

from amends.method.policy.files import BadPolicy, load_policy, load_preset, presets
from amends.method.policy.numbers import (
    Authority,
    Figure,
    Figures,
    Hours,
    LegalClock,
    Limits,
    Policy,
    Stake,
    Team,
    Term,
    Unit,
)
from amends.method.policy.rates import Rate

__all__ = [
    "Authority",
    "BadPolicy",
    "Figure",
    "Figures",
    "Hours",
    "LegalClock",
    "Limits",
    "Policy",
    "Rate",
    "Stake",
    "Team",
    "Term",
    "Unit",
    "load_policy",
    "load_preset",
    "presets",
]
