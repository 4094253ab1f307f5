"""Who acts: one of the staff, a customer on their own page, or the desk itself."""

from dataclasses import dataclass

from amends.method.words import CLOCK, Actor, Rank, Side
from amends.store.models import User


@dataclass(frozen=True, slots=True)
class Staff:
    """One of the staff, as logged in. `team` is None for an admin without one."""

    id: int
    rank: Rank
    team: int | None
    name: str = ""

    @classmethod
    def of(cls, user: User) -> "Staff":
        """Return the actor that this user is."""
        return cls(user.pk, Rank(user.rank), user.team_id, user.name)


@dataclass(frozen=True, slots=True)
class Guest:
    """A customer who came by the signed link to one case.

    With `preview` it is one of the staff who reads what the customer sees: they act in nobody's name.
    """

    case: int
    customer: int
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk itself: the worker, and the channels by which customers' words come in."""


DESK = Desk()
Who = Staff | Guest | Desk


def actor(who: Who) -> Actor:
    """Return `who` as the journal names them."""
    match who:
        case Staff():
            return Actor(Side.STAFF, str(who.id), who.rank)
        case Guest():
            return Actor(Side.CUSTOMER, str(who.customer))
        case Desk():
            return CLOCK
