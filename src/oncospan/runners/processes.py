"""Several articles at once, in worker processes; the outcomes come in the order of the sources all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from oncospan.files.articles import Source
from oncospan.pipeline import Pipeline
from oncospan.runners.job import Job, Outcome

#: Articles handed to a worker at a time: enough to hide the hand-over, few enough to keep all workers busy.
_BATCH = 16

_worker: tuple[Job, Pipeline] | None = None


def _start(job: Job) -> None:
    global _worker  # noqa: PLW0603 - a worker process keeps its pipeline between articles
    _worker = (job, job.build())


def _do(source: Source) -> Outcome:
    assert _worker is not None  # noqa: S101 - the pool ran _start
    job, pipeline = _worker
    return job.do(source, pipeline)


def run_processes(job: Job, sources: Sequence[Source], jobs: int) -> Iterator[Outcome]:
    """Yield the outcome of each source, in order.

    Args:
        job: what to do with each.
        sources: the articles to read.
        jobs: how many worker processes.
    """
    batch = max(1, min(_BATCH, len(sources) // (jobs * 2)))
    with ProcessPoolExecutor(max_workers=jobs, initializer=_start, initargs=(job,)) as pool:
        yield from pool.map(_do, sources, chunksize=batch)
