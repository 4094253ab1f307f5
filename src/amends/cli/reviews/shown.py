"""Findings for people: where, which rule, why, and the sentence with its words underlined."""

import re
from collections.abc import Iterator

import click

from amends.cli.reads.shown import clean
from amends.coaching.review import Reviewed
from amends.coaching.rules import Finding, Severity
from amends.transcript import Message

_BREAK = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?\u2026]+[\"')\]]{0,3}\s|\n")
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def shown(reviewed: Reviewed, columns: int) -> Iterator[str]:
    """Yield the lines for a conversation; none where nothing was found."""
    conversation = reviewed.conversation
    for finding in reviewed.findings:
        message = None if finding.place is None else conversation.messages[finding.place]
        where = clean(conversation.id) if message is None else f"{clean(conversation.id)}:{clean(message.id)}"
        code = click.style(finding.code, fg=_COLOURS[finding.severity], bold=True)
        yield f"{where} {code} {finding.name}: {finding.why}"
        if message is not None:
            yield from _words(message, finding, columns)


def _words(message: Message, finding: Finding, columns: int) -> Iterator[str]:
    """Yield the line that holds the words, and tildes under them."""
    text = clean(message.text)
    begin = max((match.end() for match in _SENTENCE.finditer(text, 0, finding.start)), default=0)
    after = _SENTENCE.search(text, max(finding.start, finding.end - 1))
    stop = after.end() if after is not None else len(text)
    before = _BREAK.sub(" ", text[begin : finding.start]).lstrip()
    words = _BREAK.sub(" ", text[finding.start : finding.end])
    rest = _BREAK.sub(" ", text[finding.end : stop]).rstrip()
    room = max(columns - 2, 24)
    if len(before) + len(words) > room:
        before = ""
    line = (before + words + rest)[:room]
    yield f"  {line}"
    yield f"  {' ' * len(before)}{'~' * (len(line) - len(before) if len(before + words) > room else len(words))}"
