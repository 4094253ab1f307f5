"""The data folder: made once, never overwritten. Nothing here needs Django, so that `amends up` starts quickly."""

import os
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

try:
    import fcntl
except ImportError:  # Windows has none; there, nobody is kept from starting twice
    fcntl = None  # type: ignore[assignment]  # the only way to say so

from amends.actions import clock

SECRET = "secret.key"  # noqa: S105  # its name, not its content
HOUSE, POLICY = "amends.toml", "policy.toml"
DEFAULT = "data"
LOCK = ".lock"
_NO_ADDRESS = "help@localhost"

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def data_option() -> Decorator:
    """Return the option that all commands share: where everything of a desk is kept."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="AMENDS_DATA",
        default=DEFAULT,
        show_default=True,
        metavar="DIR",
        help="The folder in which everything of this desk is kept (or AMENDS_DATA).",
    )


def make(folder: Path, *, seeds: str = "seeds") -> list[str]:
    """Make what is missing of a data folder, and return the names of what was made.

    `seeds` is the folder in this package that the two configuration files come from. Raises `click.ClickException`
    with a sentence where the folder cannot be made.
    """
    try:
        made = [] if folder.is_dir() else [str(folder)]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if made:
            folder.chmod(0o700)  # whatever the umask says
        if not os.environ.get("AMENDS_SECRET_KEY") and _write(
            folder / SECRET, f"{clock.new_token()}{clock.new_token()}\n"
        ):
            made.append(SECRET)
        made += [name for name in (HOUSE, POLICY) if _write(folder / name, seed(seeds, name))]
    except OSError as wrong:
        raise click.ClickException(
            f"{folder} cannot be used: {wrong.strerror}. Name another folder with --data, or change its owner."
        ) from None
    return made


def seed(seeds: str, name: str) -> str:
    """Return the text of a configuration file as it is first written."""
    return files("amends.cli").joinpath(seeds, name).read_text("utf-8")


def check(folder: Path) -> None:
    """Raise `click.ClickException` where there is no desk in `folder`."""
    if not folder.is_dir():
        raise click.ClickException(f"There is no desk in {folder}. Run: amends up --data {folder}")


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder while Amends runs in it. Raises `click.ClickException` where it runs in it already."""
    with (folder / LOCK).open("a") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise click.ClickException(
                    f"Amends runs in {folder} already. Stop that one first, or name another folder with --data."
                ) from None
        yield


def business_address(folder: Path) -> str:
    """Return the address that the business takes mail at, as far as the configuration can be read."""
    try:
        business = tomllib.loads((folder / HOUSE).read_text("utf-8")).get("business", {})
        return str(business.get("address") or "") or _NO_ADDRESS
    except (OSError, ValueError, AttributeError):  # `amends check` says what is wrong with it
        return _NO_ADDRESS


def domain(folder: Path) -> str:
    """Return the domain of the business, for the address of the first admin."""
    return business_address(folder).rpartition("@")[2] or "localhost"


def address(otherwise: str) -> str:
    """Return where people reach the desk: AMENDS_URL, or else the address given."""
    return os.environ.get("AMENDS_URL") or otherwise


def mail_goes_out() -> bool:
    """Return whether a way out for mail is set; without one it is kept as files."""
    return bool(os.environ.get("AMENDS_SMTP_URL") or os.environ.get("AMENDS_MAIL_BACKEND"))


def _write(path: Path, text: str) -> bool:
    """Write a new file that only its owner may read; leave one that is there alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return True
