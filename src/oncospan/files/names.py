"""A user's own drug names: a CSV with name, norm and note, checked row by row."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

from oncospan.errors import InputError, LexiconError, UsageError
from oncospan.files.encoding import decode
from oncospan.text.fold import fold

_HEADER = ("name", "norm", "note")
_REMEDY = "a row is: name,norm,note"


class OwnName(NamedTuple):
    """A name of the user's own.

    Args:
        name: as it stands in articles.
        norm: the normal form it is given.
    """

    name: str
    norm: str


def read_names(path: Path) -> tuple[OwnName, ...]:
    """Return the names of a user's lexicon.

    Args:
        path: a CSV file with the columns name, norm and note; note may be left out.

    Raises:
        UsageError: there is no such file.
        LexiconError: a row is empty, too short to be a name, or given twice.
    """
    if not path.is_file():
        raise UsageError("there is no such file", path=path, remedy="name a CSV with the columns name,norm,note")
    try:
        text = decode(path.read_bytes(), path).text
    except InputError as error:
        raise LexiconError(error.problem, path=path, line=error.line, remedy="save it as CSV UTF-8") from None
    rows = csv.reader(io.StringIO(text, newline=""))
    header = [cell.strip().lower() for cell in next(rows)]
    if header[:2] != list(_HEADER[:2]):
        raise LexiconError("the first row is not name,norm,note", path=path, line=1, remedy=_REMEDY)
    names: list[OwnName] = []
    lines: dict[str, int] = {}
    for row in rows:
        line = rows.line_num
        if not any(cell.strip() for cell in row):
            continue
        names.append(_check(row, path, line))
        surface = fold(names[-1].name)
        if surface in lines:
            raise LexiconError(
                f"the name {names[-1].name!r} stands in line {lines[surface]} already",
                path=path, line=line, remedy="keep one of the two rows",
            )  # fmt: skip
        lines[surface] = line
    return tuple(names)


def _check(row: list[str], path: Path, line: int) -> OwnName:
    name, norm = ([*row, "", ""])[:2]
    if not name.strip() or not norm.strip():
        problem = "the name is empty" if not name.strip() else "the normal form is empty"
        raise LexiconError(problem, path=path, line=line, remedy=_REMEDY)
    if len(fold(name.strip())) < 2:
        raise LexiconError(f"{name!r} is one letter", path=path, line=line, remedy="give a longer name")
    return OwnName(name.strip(), norm.strip())
