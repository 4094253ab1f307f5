"""Ticking: 100,000 due cases, each with a promise that falls due, through the worker's own function, to commit."""

import time
from datetime import timedelta

from desk import NOW, desk, many_cases, resident_mb

DUE = 100_000


def main() -> None:
    """Make the cases due, tick them all, and print cases a second."""
    with desk():
        from amends.actions.ticks import do_tick_due
        from amends.store.models import Case, JournalEntry

        many_cases(DUE)
        Case.objects.update(next_due_at=NOW, status="open")
        before = JournalEntry.objects.count()
        start, busy = time.perf_counter(), time.process_time()
        done = 0
        while ticked := do_tick_due(NOW + timedelta(hours=3)):
            done += ticked
        taken, busy = time.perf_counter() - start, time.process_time() - busy
        facts = JournalEntry.objects.count() - before
        print(f"{done:,} due cases ticked in {taken:.1f} s ({busy:.1f} s of CPU): {done / taken:,.0f} a second")
        print(f"{facts:,} facts appended")
        print(f"memory at most {resident_mb():.0f} MB")


if __name__ == "__main__":
    main()
