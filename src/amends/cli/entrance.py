"""How people get in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entrance:
    """How to get in: an address, the password where it is to be shown, and what to know about it."""

    email: str
    password: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Password:
    """A new password and its hash."""

    plain: str
    hashed: str
