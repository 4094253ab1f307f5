"""What a machine lacks is said loudly, and with CI=true it is no excuse."""

import sys
from pathlib import Path

import pytest
from psycopg import connect

from tests import needs


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this machine one without a browser."""
    monkeypatch.setattr(needs, "whereabouts", lambda _name: None)


def test_a_tool_that_is_here_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "whereabouts", "/usr/bin/{}".format)
    assert needs.require("dovecot") == "/usr/bin/dovecot"


def test_a_missing_tool_skips_and_says_what_to_install(no_chromium: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        needs.require("chromium")


@pytest.mark.parametrize("value", ["true", "1", "True"])
def test_a_missing_tool_fails_where_everything_must_run(
    no_chromium: None, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        needs.require("chromium")


def test_the_last_lines_count_what_was_left_out() -> None:
    reasons = [
        "needs chromium, which is not here; to have it: apt-get install chromium",
        "needs chromium, which is not here; to have it: apt-get install chromium",
        "needs dovecot, which is not here; to have it: apt-get install dovecot-imapd",
        "another reason",
    ]
    assert needs.summary(reasons) == [
        f"NOT TESTED: 2 tests need chromium. To run them: {needs.TOOLS['chromium'].fix}",
        "NOT TESTED: 1 test needs dovecot. To run them: apt-get install dovecot-imapd",
    ]
    assert needs.summary([]) == []


def test_a_postgres_of_ones_own_is_taken_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk@localhost/desk")
    assert needs.find_postgres() == "postgresql://desk@localhost/desk"


def test_a_program_that_does_not_start_is_not_taken(tmp_path: Path) -> None:
    signpost = tmp_path / "chromium"
    signpost.write_text("#!/bin/sh\necho 'install it elsewhere'\nexit 1\n")
    signpost.chmod(0o755)
    assert needs.answers(sys.executable)
    assert not needs.answers(str(signpost))


@needs.postgres
def test_a_postgres_is_there_to_be_spoiled(postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        assert connection.execute("select 6 * 7").fetchone() == (42,)
