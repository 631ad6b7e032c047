"""The options that several commands share, and how they are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from oncospan.errors import UsageError
from oncospan.files.options import Limits


def parse_path(text: str) -> Path:
    """Return a path as typed; the empty one, often a variable that is not set, is not taken for this folder.

    Args:
        text: as typed.

    Raises:
        UsageError: it is empty.
    """
    if not text:
        raise UsageError("a path is empty", remedy="name a file or a folder; . is this folder")
    return Path(text)


Published = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Publication date of articles that carry none of their own.")
]
Lexicon = Annotated[Path | None, typer.Option(help="Your own drug names: a CSV with name, norm, note.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the text files; found by itself when left out.")]
Errors = Annotated[str, typer.Option(metavar="strict|replace", help="What to do with undecodable bytes.")]
ColumnNames = Annotated[
    str | None, typer.Option(metavar="id=编号,text=正文", help="Column names: id, text, published, title, source.")
]
LIMITS = Limits()
MaxMb = Annotated[int, typer.Option(min=1, help="Megabytes of one file.")]
MaxUnpackedMb = Annotated[int, typer.Option(min=1, help="Megabytes an archive may unpack to.")]
MaxMembers = Annotated[int, typer.Option(min=1, help="Files in one archive.")]
MaxRatio = Annotated[int, typer.Option(min=1, help="How many times its size a packed file may unpack to.")]
MaxNesting = Annotated[int, typer.Option(min=0, help="Archives inside archives.")]
MaxPages = Annotated[int, typer.Option(min=1, help="Pages of one PDF.")]
MaxCharacters = Annotated[int, typer.Option(min=1, help="Characters of one article.")]


def read_day(published: str | None) -> date | None:
    """Return the value of --published as a date.

    Args:
        published: as typed, None where the option is left out.

    Raises:
        UsageError: it is no date.
    """
    if published is None:
        return None
    try:
        return date.fromisoformat(published)
    except ValueError:
        raise UsageError(f"{published!r} is no date", remedy="write --published 2025-12-20") from None
