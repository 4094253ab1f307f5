"""What to type again, and which step it is."""

import sys
from pathlib import Path

import pytest

from amends.cli import saying


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """Return the program where no PATH leads."""
    program = tmp_path / "our tools" / "amends"
    program.parent.mkdir()
    program.touch(mode=0o755)
    return program


def test_steps_are_numbered_on_from_those_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(saying.STEPS_BEFORE, raising=False)
    assert saying.step(2, "Database") == "[2/3] Database"
    monkeypatch.setenv(saying.STEPS_BEFORE, "1")
    assert saying.step(2, "Database") == "[3/4] Database"


def test_on_the_path_its_name_is_enough(started: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(started.parent))
    assert saying.program() == "amends"


def test_elsewhere_it_is_called_as_it_was_started(started: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "argv", [str(started), "up"])
    assert saying.program() == f"'{started}'"
    monkeypatch.setattr(sys, "argv", ["/a/test/runner"])
    assert saying.program().endswith(" -m amends.cli")
