"""A bar for files that take longer than anybody likes to look at nothing."""

import sys
from collections.abc import Callable
from time import monotonic
from typing import Any, Self

import click

_PATIENCE = 2.0  # seconds without a word


class Progress:
    """A bar on standard error for `size` bytes, or things, once they take long; none for size 0."""

    def __init__(self, size: int, label: str, now: Callable[[], float] = monotonic) -> None:
        self._size, self._label, self._now = size, label, now
        self._since = now()
        self._bar: Any = None
        self._shown = 0

    def __enter__(self) -> Self:
        return self

    def at(self, place: int) -> None:
        """Say that we are `place` bytes into the file, or that so many things are done."""
        if self._size and self._bar is None and self._now() - self._since > _PATIENCE:
            self._bar = click.progressbar(length=self._size, label=self._label, file=sys.stderr)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(place - self._shown)
            self._shown = place

    def __exit__(self, *_exception: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
