"""Ticking: 100,000 due cases among a million open ones, through the worker's own function, to commit.

    python benchmarks/tick.py [--cases N] [--due N] [--keep FOLDER]

The acknowledgement of each due case falls due: one fact each. What the cases have behind them is left out of the
journal. `--keep` fills FOLDER once, and uses a copy of what is there the next time: a million cases take minutes.
"""

import argparse
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from desk import NOW, desk, many_cases, resident_mb


def main() -> None:
    """Make the cases due, tick them all, and print cases a second."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--cases", type=int, default=1_000_000)
    words.add_argument("--due", type=int, default=100_000)
    words.add_argument("--keep", default="")
    asked = words.parse_args()
    if asked.keep and not Path(asked.keep).exists():
        with desk(asked.keep):
            many_cases(asked.cases, journal=False)
            _close_connections()
    with tempfile.TemporaryDirectory(prefix="amends-tick-") as folder:
        if asked.keep:
            shutil.copytree(asked.keep, folder, dirs_exist_ok=True)
        with desk(folder):
            many_cases(asked.cases, journal=False)
            _tick(asked.due)


def _tick(due: int) -> None:
    from amends.actions.ticks import do_tick_due
    from amends.store.models import Case, JournalEntry

    Case.objects.update(status="open")
    Case.objects.filter(pk__lte=due).update(next_due_at=NOW)
    before = JournalEntry.objects.count()
    start, busy = time.perf_counter(), time.process_time()
    done = 0
    while ticked := do_tick_due(NOW + timedelta(hours=3)):
        done += ticked
    taken, busy = time.perf_counter() - start, time.process_time() - busy
    facts = JournalEntry.objects.count() - before
    print(f"{Case.objects.count():,} open cases")
    print(f"{done:,} due cases ticked in {taken:.1f} s ({busy:.1f} s of CPU): {done / taken:,.0f} a second")
    print(f"{facts:,} facts appended")
    print(f"memory at most {resident_mb():.0f} MB")


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    main()
