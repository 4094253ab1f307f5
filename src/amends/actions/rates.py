"""The rates of exchange of the house, which lie in `rates.csv` beside its policy."""

import csv
import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from amends.formats.rates import Quote, own_quotes
from amends.formats.tables import BadFile, Problem

FILE = "rates.csv"
Quotes = tuple[Quote, ...]
_HEADER = ("date", "currency", "rate", "in")
_SLIPS = 3


class BadRates(ValueError):
    """`rates.csv` cannot be used; the message says which lines are wrong, and what would be right."""


def read_rates(path: Path) -> Quotes:
    """Return the rates in this file (a missing one has none), or raise `BadRates` with the lines that are wrong."""
    if not path.exists():
        return ()
    try:
        found = list(own_quotes(path.read_text("utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        raise BadRates(f"{path}: not all of it is text; save it as CSV in UTF-8.") from None
    except (BadFile, OSError) as wrong:
        raise BadRates(f"{path}: {wrong}") from None
    slips = [f"{path}:{one.line}: {one.why}" for one in found if isinstance(one, Problem)]
    if slips:
        rest = f" … and {len(slips) - _SLIPS} more lines" if len(slips) > _SLIPS else ""
        raise BadRates("; ".join(slips[:_SLIPS]) + rest)
    return tuple(one for one in found if isinstance(one, Quote))


def do_keep_rates(quotes: Iterable[Quote], path: Path) -> int:
    """Add rates to those in `path`, in place of those of the same day, and return how many are new.

    The file is replaced whole, so that who reads it meanwhile sees the old one or the new one. Raises `BadRates` where
    the one that is there cannot be read: what somebody typed is never lost to an import.
    """
    known = {(one.currency, one.day): one for one in read_rates(path)}
    before = len(known)
    known |= {(one.currency, one.day): one for one in quotes}
    fresh = path.with_name(f"{path.name}.new")
    with open(fresh, "w", newline="", encoding="utf-8", opener=_private) as file:
        rows = ((one.day, one.currency, f"{one.rate:f}", one.into) for _key, one in sorted(known.items()))
        csv.writer(file, lineterminator="\n").writerows(chain([_HEADER], rows))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return len(known) - before


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
