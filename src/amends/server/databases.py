"""The database, opened so that what was said stays said and readers never wait for writers."""

from typing import Any

import dj_database_url

# WAL: readers and one writer at the same time. FULL: a fact that was answered for is on the disk
# even when the power goes (a fifth slower than NORMAL, and worth it). The rest is memory for reading.
_SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456; PRAGMA journal_size_limit=67108864;"
)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at `url` (sqlite:///… or postgresql://…).

    Connections are kept for the life of a process: one thread serves each, and opening anew would
    cost two thirds of the writes. SQLite takes the write lock when a transaction begins, so two
    writers queue (up to 5 s) instead of failing half-way.
    """
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None))  # None: for ever
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = {
            **found.get("OPTIONS", {}),
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": _SQLITE,
        }
        return found
    found["CONN_HEALTH_CHECKS"] = True
    return found
