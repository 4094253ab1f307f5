"""`amends import`: customers, orders and subscriptions from CSV files."""

import os
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from amends.cli import folder
from amends.cli.opening import open_desk
from amends.cli.progress import Progress
from amends.cli.sayings import Sayings

if TYPE_CHECKING:
    from amends.actions.imports import Imported
    from amends.formats.tables import House


@click.command(name="import", short_help="Bring in customers, orders and subscriptions from CSV files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@folder.data_option()
def command(files: tuple[Path, ...], data: Path) -> None:
    """Bring in customers, orders and subscriptions from CSV files.

    Each case shows then how long its customer has been with you, and what their custom is worth.

    Files may come in any order, with commas, semicolons or tabs; which is which is told by the header. Import them
    as often as you like: the same ids are brought up to date, nothing is counted twice. Lines that cannot be used
    are named and left out, and the exit code is 1; all the others are brought in.

    \b
    Customers   id or email, and as you have them: name (or first name and last name),
                phone, since, currency, language, time zone
    Orders      order id, customer id or email, date, amount; and as you have them:
                currency, what
    Contracts   subscription id, customer id or email, amount, started; and as you have
                them: months of a term (1), currency, plan, renews, ended
    Dates       2026-03-31, 2026-03-31T14:05Z, 31.03.2026
    Amounts     12.50, 1.234,50, 1,234.50; less than nothing is a return

    \b
    Examples:
      amends import customers.csv orders.csv subscriptions.csv
      amends import --data desk /exports/shop/*.csv
    """
    folder.check(data)
    open_desk(data)
    from amends.actions import clock, csvlines, house, imports
    from amends.actions.worths import do_refit_soon
    from amends.formats.tables import House
    from amends.method.policy import BadPolicy

    try:
        policy = house.policy()
    except BadPolicy as wrong:
        raise click.ClickException(str(wrong)) from None
    at = clock.now()
    settled = House(currency=policy.currency, zone=policy.calendar.zone, now=at)
    kinds = {path: _kind(path) for path in files}
    left_out = 0
    ways: dict[str, tuple[Callable[..., Iterator[Any]], Callable[..., Imported]]] = {
        "customers": (csvlines.customers, imports.do_import_customers),
        "orders": (csvlines.orders, imports.do_import_orders),
        "subscriptions": (csvlines.subscriptions, imports.do_import_subscriptions),
    }
    for kind, (read, do) in ways.items():
        for path in (p for p in files if kinds[p] == kind):
            result = _bring_in(path, read, partial(do, at=at), settled)
            click.echo(f"{path}: {kind}: {result.new} new, {result.known} known, {len(result.problems)} left out.")
            left_out += len(result.problems)
    do_refit_soon(clock.now())
    if left_out:
        raise click.exceptions.Exit(1)


def _kind(path: Path) -> str:
    from amends.actions.csvlines import kind_of
    from amends.formats.tables import BadFile

    try:
        with opened(path) as file:
            return kind_of(file)
    except BadFile as wrong:
        raise click.ClickException(f"{path}: {wrong}") from None


def _bring_in(
    path: Path,
    read: Callable[[TextIO, "House"], Iterator[Any]],
    do: Callable[[Sequence[Any]], "Imported"],
    settled: "House",
) -> "Imported":
    from amends.actions.imports import BATCH, Imported
    from amends.formats.tables import Problem

    total, say = Imported(), Sayings()
    with opened(path) as file, Progress(path.stat().st_size, path.name) as progress:
        lines = read(file, settled)
        while batch := list(islice(lines, BATCH)):
            bad = [line for line in batch if isinstance(line, Problem)]
            done = do([line for line in batch if not isinstance(line, Problem)])
            done.problems[:] = sorted(bad + done.problems, key=lambda problem: problem.line)
            for problem in done.problems:
                say(f"{path}:{problem.line}: {problem.why}")
            total.add(done)
            progress.at(os.lseek(file.fileno(), 0, os.SEEK_CUR))
    say.rest()
    return total


def opened(path: Path) -> TextIOWrapper:
    """Open a file as UTF-8, or as the Windows code page where it is none: old programs write that."""
    return path.open(encoding="utf-8-sig" if _is_utf8(path) else "cp1252", errors="replace", newline="")


def _is_utf8(path: Path) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            for chunk in iter(lambda: file.read(1 << 20), b""):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
