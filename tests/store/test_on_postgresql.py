"""The same tests on PostgreSQL: where it differs from SQLite, in locks, characters, numbers and order, is where data is lost.

These are the files that depend on the database most; `python -m tests.postgres make test` runs all of them there.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs

TESTS = Path(__file__).resolve().parent.parent
FILES = (
    "store/test_journal.py",
    "actions/test_effects.py",
    "actions/test_incoming.py",
    "actions/test_bounces.py",
    "actions/test_customers.py",
    "actions/test_promises.py",
    "actions/test_refit.py",
    "actions/test_remedies.py",
    "actions/test_ticks.py",
)


@needs.postgres
def test_the_store_and_its_writers_do_the_same_on_postgresql(postgres_url: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *(str(TESTS / f) for f in FILES)]
    ran = subprocess.run(
        command,
        cwd=TESTS.parent,
        env={**os.environ, "DATABASE_URL": postgres_url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if ran.returncode:
        pytest.fail(ran.stdout[-6000:] + ran.stderr[-2000:], pytrace=False)
    assert " passed" in ran.stdout
