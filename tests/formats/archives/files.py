"""Archives to test with: those in `files/`, hand-written in the documented shapes, and small ones made on the spot."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from amends.formats.archives import Broken, Codec, Found, Note, codec
from amends.transcript import Conversation

FOLDER = Path(__file__).parent / "files"
NAMES = sorted(path.name for path in FOLDER.iterdir())


def raw(name: str) -> bytes:
    """Return the bytes of a stored archive."""
    return (FOLDER / name).read_bytes()


def read(name: str, **options: Any) -> list[Found]:
    """Return all that a stored archive holds, read by the codec that is chosen for it."""
    data = raw(name)
    chosen = codec(name, data[:4096], **options)
    assert chosen is not None
    return list(chosen(io.BytesIO(data), name))


def found(read_by: Codec, content: object, name: str = "archive") -> list[Found]:
    """Return what a codec finds in bytes, in text, in one document, or in a tuple of JSON lines."""
    if isinstance(content, tuple):
        content = "\n".join(json.dumps(one) for one in content)
    elif not isinstance(content, (bytes, str)):
        content = json.dumps(content)
    return list(read_by(io.BytesIO(content if isinstance(content, bytes) else content.encode()), name))


def conversations(results: list[Found]) -> list[Conversation]:
    return [one for one in results if isinstance(one, Conversation)]


def only(results: list[Found]) -> Conversation:
    """Return the conversation that is all that was found."""
    [one] = results
    assert isinstance(one, Conversation)
    return one


def broken(results: list[Found]) -> list[tuple[str, str]]:
    return [(one.place, one.why) for one in results if isinstance(one, Broken)]


def notes(results: list[Found]) -> list[str]:
    return [one.why for one in results if isinstance(one, Note)]


def said(conversation: Conversation) -> list[tuple[str, str, str]]:
    """Return who said what, with the time of day in UTC (empty without one); `*` marks what no person wrote."""
    return [
        (
            one.at.astimezone(UTC).strftime("%H:%M") if one.at else "",
            f"{one.role}{'*' * one.automatic}",
            one.text,
        )
        for one in conversation.messages
    ]


def check(results: list[Found]) -> None:
    """Assert what holds for everything that any codec ever finds."""
    for one in results:
        if isinstance(one, (Broken, Note)):
            assert one.why.strip()
            one.why.encode()
            continue
        assert one.id
        assert one.messages
        ids = [message.id for message in one.messages]
        assert len(ids) == len(set(ids))
        times = [message.at for message in one.messages if message.at]
        assert times == sorted(times)
        for at in (*times, one.closed_at):
            assert at is None or (at.tzinfo is not None and at.astimezone(UTC) >= datetime(1989, 12, 31, tzinfo=UTC))
        for message in one.messages:
            assert message.text.strip()
            assert "\x00" not in message.text + message.author + message.id
            f"{one.id}{one.channel}{message.id}{message.author}{message.text}".encode()
