"""A desk of its own for a measurement: a data folder, a migrated database, a team, and ways to fill it.

Figures are wall-clock on the machine that runs them; see docs/benchmarks.md for what they were and where.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@contextmanager
def desk(keep: str = "") -> Iterator[Path]:
    """Set Django up on an empty data folder (or on `keep`, if it is there already) and yield the folder."""
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as made:
        data = Path(keep or made)
        data.mkdir(parents=True, exist_ok=True)
        os.environ.update(
            AMENDS_DATA=str(data),
            AMENDS_SECRET_KEY="only-for-measuring-" * 3,
            DJANGO_SETTINGS_MODULE="amends.server.settings",
        )
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield data


def many_cases(count: int, *, journal: bool = True) -> None:
    """Fill the inbox: one real case through the actions, then copies of its rows with other heats and times.

    Without `journal` only the rows that lists read are copied.
    """
    from django.db import connection, transaction

    from amends.actions.incoming import Incoming, do_receive
    from amends.store.journal import recount
    from amends.store.models import Case, Customer, JournalEntry

    have = Case.objects.count()
    if have >= count:
        return
    do_receive(Incoming(channel="email", name="Maya", email="maya@example.com", text=FURIOUS, subject="Broken"), at=NOW)
    first = Case.objects.earliest("pk")
    fact = list(JournalEntry.objects.filter(case=first).order_by("seq"))
    step = 20_000
    for start in range(have + 1, count, step):
        ids = range(start, min(start + step, count))
        with transaction.atomic():
            customers = Customer.objects.bulk_create(
                Customer(name=f"Customer {n}", created_at=NOW, spent=n % 5000) for n in ids
            )
            cases = Case.objects.bulk_create(
                _copy(first, customer, n) for n, customer in zip(ids, customers, strict=True)
            )
            if journal:
                JournalEntry.objects.bulk_create((_entry(case, e) for case in cases for e in fact), batch_size=5000)
        progress("cases", start + len(ids), count)
    recount()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(first: object, customer: object, n: int) -> object:
    from amends.store.models import Case

    values = {
        f.attname: getattr(first, f.attname)
        for f in Case._meta.concrete_fields  # noqa: SLF001 - Django documents it
        if not f.primary_key
    }
    since = NOW - timedelta(minutes=n % 100_000)
    values |= {
        "token": f"{n:032x}",
        "customer_id": customer.pk,
        "heat": (n * 7919 % 100_003) / 1000,
        "subject": f"Order {n} arrived broken",
        "opened_at": since,
        "changed_at": since,
        "waiting_since": since,
        "next_due_at": NOW + timedelta(days=400),
        "status": ("open", "open", "resolved", "closed")[n % 4],
    }
    return Case(**values)


def _entry(case: object, entry: object) -> object:
    from amends.store.models import JournalEntry

    return JournalEntry(
        case_id=case.pk,
        seq=entry.seq,
        at=entry.at,
        side=entry.side,
        actor=entry.actor,
        kind=entry.kind,
        fact=entry.fact,
    )


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Return how long each of `times` runs took, in milliseconds, after two that do not count."""
    work(), work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def report(name: str, milliseconds: list[float]) -> None:
    """Print the median and the 95th percentile."""
    p95 = statistics.quantiles(milliseconds, n=20)[18]
    print(f"{name:<44} p50 {statistics.median(milliseconds):8.2f} ms   p95 {p95:8.2f} ms   n {len(milliseconds)}")


def progress(what: str, done: int, of: int) -> None:
    """Show how far a long preparation is, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r  {what} {done:,} of {of:,}", end="" if done < of else "\n", file=sys.stderr, flush=True)


def resident_mb() -> float:
    """Return the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


FURIOUS = (
    "I am absolutely FURIOUS. The espresso machine you sent me is broken AGAIN!!! This is the second time "
    "in a month and nobody at your company answers. I have been a customer for eight years. I want my money back, "
    "all 189 dollars, or I will never order from you again."
)
