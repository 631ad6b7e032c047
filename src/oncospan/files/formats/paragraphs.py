"""From rows on pages to lines of text: wrapped lines joined, hyphens closed, tables as rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from oncospan.files.formats.content import table_lines
from oncospan.files.formats.page import Page, Row, Stretch, read_rows

_CHINESE = re.compile(r"[　-〿㐀-鿿豈-﫿＀-￯“”‘’—…]")
#: A half-width comma behind Chinese needs no space.
_CHINESE_END = re.compile(rf"{_CHINESE.pattern}[,.;:!?)]?\Z")
_LIST_HEAD = re.compile(r"(?:[•·●■◆▶]|\[\d{1,3}\]|\(?\d{1,3}[.、)](?!\d)|[一二三四五六七八九十]{1,3}、)")
_FIRST_WORD = re.compile(r"[!-~]{1,40}")
_SOFT = "\u00ad"
#: Words that keep their hyphen at the end of a line.
_COMPOUND = re.compile(
    r"(?:^|[^A-Za-z])(?:non|anti|co|pre|post|multi|on|off|first|second|third|long|real|open|double|well|high|low|wild|follow|up)-\Z"
)
_WRAPPED = re.compile(r"[a-z]-\Z")
#: In units of the character's height: what is left in a full line, what an indent is, how ragged a size may be.
_LEFT_OVER, _INDENT, _SAME_SIZE = 2.2, 0.9, 0.15
_LEADING = 1.35


def flow(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the lines of a document: paragraphs, headings, rows of tables.

    Args:
        pages: its pages, without their margins.
    """
    rows: list[Row] = []
    for page in pages:
        rows += read_rows(page, rows[-1].column + 1 if rows else 0)
    leading = _usual_leading(rows)
    open_rows: list[Row] = []
    for group in _groups(rows):
        if len(group) > 1 or len(group[0].stretches) > 1:
            yield from _paragraphs(open_rows, leading)
            open_rows = []
            yield from _write_table(group)
        else:
            open_rows += group
    yield from _paragraphs(open_rows, leading)


def _usual_leading(rows: Sequence[Row]) -> float:
    steps = [
        upper.stretches[0].bottom - lower.stretches[0].bottom
        for upper, lower in pairwise(rows)
        if upper.column == lower.column and upper.stretches[0].bottom > lower.stretches[0].bottom
    ]
    return median(steps) if steps else 0.0


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield rows one by one, but those of a table together."""
    index = 0
    while index < len(rows):
        end = index
        while (
            end < len(rows)
            and rows[end].column == rows[index].column
            and (len(rows[end].stretches) > 1 or (end > index and _continues_cell(rows[end - 1], rows[end], rows, end)))
        ):
            end += 1
        while (
            end - 1 > index and len(rows[end - 1].stretches) < 2 and not _inside(rows[end - 1], rows[index : end - 1])
        ):
            end -= 1
        end = max(end, index + 1)
        yield list(rows[index:end])
        index = end


def _continues_cell(above: Row, row: Row, rows: Sequence[Row], place: int) -> bool:
    """Tell whether a lone stretch goes on with a cell of the row above: it stands below it, and close."""
    stretch = row.stretches[0]
    if len(row.stretches) > 1 or above.stretches[0].bottom - stretch.bottom > 1.6 * stretch.size:
        return False
    return any(abs(cell.left - stretch.left) < stretch.size for cell in above.stretches) and (
        stretch.right - stretch.left < 0.6 * (row.right - row.left) and place < len(rows)
    )


def _inside(row: Row, table: Sequence[Row]) -> bool:
    return any(abs(cell.left - row.stretches[0].left) < cell.size for above in table for cell in above.stretches[1:])


def _write_table(group: Sequence[Row]) -> list[str]:
    if len(group) == 1:
        return [" ".join(stretch.text for stretch in group[0].stretches)]
    columns = _columns([stretch for row in group for stretch in row.stretches])
    table: list[list[str]] = []
    for row in group:
        cells = [""] * len(columns)
        for stretch in row.stretches:
            place = max(range(len(columns)), key=lambda c: _shared(columns[c], stretch))
            cells[place] = _join(cells[place], stretch.text) if cells[place] else stretch.text
        if len(row.stretches) == 1 and table:
            table[-1] = [
                _join(upper, lower) if upper and lower else upper or lower
                for upper, lower in zip(table[-1], cells, strict=True)
            ]
        else:
            table.append(cells)
    return ["", *table_lines(table), ""]


def _columns(stretches: Sequence[Stretch]) -> list[tuple[float, float]]:
    """Return the stretches' shadows on the line below them, those that overlap as one."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((s.left, s.right) for s in stretches):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _shared(column: tuple[float, float], stretch: Stretch) -> float:
    return min(column[1], stretch.right) - max(column[0], stretch.left)


def _paragraphs(rows: Sequence[Row], leading: float) -> Iterator[str]:
    text = ""
    first = last = None
    for row in rows:
        stretch = row.stretches[0]
        if last is not None and first is not None and _goes_on(first, last, row, leading):
            text = _join(text, stretch.text)
        else:
            if text:
                yield text
            text, first = stretch.text, row
        last = row
    if text:
        yield text


def _goes_on(first: Row, last: Row, row: Row, leading: float) -> bool:
    """Tell whether a line goes on with the paragraph of the last one."""
    above, below = last.stretches[0], row.stretches[0]
    size = above.size
    if abs(above.size - below.size) > _SAME_SIZE * size or _LIST_HEAD.match(below.text):
        return False
    if last.column == row.column and above.bottom - below.bottom > _LEADING * leading:
        return False
    word = _FIRST_WORD.match(below.text)
    needed = _LEFT_OVER * size + (len(word.group()) * 0.55 * size if word else 0)
    if last.right - above.right > needed:
        return False
    # A first line is indented against the column, all others stand where the second one does.
    return below.left - row.left < _INDENT * size or (
        last is not first and abs((below.left - row.left) - (above.left - last.left)) < 0.3 * size
    )


def _join(left: str, right: str) -> str:
    """Return two lines as one: Chinese at once, Latin words with a space, a hyphenated word closed."""
    if left.endswith(_SOFT):
        return left.rstrip(_SOFT) + right
    if left.endswith("-"):
        if _WRAPPED.search(left) and right[:1].islower() and right[:1].isascii() and not _COMPOUND.search(left):
            return left[:-1] + right
        return left + right
    if not left or left[-1] in "/ " or _CHINESE_END.search(left) or _CHINESE.match(right):
        return left + right
    return f"{left} {right}"
