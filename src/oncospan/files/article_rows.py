"""Rows of tables and of JSON that become articles, checked one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from oncospan.errors import InputError
from oncospan.files.formats.objects import REMEDY
from oncospan.files.options import Columns
from oncospan.files.published import parse_day
from oncospan.model import Article

#: The article's text is kept in a file of this name, with an ending, and signs that no file name takes written out.
_MOST_PARTS, _LONGEST_PART = 10, 200


def _as_name(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_missing(value: object) -> object:
    if value is None or value != value:  # noqa: PLR0124 - an empty cell of a table is not a number
        return None
    text = value.strip() if isinstance(value, str) else str(value)
    return text or None


class ArticleRow(BaseModel):
    """One article as a row holds it; columns it does not know are left alone."""

    model_config = ConfigDict(extra="ignore", strict=False)

    id: Annotated[str, BeforeValidator(_as_name)]
    text: str
    published: Annotated[date | None, BeforeValidator(parse_day)] = None
    title: Annotated[str | None, BeforeValidator(_as_missing)] = None
    source: Annotated[str | None, BeforeValidator(_as_missing)] = None


def read_row(row: Mapping[str, object], path: str, line: int, columns: Columns, name: str | None = None) -> Article:
    """Return the article of a row.

    Args:
        row: its cells by column.
        path: its file, for errors.
        line: its line there.
        columns: the names of the columns.
        name: the article's id where the row may do without one.

    Raises:
        InputError: a cell is missing or no such thing.
    """
    cells = {ours: row[theirs] for ours, theirs in _pairs(columns) if theirs in row}
    if name is not None:
        cells.setdefault("id", name)
    try:
        found = ArticleRow.model_validate(cells)
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc'])) or 'row'}: {first['msg']}"
        raise InputError(problem, path=path, line=line, remedy=REMEDY) from None
    if not (is_text(found.text) and is_text(found.id)):
        problem = "the text holds half a character (a lone surrogate)"
        raise InputError(problem, path=path, line=line, remedy=REMEDY)
    if not found.id.strip() or not found.text.strip():
        raise InputError("id or text is empty", path=path, line=line, remedy=REMEDY)
    parts = found.id.split("/")
    if len(parts) > _MOST_PARTS or max(len(part.encode()) for part in parts) > _LONGEST_PART:
        problem = f"the id {found.id[:40]!r} is too long for a file name"
        remedy = f"give it at most {_MOST_PARTS} parts of {_LONGEST_PART} bytes, a Chinese character counting three"
        raise InputError(problem, path=path, line=line, remedy=remedy)
    title = found.title if is_text(found.title or "") else None
    source = found.source if is_text(found.source or "") else None
    return Article(found.id, found.text, found.published, title, source)


def _pairs(columns: Columns) -> list[tuple[str, str]]:
    names = ("id", "text", "published", "title", "source")
    return [(name, str(getattr(columns, name))) for name in names]


def is_text(text: str) -> bool:
    """Tell whether a text can be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
