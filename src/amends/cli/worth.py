"""`amends worth`: what customers are worth, from what they bought."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amends.cli import folder
from amends.cli.opening import open_desk
from amends.cli.progress import Progress
from amends.cli.sayings import Sayings

if TYPE_CHECKING:
    from amends.method.policy import Policy
    from amends.worth.histories import Purchases
    from amends.worth.terms import Terms

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
      amends worth refit
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
@click.option("--years", type=click.FloatRange(0.25, 20), help="How far to look ahead; the policy's, or 3.")
@click.option("--discount", type=click.FloatRange(0, 1), help="What a year takes from money; the policy's, or 0.10.")
@click.option("--margin", type=click.FloatRange(0, 1), help="What stays of a purchase; the policy's, or 0.30.")
def show(
    customer: str,
    orders: Path | None,
    data: Path,
    until: date | None,
    years: float | None,
    discount: float | None,
    margin: float | None,
) -> None:
    """Show what the custom of CUSTOMER is worth, and what that rests on.

    CUSTOMER is an id or an e-mail address: of the desk, or as it stands in the file of orders. What the desk reckoned
    within the last week is shown as it stands, with the subscriptions; with any option it is reckoned anew, from
    purchases alone.

    \b
    Examples:
      amends worth show maya@example.com
      amends worth show --orders orders.csv 4711
    """
    from amends.cli.worths.told import one

    asked = {"years": years, "discount": discount, "margin": margin}
    given = {name: value for name, value in asked.items() if value is not None}
    if orders is not None:
        purchases, number = _of_file(orders, customer)
        terms = _terms(given)
    else:
        policy = _desk(data)
        if until is None and not given and (told := _stored(customer)):
            click.echo(told)
            return
        purchases, number = _of_desk(policy, customer)
        stake = policy.stake
        terms = _terms({"years": stake.years, "discount": stake.discount, "margin": stake.margin} | given)
    told = one(purchases, number, customer, until, terms)
    if not told:
        raise click.ClickException(f"{customer} had bought nothing by {until or 'then'}; name a later day.")
    click.echo(told)


@command.command(name="refit", short_help="Reckon anew what every customer is worth.")
@folder.data_option()
def refit(data: Path) -> None:
    """Reckon anew what every customer is worth: fit the models to all orders and subscriptions of the desk.

    The worker does so once a week, and a while after an import; this does it at once.

    \b
    Example:
      amends worth refit
    """
    _desk(data)
    from amends.actions import clock
    from amends.actions.refit import do_refit

    with Progress(100, "Reckoning") as bar:
        made = do_refit(at=clock.now(), said=lambda share: bar.at(int(100 * share)))
    click.echo(f"{made.customers:,} customers, from {made.parameters['orders']:,} orders. {made.rests_on}")


def _terms(given: dict[str, float]) -> "Terms":
    from amends.worth.terms import Terms

    return Terms(**given)


def _of_file(orders: Path, customer: str) -> tuple["Purchases", int]:
    """Return the purchases of a file, and the number of a customer in it."""
    from amends.cli.worths.given import read

    say = Sayings()
    given, names, _left_out = read(orders, say)
    say.rest()
    if customer not in names:
        raise click.ClickException(f"{customer} bought nothing in {orders}; write the customer as it stands there.")
    return given, names.index(customer)


def _desk(data: Path) -> "Policy":
    """Open the desk, and return its policy."""
    folder.check(data)
    open_desk(data)
    from amends.actions import house
    from amends.method.policy import BadPolicy

    try:
        return house.policy()
    except BadPolicy as wrong:
        raise click.ClickException(str(wrong)) from None


def _stored(customer: str) -> str:
    """Return what the desk reckoned of late, in words; empty where it did not."""
    from amends.actions import clock, house
    from amends.cli.worths.told import sheet
    from amends.insight.worths import customer_called, is_fresh, worth_of

    found = customer_called(customer)
    if found is None:
        raise click.ClickException(f"Nobody is called {customer}; give their id or e-mail address, or --orders FILE.")
    day = house.day_of(clock.now())
    return sheet(customer, worth_of(found, day, house.policy().currency)) if is_fresh(found, day) else ""


def _of_desk(policy: "Policy", customer: str) -> tuple["Purchases", int]:
    """Return the purchases that the desk knows, in its own currency, and the number of a customer."""
    from amends.insight.worths import customer_called
    from amends.store.purchases import all_purchases

    known = customer_called(customer)
    if known is None:
        raise click.ClickException(f"Nobody is called {customer}; give their id or e-mail address, or --orders FILE.")
    given = all_purchases(policy).purchases
    if not (given.customers == known.pk).any():
        raise click.ClickException(
            f"{customer} has no orders in {policy.currency}, or at a known rate; `amends import` brings in orders, "
            "and `amends rates import` rates."
        )
    return given, known.pk
