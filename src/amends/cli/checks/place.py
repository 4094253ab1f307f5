"""The data folder, its configuration, and how people reach the desk."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from amends.cli.checks.model import Found, Level

_LITTLE, _NEARLY_NONE = 500, 50  # MB


def folder(data: Path) -> Iterator[Found]:
    """Look at the folder: who may read it, and how much room there is."""
    mode = data.stat().st_mode
    if mode & 0o077:
        yield Found("bad", f"Others on this machine can look into {data}", f"chmod 700 {data}")
    else:
        yield Found("ok", f"Data folder {data}, for nobody else's eyes")
    free = shutil.disk_usage(data).free // 1_000_000
    if free < _LITTLE:
        level: Level = "bad" if free < _NEARLY_NONE else "warn"
        yield Found(level, f"Only {free} MB are free for it", "make room: what cannot be written down is lost")


def configuration() -> Iterator[Found]:
    """Look at amends.toml, policy.toml and the address of the desk."""
    from django.conf import settings

    from amends.actions import house
    from amends.method.policy import BadPolicy

    try:
        business = house.read_house(house.data_folder() / "amends.toml").business  # as it stands, not as it was
    except house.BadHouse as wrong:
        yield Found("bad", str(wrong), "mend that line of amends.toml")
    else:
        yield Found("ok", f"Business: {business.name}, {business.address}")
        if business.address.endswith("@localhost"):
            yield Found("warn", "Nobody can write to an address at localhost", "put your own address into amends.toml")
    try:
        policy = house.read_law(house.data_folder() / "policy.toml").policy
    except BadPolicy as wrong:
        yield Found("bad", str(wrong), "mend that line of policy.toml")
    else:
        yield Found("ok", f"Policy: {policy.title}, in {policy.currency}, {policy.calendar.zone}")
    yield from _address(settings.AMENDS_URL)
    if settings.DEBUG:
        yield Found("warn", "AMENDS_DEBUG is on", "switch it off where customers are: it shows secrets to anybody")


def _address(url: str) -> Iterator[Found]:
    parts = urlsplit(url)
    near = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme == "https" or near:
        yield Found("ok", f"Address: {url}")
    else:
        yield Found(
            "warn", f"{url} is not encrypted", "put a proxy with HTTPS in front, and set AMENDS_URL to https://…"
        )
    if near:
        yield Found(
            "warn",
            "Links in mail lead to this machine only",
            "set AMENDS_URL to where your customers can reach the desk, such as https://help.example.com",
        )
