"""`amends demo`: a sample business, so that one sees the desk at work before a real customer writes."""

from pathlib import Path

import click

from amends.cli import folder, saying
from amends.cli.arrange import arrange
from amends.cli.entrance import Entrance


@click.command(short_help="Fill an empty desk with a sample business.")
@folder.data_option()
def command(data: Path) -> None:
    """Fill an empty desk with a sample business: Kettle & Cup, espresso machines and coffee.

    Fourteen complaints of the last two weeks, at every place of the path: one furious and unanswered, one with a
    broken promise, one to call back today, one at a deadlock, one that waits for an approval. Three people work
    there. A desk that has cases already is left as it is. `amends up --demo` does the same, and starts the desk.

    \b
    Example:
      amends demo --data sample
    """
    data = data.absolute()
    folder.make(data, seeds="kettle")
    for told in arrange(data, demo=True, admin=f"admin@{folder.domain(data)}"):
        click.echo(_way_in(told, data) if isinstance(told, Entrance) else told)


def _way_in(told: Entrance, data: Path) -> str:
    shown = f"password {told.password} ({told.note})" if told.password else "with your password"
    return f"Log in as {told.email}, {shown}.\nStart it with: {saying.program()} up --data {data}"
