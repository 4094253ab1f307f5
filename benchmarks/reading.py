"""Reading: batches beside VADER on the same texts, one message, and loading; all on one core."""

import gc
import json
import os
import subprocess
import sys
import time
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: E402 - numpy counts its threads at import

from amends.reading import Context, read, read_each  # noqa: E402 - the same
from amends.transcript import Message, Role  # noqa: E402 - the same

TEXTS = Path(__file__).parents[1] / "training" / "texts"
ROUNDS = 7
SINGLE = 1_000
START = """
import time
begin = time.perf_counter()
from amends.reading import read
from amends.transcript import Message, Role
read(Message(id="1", role=Role.CUSTOMER, text="I want my money back."))
print(time.perf_counter() - begin)
"""


def main() -> None:
    """Print messages a second for both, their ratio, the milliseconds of one message, and those of the first one."""
    messages = _messages()
    words = sum(len(message.text.split()) for message in messages)
    print(f"{len(messages):,} messages, {words / len(messages):.0f} words each in the middle of mails, chats and posts")
    vader = SentimentIntensityAnalyzer()
    pairs = [(message, Context()) for message in messages]
    in_context = list(zip(messages, _contexts(messages), strict=True))
    tasks = {
        "VADER, one score": lambda: [vader.polarity_scores(message.text) for message in messages],
        "Amends, 24 acts with words": lambda: list(read_each(pairs)),
        "Amends, after the message before": lambda: list(read_each(in_context)),
    }
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for name in list(tasks) * (ROUNDS + 1):  # alternately, as the machine is noisy; the first round warms up
        gc.collect()
        begin = time.perf_counter()
        tasks[name]()
        seconds[name].append(time.perf_counter() - begin)
    middle = {name: sorted(taken[1:])[ROUNDS // 2] for name, taken in seconds.items()}
    for name, taken in middle.items():
        ratio = middle["VADER, one score"] / taken
        print(f"{name:<36}{len(messages) / taken:>8,.0f} messages a second{ratio:>8.2f} times VADER")
    print(f"one message alone: {_alone(messages):.2f} ms in the middle of {SINGLE}")
    print(f"from nothing to the first reading: {_start() * 1000:.0f} ms, interpreter not counted")


def _messages() -> list[Message]:
    rows = [json.loads(line) for path in sorted(TEXTS.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    return [Message(id=row["id"], role=Role(row["role"]), text=row["text"]) for row in rows]


def _contexts(messages: list[Message]) -> list[Context]:
    before: list[Message | None] = [None, *messages[:-1]]
    return [Context(previous=one.text, previous_role=one.role) if one else Context() for one in before]


def _alone(messages: list[Message]) -> float:
    taken = []
    for message in messages[:: max(1, len(messages) // SINGLE)]:
        begin = time.perf_counter()
        read(message)
        taken.append(time.perf_counter() - begin)
    return sorted(taken)[len(taken) // 2] * 1000


def _start() -> float:
    return min(
        float(subprocess.run([sys.executable, "-c", START], capture_output=True, check=True).stdout) for _ in "123"
    )


if __name__ == "__main__":
    main()
