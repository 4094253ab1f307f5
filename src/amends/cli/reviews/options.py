"""What the options of a review are made of: days, hours, and rules by their codes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from amends.coaching.rules import Rule

_MOST_HOURS = 10_000  # more than a year


def day(written: str) -> datetime:
    """Return a day or a moment, aware (UTC where no zone is written), or raise `BadParameter`."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(f"{written!r} is no day; write it like 2026-03-31.") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def hours(written: str) -> int:
    """Return whole hours, or raise `BadParameter`."""
    if not (written.isdecimal() and len(written) <= 5 and 1 <= int(written) <= _MOST_HOURS):
        raise click.BadParameter(f"{written[:20]!r} is not it; write whole hours, from 1 to {_MOST_HOURS}.")
    return int(written)


def codes(written: str) -> tuple[type["Rule"], ...]:
    """Return the rules of codes, of their beginnings, or of names, divided by commas, or raise `BadParameter`."""
    from amends.coaching.rules import RULES

    found: list[type[Rule]] = []
    for code in filter(None, map(str.strip, written.split(","))):
        means = [rule for rule in RULES if rule.code.startswith(code.upper()) or rule.name == code.lower()]
        if not means:
            raise click.BadParameter(f"There is no rule {code}; `amends rules` lists them.")
        found += means
    return tuple(found)


def chosen(select: Sequence[type["Rule"]], ignore: Sequence[type["Rule"]]) -> tuple["Rule", ...]:
    """Return the rules to look by: the selected ones, else the stable ones, without the ignored."""
    from amends.coaching.rules import RULES, stable

    rules = [rule() for rule in RULES if rule in select] if select else stable()
    return tuple(rule for rule in rules if type(rule) not in ignore)
