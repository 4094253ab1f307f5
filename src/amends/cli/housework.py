"""The work process behind `amends up`: `python -m amends.cli.housework`. Arranges the desk, then works for it.

What is said on the standard output is passed on by the process that watches, up to the word that all is ready.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path

import click

from amends.cli import folder
from amends.cli.arrange import arrange
from amends.cli.entrance import Entrance
from amends.cli.household import READY, end_with_parent

ENTRANCE = "\x05"
"""Begins the line that says how to get in."""


@click.command()
@folder.data_option()
@click.option("--admin", required=True)
@click.option("--demo", is_flag=True)
@click.option("--smtp-host", default="127.0.0.1")
@click.option("--smtp-port", type=int, default=0)
def housework(data: Path, admin: str, smtp_host: str, smtp_port: int, *, demo: bool) -> None:
    """Arrange the desk in DATA, say so, and work until the parent is gone or says stop."""
    stop = threading.Event()
    end_with_parent(stop)
    for told in arrange(data, demo=demo, admin=admin):
        if isinstance(told, Entrance):
            _say(ENTRANCE + json.dumps([told.email, told.password, told.note]))
        else:
            _say(told)
    from amends.cli.worker import run

    signal.signal(signal.SIGTERM, lambda _signal, _frame: stop.set())
    _say(READY)
    os.dup2(2, 1)  # nobody reads our standard output from here on
    run(stop, smtp=(smtp_host, smtp_port) if smtp_port else None)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    housework()
