"""A reading for people: the message with its evidence underlined, and what each act is."""

import re
import unicodedata
from calendar import day_name, month_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import click

from amends.cli.reads.given import Given
from amends.cli.reads.written import due_at
from amends.reading import Act, Due, Reading
from amends.reading.text import LIMIT

LEVELS = ("calm", "displeased", "frustrated", "angry", "furious")
_INDENT = "  "
_NARROWEST = 24  # columns in which a word and its line still make sense
_BREAK = re.compile(r"\s+")
_STRANGE = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])  # what steers a terminal; a message may hold anything
_JOINS = "\u200d"  # the one of them that emojis need


@dataclass(frozen=True, slots=True)
class Page:
    """What it is shown on: so many columns, with underlines (and bold) or with a line of tildes instead."""

    columns: int
    underlines: bool

    def show(self, given: Given, reading: Reading) -> str:
        """Return what people see of one message: headline, text, acts; it ends with an empty line."""
        text = clean(given.message.text[:LIMIT])
        headline = _headline(given, reading)
        parts = [click.style(headline, bold=True) if self.underlines else headline, *self._text(text, reading)]
        if len(given.message.text) > LIMIT:
            parts.append(f"{_INDENT}… (of a long message the first {LIMIT:,} characters are read)")
        parts += [self._act(act, text, given.message.at) for act in reading.acts]
        if reading.answer is not None:
            parts.append(f"{_INDENT}answer: {'yes' if reading.answer.yes else 'no'}")
        return "\n".join([*parts, "", ""])

    def _text(self, text: str, reading: Reading) -> Iterator[str]:
        marked = bytearray(len(text))  # acts may overlap: a character is evidence or not
        for act in reading.acts:
            marked[act.start : act.end] = b"\1" * (min(act.end, len(text)) - act.start)
        for start, end in _wrapped(text, max(self.columns, _NARROWEST) - len(_INDENT)):
            stretches = [
                ("".join(text[place] for place in places), on)
                for on, places in groupby(range(start, end), key=lambda place: marked[place] == 1)
            ]
            if self.underlines:
                yield _INDENT + "".join(click.style(words, underline=True) if on else words for words, on in stretches)
                continue
            yield _INDENT + text[start:end]
            if any(on for _, on in stretches):
                yield _INDENT + "".join(("~" if on else " ") * _cells(words) for words, on in stretches).rstrip()

    def _act(self, act: Act, text: str, said_at: datetime | None) -> str:
        name = f"{act.act} ({act.kind})" if act.kind else str(act.act)
        details = [_due_words(act.due, due_at(act.due, said_at))] if act.due is not None else []
        if act.amount is not None:
            details.append(str(act.amount))
        if act.tenure_years is not None:
            details.append(f"{act.tenure_years:g} years")
        if act.plain:
            details.append("told plainly")
        head, tail = f"{_INDENT}{act.score:4.0%} {name}: “", "".join(["”", *(f", {one}" for one in details)])
        room = max(self.columns - len(head) - len(tail), _NARROWEST)
        return head + _shortened(_BREAK.sub(" ", text[act.start : act.end]).strip(), room) + tail


def clean(text: str) -> str:
    """Return `text` of the same length without what would steer the terminal; line breaks stay.

    >>> clean("red: \\x1b[31m")
    'red: \ufffd[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char in ("\n", _JOINS):
        return char
    if char in "\r\t":
        return " "
    return "\ufffd" if unicodedata.category(char) in _STRANGE else char


def _headline(given: Given, reading: Reading) -> str:
    words = [clean(str(given.id)).replace("\n", " "), str(given.message.role)]
    if reading.language != "en":
        words.append(f"not read: its language is “{reading.language}”")
    elif reading.upset is not None:
        words.append(LEVELS[reading.upset])
    return " · ".join(words)


def _wrapped(text: str, columns: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a text start and end, none wider than `columns`, broken at spaces where possible."""
    start = 0
    for paragraph in text.rstrip().split("\n"):
        stop = start + len(paragraph.rstrip())
        begin = start
        while (end := _fits(text, begin, stop, columns)) < stop:
            space = text.rfind(" ", begin, end + 1)
            end = space if space > begin else end
            yield begin, end
            begin = end + 1 if text[end] == " " else end
        yield begin, stop
        start += len(paragraph) + 1


def _fits(text: str, start: int, stop: int, columns: int) -> int:
    for place in range(start, stop):
        columns -= _cells(text[place])
        if columns < 0:
            return place
    return stop


def _cells(words: str) -> int:
    """Return how many columns words take: Chinese characters and emojis two, accents of their own none."""
    if words.isascii():
        return len(words)
    return sum(
        0 if char == _JOINS or unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in words
    )


def _shortened(words: str, room: int) -> str:
    if _cells(words) <= room:
        return words
    head = words[: _fits(words, 0, len(words), room - 1)]
    return f"{head.rpartition(' ')[0] or head}…"


def _due_words(due: Due, at: datetime | None) -> str:
    words = f"due {' '.join(_parts(due))}"
    return f"{words} ({at:%Y-%m-%d %H:%M} UTC)" if at is not None else words


def _parts(due: Due) -> Iterator[str]:
    if due.within is not None:
        yield f"within {_span(due.within)}"
    if due.working_days is not None:
        yield _counted("within", due.working_days, "working day")
    if due.working_hours is not None:
        yield _counted("within", due.working_hours, "working hour")
    if due.weekday is not None:
        yield day_name[due.weekday]
    if due.days_ahead is not None:
        yield {0: "today", 1: "tomorrow"}.get(due.days_ahead) or _counted("in", due.days_ahead, "day")
    if due.day is not None:
        yield f"{due.day} {month_name[due.month]}" if due.month is not None else f"on day {due.day}"
    if due.at is not None:
        yield f"at {due.at:%H:%M}"
    if due.end_of_day:
        yield "by close of business"
    if due.start_of_day:
        yield "first thing"


def _span(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    for unit, size in (("day", 24 * 60), ("hour", 60)):
        if minutes > size and minutes % size == 0:  # "24 hours" is what people say, not "1 day"
            return _counted("", minutes // size, unit)
    return _counted("", minutes, "minute")


def _counted(before: str, number: int, unit: str) -> str:
    return f"{before} {number} {unit}{'s' * (number != 1)}".strip()
