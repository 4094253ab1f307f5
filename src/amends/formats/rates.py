"""Rates of exchange as files tell them: lines of date, currency and rate, or the reference rates of the ECB.

>>> list(quotes(["Date, USD, JPY, ", "20 November 2026, 1.25, 180, "], "USD"))[1]
Quote(day=datetime.date(2026, 11, 20), currency='JPY', rate=Decimal('0.00694444444'), into='USD')
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from email.utils import parsedate
from typing import NamedTuple
from xml.etree import ElementTree as ET

from amends.formats.tables import BadFile, Problem, columns, read_table, table
from amends.transcript import BadMoney, currency_of

HEADERS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "day", "since"),
    "currency": ("currency",),
    "rate": ("rate",),
    "into": ("in", "into", "base"),
}
_MOST = Decimal("1e9")  # of one currency for another; more is a slip of the finger
_EXACT = Context(prec=9)  # more digits than any bank gives
_EURO = "EUR"


class Quote(NamedTuple):
    """From this day on, one unit of `currency` is worth `rate` units of `into`; empty: of the house's currency."""

    day: date
    currency: str
    rate: Decimal
    into: str = ""


def quotes(lines: Iterable[str], house: str) -> Iterator[Quote | Problem]:
    """Yield the rates in the house's currency, and the lines that are none. Raises `BadFile` for another file.

    The ECB says what one euro is worth. In a house of another currency, each rate goes by way of the euro.
    """
    told = list(lines)
    if "<" in "".join(told[:1]):
        yield from _crossed(_of_xml("".join(told)), house)
        return
    header, rows = table(told)
    if columns(header, HEADERS).keys() >= {"day", "currency", "rate"}:
        yield from own_quotes(told)
    elif header[0].strip().lower() == "date" and "USD" in (name.strip() for name in header):
        yield from _crossed(_of_csv(header, rows), house)
    else:
        raise BadFile("This is neither a file of the ECB (CSV or XML) nor one with the columns date, currency, rate.")


def own_quotes(lines: Iterable[str]) -> Iterator[Quote | Problem]:
    """Yield the rates of a file of ours (date, currency, rate, and perhaps the currency that the rate is `in`)."""
    header, _rows = table(told := list(lines))
    if not columns(header, HEADERS).keys() >= {"day", "currency", "rate"}:
        raise BadFile("The first line has to name the columns date, currency, rate.")
    yield from read_table(told, HEADERS, lambda _line, row: _quote(row))


def _quote(row: Mapping[str, str]) -> Quote:
    currency = currency_of(row.get("currency", ""))
    into = currency_of(row["into"]) if row.get("into") else ""
    return Quote(_day(row.get("day", "")), currency, _rate(row.get("rate", "")), into)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        spelt = parsedate(f"{text} 12:00")  # "20 November 2026", as the ECB writes it
    if spelt is None:
        raise ValueError(f"{text!r} is no date; write it as 2026-03-31")
    return date(*spelt[:3])


def _rate(text: str) -> Decimal:
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        found = Decimal(0)
    if not found.is_finite() or not 0 < found <= _MOST:
        raise ValueError(f"{text!r} is no rate; write what one unit is worth, such as 1.0834")
    return found


class _Day(NamedTuple):
    """What one euro is worth on one day. `line` is where the file says so."""

    line: int
    day: str
    worth: Sequence[tuple[str, str]]


def _of_csv(header: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[_Day | Problem]:
    names = [name.strip() for name in header[1:]]
    try:
        for line, row in rows:
            if row:
                yield _Day(line, row[0], list(zip(names, row[1:], strict=False)))
    except csv.Error as wrong:
        yield Problem(0, f"cannot be read: {wrong}")


def _of_xml(text: str) -> Iterator[_Day | Problem]:
    try:
        root = ET.fromstring(text)  # noqa: S314 - a file that the operator names; expat refuses what would blow up
    except ET.ParseError as wrong:
        raise BadFile(f"This is no XML that can be read: {wrong}.") from None
    days = [cube for cube in root.iter() if "time" in cube.attrib]
    if not days:
        raise BadFile("This XML holds no rates of the ECB.")
    for place, cube in enumerate(days, 1):
        yield _Day(place, cube.attrib["time"], [(one.get("currency", ""), one.get("rate", "")) for one in cube])


def _crossed(days: Iterator[_Day | Problem], house: str) -> Iterator[Quote | Problem]:
    for told in days:
        if isinstance(told, Problem):
            yield told
            continue
        try:
            day = _day(told.day)
            worth = {name: _rate(rate) for name, rate in told.worth if name and rate.strip() not in ("", "N/A")}
        except ValueError as wrong:
            yield Problem(told.line, str(wrong))
            continue
        worth[_EURO] = Decimal(1)
        if house not in worth:
            yield Problem(told.line, f"the ECB gave no rate for {house} on that day")
            continue
        for name, rate in worth.items():
            if name != house and _known(name):
                yield Quote(day, name, _EXACT.divide(worth[house], rate), house)


def _known(name: str) -> bool:
    """Whether there still is such a currency: the ECB's history has some that are gone."""
    try:
        return currency_of(name) == name
    except BadMoney:
        return False
