"""A finding as every form tells it: where, what, and the sentence with its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amends.cli.reads.shown import clean
from amends.cli.reviews.masking import Cover, Faces
from amends.coaching.review import Reviewed
from amends.coaching.rules import Finding
from amends.transcript import Message

FIELDS = ("id", "code", "name", "turn", "start", "end", "why", "severity")

_BREAK = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?\u2026]+[\"')\]]{0,3}\s|\n")
_LONGEST = 400  # characters of each part of a sentence; some people write without a full stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding, with the conversation's `id` and the message's `turn` as they may be shown.

    `turn` is a whole number where it was one, and None where the finding is about the whole conversation. `before`,
    `words` and `after` are the sentence on one line, safe for a terminal; empty where there is no message.
    """

    id: str
    turn: int | str | None
    finding: Finding
    before: str = ""
    words: str = ""
    after: str = ""

    @property
    def where(self) -> str:
        """The place for people, safe for a terminal."""
        return clean(self.id if self.turn is None else f"{self.id}:{self.turn}").replace("\n", " ")

    def row(self) -> dict[str, object]:
        """Return the fields for programs, in the order of `FIELDS`."""
        one = self.finding
        values = (self.id, one.code, one.name, self.turn, one.start, one.end, one.why, str(one.severity))
        return dict(zip(FIELDS, values, strict=True))


def told(reviewed: Reviewed, faces: Faces) -> tuple[Told, ...]:
    """Return the findings of a conversation, in their order."""
    return tuple(_told(reviewed, faces)) if reviewed.findings else ()


def _told(reviewed: Reviewed, faces: Faces) -> Iterator[Told]:
    conversation = reviewed.conversation
    cover = faces.over(conversation)
    name = cover.label(conversation.id)
    for finding in reviewed.findings:
        if finding.place is None:
            yield Told(id=name, turn=None, finding=finding)
            continue
        message = conversation.messages[finding.place]
        before, words, after = _sentence(message, finding, cover)
        turn = _turn(cover.label(message.id))
        yield Told(id=name, turn=turn, finding=finding, before=before, words=words, after=after)


def _turn(name: str) -> int | str:
    return int(name) if name.isascii() and name.isdigit() else name


def _sentence(message: Message, finding: Finding, cover: Cover) -> tuple[str, str, str]:
    """Return what stands before the words in their sentence, the words, and what stands behind them."""
    text, start, end = cover.text(message, finding.start, finding.end)
    begin = max((match.end() for match in _SENTENCE.finditer(text, 0, start)), default=0)
    closing = _SENTENCE.search(text, max(start, end - 1))
    stop = closing.end() if closing is not None else len(text)
    before, words, after = (
        _BREAK.sub(" ", clean(part)) for part in (text[begin:start], text[start:end], text[end:stop])
    )
    return (
        before.lstrip() if len(before) <= _LONGEST else f"…{before[-_LONGEST:]}",
        words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…",
        after.rstrip() if len(after) <= _LONGEST else f"{after[:_LONGEST]}…",
    )
