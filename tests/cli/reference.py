"""The page about the commands, made of their own help: `.venv/bin/python -m tests.cli.reference > docs/cli.md`."""

import sys
from collections.abc import Iterator

import click

from amends.cli import COMMANDS, main

HEAD = """\
# Commands

What `amends … --help` says, all on one page. How the commands are used together is in [operating.md](operating.md).
"""


def page() -> str:
    """Return the page."""
    parts = [HEAD, _part("amends", main)]
    for path, command in _commands():
        parts.append(_part(path, command))
    return "\n".join(parts)


def _commands() -> Iterator[tuple[str, click.Command]]:
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None, name
        yield f"amends {name}", command
        if isinstance(command, click.Group):
            yield from ((f"amends {name} {below}", sub) for below, sub in sorted(command.commands.items()))


def _part(path: str, command: click.Command) -> str:
    with click.Context(command, info_name=path, **main.context_settings) as ctx:
        ctx.max_content_width = ctx.terminal_width = 100
        text = command.get_help(ctx)
    return f"## {path}\n\n```\n{text}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(page())
