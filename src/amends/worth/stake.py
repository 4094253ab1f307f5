"""What is at stake when a customer was failed: what they are worth, and how likely the failure drives them away.

>>> once, again = Leaving(0.32, 30), Leaving(0.59, 30)
>>> at_stake(Decimal(1000), chance(1, once, again))
Decimal('320.00')
>>> at_stake(Decimal(1000), chance(2, once, again))
Decimal('590.00')
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Leaving:
    """How likely a failure ends the relationship: what others found, and what this house saw.

    `published` is a share (0 to 1) that counts as much as `prior_cases` cases of one's own would; `left` of the
    `followed` customers of the house never bought again.
    """

    published: float
    prior_cases: int
    left: int = 0
    followed: int = 0

    @property
    def chance(self) -> float:
        """The share to reckon with: between the published one and one's own, nearer to one's own as cases come in."""
        return (self.published * self.prior_cases + self.left) / (self.prior_cases + self.followed)


def chance(failures: int, once: Leaving, again: Leaving) -> float:
    """Return how likely somebody leaves after so many failures (1: the first); further ones never lower it."""
    return max(once.chance, again.chance) if failures > 1 else once.chance


def at_stake(worth: Decimal, leaving: float) -> Decimal:
    """Return the value at stake, in the currency of `worth`, to the cent; who owes us something is worth nothing."""
    return (max(worth, Decimal(0)) * Decimal(leaving)).quantize(_CENT, ROUND_HALF_UP)
