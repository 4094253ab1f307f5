"""Findings into Parquet instead of onto the screen."""

import socket
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import click

from amends import __version__
from amends.archive.review import chunks
from amends.archive.settings import Settings
from amends.cli.reads.shown import clean
from amends.cli.reviews.inputs import described
from amends.cli.reviews.where import Where
from amends.transcript import Conversation

_PATIENCE = 10.0  # seconds for a cluster to answer


def store(
    conversations: Iterable[Conversation],
    settings: Settings,
    output: Path,
    where: Where,
    paths: Sequence[str],
    options: Mapping[str, object],
) -> set[str]:
    """Write the findings into `output`, say how many there are, and return their severities.

    The conversations are those of `paths` under `options`. A folder that was begun with the same ones, the same rules
    and the same version is gone on with.
    """
    _check_installed(where)
    from amends.archive.engines import on_ray, on_this_machine
    from amends.archive.parts import Folder, Refused, write_file
    from amends.archive.tables import conversations_batch

    counted = _Counted(conversations)
    find = partial(on_ray, address=where.cluster) if where.cluster else partial(on_this_machine, jobs=where.jobs)
    try:
        if where.cluster:
            _check_answers(where.cluster)
        folder = None if output.suffix == ".parquet" else Folder(output, _about(settings, paths, options))
        done = folder.done if folder else 0
        if folder and folder.finished:
            click.echo(f"{output} was finished before; nothing is left to do.", err=True)
            counted = _Counted(())
        elif done:
            click.echo(f"{output} was begun before: going on behind the first {done:,} conversations.", err=True)
        rest = islice(counted, done, None)
        with closing(find(map(conversations_batch, chunks(rest)), settings)) as found:
            tally = folder.write(found) if folder else write_file(output, found)
    except Refused as wrong:
        raise click.ClickException(clean(str(wrong))) from None
    except ConnectionError as wrong:
        raise click.ClickException(
            f"No Ray cluster answers at {where.cluster} ({clean(str(wrong))}). `ray status` on its head tells more; "
            "without --engine and --address this machine does the work."
        ) from None
    except OSError as wrong:
        raise click.ClickException(f"{output} cannot be written ({wrong.strerror or wrong}).") from None
    looked_at = f"{counted.number:,} conversations: " if counted.number else ""
    click.echo(f"{looked_at}{tally.total():,} breaches, in {output}.")
    kinds: Counter[tuple[str, str]] = Counter()
    for (code, name, _severity), number in tally.items():
        kinds[code, name] += number
    for (code, name), number in kinds.most_common():
        click.echo(f"  {number:>7,}  {code} {name}")
    return {severity for _code, _name, severity in tally}


def _about(settings: Settings, paths: Sequence[str], options: Mapping[str, object]) -> dict[str, object]:
    """Return all that decides what is found."""
    if "-" in paths:
        raise click.UsageError(
            "A folder can be gone on with later, which standard input cannot: give paths, or --output NAME.parquet."
        )
    limits = {"silence": settings.silence_hours, "follow-up": settings.follow_up_hours}
    return {"version": __version__, "rules": settings.codes, "limits": limits, **options, "inputs": described(paths)}


def _check_installed(where: Where) -> None:
    """Raise a sentence that names the extra where a package is missing."""
    needed = {"pyarrow": "archive"} | ({"daft": "ray", "ray": "ray"} if where.cluster else {})
    for package, extra in needed.items():
        if find_spec(package) is None:
            raise click.ClickException(f"This needs {package}, which is not here: pip install 'amends[{extra}]'.")


def _check_answers(address: str) -> None:
    """Raise ConnectionError where nothing answers; Ray itself would try for minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not (host and port.isdecimal()):
        raise click.UsageError(f"--address {clean(address)} is no place; write HOST:PORT, as in head:6379.")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError, UnicodeError) as wrong:
        raise ConnectionError(str(wrong)) from None


class _Counted:
    """Conversations that are counted as they go by."""

    def __init__(self, conversations: Iterable[Conversation]) -> None:
        self._conversations, self.number = conversations, 0

    def __iter__(self) -> Iterator[Conversation]:
        for one in self._conversations:
            self.number += 1
            yield one
