"""Help teaches, comes at once, and is what the documents show."""

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from amends import __version__
from amends.cli import COMMANDS, main
from amends.server import environment
from tests.cli import reference
from tests.house import tree


def everything() -> Iterator[tuple[str, click.Command]]:
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", sub) for below, sub in command.commands.items())


commands = pytest.mark.parametrize(("name", "command"), list(everything()))


@commands
def test_every_command_shows_how_it_is_used(name: str, command: click.Command) -> None:
    assert f"      amends {name.split(maxsplit=1)[0]}" in (command.help or "")


@commands
def test_every_option_says_what_it_is_for(name: str, command: click.Command) -> None:
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert silent == []


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_list_says_what_the_command_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert (command.short_help or (command.help or "").split("\n")[0]) == COMMANDS[name][1]


def test_the_page_about_commands_is_their_help() -> None:
    assert tree.text("docs/cli.md") == reference.page(), "run: .venv/bin/python -m tests.cli.reference > docs/cli.md"


def test_help_imports_neither_django_nor_the_web_server() -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom amends.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "print([name for name in ('django', 'waitress', 'aiosmtpd', 'msgspec') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_version() -> None:
    assert CliRunner().invoke(main, ["--version"], prog_name="amends").output == f"amends {__version__}\n"


def test_a_command_that_is_none() -> None:
    result = CliRunner().invoke(main, ["down"])
    assert result.exit_code == 2
    assert "No such command 'down'" in result.output


def test_every_setting_is_in_the_manual() -> None:
    names = set(re.findall(r"\b(?:AMENDS|DATABASE)_[A-Z_]+", environment.read.__doc__ or ""))
    manual = tree.text("docs/operating.md")
    assert len(names) > 8
    assert [name for name in sorted(names) if name not in manual and "ANYMAIL" not in name] == []


def test_the_manual_names_no_command_that_is_not_there() -> None:
    named = set(re.findall(r"\bamends ([a-z]+)\b", tree.text("docs/operating.md")))
    assert named - set(COMMANDS) == set()
