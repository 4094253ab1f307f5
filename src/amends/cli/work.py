"""`amends work`: a worker alone, for a desk whose pages are served elsewhere."""

import signal
import threading
from pathlib import Path

import click

from amends.cli import folder
from amends.cli.opening import open_desk


@click.command(short_help="Start a worker alone: mail, deadlines, mailboxes.")
@folder.data_option()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen for mail.")
@click.option(
    "--smtp-port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default=True,
    help="The port that takes mail in; 0 for none.",
)
def command(data: Path, host: str, smtp_port: int) -> None:
    """Start a worker alone: mail, deadlines, mailboxes.

    `amends up` has a worker in it. This one is for a desk whose pages run under a web server of your own
    (`amends.server.wsgi:application`). With PostgreSQL, several may work side by side; with SQLite, one is enough.

    \b
    Example:
      amends work --data desk --smtp-port 8025
    """
    folder.check(data)
    open_desk(data)
    from amends.cli.worker import run

    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda _signal, _frame: stop.set())
    click.echo("At work. Ctrl-C stops it.")
    run(stop, smtp=(host, smtp_port) if smtp_port else None)
