"""Fixtures for pytest: `pytest_plugins = ["amends.testing.fixtures"]` in a conftest.py makes them known."""

from collections.abc import Iterator

import pytest

from amends.actions import clock
from amends.testing.people import MONDAY, Cast, make_cast
from amends.testing.replay import check_replay


@pytest.fixture
def stopped_clock() -> Iterator[clock.StoppedClock]:
    """Stop the clock on a Monday at ten; `pass_time` moves it."""
    with clock.stopped(MONDAY) as hands:
        yield hands


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001  a fixture is asked for its effect
    """Return the cast of every test of access."""
    return make_cast()


@pytest.fixture
def replay_equals_read(db: None, settings: object) -> Iterator[None]:  # noqa: ARG001  the same
    """Check after the test, and before its settings are put back, that every row is what the journal gives."""
    yield
    check_replay()
