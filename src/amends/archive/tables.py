"""Conversations and findings as Arrow tables, and what every engine runs to turn the first into the second."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from amends.archive.settings import Settings
from amends.coaching.review import Reviewed
from amends.transcript import Conversation, Message, Role

_AT = pa.timestamp("us", tz="UTC")
CONVERSATIONS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("channel", pa.string(), nullable=False),
        pa.field("closed_at", _AT),
        pa.field(
            "messages",
            pa.list_(
                pa.struct(
                    [
                        pa.field("turn", pa.string(), nullable=False),
                        pa.field("role", pa.string(), nullable=False),
                        pa.field("at", _AT),
                        pa.field("text", pa.string(), nullable=False),
                        pa.field("author", pa.string(), nullable=False),
                        pa.field("automatic", pa.bool_(), nullable=False),
                    ]
                )
            ),
            nullable=False,
        ),
    ]
)
"""A conversation in each row, as `amends.formats.archives` reads it from Parquet; times are UTC, null where unknown."""

FINDINGS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("turn", pa.string()),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
        pa.field("severity", pa.string(), nullable=False),
    ]
)
"""A finding in each row: `turn` is the id of the message, null where the finding is about the whole conversation;
`start` to `end` (exclusive, in code points) are its words in the text of the message."""


def review_batch(settings: Settings, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the findings (`FINDINGS`) of a batch of conversations (`CONVERSATIONS`), in their order."""
    return findings_batch(settings.review(_conversation(row) for row in batch.to_pylist()))


def conversations_batch(conversations: Iterable[Conversation]) -> pa.RecordBatch:
    """Return conversations as rows of `CONVERSATIONS`."""
    return pa.RecordBatch.from_pylist([_row(one) for one in conversations], CONVERSATIONS)


def findings_batch(reviewed: Iterable[Reviewed]) -> pa.RecordBatch:
    """Return what reviews found as rows of `FINDINGS`."""
    rows = [
        {
            "id": one.conversation.id,
            "code": finding.code,
            "name": finding.name,
            "turn": None if finding.place is None else one.conversation.messages[finding.place].id,
            "start": finding.start,
            "end": finding.end,
            "why": finding.why,
            "severity": str(finding.severity),
        }
        for one in reviewed
        for finding in one.findings
    ]
    return pa.RecordBatch.from_pylist(rows, FINDINGS)


def _row(one: Conversation) -> dict[str, object]:
    return {
        "id": one.id,
        "channel": one.channel,
        "closed_at": one.closed_at,
        "messages": [
            {
                "turn": message.id,
                "role": str(message.role),
                "at": message.at,
                "text": message.text,
                "author": message.author,
                "automatic": message.automatic,
            }
            for message in one.messages
        ],
    }


def _conversation(row: dict[str, Any]) -> Conversation:
    return Conversation(
        id=row["id"],
        channel=row["channel"],
        closed_at=row["closed_at"],
        messages=tuple(
            Message(
                id=message["turn"],
                role=Role(message["role"]),
                at=message["at"],
                text=message["text"],
                author=message["author"],
                automatic=message["automatic"],
            )
            for message in row["messages"]
        ),
    )
