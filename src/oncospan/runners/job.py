"""One article from its source to its extraction, or to the failure that says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from oncospan.errors import InputError
from oncospan.files.articles import Source, load
from oncospan.files.options import ReadOptions
from oncospan.model import Extraction, Failure
from oncospan.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article.

    Args:
        result: its extraction, or why there is none.
        plain: its file is the text that offsets count in.
        replaced: how many undecodable stretches of it U+FFFD stands for.
    """

    result: Extraction | Failure
    plain: bool = True
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every article, the same in every process.

    Args:
        build: makes the pipeline, once in a process.
        published: the publication date for articles that carry none of their own.
        options: how files are read.
    """

    build: Callable[[], Pipeline]
    published: date | None = None
    options: ReadOptions = field(default_factory=ReadOptions)

    def do(self, source: Source, pipeline: Pipeline) -> Outcome:
        """Read one article and everything it says; whatever goes wrong becomes its failure."""
        try:
            loaded = load(source, self.published, self.options)
        except InputError as error:
            return Outcome(Failure(source.id, "read", str(error)))
        except (RecursionError, MemoryError) as error:
            reason = (
                f"{source.place}: the file takes too much to read ({type(error).__name__}); give the article as text"
            )
            return Outcome(Failure(source.id, "read", reason))
        try:
            return Outcome(pipeline.read(loaded.article), loaded.plain, loaded.replaced)
        except Exception as error:  # noqa: BLE001 - one broken article never stops the others
            reason = f"{source.place}: {type(error).__name__}: {error}; this is a defect of oncospan, please report it"
            return Outcome(Failure(source.id, "extract", " ".join(reason.split())))


Runner = Callable[[Job, Sequence[Source]], Iterator[Outcome]]
