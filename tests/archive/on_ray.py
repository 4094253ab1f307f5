"""A Ray cluster of one machine that nobody else can reach, and a review on it: `python -m tests.archive.on_ray`.

It has a network of its own, in which there is nothing but the loopback, and its processes end with it.
"""

import subprocess
import sys
import tempfile

from amends.archive.engines import on_ray
from amends.archive.review import CHUNK, chunks
from amends.archive.tables import conversations_batch, findings_batch
from tests.archive.past import SETTINGS, conversations

ALONE = ("unshare", "--user", "--map-root-user", "--net", "--pid", "--fork", "--mount-proc", "--kill-child")
IN_THERE = 'ip link set lo up && exec "$0" -m tests.archive.on_ray'
START = ("start", "--head", "--node-ip-address=127.0.0.1", "--port=6379", "--num-cpus=2", "--include-dashboard=false")


def main() -> None:
    """Start the cluster, review, and say how many findings there were, if they are the right ones."""
    with tempfile.TemporaryDirectory(prefix="ray") as folder:
        more = (f"--temp-dir={folder}", "--object-store-memory=100000000", "--disable-usage-stats")
        subprocess.run([sys.executable, "-m", "ray.scripts.scripts", *START, *more], check=True, capture_output=True)
        past = [*chunks(conversations(2 * CHUNK)), (), *chunks(conversations(1))]
        found = list(on_ray(map(conversations_batch, past), SETTINGS, "127.0.0.1:6379"))
        assert found == [findings_batch(SETTINGS.review(chunk)) for chunk in past]
        sys.stdout.write(f"{[batch.num_rows for batch in found]}\n")


if __name__ == "__main__":
    main()
