"""Reading the room's CSV tables, with errors that name the line."""

from __future__ import annotations

import csv
from importlib import resources
from typing import NamedTuple

from oncospan.errors import LexiconError


class Row(NamedTuple):
    """One row of a table: its line number and its cells by column name."""

    line: int
    cells: dict[str, str]


def read_table(name: str, columns: tuple[str, ...]) -> list[Row]:
    """Return the rows of one of the room's tables.

    Args:
        name: the file's name inside the room.
        columns: the columns it must have, in this order.

    Raises:
        LexiconError: the head differs, a row has too many or too few cells, or a cell has stray spaces.

    """
    content = (resources.files("oncospan.entities.mutation") / name).read_text(encoding="utf-8")
    reader = csv.reader(content.splitlines())
    head = next(reader, [])
    if tuple(head) != columns:
        raise LexiconError(
            f"the columns are {', '.join(head)}", path=name, line=1, remedy=f"name them {', '.join(columns)}"
        )
    rows = []
    for number, cells in enumerate(reader, start=2):
        if len(cells) != len(columns):
            raise LexiconError(
                f"{len(cells)} cells instead of {len(columns)}",
                path=name,
                line=number,
                remedy="quote cells with commas",
            )
        if any(part != part.strip() for cell in cells for part in cell.split("|")):
            raise LexiconError("a name has stray spaces", path=name, line=number, remedy="remove them")
        rows.append(Row(number, dict(zip(columns, cells, strict=True))))
    return rows


def names(cell: str) -> list[str]:
    """Return the names of a cell, which stand apart by `|`."""
    return [name for name in cell.split("|") if name]
