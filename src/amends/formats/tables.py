"""CSV tables as other programs export them: headers of many names, dates and amounts in the usual ways of writing.

>>> read = read_table(["Cust;Total", "7;1.234,50"], {"who": ("cust",), "paid": ("total",)}, lambda line, row: row)
>>> list(read)
[{'who': '7', 'paid': '1.234,50'}]
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import TypeVar
from zoneinfo import ZoneInfo

from amends.formats.email.charsets import safe

Line = TypeVar("Line")

_OLDEST = date(1900, 1, 1)
_MOST = Decimal(10) ** 12
_CENTS, _THOUSANDTHS = 2, 3
_DECIMALS = ("no decimals", "one at most", "two at most", "three at most", "four at most")
_AMOUNT = re.compile(
    r"(?P<minus>-?)(?P<whole>[1-9]\d{0,2}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*|\d+)(?:(?P<point>[.,])(?P<cents>\d+))?",
    re.ASCII,
)


class BadFile(ValueError):
    """The file as a whole cannot be used; the message says what would help."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was left out, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class House:
    """What a line leaves open: the currency, the zone that times without one are in, and the time now."""

    currency: str
    zone: str
    now: datetime


def read_table(
    lines: Iterable[str], headers: Mapping[str, tuple[str, ...]], make: Callable[[int, dict[str, str]], Line]
) -> Iterator[Line | Problem]:
    """Yield what `make` makes of each line (its number, its cells by column), and the lines that are none."""
    header, rows = table(lines)
    places = columns(header, headers)
    while True:
        try:
            line, row = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            yield Problem(0, f"cannot be read: {wrong}")
            return
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: safe(row[at]).replace("\0", "").strip() for name, at in places.items() if at < len(row)}
        try:
            yield make(line, cells)
        except ValueError as wrong:
            yield Problem(line, str(wrong))


def table(lines: Iterable[str]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the header, and the rows with the line that each ends on. Commas, semicolons or tabs are told apart."""
    source = iter(lines)
    first = next(source, "").removeprefix("\ufeff")
    if not first.strip():
        raise BadFile("There is nothing in it.")
    mark = max(",;\t", key=first.count)
    reader = csv.reader(chain([first], source), delimiter=mark)
    header = next(reader)
    return header, ((reader.line_num, row) for row in reader)


def columns(header: list[str], wanted: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return at which place each wanted column stands; of several names that fit, the first in our list."""
    known = {_plain(name): at for at, name in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for column, names in wanted.items():
        at = next((known[_plain(name)] for name in names if _plain(name) in known), None)
        if at is not None and at not in found.values():
            found[column] = at
    return found


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def amount_of(text: str, places: int = _CENTS) -> Decimal:
    """Return an amount of money, in a currency with so many decimals.

    Raises `ValueError` for what is none, or can be read in two ways.

    >>> amount_of("1.234,50"), amount_of("-12"), amount_of("€ 1,234")
    (Decimal('1234.50'), Decimal('-12.00'), Decimal('1234.00'))
    """
    bare = re.sub(r"[\s'\u2019]|[A-Z]{3}|[$€£¥]", "", text.strip()).replace("\u2212", "-")
    if bare.startswith("(") and bare.endswith(")"):  # how bookkeepers write what was given back
        bare = f"-{bare[1:-1]}"
    if places == _THOUSANDTHS and re.fullmatch(r"-?\d+\.\d{3}", bare):
        return Decimal(bare)
    found = _AMOUNT.fullmatch(bare)
    if found is None or (found["mark"] and found["mark"] == found["point"]):
        raise ValueError(f"{text!r} is no amount of money" if text else "no amount")
    if found["mark"] == "." and bare.count(".") == 1 and not found["point"] and places:
        raise ValueError(f"{text!r} may be thousands or a fraction; write 1234.00 or 1.23")
    whole, cents = found["whole"].replace(found["mark"] or ",", ""), (found["cents"] or "").rstrip("0")
    if len(cents) > places:
        raise ValueError(f"{text!r} has more decimals than there are coins: write {_DECIMALS[places]}")
    amount = Decimal(f"{found['minus']}{whole}.{cents.ljust(places, '0')}")
    if abs(amount) >= _MOST:
        raise ValueError(f"{text!r} is no amount that anybody paid")
    return amount


def moment_of(text: str, house: House) -> datetime:
    """Return a time in UTC; one without a zone is in the house's, a day without an hour at noon."""
    if not text:
        raise ValueError("no date")
    day_first = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)", text)
    iso = f"{day_first[3]}-{int(day_first[2]):02}-{int(day_first[1]):02}{day_first[4]}" if day_first else text
    iso = re.sub(r"^(\d{4})/(\d\d)/(\d\d)", r"\1-\2-\3", iso)
    iso = re.sub(r"(\d) (?:UTC|GMT|Z)$", r"\1+00:00", iso)
    iso = re.sub(r" ([+-]\d\d:?\d\d)$", r"\1", iso)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
            found = datetime.combine(date.fromisoformat(iso), time(12))
        else:
            found = datetime.fromisoformat(iso)
    except ValueError:
        raise ValueError(f"{text!r} is no date that can be read for certain; write it as 2026-03-31") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(house.zone))
    if found.date() < _OLDEST:
        raise ValueError(f"{text!r} is too long ago")
    return found.astimezone(UTC)
