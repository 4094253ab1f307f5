"""Reviewing archives: one process and all, JSON lines and Parquet, and the memory of all processes together.

`benchmarks/review.py 100 1000` takes other numbers of conversations than 2,000 and 20,000. They are those of
`training/conversations`, again and again under new ids.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from amends.archive.pool import cores
from amends.archive.tables import CONVERSATIONS, conversations_batch
from amends.formats.archives.native import jsonl
from amends.transcript import Conversation

SOURCES = sorted((Path(__file__).parents[1] / "training" / "conversations").glob("*.jsonl"))
COUNTS = (2_000, 20_000)
ROW_GROUP = 4_096  # conversations
PAUSE = 0.05  # seconds between two looks at the memory


def main() -> None:
    """Print conversations and messages a second, and the largest memory, for each way and each size."""
    counts = [int(word) for word in sys.argv[1:]] or COUNTS
    print(f"{'':<36}{'conversations/s':>16}{'messages/s':>12}{'memory, MB':>12}")
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
        for count in counts:
            lines, table = Path(folder, f"{count}.jsonl"), Path(folder, f"{count}.parquet")
            messages = fill(count, lines, table)
            for jobs in sorted({1, cores()}):
                for words in (
                    ["--format", "jsonl", lines],
                    ["--format", "jsonl", table],
                    ["--output", Path(folder, f"{count}-{jobs}"), table],
                ):
                    seconds, memory = measured(["--jobs", jobs, *words])
                    into = "parts" if "--output" in words else "lines"
                    name = f"{count:,} {Path(words[-1]).suffix[1:]} to {into}, {jobs} jobs"
                    print(f"{name:<36}{count / seconds:>16,.0f}{messages / seconds:>12,.0f}{memory:>12,.0f}")


def fill(count: int, lines: Path, table: Path) -> int:
    """Write an archive in both formats, a little at a time; return how many messages it has."""
    records: list[dict[str, Any]] = [json.loads(line) for path in SOURCES for line in path.open(encoding="utf-8")]
    messages = 0
    with lines.open("w", encoding="utf-8") as file:
        for number, record in enumerate(islice(cycle(records), count)):
            messages += len(record["messages"])
            file.write(json.dumps({**record, "id": f"{record['id']}-{number}"}) + "\n")
    with lines.open("rb") as file, pq.ParquetWriter(table, CONVERSATIONS) as writer:
        found = (one for one in jsonl(file, lines.name) if isinstance(one, Conversation))
        while some := list(islice(found, ROW_GROUP)):
            writer.write_batch(conversations_batch(some))
    return messages


def measured(words: list[object]) -> tuple[float, float]:
    """Return the seconds that `amends review` takes, and the largest memory of all its processes together in MB."""
    begin = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, "-m", "amends.cli", "review", *map(str, words)], stdout=subprocess.DEVNULL
    )
    largest = 0
    over = threading.Event()

    def watch() -> None:
        nonlocal largest
        while not over.wait(PAUSE):
            largest = max(largest, sum(map(resident, family(program.pid))))

    watching = threading.Thread(target=watch)
    watching.start()
    code = program.wait()
    over.set()
    watching.join()
    assert code == 0, code
    return time.perf_counter() - begin, largest / 2**20


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def resident(pid: int) -> int:
    """Return the bytes of a process that are its own, with its share of those that several use."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
