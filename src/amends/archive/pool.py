"""All cores of one machine: work is handed out in order, a little at a time, and comes back in order."""

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_FEW = 2  # pieces of work that are done sooner than a process starts
_AHEAD = 2  # pieces for each process: one in its hands, one that waits for it
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""The environment of a process whose sums take one thread: where each core has its process, more would only disturb."""


class WorkerLost(RuntimeError):
    """A process ended before its work was done; the message is a sentence with what helps."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(do: Callable[[T], R], pieces: Iterable[T], jobs: int) -> Generator[R, None, None]:
    """Yield what `do` makes of each piece, in their order, made by `jobs` processes (1: by this one).

    `do`, the pieces and the results have to be picklable. Pieces are taken only a few ahead of the result that is
    asked for, so memory does not grow with their number. Close the iterator to end the processes; they end by
    themselves when this process is gone. Raises `WorkerLost`, and what `do` and `pieces` raise.
    """
    waiting = iter(pieces)
    first = list(islice(waiting, _FEW + 1)) if jobs > 1 else []
    if len(first) <= _FEW:
        yield from map(do, chain(first, waiting))
        return
    # Spawned, not forked: a copy of a process whose numpy and Arrow have threads may wait for a lock for ever. It costs
    # a second at the start, which only work of more than a few pieces pays; and it is the same on every system.
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_leave_with_parent)
    try:
        yield from _in_order(executor, do, chain(first, waiting), jobs * _AHEAD)
    except BrokenProcessPool:
        raise WorkerLost(
            "A process that reviewed conversations was ended from outside, mostly because memory ran out; "
            f"try again with --jobs {max(1, jobs // 2)}."
        ) from None
    finally:
        executor.shutdown(cancel_futures=True)  # waits for the pieces in hand: a second or two


def _in_order(executor: ProcessPoolExecutor, do: Callable[[T], R], pieces: Iterator[T], ahead: int) -> Iterator[R]:
    pending: deque[Future[R]] = deque()
    for piece in pieces:
        with _manners():  # any of the first pieces may start a process
            pending.append(executor.submit(do, piece))
        if len(pending) > ahead:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


@contextmanager
def _manners() -> Iterator[None]:
    """Teach processes that start meanwhile: one thread for sums in each, and Ctrl-C is for their parent to answer."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    masking = hasattr(signal, "pthread_sigmask")  # not on Windows; there Ctrl-C shows where each process was
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masking else set()
    try:
        yield
    finally:
        if masking:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _leave_with_parent() -> None:
    """End this process when the one that started it is gone, however that ended."""
    Thread(target=_wait_for_the_end_of_parent, daemon=True).start()


def _wait_for_the_end_of_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
