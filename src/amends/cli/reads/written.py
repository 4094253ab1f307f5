"""A reading as JSON, for programs: one object on a line."""

import json
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from amends.cli.reads.given import Given
from amends.hearing.dues import moment
from amends.method.calendar import Calendar
from amends.method.policy import load_preset
from amends.reading import Act, Due, Reading


def line(given: Given, reading: Reading) -> bytes:
    """Return the line for a reading, in UTF-8. Spans count characters (code points) of the message's text."""
    told: dict[str, Any] = {
        "id": given.id,
        "upset": reading.upset,
        "upset_score": reading.upset_score,
        "language": reading.language,
        "acts": [_act(act, given) for act in reading.acts],
    }
    if reading.answer is not None:
        told["answer"] = "yes" if reading.answer.yes else "no"
    words = json.dumps(told, ensure_ascii=False, default=msgspec.to_builtins)
    return words.encode(errors="replace") + b"\n"  # halves of an emoji, which JSON can hold and UTF-8 cannot


def due_at(due: Due | None, said_at: datetime | None) -> datetime | None:
    """Return the moment (UTC) that `due` means by the standard calendar; None where that cannot be told."""
    if due is None or said_at is None:
        return None
    try:
        return moment(due, said_at, _calendar())
    except (OverflowError, ValueError):  # at the ends of the calendar: the years 1 and 9999
        return None


def _act(act: Act, given: Given) -> dict[str, Any]:
    told: dict[str, Any] = {"act": act.act}
    if act.kind:
        told["kind"] = act.kind
    told |= {"quote": given.message.text[act.start : act.end], "start": act.start, "end": act.end, "score": act.score}
    if act.amount is not None:
        told["amount"] = {"value": f"{act.amount.amount:f}", "currency": act.amount.currency}
    if act.tenure_years is not None:
        told["tenure_years"] = act.tenure_years
    if act.plain:
        told["plain"] = True
    if act.due is not None:
        told["due"] = {part: value for part, value in _parts(act.due) if value is not None and value is not False}
        if (at := due_at(act.due, given.message.at)) is not None:
            told["due_at"] = at
    return told


def _parts(due: Due) -> list[tuple[str, object]]:
    return [(field.name, getattr(due, field.name)) for field in fields(due)]


@cache
def _calendar() -> Calendar:
    return load_preset("default").calendar.calendar()
