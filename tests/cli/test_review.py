"""Past conversations are reviewed from files and pipes: findings for people and for programs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from amends.cli import main
from amends.cli.reviews.inputs import Source
from amends.coaching.rules import RULES

ANSWER = "Hello Sam, we will get back to you shortly. Kind regards, Ada"
TALK = {
    "id": "t1",
    "channel": "email",
    "messages": [
        {
            "turn": 1,
            "role": "customer",
            "at": "2026-03-02T09:00:00Z",
            "text": "I am furious! My router has been dead since this morning and I work from home.",
        },
        {
            "turn": 2,
            "role": "agent",
            "at": "2026-03-06T09:00:00Z",
            "text": ANSWER,
            "author": "Ada",
        },
    ],
    "closed_at": None,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "talks.jsonl"
    path.write_text(json.dumps(TALK) + "\n")
    return path


def review(*words: object, given: str = "") -> Result:
    return CliRunner().invoke(main, ["review", *map(str, words)], input=given)


def test_programs_get_an_object_on_each_line(file: Path) -> None:
    result = review("--format", "jsonl", file)
    assert result.exit_code == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["id"], one["turn"], one["name"]) for one in found] == [
        ("t1", 2, "undated-promise"),
        ("t1", 2, "dead-time"),
        ("t1", 2, "feeling-not-acknowledged"),
    ]
    promise = found[0]
    assert set(promise) == {"id", "code", "name", "turn", "start", "end", "why", "severity"}
    assert ANSWER[promise["start"] : promise["end"]] == "we will get back to you shortly"


def test_people_get_the_sentence_underlined_and_a_summary(file: Path) -> None:
    result = review(file)
    assert "t1:2 A301 undated-promise: " in result.stdout
    assert "~~~" in result.stdout
    assert "1 conversation, 2 messages: 3 breaches, 0 clean conversations (0%)." in result.stdout
    assert "A303 dead-time" in result.stdout
    assert "Ada" in result.stdout


def test_rules_are_chosen_and_left_out(file: Path) -> None:
    assert "A301" not in review("--ignore", "A301,F", file).stdout
    only = review("--select", "undated-promise", "--format", "jsonl", file).stdout
    assert [json.loads(line)["code"] for line in only.splitlines()] == ["A301"]
    wrong = review("--select", "X9", file)
    assert wrong.exit_code == 2
    assert "There is no rule X9" in wrong.output


def test_a_folder_and_a_pipe(file: Path) -> None:
    assert review("--format", "jsonl", file.parent).stdout == review("--format", "jsonl", file).stdout
    assert review("--format", "jsonl", "-", given=file.read_text()).stdout == review("--format", "jsonl", file).stdout


def test_a_broken_record_is_named_and_skipped(file: Path) -> None:
    file.write_text("{nonsense\n" + file.read_text())
    result = review("--format", "jsonl", file)
    assert len(result.stdout.splitlines()) == 3
    assert "line 1" in result.stderr
    assert "1 records could not be used." in result.stderr
    assert review("--strict", file).exit_code == 1


def test_since_looks_at_newer_conversations_alone(file: Path) -> None:
    assert review("--format", "jsonl", "--since", "2026-03-07", file).stdout == ""
    assert review("--format", "jsonl", "--since", "2026-03-06", file).stdout != ""
    assert review("--since", "yesterday", file).exit_code == 2


@pytest.mark.parametrize(("severity", "code"), [("error", 1), ("note", 1)])
def test_it_fails_when_asked_to(file: Path, severity: str, code: int) -> None:
    assert review("--fail-on", severity, file).exit_code == code
    assert review("--fail-on", severity, "--select", "D104", file).exit_code == 0


def test_a_rule_is_explained(file: Path) -> None:
    result = review("--explain", "A301")
    assert result.exit_code == 0
    assert "A301 undated-promise" in result.stdout
    assert "**Do**" in result.stdout
    assert review("--explain", "X1").exit_code == 2
    assert review().exit_code == 2


def test_the_rules_are_listed() -> None:
    result = CliRunner().invoke(main, ["rules"])
    assert result.exit_code == 0
    assert "A301  undated-promise" in result.stdout
    assert len(result.stdout.splitlines()) == len(RULES)


def test_a_bar_can_tell_how_far_it_is(file: Path) -> None:
    (file.parent / "more.jsonl").write_text(file.read_text() * 3)
    (file.parent / "none.jsonl").write_text("")
    source = Source([str(file.parent)], print)
    size = source.size()
    assert size == sum(path.stat().st_size for path in file.parent.iterdir())
    assert source.place == 0
    seen = []
    for one in source:
        seen.append(source.place)
        assert one.file.endswith("s.jsonl" if len(seen) > 3 else "more.jsonl")
    assert seen == sorted(seen)
    assert 0 < seen[0] <= size == source.place
