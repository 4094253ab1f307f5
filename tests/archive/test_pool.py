"""Work is spread over processes in order, a little ahead, and nothing stays behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count

import pytest

from amends.archive.pool import WorkerLost, cores, spread

# A program that spreads endless work and says so; what it starts inherits its output, which ends when all have ended.
ENDLESS = """
import itertools, signal
from amends.archive.pool import spread
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs tests in the background ignores it
    for number in spread(abs, itertools.count(), 2):
        if number == 20:
            print("at work", flush=True)
"""


def test_results_come_in_the_order_of_the_pieces() -> None:
    assert list(spread(abs, range(-50, 0), 2)) == list(range(50, 0, -1))


def test_pieces_are_taken_only_a_little_ahead() -> None:
    taken = []

    def pieces() -> Iterator[int]:
        for number in count():
            taken.append(number)
            yield number

    results = spread(abs, pieces(), 2)
    assert [next(results) for _ in range(20)] == list(range(20))
    results.close()
    assert len(taken) <= 20 + 2 * 2 + 1


@pytest.mark.parametrize(("pieces", "jobs", "here"), [(2, 2, True), (3, 2, False), (9, 1, True)])
def test_little_work_and_one_job_stay_in_this_process(pieces: int, jobs: int, here: bool) -> None:
    pids = set(spread(eval, ["__import__('os').getpid()"] * pieces, jobs))
    assert (pids == {os.getpid()}) == here


def test_each_process_does_its_sums_on_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert set(spread(os.getenv, ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"] * 2, 2)) == {"1"}
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_a_process_that_dies_is_told_in_a_sentence() -> None:
    with pytest.raises(WorkerLost, match=r"try again with --jobs 1\.$"):
        list(spread(os._exit, [1] * 9, 2))


def test_what_goes_wrong_in_the_work_and_in_its_source_comes_out() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(spread(int, ["1", "2", "x", "4"], 2))
    with pytest.raises(ZeroDivisionError):
        list(spread(abs, (1 // (5 - number) for number in range(9)), 2))


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_stays_behind(sent: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"at work\n"
        if sent == signal.SIGINT:
            os.killpg(program.pid, sent)  # as a terminal does it: everybody hears of Ctrl-C
        else:
            program.send_signal(sent)
        try:
            _rest, said = program.communicate(timeout=60)
        finally:
            program.kill()
    assert said.count(b"Traceback") == (sent == signal.SIGINT)


def test_cores() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
