"""The data folder: made once, closed to others, never overwritten."""

import stat
import tomllib
from pathlib import Path

import click
import msgspec
import pytest

from amends.actions.house import House
from amends.cli import folder
from amends.method.policy import load_policy

SEEDS = ("seeds", "kettle")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_missing_is_made(tmp_path: Path) -> None:
    desk = tmp_path / "a" / "desk"
    assert folder.make(desk) == [str(desk), "secret.key", "amends.toml", "policy.toml"]
    assert (mode(desk), mode(desk / "secret.key")) == (0o700, 0o600)
    assert len((desk / "secret.key").read_text().strip()) == 64


def test_what_is_there_stays(tmp_path: Path) -> None:
    folder.make(tmp_path)
    (tmp_path / "amends.toml").write_text("# mine")
    key = (tmp_path / "secret.key").read_text()
    assert folder.make(tmp_path) == []
    assert (tmp_path / "amends.toml").read_text() == "# mine"
    assert (tmp_path / "secret.key").read_text() == key


def test_two_keys_differ(tmp_path: Path) -> None:
    folder.make(tmp_path / "a")
    folder.make(tmp_path / "b")
    assert (tmp_path / "a" / "secret.key").read_text() != (tmp_path / "b" / "secret.key").read_text()


def test_a_key_of_the_environment_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMENDS_SECRET_KEY", "x" * 50)
    folder.make(tmp_path)
    assert not (tmp_path / "secret.key").exists()


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMENDS_SECRET_KEY", raising=False)


def test_a_folder_that_cannot_be_made_says_what_helps(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(click.ClickException, match="Name another folder with --data"):
        folder.make(tmp_path / "file" / "desk")


@pytest.mark.parametrize("seeds", SEEDS)
def test_the_configuration_that_is_written_can_be_read(seeds: str) -> None:
    msgspec.convert(tomllib.loads(folder.seed(seeds, "amends.toml")), House)
    load_policy(folder.seed(seeds, "policy.toml"))


def test_the_examples_in_the_configuration_can_be_read() -> None:
    """What stands behind a # is what people will take it away from."""
    house = msgspec.convert(tomllib.loads(_uncommented("amends.toml")), House)
    assert house.mailboxes[0].password_env == "AMENDS_MAILBOX_PASSWORD"
    policy = load_policy(_uncommented("policy.toml"))
    assert (policy.currency, policy.calendar.zone) == ("EUR", "Europe/Berlin")


def _uncommented(name: str) -> str:
    lines = folder.seed("seeds", name).splitlines()
    return "\n".join(line[2:] if line.startswith("# ") and ("=" in line or "[" in line) else line for line in lines)


def test_the_address_of_the_business(tmp_path: Path) -> None:
    assert folder.business_address(tmp_path) == "help@localhost"
    folder.make(tmp_path, seeds="kettle")
    assert folder.business_address(tmp_path) == "help@kettleandcup.example"
    assert folder.domain(tmp_path) == "kettleandcup.example"
    (tmp_path / "amends.toml").write_text("[business\n")
    assert folder.business_address(tmp_path) == "help@localhost"


def test_nobody_starts_twice_in_one_folder(tmp_path: Path) -> None:
    with (
        folder.held(tmp_path),
        pytest.raises(click.ClickException, match="runs in"),
        folder.held(tmp_path),
    ):
        pass
    with folder.held(tmp_path):
        pass
