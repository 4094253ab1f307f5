"""`amends up`: one command that sets up what is missing and starts everything."""

import json
import os
import socket
import sys
from pathlib import Path

import click

from amends.cli import folder, saying
from amends.cli.household import Household, Plan, open_door, reachable, why_not_free, work_words
from amends.cli.housework import ENTRANCE


@click.command(short_help="Set up what is missing, and start Amends.")
@folder.data_option()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 for the whole network.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port of the pages.")
@click.option(
    "--smtp-port",
    type=click.IntRange(0, 65535),
    default=8025,
    show_default=True,
    help="The port that takes mail in; 0 for none.",
)
@click.option("--admin", metavar="EMAIL", help="Who is let in first, on a new desk.  [default: admin@ and your domain]")
@click.option("--demo", is_flag=True, help="Put a sample business into an empty desk: Kettle & Cup, a coffee shop.")
def command(data: Path, host: str, port: int, smtp_port: int, admin: str | None, *, demo: bool) -> None:
    """Set up what is missing, and start Amends.

    Makes the data folder with its key and two configuration files, the database, and a first admin, whose password
    it shows once. Then it starts the pages, the worker, and a listener for mail, all of which end with Ctrl-C.
    Run it again, and it keeps what is there.

    \b
    Examples:
      amends up --demo
      amends up --data desk --port 8080
      amends up --data desk --admin mia@example.com
    """
    data = data.absolute()
    os.umask(0o077)  # what customers wrote is for nobody else on this machine
    door = _open_ports(host, port, smtp_port)
    made = folder.make(data, seeds="kettle" if demo else "seeds")
    with folder.held(data):
        click.echo(saying.step(1, f"Data folder   {data}{'' if made else ', as it was'}"))
        sys.exit(_start(data, door, host, smtp_port, admin or f"admin@{folder.domain(data)}", demo=demo))


def _start(data: Path, door: socket.socket, host: str, smtp_port: int, admin: str, *, demo: bool) -> int:
    options = ["--admin", admin, "--smtp-host", host, "--smtp-port", str(smtp_port), *(["--demo"] if demo else [])]
    address = folder.address(f"http://{_in_url(reachable(host))}:{door.getsockname()[1]}")
    entrance: list[str] = ["", "", ""]

    def say(line: str) -> None:
        if line.startswith(ENTRANCE):
            entrance[:] = json.loads(line.removeprefix(ENTRANCE))
        else:
            click.echo(line)

    def ready() -> None:
        click.echo(_ready(data, address, entrance, host, smtp_port))

    environ = {"AMENDS_DATA": str(data), "AMENDS_URL": address}
    plan = Plan(door=door, work=work_words(data, *options), environ=environ)
    code = Household(plan, say=say, ready=ready).run()
    click.echo("Stopped." if code == 0 else "Stopped with an error.", err=code != 0)
    return code


def _ready(data: Path, address: str, entrance: list[str], host: str, smtp_port: int) -> str:
    """Return what to tell once all is running: where it is, how to get in, and how mail comes and goes."""
    email, password, note = entrance
    amends = saying.program()
    lines = ["Amends is running. Ctrl-C stops it.", "", f"  Desk      {address}"]
    if email and password:
        lines += [f"  Log in    {email}", f"  Password  {password}    ({note})"]
    elif email:
        lines += [f"  Log in    {email}    (a new password: {amends} user password {email}{_where(data)})"]
    if smtp_port:
        port = f" --port {smtp_port}" if smtp_port != 8025 else ""
        sender = "maya@example.com"
        lines += [
            f"  Mail in   {reachable(host)}:{smtp_port} (SMTP), for {folder.business_address(data)}",
            f'            try it: echo "My grinder broke again!" | {amends} mail - --from {sender}{port}{_where(data)}',
        ]
    if not folder.mail_goes_out():
        lines.append(f"  Mail out  kept as files in {data / 'outgoing'}, until AMENDS_SMTP_URL says where to send it")
    return "\n".join([*lines, ""])


def _open_ports(host: str, port: int, smtp_port: int) -> socket.socket:
    """Return the socket of the pages, once it is sure that both ports can be had."""
    for number, option, other in ((port, "--port", 8001), (smtp_port, "--smtp-port", 8026)):
        why = why_not_free(host, number) if number else ""
        if why:
            raise click.ClickException(
                f"Port {number} on {host} cannot be used: {why}. "
                f"If Amends runs already, stop that one; else try another port: {option} {max(number + 1, other)}"
            )
    if port == smtp_port:
        raise click.ClickException("Pages and mail need a port each: give --port and --smtp-port different numbers.")
    return open_door(host, port)


def _where(data: Path) -> str:
    return "" if data == Path(folder.DEFAULT).absolute() else f" --data {data}"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
