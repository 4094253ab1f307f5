"""A folder of its own for each test, and commands run as a shell would."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from amends.cli import folder, main

Run = Callable[..., Result]


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """Return a data folder as `amends up` makes it, which the settings of this process point at, too."""
    made = tmp_path / "desk"
    folder.make(made)
    settings.AMENDS_DATA = made
    return made


@pytest.fixture
def amends(data: Path) -> Run:
    """Run `amends …` in this process on that folder."""

    def run(*words: str | Path, given: str = "") -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], input=given, env={"AMENDS_DATA": str(data)})

    return run
