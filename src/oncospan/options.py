"""The options that several commands share, and how they are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from oncospan.errors import UsageError

Published = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Publication date of articles that carry none of their own.")
]
Lexicon = Annotated[Path | None, typer.Option(help="Your own drug names: a CSV with name, norm, note.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the text files; found by itself when left out.")]


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
