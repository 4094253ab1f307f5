"""What all tests share; each room adds its own fixtures in tests/<room>/conftest.py."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import needs

pytest_plugins = ["amends.testing.fixtures", "tests.browser"]

# Here every test ends with the check that the rows are what the journal gives.
REPLAYED = {"actions", "api", "desk", "channels", "journeys"}

# The same examples in every run, so that a red build is red for everybody; `--hypothesis-profile=search` looks further.
settings.register_profile(
    "steady", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Give this process an empty data folder, and take it away at the end."""
    data = Path(os.environ["AMENDS_DATA"])
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    config.add_cleanup(lambda: shutil.rmtree(data, ignore_errors=True))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip or fail what is marked `@needs.…` and has not got it."""
    for mark in item.iter_markers("needs"):
        needs.require(*mark.args)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the very end, and loudly, what was not tested for want of a program."""
    skipped = terminalreporter.stats.get("skipped", [])
    for line in needs.summary(str(report.longrepr) for report in skipped):
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(autouse=True)
def _replay(request: pytest.FixtureRequest) -> None:
    """Check after each test of these rooms that used the database that replay equals read."""
    marked = request.node.get_closest_marker("django_db") is not None
    uses_database = marked or bool({"db", "transactional_db", "live_server"} & set(request.fixturenames))
    room = request.path.relative_to(Path(__file__).parent).parts[0]
    if room in REPLAYED and uses_database:
        request.getfixturevalue("replay_equals_read")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Yield the address of a PostgreSQL to use and spoil; ask for it under `@needs.postgres`."""
    needs.require("postgres")
    from tests import postgres  # noqa: PLC0415 - a second that only tests of databases should pay

    with postgres.server() as url:
        yield url
