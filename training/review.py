"""How well the rules judge whole conversations: each breach by name and message, against labels made by reading."""

import json
from collections import Counter
from io import BytesIO
from pathlib import Path

from amends.coaching.review import review
from amends.formats.archives.native import jsonl
from amends.transcript import Conversation
from training.sources import HERE

CONVERSATIONS, BREACHES = HERE / "conversations", HERE / "breaches"

Breach = tuple[str, str | None]  # the rule's name, and the turn as it is written


def labels(folder: Path = BREACHES) -> dict[str, set[Breach]]:
    """Return the breaches of each conversation by its id."""
    return {
        row["id"]: {(one["name"], None if one["turn"] is None else str(one["turn"])) for one in row["breaches"]}
        for path in sorted(folder.glob("*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    }


def conversations(names: str = "*") -> list[Conversation]:
    """Return the written conversations of the files with such names."""
    held = (jsonl(BytesIO(path.read_bytes()), path.name) for path in sorted(CONVERSATIONS.glob(f"{names}.jsonl")))
    return [one for found in held for one in found if isinstance(one, Conversation)]


def report(names: str = "*") -> str:
    """Return precision, recall and F1 of each rule and of all, and how many clean conversations came out clean."""
    expected = labels()
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    clean = spoiled = 0
    for reviewed in review(conversations(names)):
        held = reviewed.conversation
        found = {(one.name, None if one.place is None else held.messages[one.place].id) for one in reviewed.findings}
        meant = expected[held.id]
        clean += not meant
        spoiled += not meant and bool(found)
        right.update(name for name, _ in found & meant)
        wrong.update(name for name, _ in found - meant)
        missed.update(name for name, _ in meant - found)
    lines = ["| rule | breaches | P | R | F1 |", "|---|--:|--:|--:|--:|"]
    lines += [_line(name, right[name], wrong[name], missed[name]) for name in sorted({*right, *wrong, *missed})]
    lines.append(_line("all", right.total(), wrong.total(), missed.total()))
    return "\n".join([*lines, "", f"{clean} clean conversations, {clean - spoiled} of them without a finding."])


def _line(name: str, right: int, wrong: int, missed: int) -> str:
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return f"| {name} | {right + missed} | {precision:.2f} | {recall:.2f} | {f1:.2f} |"
