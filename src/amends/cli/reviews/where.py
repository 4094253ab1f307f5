"""Where a review is done, and where its findings go instead of the screen: options that stand together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

_OPTIONS = (
    click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes to use.  [default: one for each core]"),
    click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="PLACE",
        help="Write the findings as Parquet: into this folder, where a run that was stopped goes on, or into one file "
        "if the name ends in .parquet.",
    ),
    click.option(
        "--engine",
        type=click.Choice(["local", "ray"]),
        default="local",
        show_default=True,
        help="The cores of this machine, or a Ray cluster (with --address and --output).",
    ),
    click.option("--address", metavar="ADDRESS", help="The Ray cluster: HOST:6379, or ray://HOST:10001 from outside."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """How many processes, the file or folder for the findings (None: the screen), the Ray cluster (None: processes)."""

    jobs: int
    output: Path | None
    cluster: str | None


def options(command: Callable[..., None]) -> Callable[..., None]:
    """Add these options to a command, which gets them as `where`."""

    @wraps(command)
    def wrapped(
        *,
        jobs: int | None,
        output: Path | None,
        engine: str,
        address: str | None,
        **others: Any,  # noqa: ANN401 - click's
    ) -> None:
        from amends.archive.pool import cores

        if (engine == "ray") != bool(address):
            raise click.UsageError("A cluster takes both: --engine ray and --address with the place of its head.")
        if address and output is None:
            raise click.UsageError("The findings of a cluster go into Parquet: add --output with a folder for them.")
        command(where=Where(jobs=jobs or cores(), output=output, cluster=address), **others)

    for option in reversed(_OPTIONS):
        option(wrapped)
    return wrapped


@contextmanager
def told() -> Iterator[None]:
    """Say in a sentence why a review had to end."""
    from amends.archive.pool import WorkerLost

    try:
        yield
    except WorkerLost as wrong:
        raise click.ClickException(str(wrong)) from None
