"""`amends.toml`: what a folder always wants of a review, so that nobody has to type it."""

import tomllib
from pathlib import Path
from typing import Any

import click

NAME = "amends.toml"
_TABLE = "review"
_HERE_ALONE = frozenset({"config", "explain", "help"})  # what makes sense on the command line alone


def configured(ctx: click.Context, _param: click.Parameter, given: Path | None) -> Path | None:
    """Let a file say what the command line does not: `given`, else the one of the folder. Returns which it was."""
    file = given or _nearest(Path.cwd())
    if file is not None:
        ctx.default_map = {**(ctx.default_map or {}), **_settings(ctx, file)}
    return file


def _nearest(start: Path) -> Path | None:
    """Return the file of a folder, or of the project around it; outside of a project no other folder has a say."""
    around = [start, *start.parents]
    top = next((place for place, folder in enumerate(around) if (folder / ".git").exists()), 0)
    return next((file for folder in around[: top + 1] if (file := folder / NAME).is_file()), None)


def _settings(ctx: click.Context, file: Path) -> dict[str, Any]:
    """Return what a file sets, by the parameters of the command, or raise `UsageError` with the key and the fix."""
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except OSError as wrong:
        raise click.UsageError(f"{file}: cannot be read ({wrong.strerror or wrong}).", ctx) from None
    except (ValueError, RecursionError) as wrong:
        raise click.UsageError(f"{file}: this is not TOML ({wrong}).", ctx) from None
    options = {
        option.opts[-1].removeprefix("--"): option
        for option in ctx.command.params
        if isinstance(option, click.Option) and option.name not in _HERE_ALONE
    }
    for table in tables:
        if table != _TABLE or not isinstance(tables[table], dict):
            raise click.UsageError(f"{file}: there is nothing to set in {table!r}; write it below [{_TABLE}].", ctx)
    found: dict[str, Any] = {}
    for key, value in tables.get(_TABLE, {}).items():
        if key not in options:
            raise click.UsageError(f"{file}: [{_TABLE}] has no {key!r}; it may have {', '.join(options)}.", ctx)
        option = options[key]
        try:
            found[str(option.name)] = plain = _plain(option, value)
            option.type_cast_value(ctx, plain)
        except click.BadParameter as wrong:
            raise click.UsageError(f"{file}: [{_TABLE}] {key}: {wrong.message}", ctx) from None
    return found


def _plain(option: click.Option, value: object) -> bool | str | list[str]:
    """Return a value of TOML as the command line would give it, or raise `BadParameter`."""
    if option.is_flag:
        if isinstance(value, bool):
            return value
        raise click.BadParameter("Write true or false.")
    several = value if isinstance(value, list) else [value]
    if any(isinstance(one, bool | dict | list) for one in several):
        raise click.BadParameter("Write a text between quotes, a number, or a list of texts.")
    texts = [str(one) for one in several]
    return texts if option.multiple else ",".join(texts)
