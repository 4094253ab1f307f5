"""Which policy somebody means: that of the desk, a preset, or a file."""

from datetime import date
from pathlib import Path

import click

from amends.cli import folder
from amends.method.policy import BadPolicy, Policy, load_policy, load_preset, presets


def own(data: Path) -> Policy:
    """Return the policy of the desk in `data`, or raise `click.ClickException` with what is wrong."""
    folder.check(data)
    return _read(data / folder.POLICY)


def named(what: str) -> Policy:
    """Return the preset of this name, or the policy in this file."""
    return load_preset(what) if what in presets() else from_file(Path(what))


def instead(what: str, data: Path) -> Policy:
    """Return what to compare a desk with: its own file over the preset of this name, or the policy in a file."""
    return _read(data / folder.POLICY, extends=what) if what in presets() else from_file(Path(what))


def from_file(path: Path) -> Policy:
    """Return the policy in this file, or raise `click.ClickException` with what is wrong."""
    if not path.is_file():
        raise click.ClickException(f"{path} is neither a file nor a preset. The presets are: {', '.join(presets())}.")
    return _read(path)


def day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    """Return the day that an option names."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write it like 2026-03-31.") from None


def _read(path: Path, extends: str = "") -> Policy:
    try:
        text = path.read_text("utf-8") if path.exists() else ""  # a desk without the file works by the default
        return load_policy(text, where=str(path), extends=extends)
    except (BadPolicy, OSError, UnicodeDecodeError) as wrong:
        raise click.ClickException(f"{wrong}" if isinstance(wrong, BadPolicy) else f"{path}: {wrong}") from None
