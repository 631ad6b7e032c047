"""Which reader reads which ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath

from oncospan.files.formats.cells import read_csv, read_parquet, read_workbook
from oncospan.files.formats.content import Content
from oncospan.files.formats.objects import read_json, read_lines
from oncospan.files.formats.pdf import read_pdf
from oncospan.files.formats.plain import read_plain
from oncospan.files.formats.webpage import read_webpage
from oncospan.files.formats.word import read_word
from oncospan.files.options import ReadOptions

TextReader = Callable[[bytes, str, ReadOptions], Content]
RowReader = Callable[[bytes, str, ReadOptions], Iterator[tuple[int, Mapping[str, object] | str, int]]]

#: Files that are one article.
TEXTS: dict[str, TextReader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".html": read_webpage,
    ".htm": read_webpage,
    ".xhtml": read_webpage,
    ".docx": read_word,
    ".pdf": read_pdf,
}
#: Files whose rows are articles.
TABLES: dict[str, RowReader] = {
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".parquet": read_parquet,
}
ARCHIVES = frozenset({".zip"})
KNOWN = frozenset({*TEXTS, *TABLES, *ARCHIVES})
#: For messages.
EXAMPLES = ".txt, .md, .html, .docx, .pdf, .json, .jsonl, .csv, .xlsx, .parquet or .zip"


def ending(path: PurePath | str) -> str:
    """Return the ending of a path in lower case."""
    return PurePath(path).suffix.lower()
