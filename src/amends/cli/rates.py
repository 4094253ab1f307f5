"""`amends rates`: what other currencies are worth in the house's own."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amends.cli import folder
from amends.cli.opening import open_desk
from amends.cli.policies.given import day
from amends.cli.sayings import Sayings

if TYPE_CHECKING:
    from amends.method.policy import Policy


@click.group(name="rates", short_help="Bring in rates of exchange, and show those in force.")
def command() -> None:
    """Bring in rates of exchange, and show those in force.

    They lie in rates.csv in the folder of the desk, a line for each day and currency, and count from that day until
    the next one, for ten days at most (rates_last in policy.toml). Without a rate, an amount in another currency
    counts for nothing in sums, and above any limit.

    \b
    Examples:
      amends rates import eurofxref.csv
      amends rates show
    """


@command.command(name="import", short_help="Bring in rates: of the ECB, or lines of date, currency, rate.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--since", callback=day, metavar="DATE", help="Only rates of this day, or after it.")
@folder.data_option()
def import_(file: Path, since: date | None, data: Path) -> None:
    """Bring in the rates in FILE, beside those that are there; those of the same day are replaced.

    FILE is one of the European Central Bank (eurofxref.csv, eurofxref-hist.csv, eurofxref-daily.xml and the like), or
    a CSV file with the columns date, currency and rate: what one unit is worth in the currency of your house. The ECB
    says what one euro is worth; for a house of another currency, each rate goes by way of the euro.

    Nothing is fetched from anywhere: let the machine fetch the file, each evening for instance.

    \b
    Examples:
      amends rates import eurofxref.csv --data desk
      amends rates import eurofxref-hist.csv --since 2025-01-01
    """
    folder.check(data)
    open_desk(data)
    from amends.actions.imports import do_convert
    from amends.actions.rates import FILE, BadRates, do_keep_rates
    from amends.cli.imports import opened
    from amends.formats.rates import quotes
    from amends.formats.tables import BadFile, Problem

    policy, say = _policy(), Sayings()
    try:
        with opened(file) as lines:
            found = list(quotes(lines, policy.currency))
        kept = [one for one in found if not isinstance(one, Problem) and (since is None or one.day >= since)]
        new = do_keep_rates(kept, data / FILE)
    except (BadFile, BadRates, OSError) as wrong:
        raise click.ClickException(f"{file}: {wrong}" if isinstance(wrong, BadFile) else str(wrong)) from None
    bad = [one for one in found if isinstance(one, Problem)]
    for problem in bad:
        say(f"{file}:{problem.line}: {problem.why}")
    say.rest()
    click.echo(f"{data / FILE}: {new:,} rates new, {len(kept) - new:,} known, {len(bad):,} lines left out.")
    anew = do_convert()
    if anew:
        click.echo(f"What {anew:,} customers spent in other currencies was worked out anew.")
    if bad:
        raise click.exceptions.Exit(1)


@command.command(short_help="Show what each currency is worth, today or on another day.")
@click.option("--on", callback=day, metavar="DATE", help="On this day instead of today.")
@folder.data_option()
def show(on: date | None, data: Path) -> None:
    """Show what one unit of each currency is worth in the house's own, and since when.

    \b
    Examples:
      amends rates show --data desk
      amends rates show --on 2026-03-31
    """
    folder.check(data)
    open_desk(data)
    from amends.actions import clock, house

    policy, at = _policy(), clock.now()
    asked = on or house.day_of(at)
    moment = datetime.combine(asked, time(12), UTC)
    if not policy.rates:
        click.echo(f"There are no rates; all amounts count that are in {policy.currency}.")
    for currency in sorted(policy.rates):
        found = policy.rate(currency, moment)
        if found is None:
            click.echo(f"{currency}  no rate on {asked}")
        else:
            until = f", until {found.until}" if found.until else ""
            click.echo(f"{currency}  {found.rate:f} {policy.currency}, since {found.since}{until}")


def _policy() -> "Policy":
    from amends.actions import house
    from amends.method.policy import BadPolicy

    try:
        return house.policy()
    except BadPolicy as wrong:
        raise click.ClickException(str(wrong)) from None
