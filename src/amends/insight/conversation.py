"""The words of a case: its messages, a window of them at a time, with files and the notes of the staff."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import models
from django.db.models import F, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from amends.store.models import Attachment, Effect, Message, Note

WINDOW: Final = 100
LONGEST: Final = 50_000
"""Characters of one message that a page shows; whoever writes more sent a file."""
_LINK: Final = re.compile(r"(?<=/c/)[\w:-]{20,}")


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a message. `kept` is False where it was too large to take in."""

    id: int
    name: str
    content_type: str
    size: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Words:
    """One message. `set_aside` is what its writer quoted or signed with."""

    id: str
    incoming: bool
    channel: str
    status: str
    purpose: str
    automatic: bool
    author: int | None
    sender: str
    recipient: str
    subject: str
    text: str
    set_aside: str
    at: datetime
    problems: Sequence[str]


@dataclass(frozen=True, slots=True)
class Remark:
    """A text that somebody typed beside the messages; `internal` ones stand among them, for the staff."""

    id: str
    text: str
    at: datetime
    author: int | None
    internal: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """A window of messages, oldest first, with the notes of that time.

    `files` are those of a message, `troubles` say why one of ours did not arrive, both by its id. `earlier` says
    whether there are older messages, `newest` whether this is the end of the conversation.
    """

    messages: Sequence[Words]
    files: Mapping[str, tuple[File, ...]]
    troubles: Mapping[str, str]
    notes: Sequence[Remark]
    earlier: bool
    newest: bool


def conversation(case_id: int, *, before: str = "", note_ids: Sequence[str] = ()) -> Conversation:
    """Return the newest messages, or those before the message `before`; and the notes with `note_ids` beside.

    Three queries, one more where a mail failed, one more with `before`.
    """
    found = Message.objects.filter(case_id=case_id)
    end = Message.objects.filter(case_id=case_id, pk=before).values_list("at", "pk").first() if before else None
    if end is not None:
        found = found.filter(at__lte=end[0]).exclude(at=end[0], pk__gte=end[1])
    rows = list(_rows(found.order_by("-at", "-id"))[: WINDOW + 1])
    shown = rows[:WINDOW][::-1]
    since = shown[0][12] if len(rows) > WINDOW else None
    return Conversation(
        messages=[_words(row) for row in shown],
        files=_files([row[0] for row in shown]),
        troubles=_troubles([row[0] for row in shown if row[3] == "failed"]),
        notes=_notes(case_id, since, end[0] if end else None, note_ids),
        earlier=len(rows) > WINDOW,
        newest=end is None,
    )


def without_links(text: str) -> str:
    """Return a text with dots in place of the customer's link, which is theirs alone; its length stays.

    >>> without_links("Look at https://help.example.com/c/aHR0cHM6Ly9:dGhlaXIgbGluaw/ today")
    'Look at https://help.example.com/c/··························/ today'
    """
    return _LINK.sub(lambda token: "·" * len(token[0]), text) if "/c/" in text else text


def _words(row: tuple[Any, ...]) -> Words:
    found = Words(*row)
    return replace(found, text=without_links(found.text), set_aside=without_links(found.set_aside))


def _rows(found: QuerySet[Message]) -> QuerySet[Message, tuple[Any, ...]]:
    """Return the columns of `Words` up to `problems`, with long texts cut by the database."""
    aside = models.Case(When(full_text=F("text"), then=Value("")), default=Substr("full_text", 1, LONGEST))
    return found.values_list(
        "pk",
        models.Case(When(direction=Message.IN, then=True), default=False),
        "channel",
        "status",
        "purpose",
        "automatic",
        "author_id",
        "sender",
        "recipient",
        "subject",
        Substr("text", 1, LONGEST),
        aside,
        "at",
        "problems",
    )


def _files(messages: Sequence[str]) -> Mapping[str, tuple[File, ...]]:
    found: dict[str, tuple[File, ...]] = {}
    rows = Attachment.objects.filter(message_id__in=messages).order_by("pk")
    for message, pk, name, kind, size, dropped, sha in rows.values_list(
        "message_id", "pk", "filename", "content_type", "size", "dropped", "sha256"
    ):
        file = File(pk, name, kind, size, kept=not dropped and bool(sha))
        found[message] = (*found.get(message, ()), file)
    return found


def _troubles(messages: Sequence[str]) -> Mapping[str, str]:
    """Return why mails failed, as the server put it."""
    if not messages:
        return {}
    rows = Effect.objects.filter(key__in=[f"mail:{message}" for message in messages])
    return dict(rows.values_list("subject", "error"))


def _notes(case_id: int, since: datetime | None, until: datetime | None, ids: Sequence[str]) -> list[Remark]:
    internal = Q(kind="internal")
    if since is not None:
        internal &= Q(at__gte=since)
    if until is not None:
        internal &= Q(at__lt=until)
    rows = Note.objects.filter(internal | Q(pk__in=ids), case_id=case_id).order_by("at", "id")
    return [
        Remark(pk, text, at, author, internal=kind == "internal")
        for pk, text, at, author, kind in rows.values_list("pk", "text", "at", "author_id", "kind")
    ]
