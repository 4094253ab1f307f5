"""`amends worth`: what customers are worth, from what they bought."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amends.cli import folder
from amends.cli.opening import open_desk
from amends.cli.sayings import Sayings

if TYPE_CHECKING:
    from amends.worth.histories import Purchases

_UNITS = {"days": 1.0, "weeks": 7.0}


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write it like 2026-03-31.") from None


_ORDERS = click.Path(path_type=Path, exists=True, dir_okay=False)
_UNTIL = click.option(
    "--until", callback=_day, metavar="DATE", help="Look from this day; what came after it is held against the model."
)


@click.group(name="worth", short_help="Estimate what customers are worth from what they bought.")
def command() -> None:
    """Estimate what customers are worth: how often they will come back, and what they will spend.

    From purchases alone: BG/NBD for how often somebody comes and whether they are still a customer, Gamma-Gamma for
    what they spend. Where there is too little to fit these, the estimate is plain, and says so.

    \b
    Examples:
      amends worth fit orders.csv
      amends worth show maya@example.com
    """


@command.command(name="fit", short_help="Fit the models to a file of orders, and show how well they foretell.")
@click.argument("orders", type=_ORDERS)
@_UNTIL
@click.option("--unit", type=click.Choice(list(_UNITS)), default="weeks", show_default=True, help="Unit of time.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
def fit(orders: Path, until: date | None, unit: str, form: str) -> None:
    """Fit the models to ORDERS, a CSV file with a header: customer, date, amount (less than nothing is a return).

    What somebody buys on one day is one purchase. With --until, the purchases up to that day are learned from, and
    those after it are compared with what was expected: the calibration.

    \b
    Examples:
      amends worth fit orders.csv
      amends worth fit --until 2026-06-30 --format json orders.csv
    """
    from amends.cli.worths.given import read
    from amends.cli.worths.told import fitted, text
    from amends.worth.calibration import calibration
    from amends.worth.histories import histories, purchases_after
    from amends.worth.models import fit as fit_model

    say = Sayings()
    given, _names, left_out = read(orders, say)
    say.rest()
    newest = int(given.days.max())
    last = newest if until is None else until.toordinal()
    seen = histories(given.customers, given.days, given.amounts, until=last, unit_days=_UNITS[unit])
    if not len(seen):
        raise click.ClickException(f"Nobody had bought anything by {date.fromordinal(last)}; name a later day.")
    model = fit_model(seen)
    ahead = (newest - last) / _UNITS[unit]
    rows = []
    if ahead > 0:
        actual = purchases_after(given.customers, given.days, given.amounts, after=last, of=seen)
        rows = calibration(model, seen, actual, ahead)
    told = fitted(model, seen, date.fromordinal(last), unit, ahead, rows, left_out)
    click.echo(json.dumps(told, indent=2) if form == "json" else text(told))


@command.command(name="show", short_help="Show what one customer is worth.")
@click.argument("customer")
@click.option("--orders", type=_ORDERS, help="A file of orders; without it, those that were imported into the desk.")
@folder.data_option()
@_UNTIL
@click.option("--years", type=click.FloatRange(0.25, 20), default=3.0, show_default=True, help="How far to look ahead.")
@click.option(
    "--discount", type=click.FloatRange(0, 1), default=0.10, show_default=True, help="What a year takes from money."
)
@click.option(
    "--margin", type=click.FloatRange(0, 1), default=0.30, show_default=True, help="What stays of a purchase."
)
def show(
    customer: str, orders: Path | None, data: Path, until: date | None, years: float, discount: float, margin: float
) -> None:
    """Show what the custom of CUSTOMER is worth, and what that rests on.

    CUSTOMER is an id or an e-mail address: of the desk, or as it stands in the file of orders.

    \b
    Examples:
      amends worth show maya@example.com
      amends worth show --orders orders.csv 4711
    """
    from amends.worth.histories import histories
    from amends.worth.models import Terms
    from amends.worth.models import fit as fit_model

    given, number = _of_file(orders, customer) if orders is not None else _of_desk(data, customer)
    last = int(given.days.max()) if until is None else until.toordinal()
    seen = histories(given.customers, given.days, given.amounts, until=last, unit_days=_UNITS["weeks"])
    places = (seen.customers == number).nonzero()[0]
    if not len(places):
        raise click.ClickException(f"{customer} had bought nothing by {date.fromordinal(last)}; name a later day.")
    at = int(places[0])
    worth = fit_model(seen).worth(seen, Terms(years, discount, margin))
    silent = seen.age[at] - seen.last[at]
    click.echo(f"{customer}, on {date.fromordinal(last)}")
    click.echo(f"  came back            {seen.repeats[at]:,.0f} times, the last purchase {silent:,.1f} weeks ago")
    click.echo(f"  still a customer     {worth.alive[at]:.0%}")
    click.echo(f"  purchases to come    {worth.purchases[at]:,.2f} within {years:g} years")
    click.echo(f"  spends               {worth.spend[at]:,.2f} on each")
    click.echo(f"  value                {worth.value[at]:,.2f} (margin {margin:.0%}, {discount:.0%} a year off)")
    click.echo(f"  {worth.rests_on}")


def _of_file(orders: Path, customer: str) -> tuple["Purchases", int]:
    """Return the purchases of a file, and the number of a customer in it."""
    from amends.cli.worths.given import read

    say = Sayings()
    given, names, _left_out = read(orders, say)
    say.rest()
    if customer not in names:
        raise click.ClickException(f"{customer} bought nothing in {orders}; write the customer as it stands there.")
    return given, names.index(customer)


def _of_desk(data: Path, customer: str) -> tuple["Purchases", int]:
    """Return the purchases that the desk knows, worth in its own currency, and the number of a customer."""
    folder.check(data)
    open_desk(data)
    from amends.actions import house
    from amends.insight.purchases import all_purchases, customer_called

    known = customer_called(customer)
    if known is None:
        raise click.ClickException(f"Nobody is called {customer}; give their id or e-mail address, or --orders FILE.")
    given = all_purchases(house.policy())
    if not (given.customers == known.pk).any():
        raise click.ClickException(
            f"{customer} has no orders in {house.policy().currency}, or at a known rate; `amends import` brings in "
            "orders, and `amends rates import` rates."
        )
    return given, known.pk
