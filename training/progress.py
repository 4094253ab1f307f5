"""A line that says how far a long step is."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def told(what: str, items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items; on a terminal show how many are done and how long the rest will take, and say when all are."""
    began = time.monotonic()
    for number, item in enumerate(items):
        if sys.stderr.isatty() and number:
            left = (time.monotonic() - began) / number * (len(items) - number)
            print(f"\r{what}: {number} of {len(items)}, {left:.0f} s to go ", end="", file=sys.stderr, flush=True)
        yield item
    lead = "\r\033[K" if sys.stderr.isatty() else ""
    print(f"{lead}{what}: {len(items)} in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
