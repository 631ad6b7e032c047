"""What a reader makes of a file, and how it says that a package it needs is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from oncospan.errors import InputError


@dataclass(frozen=True, slots=True)
class Content:
    """An article as its file holds it.

    Args:
        text: the text that offsets count in.
        title: the title that the file states beside its text, or as its head.
        published: the publication date that it states.
        source: the account, site or author it names.
        encoding: the encoding its bytes were read in, for files of text.
        plain: the file is that very text in UTF-8.
        replaced: how many undecodable stretches U+FFFD stands for.
    """

    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    encoding: str | None = None
    plain: bool = False
    replaced: int = 0


def missing_package(package: str, extra: str, path: str) -> InputError:
    """Return the failure of a file whose reader is not installed.

    Args:
        package: the package that is missing.
        extra: the extra of oncospan that brings it.
        path: the file.
    """
    problem = f"reading this kind of file needs the package {package}"
    return InputError(problem, path=path, remedy=f"install it with: pip install 'oncospan[{extra}]'")


def table_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the rows of a table as lines of text, `| 药物 | ORR |`, which `text.sections` takes for a table.

    Args:
        rows: the cells, one for each column; a cell that spans columns stands in its first, the others are empty.
    """
    lines = []
    for row in rows:
        cells = [" ".join(cell.split()).replace("|", "¦") for cell in row]
        if any(cells):
            lines.append("| " + " | ".join(cells) + " |")
    return lines


def join_lines(lines: Iterable[str]) -> str:
    """Return lines as a text that ends with a line end; blank lines at its edges and doubled ones go.

    Args:
        lines: paragraphs, headings and rows.
    """
    kept: list[str] = []
    for line in lines:
        stripped = line.strip()
        if stripped or (kept and kept[-1]):
            kept.append(stripped)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept) + "\n" if kept else ""
