"""Findings for programs: a JSON object on each line."""

import json

from amends.coaching.review import Reviewed
from amends.coaching.rules import Finding


def lines(reviewed: Reviewed) -> bytes:
    """Return a line for each finding of a conversation."""
    return b"".join(_line(reviewed, finding) for finding in reviewed.findings)


def _line(reviewed: Reviewed, finding: Finding) -> bytes:
    conversation = reviewed.conversation
    row = {
        "id": conversation.id,
        "code": finding.code,
        "name": finding.name,
        "turn": None if finding.place is None else turn(conversation.messages[finding.place].id),
        "start": finding.start,
        "end": finding.end,
        "why": finding.why,
        "severity": str(finding.severity),
    }
    return json.dumps(row, ensure_ascii=False).encode(errors="replace") + b"\n"


def turn(name: str) -> int | str:
    """Return a message's turn as it was given: a whole number where it was one."""
    return int(name) if name.isascii() and name.isdigit() else name
