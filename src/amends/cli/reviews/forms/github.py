"""For a build: workflow commands, which GitHub shows beside the lines of a file."""

import re
from typing import TextIO

from amends.cli.reviews.counted import Summary
from amends.cli.reviews.forms.text import lines
from amends.cli.reviews.masking import Faces
from amends.cli.reviews.told import told
from amends.coaching.review import Reviewed
from amends.coaching.rules import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_LINE = re.compile(r"line (\d{1,9})\b")
_COLUMNS = 100


class GitHub:
    """An annotation for each finding, and one with the summary."""

    def __init__(self, out: TextIO, faces: Faces) -> None:
        self._out, self._faces = out.buffer, faces

    def add(self, reviewed: Reviewed) -> None:
        """Write an annotation for each finding."""
        conversation = reviewed.conversation
        line = _LINE.match(conversation.place)
        place = {"file": conversation.file, "line": line[1] if line is not None else ""}
        for one in told(reviewed, self._faces):
            words = f" “{one.words.strip()}”" if one.words else ""
            finding = one.finding
            title = {"title": f"{finding.code} {finding.name}"}
            self._write(_COMMANDS[finding.severity], f"{one.where}: {finding.why}{words}", place | title)

    def finish(self, summary: Summary) -> None:
        """Write the summary, as one command: a line of its own could be taken for one."""
        self._write("notice", "\n".join(lines(summary, _COLUMNS)), {"title": "Review of past conversations"})

    def _write(self, command: str, message: str, properties: dict[str, str]) -> None:
        told_of = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        self._out.write(f"::{command} {told_of}::{_data(message)}\n".encode(errors="replace"))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
