"""A real database of our own, for tests that need several connections: threads, locks, what a commit leaves behind.

pytest-django's own database is one connection in one transaction, on SQLite even in memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections

from amends.server.databases import database


@contextmanager
def another(url: str) -> Iterator[None]:
    """Make `url` this process's database, with all tables and nothing in them; the old one comes back at the end.

    On PostgreSQL the database's name gets `_two` behind it; that one is made, and dropped again.
    """
    before, settings = connections["default"], connections.settings["default"]
    config = database(url)
    server = connections.configure_settings({"default": dict(config)})["default"]
    postgres = "postgresql" in config["ENGINE"]
    if postgres:
        config["NAME"] += "_two"
        _on_server(server, f'DROP DATABASE IF EXISTS "{config["NAME"]}"', f'CREATE DATABASE "{config["NAME"]}"')
    _use(connections.configure_settings({"default": config})["default"])
    try:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield
    finally:
        connections["default"].close()
        if postgres:
            _on_server(server, f'DROP DATABASE "{config["NAME"]}" WITH (FORCE)')
        connections.settings["default"] = settings
        connections["default"] = before


def empty() -> None:
    """Take everything out of the database."""
    call_command("flush", interactive=False, verbosity=0)


def _on_server(settings: dict[str, object], *statements: str) -> None:
    _use(settings)
    with connections["default"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connections["default"].close()


def _use(settings: dict[str, object]) -> None:
    """Let every new connection, of this thread and of others, be one with these settings."""
    connections.settings["default"] = settings
    del connections["default"]
