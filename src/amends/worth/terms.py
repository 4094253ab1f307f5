"""On which terms the future is reckoned."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """How far ahead is looked (years), what later money is worth less by a year, and what stays of a purchase."""

    years: float = 3.0
    discount: float = 0.10
    margin: float = 0.30
