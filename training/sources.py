"""Labelled messages: labels and written texts from this folder, corpus texts by id from a folder outside of it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LABELS, TEXTS, SECOND = HERE / "labels", HERE / "texts", HERE / "second"

CUSTOMER, AGENT = "customer", "agent"
KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    CUSTOMER: {
        "problem": (),
        "bid": (
            "refund",
            "replacement",
            "repair",
            "compensation",
            "apology",
            "explanation",
            "cancellation",
            "action",
            "human",
        ),
        "threat": ("leave", "public", "legal"),
        "repeat": (),
        "loyalty": (),
        "accept": (),
        "reject": (),
        "thanks": (),
        "abuse": (),
    },
    AGENT: {
        "acknowledge": (),
        "apologise": (),
        "diagnose": (),
        "verify": (),
        "readback": (),
        "invite_bid": (),
        "about_face": (),
        "offer": (),
        "promise": ("dated", "undated"),
        "update": (),
        "appreciate": (),
        "reassure": (),
        "follow_up": (),
        "deflect": (),
        "transfer": (),
    },
}


@dataclass(frozen=True, slots=True)
class Label:
    """One act of a message and the characters `start` to `end` that carry it."""

    act: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A message with its labels. `before` is the message before it, if any; `part` is "train" or "test"."""

    id: str
    conversation: str
    source: str
    part: str
    role: str
    text: str
    before: str
    upset: int | None
    labels: tuple[Label, ...]

    @property
    def acts(self) -> frozenset[str]:
        """The acts of the message, without kinds."""
        return frozenset(label.act for label in self.labels)


@dataclass(frozen=True, slots=True)
class Text:
    """A message without labels."""

    id: str
    conversation: str
    role: str
    text: str
    before: str


def written() -> Iterator[Text]:
    """Yield the texts written for the purpose."""
    for path in sorted(TEXTS.glob("*.jsonl")):
        yield from _with_before(_rows(path))


def corpus(folder: Path) -> Iterator[Text]:
    """Yield every text of the corpora in `folder`: a file each, named by the first part of an id.

    An id that stands for two texts in its source is left out.
    """
    for path in sorted(folder.glob("*.jsonl")):
        ids = Counter((row["conversation_id"], row["turn"]) for row in _rows(path))
        rows = [
            {
                "id": f"{path.stem}/{row['conversation_id']}:{row['turn']}",
                "conversation": row["conversation_id"],
                "role": row.get("role") or CUSTOMER,
                "text": row["text"],
            }
            for row in _rows(path)
            if ids[row["conversation_id"], row["turn"]] == 1
        ]
        yield from _with_before(rows)


def examples(corpora: Path | None, labels: Path = LABELS) -> list[Example]:
    """Return all labelled messages whose texts are at hand: without `corpora`, the written ones."""
    texts = {one.id: one for one in written()}
    if corpora is not None:
        texts |= {one.id: one for one in corpus(corpora)}
    found = []
    for path in sorted(labels.glob("*.jsonl")):
        for row in _rows(path):
            text = texts.get(row["id"])
            if text is not None:
                acts = tuple(Label(*act) for act in row["acts"])
                found.append(
                    Example(
                        id=row["id"],
                        conversation=text.conversation,
                        source=path.stem,
                        part=row["part"],
                        role=text.role,
                        text=text.text,
                        before=text.before,
                        upset=row["upset"],
                        labels=acts,
                    )
                )
    return found


def _with_before(rows: list[dict[str, Any]]) -> Iterator[Text]:
    """Yield the messages, each with the one before it in its conversation if the other side wrote that."""
    last: dict[str, dict[str, Any]] = {}
    for row in rows:
        previous = last.get(row["conversation"])
        before = previous["text"] if previous is not None and previous["role"] != row["role"] else ""
        yield Text(row["id"], row["conversation"], row["role"], row["text"], before)
        last[row["conversation"]] = row


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
