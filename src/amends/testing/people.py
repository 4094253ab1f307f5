"""People with names: staff in teams, and customers. A test says only what it is about; the rest has defaults."""

from dataclasses import dataclass
from datetime import UTC, datetime

from amends.actions import customers
from amends.actions.actors import Staff
from amends.method.words import Rank
from amends.store.models import Customer, Team, User

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""A Monday morning at ten, in the middle of everybody's working hours."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who every test of access asks for: the owner of a case, a teammate, and the stranger who must never see it.

    Jonas owns, Kim is of his team, Sam works in another one; Ada leads Jonas's team, and Root, an admin, has none.
    Maya is the customer.
    """

    owner: Staff
    teammate: Staff
    stranger: Staff
    lead: Staff
    admin: Staff
    customer: Customer
    team: Team
    other_team: Team


def make_cast() -> Cast:
    """Return the cast, saved."""
    team, other = make_team("Front desk"), make_team("Back office")
    return Cast(
        owner=make_staff("Jonas Weber", team),
        teammate=make_staff("Kim Okoro", team),
        stranger=make_staff("Sam Stone", other),
        lead=make_staff("Ada Berg", team, rank=Rank.LEAD),
        admin=make_staff("Root Adams", None, rank=Rank.ADMIN),
        customer=make_customer("Maya Olsen"),
        team=team,
        other_team=other,
    )


def make_team(name: str = "Front desk") -> Team:
    """Return the team of this name, made where there is none."""
    return Team.objects.get_or_create(name=name)[0]


def make_staff(name: str, team: Team | None, *, rank: Rank = Rank.HANDLER, password: str | None = None) -> Staff:
    """Return somebody new on the staff, as an actor; their address is their first name at example.com."""
    user = User.objects.create_user(
        f"{name.split(maxsplit=1)[0].lower()}@example.com", password, name=name, team=team, rank=rank.value
    )
    return Staff.of(user)


def make_customer(name: str = "Maya Olsen", *, email: str | None = None, phone: str = "") -> Customer:
    """Return a customer with an address (their first name at example.org unless told otherwise; "": none)."""
    address = f"{name.split(maxsplit=1)[0].lower()}@example.org" if email is None else email
    return customers.find_or_make(name=name, email=address, phone=phone, at=MONDAY)
