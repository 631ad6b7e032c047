"""The errors oncospan raises: each says where, at which line, what is wrong and what to do about it."""

from __future__ import annotations

from pathlib import Path


class OncospanError(Exception):
    """The root of every error oncospan raises on purpose.

    Args:
        problem: what is wrong, a clause without a full stop.
        path: the file or folder concerned, when there is one.
        line: the line of that file, counted from 1, when there is one.
        remedy: what the reader can do about it.
    """

    def __init__(
        self, problem: str, *, path: Path | str | None = None, line: int | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.path = str(path) if path is not None else None
        self.line = line
        self.remedy = remedy

    def __str__(self) -> str:
        """Return one line: `path:line: problem; remedy`."""
        place = ""
        if self.path is not None:
            place = self.path + (f":{self.line}" if self.line is not None else "") + ": "
        message = place + self.problem + (f"; {self.remedy}" if self.remedy else "")
        return " ".join(message.split())

    def __reduce__(self) -> tuple[object, ...]:
        """Keep every field when the error crosses from a worker process."""
        return (_rebuild, (type(self), self.problem, self.path, self.line, self.remedy))


def _rebuild(
    kind: type[OncospanError], problem: str, path: str | None, line: int | None, remedy: str | None
) -> OncospanError:
    return kind(problem, path=path, line=line, remedy=remedy)


class UsageError(OncospanError):
    """The call itself is wrong: a missing path, a bad option, an unwritable folder (exit status 2)."""


class InputError(OncospanError):
    """One article cannot be read; the others go on (exit status 1)."""


class LexiconError(OncospanError):
    """A vocabulary file breaks a rule of its format."""


class GoldError(OncospanError):
    """A gold file is malformed, or its text is no longer the text it was made for."""
