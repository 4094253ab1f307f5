"""Labelled messages, one file per act: what must be found, and what looks like it and must not be."""

from pathlib import Path

import pytest
import yaml

from amends.reading import ActKind
from tests.reading.labelled import Case, cases, files, misread

ALL = list(cases())
MOST_MISREAD = 0.3  # of all cases; they are near the lines between acts on purpose


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_case_is_read_right_or_is_known_to_be_misread(case: Case) -> None:
    """What `misread.txt` names has to be misread: a case that is read right again must leave the list."""
    wrong = case.wrong()
    assert bool(wrong) is (case.name in misread()), wrong or "it is read right: take it out of misread.txt"


def test_few_are_misread_and_each_of_them_exists() -> None:
    assert misread() <= {case.name for case in ALL}
    assert len(misread()) <= MOST_MISREAD * len(ALL)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_every_act_has_fire_silence_and_near_misses(path: Path) -> None:
    names = list(yaml.safe_load(path.read_text("utf-8"))["cases"])
    assert sum(not name.startswith(("silent_", "near_")) for name in names) >= 3
    assert any(name.startswith("silent_") for name in names)
    assert any(name.startswith("near_") for name in names)


def test_every_act_has_a_file() -> None:
    assert {path.stem for path in files()} >= {str(kind) for kind in ActKind}
