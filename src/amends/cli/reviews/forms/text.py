"""For people at a terminal: where, which rule, why, and the sentence with its words underlined."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from textwrap import wrap
from typing import TextIO

import click

from amends.cli.reads.shown import clean
from amends.cli.reviews.counted import Summary
from amends.cli.reviews.masking import Faces
from amends.cli.reviews.told import Told, told
from amends.coaching.review import Reviewed
from amends.coaching.rules import Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_INDENT = "  "
_NARROWEST = 40
_MOST = 5


class Text:
    """Two or three lines for each finding, and the summary below."""

    def __init__(self, out: TextIO, faces: Faces) -> None:
        self._out, self._faces = out, faces
        self._columns = max(shutil.get_terminal_size().columns, _NARROWEST)

    def add(self, reviewed: Reviewed) -> None:
        """Write the findings of a conversation."""
        for one in told(reviewed, self._faces):
            self._write(_headline(one, self._columns))
            if one.words:
                self._write(_underlined(one, self._columns))

    def finish(self, summary: Summary) -> None:
        """Write the summary, below an empty line where findings stand above it."""
        if summary.findings:
            self._write(iter([""]))
        self._write(lines(summary, self._columns))

    def _write(self, some: Iterator[str]) -> None:
        for line in some:
            click.echo(line, file=self._out)  # which takes the colours out where nobody would see them


def lines(summary: Summary, columns: int) -> Iterator[str]:
    """Yield the summary, line by line."""
    share = f" ({summary.clean / summary.conversations:.0%})" if summary.conversations else ""
    yield from wrap(
        f"{_counted(summary.conversations, 'conversation')}, {_counted(summary.messages, 'message')}: "
        f"{_counted(summary.findings, 'breach', 'breaches')}, {_counted(summary.clean, 'clean conversation')}{share}.",
        columns,
    )
    for (code, name), count in summary.by_rule.most_common():
        yield f"  {count:>7,}  {code} {name}"
    if summary.by_handler:
        yield "Most breaches by handler:"
        yield from (f"  {count:>7,}  {clean(name)}" for name, count in summary.by_handler.most_common(_MOST))
    if summary.silences:
        yield "The longest silences while the next step was ours:"
        yield from (f"  {_hours(span):>7}  {clean(name)}" for span, name in summary.silences)
    if summary.promises:
        share = f"{summary.kept / summary.promises:.0%}"
        yield f"Promises with a date: {summary.promises:,}, kept in time: {summary.kept:,} ({share})."
    if summary.unread:
        yield f"Not read, as the language is not English: {_counted(summary.unread, 'message')}."


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:,.0f} h"


def _headline(one: Told, columns: int) -> Iterator[str]:
    """Yield what is wrong and where, broken between words."""
    finding = one.finding
    head = f"{one.where} {finding.code} {finding.name}: "
    first, *rest = wrap(f"{'x' * min(len(head) - 1, columns // 2)} {finding.why}", columns, subsequent_indent=_INDENT)
    code = click.style(finding.code, fg=_COLOURS[finding.severity], bold=True)
    yield f"{one.where} {code} {finding.name}: {first.partition(' ')[2]}".rstrip()
    yield from rest


def _underlined(one: Told, columns: int) -> Iterator[str]:
    """Yield the line that holds the words, and tildes under them."""
    room = columns - len(_INDENT)
    before = one.before if len(one.before + one.words) <= room else ""
    line = before + one.words + one.after
    yield _INDENT + (line if len(line) <= room else f"{line[: room - 1]}…")
    yield _INDENT + " " * len(before) + "~" * min(len(one.words), room - len(before))
