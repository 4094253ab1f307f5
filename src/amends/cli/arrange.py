"""What has to be there before a desk can start: tables, static files, somebody who can log in."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from amends.cli import saying
from amends.cli.entrance import Entrance, Password
from amends.cli.opening import open_desk

FINGERPRINT = ".of"


def arrange(data: Path, *, demo: bool, admin: str) -> Iterator[str | Entrance]:
    """Bring the desk in `data` up to date: yield a line for each thing done, and at the end how to get in.

    What is there is kept. `admin` is the address of the first admin, made where nobody is let in yet.
    """
    open_desk(data)
    new, behind = _tables()
    with ThreadPoolExecutor(max_workers=1) as aside:
        # A new desk needs a password, and hashing one well takes as long as making the tables: both at once.
        prepared = aside.submit(make_password) if new else None
        told = _migrate() if behind else "up to date"
        _make_room_for_counters()
        if behind:
            _begin_catalogue()
        yield saying.step(2, f"Database      {told}")
        yield saying.step(3, f"Static files  {_collect()}")
        password = prepared.result if prepared else make_password
        from amends.cli import sample

        if demo and sample.fits():
            yield from sample.fill(data, password)
            return
        if demo:
            yield sample.LEFT_OUT
        yield _first_admin(admin, password)


def make_password() -> Password:
    """Make a password and hash it."""
    from django.contrib.auth.hashers import make_password as hashed

    from amends.actions.people import new_password

    plain = new_password()
    return Password(plain, hashed(plain))


def _tables() -> tuple[bool, bool]:
    """Return whether the database is new, and whether it is behind the migrations that there are."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not executor.loader.applied_migrations, bool(plan)


def _migrate() -> str:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    return f"{connection.display_name}, brought up to date"


def _make_room_for_counters() -> None:
    """Make the table of the cache where it is missing; no migration knows it."""
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)


def _begin_catalogue() -> None:
    """Give a house the remedies that one begins with, where it has none yet."""
    from amends.actions.remedies import do_begin_catalogue

    do_begin_catalogue()


def _collect() -> str:
    """Collect the static files, unless those collected are the ones that we have now."""
    from django.conf import settings
    from django.core.management import call_command

    mark = Path(settings.STATIC_ROOT) / FINGERPRINT
    now = _fingerprint()
    if mark.is_file() and mark.read_text("utf-8") == now:
        return "up to date"
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(now, "utf-8")
    return "collected"


def _fingerprint() -> str:
    """Return a mark of all static files as they are now: their places, sizes and times."""
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            seen.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _first_admin(email: str, password: Callable[[], Password]) -> Entrance:
    from amends.actions.people import do_add_user
    from amends.method.decide import Impossible
    from amends.method.words import Rank
    from amends.store.models import User

    found = User.objects.filter(is_active=True, rank=Rank.ADMIN.value).order_by("pk").first()
    if found is not None:
        return Entrance(found.email)
    fresh = password()
    try:
        user = do_add_user(email, name="Admin", password=fresh.plain, hashed=fresh.hashed, rank=Rank.ADMIN)
    except Impossible as no:
        raise click.ClickException(f"There is no first admin yet. {no} Name one with --admin.") from None
    return Entrance(user.email, fresh.plain, "shown only now; you can change it inside")
