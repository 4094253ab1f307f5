"""The database and the files: there, whole, and saying the same."""

import hashlib
import itertools
from collections.abc import Iterator

from amends.cli.checks.model import Found

SAMPLE = 200
"""Cases and files that are looked at without --all: the newest."""


def database() -> Iterator[Found]:
    """Look whether the database answers, is up to date, and whole."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as wrong:
        yield Found("bad", f"The database does not answer: {wrong}".strip(), "start it, or correct DATABASE_URL")
        return
    if missing:
        yield Found("bad", f"The tables are not up to date (missing: {len(missing)})", "run `amends up`, which does it")
        return
    yield Found("ok", f"Database: {connection.display_name}, tables up to date")
    if connection.vendor == "sqlite":
        yield from _whole()


def _whole() -> Iterator[Found]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(5)")
        wrong = [str(row[0]) for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        loose = len(cursor.fetchall())
    if wrong != ["ok"]:
        yield Found("bad", f"The database file is damaged: {'; '.join(wrong)[:300]}", "restore the newest good backup")
    elif loose:
        yield Found("bad", f"Rows of the database point at nothing ({loose})", "restore the newest good backup")
    else:
        yield Found("ok", "Database file: whole")


def teams() -> Iterator[Found]:
    """Look whether the teams that the policy gives hours of their own are there."""
    from amends.actions import house
    from amends.store.models import Team

    there = list(Team.objects.order_by("name").values_list("name", flat=True))
    for name in house.policy().teams:
        if name not in there:
            known = f"the teams are {', '.join(there)}" if there else "there is no team yet"
            yield Found(
                "warn", f'policy.toml gives hours to the team "{name}", which is not there', f"correct it; {known}"
            )


def journal(*, everything: bool) -> Iterator[Found]:
    """Look whether the journals give what the rows say."""
    from amends.actions.upkeep import cases_that_differ, tallies_differ

    wrong = list(itertools.islice(cases_that_differ(None if everything else SAMPLE), 10))
    if wrong:
        names = ", ".join(f"#{pk}" for pk in wrong)
        yield Found("bad", f"Cases whose rows differ from their journal: {names}", "amends check --mend")
    else:
        yield Found("ok", "Journal: " + ("every case says the same" if everything else "the newest cases say the same"))
    if everything and tallies_differ():
        yield Found("bad", "The counts of cases are wrong", "amends check --mend")


def files(*, everything: bool) -> Iterator[Found]:
    """Look whether the files that messages speak of are there; with `everything`, whether they are unchanged."""
    from amends.store import blobs
    from amends.store.models import Attachment, RawMail

    names = itertools.chain.from_iterable(
        (rows if everything else rows[:SAMPLE]).iterator()
        for rows in (
            Attachment.objects.exclude(sha256="").order_by("-pk").values_list("sha256", flat=True),
            RawMail.objects.order_by("-pk").values_list("sha256", flat=True),
        )
    )
    count, wrong = 0, 0
    for name in names:
        count += 1
        try:
            found = hashlib.sha256(blobs.fetch(name)).hexdigest() == name if everything else blobs.exists(name)
        except (OSError, ValueError):
            found = False
        wrong += not found
    if wrong:
        yield Found(
            "bad", f"Files of messages are missing or changed: {wrong} of {count}", "restore them from a backup"
        )
    else:
        yield Found("ok", f"Files of messages: {count} looked at, all there")
