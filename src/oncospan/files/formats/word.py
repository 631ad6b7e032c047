"""Word documents: paragraphs, headings and tables in their order, then the footnotes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from oncospan.errors import InputError
from oncospan.files.archive import check_package
from oncospan.files.formats.content import Content, join_lines, missing_package, table_lines
from oncospan.files.options import ReadOptions
from oncospan.files.published import find_day

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from lxml.etree import _Element

_FOOTNOTES = ("footnotes", "endnotes")
_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {
    f"{_MAIN}tab": " ", f"{_MAIN}ptab": " ", f"{_MAIN}br": "\n", f"{_MAIN}cr": "\n", f"{_MAIN}noBreakHyphen": "-",
}  # fmt: skip
#: Properties (tab stops among them), and what newer versions of Word say a second time for older ones.
_SILENT = frozenset(
    {f"{_MAIN}pPr", f"{_MAIN}rPr", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)


def read_word(data: bytes, path: str, options: ReadOptions) -> Content:
    """Return the text of a Word document: one line for each paragraph and row, footnotes behind the last.

    Args:
        data: all of it.
        path: its name, for errors.
        options: what it may unpack to.

    Raises:
        InputError: it is no Word document, too large, or python-docx is missing.
    """
    try:
        import docx
    except ImportError:
        raise missing_package("python-docx", "docx", path) from None
    check_package(data, path, options.limits)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [*_lines(document), *_notes(document)]
        title = document.core_properties.title or _title(document)
    except Exception as error:  # noqa: BLE001 - python-docx raises what its XML makes it stumble over
        problem = f"the Word document is broken ({type(error).__name__})"
        raise InputError(problem, path=path, remedy="open and save it again") from None
    text = join_lines(lines)
    if not text:
        raise InputError("the document holds no text", path=path, remedy="put the article's text into it")
    # The document's own dates say when the file was made, not when the article appeared.
    return Content(text, title=title or None, published=find_day(lines))


def _lines(container: Document | _Cell) -> Iterator[str]:
    from docx.table import Table

    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield from table_lines(_rows(block))
        else:
            yield from "".join(_text(block._p)).splitlines() or [""]  # noqa: SLF001 - runs inside insertions are not public


def _text(node: _Element) -> Iterator[str]:
    """Yield the pieces of a paragraph; insertions count, deletions do not, and a line break ends a line."""
    for child in node:
        if child.tag == f"{_MAIN}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _SILENT:
            yield from _text(child)
            # A text box stands inside the paragraph that it is anchored to.
            if child.tag == f"{_MAIN}p":
                yield "\n"


def _rows(table: Table) -> Iterator[list[str]]:
    """Yield the cells of each row; a merged cell speaks once and leaves its other places empty."""
    seen: set[int] = set()
    kept = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            node = cell._tc  # noqa: SLF001 - only the node tells whether two cells are one
            kept.append(node)
            cells.append("" if id(node) in seen else " ".join(_lines(cell)))
            seen.add(id(node))
        yield [""] * row.grid_cols_before + cells


def _notes(document: Document) -> Iterator[str]:
    for part in document.part.package.iter_parts():
        if any(part.partname.endswith(f"/{name}.xml") for name in _FOOTNOTES):
            yield from _note_lines(part.blob)


def _note_lines(blob: bytes) -> Iterator[str]:
    from docx.oxml.parser import parse_xml

    for note in parse_xml(blob):
        if note.get(f"{_MAIN}type") in (None, "normal"):
            yield "".join(node.text or "" for node in note.iter(f"{_MAIN}t"))


def _title(document: Document) -> str | None:
    for paragraph in document.paragraphs[:10]:
        if paragraph.style is not None and paragraph.style.name == "Title":
            return paragraph.text.strip()
    return None
