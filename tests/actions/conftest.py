"""Every test of actions has a plain reader and a data folder of its own; the clock stands still on a Monday at ten."""

from pathlib import Path

import pytest
from pytest_django import Settings

from amends.actions import clock, readings
from tests.actions.plain import PlainReader


@pytest.fixture(autouse=True)
def _own_data(settings: Settings, tmp_path: Path) -> None:
    settings.AMENDS_DATA = tmp_path


@pytest.fixture(autouse=True)
def _clock(stopped_clock: clock.StoppedClock) -> None:
    """Stop the clock."""


@pytest.fixture(autouse=True)
def plain(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> PlainReader:
    """Read plainly; a test with `real_reader` among its fixtures reads as the desk does."""
    reader = PlainReader([])
    if "real_reader" not in request.fixturenames:
        monkeypatch.setattr(readings, "read", reader)
    return reader


@pytest.fixture
def real_reader() -> None:
    """Read as the desk does."""
