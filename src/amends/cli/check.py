"""`amends check`: whether all is well, line by line, and what helps where it is not."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from amends.cli import folder
from amends.cli.checks import place, records, traffic
from amends.cli.checks.model import Found
from amends.cli.opening import open_desk

_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}
Check = Callable[[], Iterator[Found]]


@click.command(short_help="See whether all is well, and what to do if not.")
@folder.data_option()
@click.option("--all", "everything", is_flag=True, help="Look at every case and every file, not only at the newest.")
@click.option("--mend", is_flag=True, help="Make rows that differ from the journal anew, first.")
def command(data: Path, *, everything: bool, mend: bool) -> None:
    """See whether all is well, and what to do if not.

    Looks at the configuration, the keys, the database, the journal, the files, mail in and out, the worker, and at
    what waits or has failed. Each line says ok, warn or bad, with what helps. The exit code is 1 if anything is bad.
    Nothing is changed, and no mail is sent.

    \b
    Examples:
      amends check
      amends check --data desk --all
    """
    folder.check(data)
    data = data.absolute()
    try:
        open_desk(data)
    except click.ClickException as wrong:
        _say(Found("bad", wrong.message))
        raise click.exceptions.Exit(1) from None
    if mend:
        from amends.actions.upkeep import do_mend

        click.echo(f"Made anew: {do_mend()} cases, and all counts.")
    checks: list[Check] = [partial(place.folder, data), place.configuration, records.database]
    bad = _run(checks)
    rest: list[Check] = [
        records.teams,
        partial(records.journal, everything=everything),
        partial(records.files, everything=everything),
        traffic.waiting,
    ]
    bad += _run([] if bad else rest)  # without a database, and a policy, these have nothing to say
    bad += _run([traffic.outgoing, traffic.mailboxes, traffic.worker])
    if bad:
        raise click.exceptions.Exit(1)


def _run(checks: list[Check]) -> int:
    """Run checks, say what they find, and return how much of it was bad. What breaks is bad, and the others go on."""
    bad = 0
    for check in checks:
        try:
            for found in check():
                _say(found)
                bad += found.level == "bad"
        except Exception as wrong:  # noqa: BLE001  whatever is broken, the other checks may still help
            _say(Found("bad", f"{type(wrong).__name__}: {wrong}", "this should not happen: please report it"))
            bad += 1
    return bad


def _say(found: Found) -> None:
    mark = click.style(f"{found.level:<5}", fg=_COLOURS[found.level], bold=found.level == "bad")
    click.echo(f"{mark}{found.what}" + (f"\n     → {found.fix}" if found.fix else ""))
