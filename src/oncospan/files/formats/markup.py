"""The text of a tree of markup: a line for each block, a `|` row for each row of a table.

Reads both HTML and the reduced tree that trafilatura makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from oncospan.files.formats.content import table_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "item",
        "li",
        "list",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "quote",
        "section",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_BREAKS = frozenset({"br", "lb"})
_SILENT = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "embed",
        "iframe",
        "input",
        "math",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
_ROWS, _CELLS = frozenset({"tr", "row"}), frozenset({"td", "th", "cell"})
_ROW = re.compile(r"\| .* \|\Z")
#: A cell so long holds the page, not a figure: tables that only lay out a page are read as blocks.
_LONGEST_CELL = 400
_MOST_COLUMNS, _MOST_CELLS = 64, 50_000


class Line(NamedTuple):
    """A line of text and the element where it begins."""

    text: str
    node: _Element


def read_lines(node: _Element, skip: Callable[[_Element], bool] | None = None) -> list[Line]:
    """Return the lines of a node.

    Args:
        node: its root; parsers bound the depth below it.
        skip: tells which elements to leave out with all they hold.
    """
    lines: list[Line] = []
    pieces: list[str] = []
    begins = node
    for piece, place in _pieces(node, skip, kept=False):
        if piece is None:
            text = "".join(pieces)
            lines += [
                Line(line.strip() if _ROW.match(line) else " ".join(line.split()), begins) for line in text.split("\n")
            ]
            pieces = []
        else:
            if not pieces or not "".join(pieces).strip():
                begins = place
            pieces.append(piece)
    return lines


def _pieces(
    node: _Element, skip: Callable[[_Element], bool] | None, *, kept: bool
) -> Iterator[tuple[str | None, _Element]]:
    """Yield the stretches of text below a node; None ends a line; `kept` are the line ends of preformatted text."""
    tag = node.tag
    if not isinstance(tag, str) or tag in _SILENT or _is_hidden(node) or (skip is not None and skip(node)):
        return
    if tag == "table" and (rows := read_table(node)):
        yield from ((None, node), ("\n".join(table_lines(rows)), node), (None, node))
        return
    kept = kept or tag == "pre"
    if tag in _BLOCKS or tag in _BREAKS:
        yield None, node
    if node.text:
        yield _flat(node.text, kept=kept), node
    for child in node:
        yield from _pieces(child, skip, kept=kept)
        if child.tail:
            yield _flat(child.tail, kept=kept), node
    if tag in _BLOCKS:
        yield None, node


def _flat(text: str, *, kept: bool) -> str:
    """Line ends of the markup are blank space, but for those of preformatted text."""
    return text.replace("\r\n", "\n") if kept else text.replace("\n", " ").replace("\r", " ")


def _is_hidden(node: _Element) -> bool:
    style = node.get("style", "").replace(" ", "").lower()
    return "display:none" in style or node.get("hidden") is not None


def read_table(table: _Element) -> list[list[str]] | None:
    """Return the cells of a table's rows, or None where the table only lays out a page.

    Args:
        table: its node.

    Returns:
        Rows of equal length as far as the markup says so: a cell that spans rows or columns speaks once.
    """
    rows: list[list[str]] = []
    below: dict[int, int] = {}
    count = 0
    for node in table.iter(*_ROWS):
        cells: list[str] = []
        for cell in (child for child in node if child.tag in _CELLS):
            while below.get(len(cells), 0):
                below[len(cells)] -= 1
                cells.append("")
            text = " ".join(line.text for line in read_lines(cell) if line.text)
            if len(text) > _LONGEST_CELL or next(cell.iter("table"), None) is not None:
                return None
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + width):
                below[column] = height - 1
            cells += [text, *[""] * (width - 1)]
            if len(cells) > _MOST_COLUMNS:
                return None
        while below.get(len(cells), 0):
            below[len(cells)] -= 1
            cells.append("")
        rows.append(cells)
        count += len(cells)
        if count > _MOST_CELLS:
            return None
    return rows if any(len(row) > 1 for row in rows) else None


def _span(cell: _Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(1, int(value)), _MOST_COLUMNS) if value.isascii() and value.isdigit() and len(value) < 5 else 1
