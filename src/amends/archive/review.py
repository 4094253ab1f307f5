"""A review by the cores of this machine."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice

from amends.archive.pool import spread
from amends.archive.settings import Settings
from amends.coaching.review import Reviewed
from amends.transcript import Conversation

CHUNK = 64
"""Conversations that are handed out together: as many as the reader reads at once."""


def chunks(conversations: Iterable[Conversation]) -> Iterator[tuple[Conversation, ...]]:
    """Yield the conversations in tuples of `CHUNK`, and what remains in the last one."""
    waiting = iter(conversations)
    while chunk := tuple(islice(waiting, CHUNK)):
        yield chunk


def review_all(conversations: Iterable[Conversation], settings: Settings, jobs: int) -> Generator[Reviewed, None, None]:
    """Yield each conversation with its findings, in the order given, reviewed by `jobs` processes.

    The conversations are read as they are needed, a few hundred ahead. Close the generator when you leave it early.
    Raises `amends.archive.pool.WorkerLost` when a process dies.
    """
    with closing(spread(partial(_review, settings), chunks(conversations), jobs)) as done:
        for reviewed in done:
            yield from reviewed


def _review(settings: Settings, chunk: tuple[Conversation, ...]) -> tuple[Reviewed, ...]:
    return tuple(settings.review(chunk))
