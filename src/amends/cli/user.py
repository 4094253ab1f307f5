"""`amends user`: who is let in. Nobody signs up by themselves."""

import sys
from pathlib import Path

import click

from amends.cli import folder
from amends.cli.opening import open_desk

_RANKS = ("handler", "lead", "admin")
_GIVEN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the standard input instead of making one."
)


@click.group(short_help="Let people in: add them, set their passwords.")
def command() -> None:
    """Let people in: add them, set their passwords.

    \b
    Examples:
      amends user add ada@example.com --name "Ada Lindqvist" --rank lead
      amends user password ada@example.com
    """


@command.command()
@click.argument("email")
@click.option("--name", default="", help="What colleagues and customers call them; else made from the address.")
@click.option(
    "--rank",
    type=click.Choice(_RANKS),
    default="handler",
    show_default=True,
    help="Handlers look after cases; leads approve, too; admins see all teams.",
)
@click.option("--team", default="", help="Whose cases they see; made if there is none; else the first team.")
@_GIVEN
@folder.data_option()
def add(email: str, name: str, rank: str, team: str, data: Path, *, password_stdin: bool) -> None:
    """Let somebody in, and show their first password.

    \b
    Examples:
      amends user add jonas@example.com --name "Jonas Weber"
      amends user add ada@example.com --rank lead --team Returns
    """
    folder.check(data)
    open_desk(data)
    from amends.actions.people import do_add_user, new_password
    from amends.method.decide import Impossible
    from amends.method.words import Rank

    password = _read() if password_stdin else new_password()
    try:
        user = do_add_user(email, name=name, password=password, rank=Rank(rank), team=team)
    except Impossible as no:
        raise click.ClickException(str(no)) from None
    where = user.team.name if user.team else "all teams"
    click.echo(f"{user.name} ({rank}, {where}) can log in as {user.email}.")
    _show(password, given=password_stdin)


@command.command()
@click.argument("email")
@_GIVEN
@folder.data_option()
def password(email: str, data: Path, *, password_stdin: bool) -> None:
    """Give somebody a new password, and show it.

    \b
    Example:
      amends user password ada@example.com
    """
    folder.check(data)
    open_desk(data)
    from amends.actions.people import do_set_password, new_password
    from amends.method.decide import Impossible

    fresh = _read() if password_stdin else new_password()
    try:
        user = do_set_password(email, fresh)
    except Impossible as no:
        raise click.ClickException(str(no)) from None
    click.echo(f"{user.email} has a new password, and is logged out everywhere.")
    _show(fresh, given=password_stdin)


def _read() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _show(secret: str, *, given: bool) -> None:
    if not given:
        click.echo(f"Password: {secret}\nIt is shown only now. They can change it once they are in.")
