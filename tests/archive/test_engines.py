"""Every engine finds the same."""

import os
import subprocess
import sys

from amends.archive.engines import on_this_machine
from amends.archive.review import CHUNK, chunks
from amends.archive.tables import conversations_batch, findings_batch
from tests import needs
from tests.archive import on_ray
from tests.archive.past import SETTINGS, conversations
from tests.house.tree import ROOT


def test_this_machine_finds_what_a_review_finds() -> None:
    past = [*chunks(conversations(2 * CHUNK)), (), *chunks(conversations(1))]
    found = on_this_machine(map(conversations_batch, past), SETTINGS, 2)
    assert list(found) == [findings_batch(SETTINGS.review(chunk)) for chunk in past]


@needs.ray
def test_a_cluster_finds_the_same() -> None:
    surroundings = {**os.environ, "RAY_AUTH_MODE": "disabled", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    run = subprocess.run(
        [*on_ray.ALONE, "sh", "-c", on_ray.IN_THERE, sys.executable],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert run.stdout.splitlines()[-1:] == [str([3 * CHUNK, 3 * CHUNK, 0, 3])], run.stderr
