"""`amends key`: which programs are let in, and as whom."""

from pathlib import Path

import click

from amends.cli import folder
from amends.cli.opening import open_desk


@click.group(short_help="Let programs in: make and revoke keys for the API.")
def command() -> None:
    """Let programs in: make and revoke keys for the API.

    A program sees what the user sees whose key it has, and may do what they may.

    \b
    Examples:
      amends key add jonas@example.com --name "Web shop"
      amends key revoke jonas@example.com --name "Web shop"
    """


@command.command()
@click.argument("email")
@click.option("--name", required=True, help="Which program uses it.")
@folder.data_option()
def add(email: str, name: str, data: Path) -> None:
    """Make a key that acts as the user with this address, and show it once.

    \b
    Example:
      amends key add jonas@example.com --name "Web shop"
    """
    folder.check(data)
    open_desk(data)
    from amends.actions import clock
    from amends.actions.tokens import check_user, do_make_token
    from amends.method.decide import Impossible

    try:
        user = check_user(email)
        secret = do_make_token(user, name, at=clock.now())
    except Impossible as no:
        raise click.ClickException(str(no)) from None
    click.echo(f"{name.strip()} may come in as {user.name}.")
    click.echo(f"Key: {secret}\nIt is shown only now. Send it with each request: Authorization: Bearer {secret[:10]}…")


@command.command()
@click.argument("email")
@click.option("--name", required=True, help="Which program used it.")
@folder.data_option()
def revoke(email: str, name: str, data: Path) -> None:
    """Let a key open nothing any more.

    \b
    Example:
      amends key revoke jonas@example.com --name "Web shop"
    """
    folder.check(data)
    open_desk(data)
    from amends.actions import clock
    from amends.actions.tokens import check_user, do_revoke_token
    from amends.method.decide import Impossible

    try:
        do_revoke_token(check_user(email), name, at=clock.now())
    except Impossible as no:
        raise click.ClickException(str(no)) from None
    click.echo(f"The key of {name.strip()} opens nothing any more.")
