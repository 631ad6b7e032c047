"""One article after the other, in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oncospan.files.articles import Source
from oncospan.runners.job import Job, Outcome


def run_serial(job: Job, sources: Sequence[Source]) -> Iterator[Outcome]:
    """Yield the outcome of each source, in order.

    Args:
        job: what to do with each.
        sources: the articles to read.
    """
    pipeline = job.build()
    for source in sources:
        yield job.do(source, pipeline)
