"""`amends restore`: a desk as it was when it was backed up."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import click

from amends.cli import bundle, folder, saying
from amends.cli.bundle import DATABASE


@click.command(short_help="Bring back what `backup` put away.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@folder.data_option()
@click.option("--force", is_flag=True, help="Take the place of the desk that is there; it is kept beside it.")
def command(file: Path, data: Path, *, force: bool) -> None:
    """Bring back what `amends backup` put away.

    FILE is checked first, all of it, and unpacked into a new folder, which then takes its place in one step. A desk
    that is there already is left alone; with --force it steps aside, under another name.

    \b
    Examples:
      amends restore desk-2026-03-31.tar.gz --data desk
      amends restore desk-2026-03-31.tar.gz --data desk --force
    """
    data = data.absolute()
    there = data.is_dir() and any(data.iterdir())
    if there and not force:
        raise click.ClickException(f"There is a desk in {data}. With --force it steps aside, under another name.")
    data.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{data.name}.", dir=data.parent))  # mode 0700
    try:
        manifest = _unpack(file, draft)
        if there:
            with folder.held(data):
                aside = _swap(draft, data)
            click.echo(f"The desk that was there is in {aside} now. Remove it once you are sure.")
        else:
            draft.replace(data)
    except (OSError, bundle.BadBundle) as wrong:
        raise click.ClickException(f"Nothing was restored. {wrong}") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    when = f", as they were on {manifest.made:%Y-%m-%d %H:%M} UTC" if manifest.made else ""
    click.echo(f"{data}: {len(manifest.files)} files{when}.")
    if manifest.database != "sqlite":
        click.echo("The database is not in it: bring that back with pg_restore, and set DATABASE_URL.")
    click.echo(f"Start it with: {saying.program()} up --data {data}")


def _unpack(file: Path, target: Path) -> bundle.Manifest:
    """Write the files of a backup below `target`. Raises `BadBundle` where anything is not as it was put away."""
    with file.open("rb") as source:
        manifest, files = bundle.read(source)
        free = shutil.disk_usage(target).free
        if manifest.size > free:
            raise bundle.BadBundle(f"It needs {manifest.size // 10**6} MB, and {free // 10**6} MB are free.")
        for one, chunks in files:
            path = target / one.path
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
                opened.writelines(chunks)
                opened.flush()
                os.fsync(opened.fileno())
    if manifest.database == "sqlite":
        _check(target / DATABASE)
    return manifest


def _check(database: Path) -> None:
    """Raise `BadBundle` where the database is not whole."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            said = str(opened.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as wrong:
        said = str(wrong)
    if said != "ok":
        raise bundle.BadBundle(f"The database in it is damaged: {said}")


def _swap(new: Path, old: Path) -> Path:
    """Put `new` in the place of `old`, and return where that one is now."""
    number = 1
    while (aside := old.with_name(f"{old.name}.before-{number}")).exists():
        number += 1
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    return aside
