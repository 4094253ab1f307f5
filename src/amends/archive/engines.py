"""Where batches of conversations become batches of findings: on all cores of this machine, or on a cluster of many.

Both engines run `review_batch`, yield one batch of findings for each batch of conversations, in their order, and take
batches only a little ahead, so that memory does not grow with their number.
"""

import os
from collections.abc import Generator, Iterable
from functools import partial
from itertools import islice
from typing import Any

import pyarrow as pa

from amends.archive.pool import ONE_THREAD, spread
from amends.archive.settings import Settings
from amends.archive.tables import CONVERSATIONS, FINDINGS, review_batch

_WAVE = 512  # batches that a cluster gets at once: work for some hundred cores, and some ten megabytes
# What is read here belongs to customers; even that it is read is nobody else's business. And nobody waits for a bar.
_SILENT = {"DO_NOT_TRACK": "true", "RAY_USAGE_STATS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0"}
_MANY = pa.list_(pa.struct(FINDINGS))


def on_this_machine(
    batches: Iterable[pa.RecordBatch], settings: Settings, jobs: int
) -> Generator[pa.RecordBatch, None, None]:
    """Yield the findings of each batch, found by `jobs` processes; raise `amends.archive.pool.WorkerLost`."""
    return spread(partial(review_batch, settings), batches, jobs)


def on_ray(
    batches: Iterable[pa.RecordBatch], settings: Settings, address: str
) -> Generator[pa.RecordBatch, None, None]:
    """Yield the findings of each batch, found by the Ray cluster at `address`, through Daft.

    Amends has to be installed on its machines, in the same version. Raises ImportError without Daft and Ray, and
    ConnectionError where nothing answers.
    """
    os.environ.update(_SILENT)
    import daft  # noqa: PLC0415 - an extra, and it looks at the lines above when it is imported
    import ray  # noqa: PLC0415 - the same

    ray.init(address, runtime_env={"env_vars": _SILENT | ONE_THREAD}, log_to_driver=False, logging_level="warning")
    daft.set_runner_ray(address, noop_if_initialized=True)
    yield from with_daft(batches, settings)


def with_daft(batches: Iterable[pa.RecordBatch], settings: Settings) -> Generator[pa.RecordBatch, None, None]:
    """Yield the findings of each batch, found by whatever Daft runs on."""
    import daft  # noqa: PLC0415 - an extra

    look = daft.func.batch(return_dtype=daft.DataType.from_arrow_type(_MANY), batch_size=1, use_process=True)(
        partial(_look, settings)
    )
    waiting = iter(batches)
    while wave := list(islice(waiting, _WAVE)):
        rows = pa.table({"place": range(len(wave)), "batch": pa.concat_arrays([_boxed(batch) for batch in wave])})
        table = daft.from_arrow(rows).into_batches(1).select(daft.col("place"), look(daft.col("batch")).alias("found"))
        for found in table.to_arrow().sort_by("place").column("found"):
            yield _unboxed(found, FINDINGS)


def _look(settings: Settings, boxes: Any) -> pa.Array:  # noqa: ANN401 - a Series of Daft, which ships no types
    """Return the findings of each batch of a column."""
    return pa.concat_arrays([_boxed(review_batch(settings, _unboxed(box, CONVERSATIONS))) for box in boxes.to_arrow()])


def _boxed(batch: pa.RecordBatch) -> pa.ListArray:
    """Return a batch as one value, so that a batch is a row to Daft, which wants as many rows out as in."""
    return pa.ListArray.from_arrays(pa.array([0, batch.num_rows], pa.int32()), batch.to_struct_array())


def _unboxed(box: pa.ListScalar, schema: pa.Schema) -> pa.RecordBatch:
    """Return the batch in a value; Daft widens some types on the way."""
    return pa.RecordBatch.from_struct_array(box.values).cast(schema)
