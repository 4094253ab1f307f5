"""`amends backup`: everything of a desk in one file."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from amends import __version__
from amends.cli import bundle, folder
from amends.cli.bundle import DATABASE
from amends.cli.opening import open_desk

_KEPT = (folder.HOUSE, folder.POLICY, folder.SECRET)


@click.command(short_help="Put everything into one file.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@folder.data_option()
@click.option("--force", is_flag=True, help="Write over FILE, if it is there.")
def command(file: Path, data: Path, *, force: bool) -> None:
    """Put everything into one file: the database, the mails and attachments, the configuration and the secret key.

    The desk may go on working meanwhile. What was written is read again and checked. The file holds everything that
    customers told you, and the key that signs their links: keep it where nobody else can read it.

    With PostgreSQL the database is not in the file: back that up with pg_dump, before this.

    \b
    Examples:
      amends backup desk-2026-03-31.tar.gz
      amends backup --data desk /backups/desk.tar.gz --force
    """
    folder.check(data)
    if file.exists() and not force:
        raise click.ClickException(f"{file} is there already. Give another name, or --force to write over it.")
    open_desk(data)
    from django.conf import settings
    from django.db import connection

    from amends.actions import clock
    from amends.store import blobs

    root = Path(settings.AMENDS_DATA)
    local = connection.vendor == "sqlite"
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=root) as drafts:
        sources = {name: root / name for name in _KEPT if (root / name).is_file()}
        if local:  # before the files: what its rows speak of is there by then
            sources[DATABASE] = Path(drafts) / DATABASE
            _copy(Path(str(connection.settings_dict["NAME"])), sources[DATABASE])
        sources |= dict(_blobs(blobs.folder()))
        manifest = bundle.Manifest(
            format=bundle.FORMAT,
            version=__version__,
            made_at=clock.now().isoformat(),
            database="sqlite" if local else "elsewhere",
            files=[bundle.item(path, source) for path, source in sorted(sources.items())],
        )
        try:
            with _new(file) as target, target.open("wb") as opened:
                bundle.write(opened, manifest, sources)
                opened.flush()
                os.fsync(opened.fileno())
                _check(target)
        except (OSError, bundle.BadBundle) as wrong:
            raise click.ClickException(f"No backup was made. {wrong}") from None
    click.echo(f"{file}: {len(manifest.files)} files, {file.stat().st_size / 1e6:.1f} MB, read again and checked.")
    if not local:
        click.echo("The database is not in it: PostgreSQL is backed up with pg_dump.")


def _copy(source: Path, target: Path) -> None:
    """Copy a SQLite database as it is at one moment, while others go on writing."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")


def _blobs(place: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(place.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        if not path.name.startswith("."):
            yield f"blobs/{path.relative_to(place).as_posix()}", path


@contextmanager
def _new(file: Path) -> Iterator[Path]:
    """Yield a draft beside `file` that takes its place once it is finished, and is gone where it is not."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # mode 0600
    os.close(descriptor)
    draft = Path(name)
    try:
        yield draft
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _check(file: Path) -> None:
    """Read a backup to its end."""
    with file.open("rb") as source:
        _manifest, files = bundle.read(source)
        for _one, chunks in files:
            for _chunk in chunks:
                pass
