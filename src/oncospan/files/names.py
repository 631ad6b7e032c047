"""A user's own drug names: a CSV with name, norm and note, checked row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from oncospan.errors import InputError, LexiconError, UsageError
from oncospan.files.encoding import decode
from oncospan.text.fold import fold

_HEADER = ("name", "norm", "note")
_REMEDY = "a row is: name,norm,note"
_LONGEST = 80


class OwnName(NamedTuple):
    """A name of the user's own.

    Args:
        name: as it stands in articles.
        norm: the normal form it is given.
    """

    name: str
    norm: str


class Row(NamedTuple):
    """A row of a user's lexicon that is in order.

    Args:
        line: its line, counted from 1.
        own: the name.
    """

    line: int
    own: OwnName


def read_names(path: Path) -> tuple[OwnName, ...]:
    """Return the names of a user's lexicon.

    Args:
        path: a CSV file with the columns name, norm and note; note may be left out.

    Raises:
        UsageError: there is no such file.
        LexiconError: a row is empty, too short to be a name, or given twice.
    """
    names: list[OwnName] = []
    for row in scan_names(path):
        if isinstance(row, LexiconError):
            raise row
        names.append(row.own)
    return tuple(names)


def scan_names(path: Path) -> Iterator[Row | LexiconError]:
    """Yield every row of a user's lexicon, or what is wrong with it.

    Args:
        path: a CSV file with the columns name, norm and note; note may be left out.

    Raises:
        UsageError: there is no such file.
        LexiconError: the file is no table of names at all.
    """
    lines: dict[str, int] = {}
    for line, cells in _read_rows(path):
        problem, remedy = _find_problem(cells)
        name, norm = (cell.strip() for cell in [*cells, "", ""][:2])
        surface = fold(name)
        if not problem and surface in lines:
            problem, remedy = f"the name {name!r} stands in line {lines[surface]} already", "keep one of the two rows"
        if problem:
            yield LexiconError(problem, path=path, line=line, remedy=remedy)
        else:
            lines[surface] = line
            yield Row(line, OwnName(name, norm))


def _read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    if not path.is_file():
        raise UsageError("there is no such file", path=path, remedy="name a CSV with the columns name,norm,note")
    try:
        text = decode(path.read_bytes(), path).text
    except InputError as error:
        raise LexiconError(error.problem, path=path, line=error.line, remedy="save it as CSV UTF-8") from None
    # A quote that is never closed makes one long cell of the rest; it is reported with its line.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(rows)]
        if header[:2] != list(_HEADER[:2]):
            raise LexiconError("the first row is not name,norm,note", path=path, line=1, remedy=_REMEDY)
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield rows.line_num, cells
    except csv.Error as error:
        raise LexiconError(f"the table is broken: {error}", path=path, line=rows.line_num, remedy=_REMEDY) from None


def _find_problem(cells: list[str]) -> tuple[str, str]:
    """Return what is wrong with a row and what to do about it; nothing where it is in order."""
    name, norm = (cell.strip() for cell in [*cells, "", ""][:2])
    if any(cell.strip() for cell in cells[3:]):
        return "the row has more than three cells", f'{_REMEDY}; put a name or note with a comma in quotes, "..."'
    if not name or not norm:
        return "the name is empty" if not name else "the normal form is empty", _REMEDY
    if len(fold(name)) < 2:
        return f"{name!r} is one letter", "give a longer name"
    if not any(letter.isalpha() for letter in name):
        return f"{name[:20]!r} has no letter and no Chinese character", "give a name, not a number"
    if "\n" in name or "\n" in norm or len(name) > _LONGEST:
        return f"{name[:20]!r} runs over a line or is very long", "check the quotes; one name stands in one row"
    return "", ""
