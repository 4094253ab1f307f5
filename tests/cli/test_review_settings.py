"""What a folder always wants of a review stands in amends.toml; the command line wins."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from amends.cli import main
from tests.cli import snapshots


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    below = tmp_path / "project" / "below"
    below.mkdir(parents=True)
    (tmp_path / "project" / ".git").mkdir()
    monkeypatch.chdir(below)
    return tmp_path / "project"


def review(*words: object) -> Result:
    return CliRunner().invoke(main, ["review", *map(str, words), str(snapshots.FOLDER / "talks.jsonl")])


def codes(result: Result) -> set[str]:
    return {json.loads(line)["code"] for line in result.stdout.splitlines()}


def test_the_folder_says_what_the_command_line_does_not(folder: Path) -> None:
    (folder / "amends.toml").write_text(
        '[review]\nformat = "jsonl"\nselect = ["A", "F201"]\nignore = "A301"\nfail-on = "note"\nsince = 2026-03-01\n'
    )
    result = review()
    assert codes(result) == {"A303", "F201"}
    assert result.exit_code == 1
    assert codes(review("--select", "A301", "--ignore", "")) == {"A301"}
    assert review("--since", "2027-01-01").stdout == ""


def test_limits_move_what_is_dead_time(folder: Path) -> None:
    assert "A303" in codes(review("--format", "jsonl"))
    (folder / "amends.toml").write_text("[review]\nsilence-hours = 97\n")
    assert "A303" not in codes(review("--format", "jsonl"))
    assert "A303" in codes(review("--format", "jsonl", "--silence-hours", 95))


def test_the_nearest_file_counts_and_none_outside_of_the_project(folder: Path) -> None:
    (folder.parent / "amends.toml").write_text("[review]\nnonsense = 1\n")
    assert review().exit_code == 0
    (folder / "amends.toml").write_text("[review]\nnonsense = 1\n")
    assert review().exit_code == 2
    (folder / "below" / "amends.toml").write_text('[review]\nformat = "csv"\n')
    assert review().stdout.startswith("id,code,")
    given = folder / "other.toml"
    given.write_text('[review]\nformat = "html"\n')
    assert review("--config", given).stdout.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[review]\ncolour = 1", "[review] has no 'colour'; it may have format, select, ignore"),
        ('[review]\nformat = "pdf"', "[review] format: 'pdf' is not one of 'text', 'jsonl'"),
        ('[review]\nselect = ["Z9"]', "[review] select: There is no rule Z9"),
        ('[review]\nsince = "soon"', "[review] since: 'soon' is no day; write it like 2026-03-31."),
        ("[review]\nsilence-hours = 0", "[review] silence-hours: '0' is not it; write whole hours, from 1 to 10000."),
        ("[review]\nsilence-hours = nan", "[review] silence-hours: 'nan' is not it; write whole hours"),
        ('[review]\nmask = "yes"', "[review] mask: Write true or false."),
        ("[review]\nown = [1, [2]]", "[review] own: Write a text between quotes, a number, or a list of texts."),
        ('[review]\nexplain = "A301"', "[review] has no 'explain'"),
        ("[reviews]\nmask = true", "there is nothing to set in 'reviews'; write it below [review]."),
        ("review = 1", "there is nothing to set in 'review'"),
        ("[review", "this is not TOML"),
        ("a = " + "[" * 5000, "this is not TOML"),
        ("\udcff", "this is not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(folder: Path, words: str, said: str) -> None:
    (folder / "amends.toml").write_bytes(words.encode(errors="surrogateescape"))
    result = review()
    assert result.exit_code == 2
    assert f"amends.toml: {said}" in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
