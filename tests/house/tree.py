"""The files of the project, as the house tests see them."""

from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from tomllib import loads
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLACES = (".ci", "benchmarks", "changelog.d", "docs", "scripts", "src", "tests", "training")
LITTER = {"__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".DS_Store"}


@cache
def files() -> tuple[str, ...]:
    """Return every file of the project as a path from its root, sorted: the known folders, and what lies at the top."""
    top = [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".coverage")]
    below = [path for place in PLACES for path in (ROOT / place).rglob("*") if path.is_file()]
    names = (path.relative_to(ROOT) for path in [*top, *below])
    return tuple(sorted(str(name) for name in names if not LITTER & set(name.parts)))


def matching(*patterns: str) -> Iterator[str]:
    """Yield the files that any of the shell patterns fits; `*` runs through slashes."""
    return (name for name in files() if any(fnmatch(name, pattern) for pattern in patterns))


def text(name: str) -> str:
    """Return a file's text, or nothing where it is not text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return loads(text("pyproject.toml"))


@cache
def rooms() -> frozenset[str]:
    """Return the rooms that are built: the packages of src/amends."""
    return frozenset(path.parent.name for path in (ROOT / "src/amends").glob("*/__init__.py"))
