"""The room's tables: CSV files that people review, checked cell by cell when they are read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import NamedTuple

from oncospan.errors import LexiconError


class Place(NamedTuple):
    """Where a row stands, for messages.

    Args:
        path: the table.
        line: the line, counted from 1.

    """

    path: str
    line: int

    def error(self, problem: str, remedy: str) -> LexiconError:
        """Return the error that names this row."""
        return LexiconError(problem, path=self.path, line=self.line, remedy=remedy)


def read_table(folder: Traversable, name: str, columns: tuple[str, ...]) -> Iterator[tuple[Place, list[str]]]:
    """Yield the rows of a table with their places.

    Args:
        folder: the folder that holds the table.
        name: the file.
        columns: the header it must have.

    Raises:
        LexiconError: the header differs, or a row is short, long, unnamed or carries stray spaces.

    """
    path = str(folder / name)
    try:
        content = (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise LexiconError("the table is missing", path=path, remedy="restore it") from error
    rows = csv.reader(content.split("\n"))
    if next(rows, None) != list(columns):
        raise LexiconError("the header differs", path=path, line=1, remedy=f"write {','.join(columns)}")
    for row in rows:
        if not row:
            continue
        place = Place(path, rows.line_num)
        if len(row) != len(columns):
            raise place.error(f"{len(row)} cells instead of {len(columns)}", "quote cells that hold a comma")
        if not row[0]:
            raise place.error(f"the {columns[0]} is empty", "name it, or remove the row")
        for cell in row:
            if cell != cell.strip():
                raise place.error(f"{cell!r} has stray spaces", "remove them")
        yield place, row


def split_cell(cell: str, place: Place) -> tuple[str, ...]:
    """Return the values of a cell that holds several between bars.

    Args:
        cell: the cell.
        place: its row.

    Raises:
        LexiconError: a value is empty or carries stray spaces.

    """
    if not cell:
        return ()
    values = tuple(cell.split("|"))
    for value in values:
        if not value:
            raise place.error(f"an empty value in {cell!r}", "remove the bar too many")
        if value != value.strip():
            raise place.error(f"{value!r} has stray spaces", "remove them")
    return values
