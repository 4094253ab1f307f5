"""The data folder, its configuration, and how people reach the desk."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from amends.cli.checks.model import Found, Level

if TYPE_CHECKING:
    from amends.actions.rates import Quotes
    from amends.method.policy import Policy

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
    from amends.actions.rates import FILE, BadRates, read_rates
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
        try:
            quotes = read_rates(house.data_folder() / FILE)
        except BadRates as wrong:
            yield Found("bad", str(wrong), f"mend these lines of {FILE}; until then, the last good rates count")
        else:
            yield from _rates(quotes, policy)
    yield from _address(settings.AMENDS_URL)
    if settings.DEBUG:
        yield Found("warn", "AMENDS_DEBUG is on", "switch it off where customers are: it shows secrets to anybody")


def _rates(quotes: "Quotes", policy: "Policy") -> Iterator[Found]:
    """Look at rates.csv: whether its rates are in the house's currency, and new enough to count."""
    from amends.actions import clock

    if not quotes:
        return
    others = sorted({one.into for one in quotes} - {"", policy.currency})
    if others:
        yield Found(
            "warn",
            f"Rates in {', '.join(others)} do not count: the house's currency is {policy.currency}",
            "bring them in anew: amends rates import FILE",
        )
    newest = max(one.day for one in quotes)
    if (clock.now().date() - newest).days > policy.rates_last.amount:
        yield Found(
            "warn",
            f"The newest rates are of {newest}, and count no longer",
            "bring in new ones: amends rates import FILE",
        )
    else:
        yield Found("ok", f"Rates of {len({one.currency for one in quotes})} currencies, the newest of {newest}")


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
