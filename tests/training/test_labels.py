"""The labels of training/: each is well formed, and none crosses from what is learned to what is measured."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from training.sources import AGENT, HERE, KINDS, LABELS, SECOND, TEXTS, examples, written

Rows = list[tuple[str, dict[str, Any]]]

BREACHES = (HERE / "breaches", HERE / "breaches" / "second")
CORPORA = frozenset("banking77 cfpb firefox_gplay goemotions ibm_cdp multidogo sumo_agent sumo_calm sumo_upset".split())


def rows(folder: Path) -> Rows:
    """Every row of a folder, with the name of its file."""
    return [
        (path.stem, json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


LABELLED, TWICE = rows(LABELS), rows(SECOND)


def conversation(name: str) -> str:
    return name.rpartition(":")[0]


@pytest.mark.parametrize("held", [LABELLED, TWICE], ids=["labels", "second"])
class TestRows:
    def test_a_row_has_an_id_a_part_a_level_and_acts_and_no_words(self, held: Rows) -> None:
        assert [row for _, row in held if set(row) != {"id", "part", "upset", "acts"}] == []

    def test_a_message_is_labelled_once(self, held: Rows) -> None:
        assert [name for name, count in Counter(row["id"] for _, row in held).items() if count > 1] == []

    def test_a_row_stands_in_the_file_of_its_source(self, held: Rows) -> None:
        assert [row["id"] for source, row in held if row["id"].partition("/")[0] != source] == []

    def test_the_kinds_are_those_of_the_docs(self, held: Rows) -> None:
        roles = [KINDS[AGENT] if row["upset"] is None else KINDS["customer"] for _, row in held]
        wrong = [
            (row["id"], act, kind)
            for (_, row), acts in zip(held, roles, strict=True)
            for act, kind, *_ in row["acts"]
            if act not in acts or kind not in (acts[act] or ("",))
        ]
        assert wrong == []

    def test_a_level_is_one_of_five_or_none(self, held: Rows) -> None:
        assert [row["id"] for _, row in held if row["upset"] not in {None, 0, 1, 2, 3, 4}] == []

    def test_a_stretch_begins_before_it_ends(self, held: Rows) -> None:
        assert [row["id"] for _, row in held for _, _, start, end in row["acts"] if not 0 <= start < end] == []

    def test_no_act_is_said_twice_of_the_same_words(self, held: Rows) -> None:
        assert [row["id"] for _, row in held if len({tuple(act) for act in row["acts"]}) < len(row["acts"])] == []


@pytest.mark.parametrize("folder", [LABELS, SECOND], ids=["labels", "second"])
class TestWrittenTexts:
    def test_every_written_message_of_a_label_is_there(self, folder: Path) -> None:
        there = {one.id for one in written()}
        assert [row["id"] for source, row in rows(folder) if source not in CORPORA and row["id"] not in there] == []

    def test_stretches_lie_inside_their_text_with_no_space_at_their_ends(self, folder: Path) -> None:
        cut = [
            (one.id, one.text[label.start : label.end], label.end, len(one.text))
            for one in examples(None, folder)
            for label in one.labels
        ]
        assert len(cut) > 500
        assert [place for place in cut if place[2] > place[3] or place[1] != place[1].strip()] == []

    def test_the_acts_fit_the_role_and_customers_alone_are_upset(self, folder: Path) -> None:
        held = examples(None, folder)
        assert [one.id for one in held if not one.acts <= set(KINDS[one.role])] == []
        assert [one.id for one in held if (one.upset is None) != (one.role == AGENT)] == []


def test_there_are_enough_labels_of_both_sides() -> None:
    assert len(LABELLED) >= 2_500
    ours = sum(row["upset"] is None for _, row in LABELLED) / len(LABELLED)
    assert 0.4 <= ours <= 0.6


def test_there_are_enough_second_labels_and_each_has_a_first() -> None:
    first = {row["id"]: row for _, row in LABELLED}
    assert len(TWICE) >= 250
    assert [row["id"] for _, row in TWICE if row["id"] not in first] == []
    assert [row["id"] for _, row in TWICE if row["part"] != first[row["id"]]["part"]] == []


def test_no_conversation_stands_on_both_sides_of_the_split() -> None:
    parts: dict[str, set[str]] = {}
    for _, row in LABELLED:
        parts.setdefault(conversation(row["id"]), set()).add(row["part"])
    assert set().union(*parts.values()) == {"train", "test"}
    assert [name for name, sides in parts.items() if len(sides) > 1] == []


def test_the_forum_questions_of_one_source_are_not_learned_from_in_another() -> None:
    parts: dict[str, set[str]] = {}
    for source, row in LABELLED:
        if source.startswith("sumo"):  # three cuts of one forum, whose ids are the same in each
            parts.setdefault(conversation(row["id"]).partition("/")[2], set()).add(row["part"])
    assert [name for name, sides in parts.items() if len(sides) > 1] == []


def test_no_words_of_the_test_part_are_written_twice() -> None:
    held = [one for one in examples(None) if len(one.text) > 80]
    learned = {one.text.casefold() for one in held if one.part == "train"}
    assert [one.id for one in held if one.part == "test" and one.text.casefold() in learned] == []


def test_no_text_of_a_corpus_lies_in_the_folder() -> None:
    assert {path.stem for path in TEXTS.iterdir()} & CORPORA == set()
    assert {path.stem for path in LABELS.iterdir()} - CORPORA == {path.stem for path in TEXTS.iterdir()}
    assert [one.id for one in written() if one.id.partition("/")[0] in CORPORA] == []
    texts = [path for path in HERE.rglob("*.jsonl") if "work" not in path.relative_to(HERE).parts]
    assert {path.parent for path in texts} - {HERE / "conversations"} == {LABELS, SECOND, TEXTS, *BREACHES}


def test_a_message_knows_what_the_other_side_wrote_before_it() -> None:
    one, two = [text for text in written() if text.conversation == "mixture/01"][:2]
    assert (one.before, two.before) == ("", one.text)
