"""How files are read: the declared encoding, what happens to undecodable bytes, column names, and limits."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Literal, get_args

from oncospan.errors import UsageError

Errors = Literal["strict", "replace"]

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that tables of articles have.

    Args:
        id: the article's id.
        text: its text.
        published: its publication date.
        title: its title.
        source: where it came from.
    """

    id: str = "id"
    text: str = "text"
    published: str = "published"
    title: str = "title"
    source: str = "source"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; files are untrusted, so everything is bounded.

    Args:
        max_mb: megabytes of one file, or of one member of an archive once it is unpacked.
        max_unpacked_mb: megabytes of everything an archive, a workbook or a compressed document unpacks to.
        max_members: members of an archive, those of the archives inside it included.
        max_ratio: how many times larger than packed a member above a megabyte may be.
        max_nesting: archives inside archives.
        max_characters: characters of one article.
        max_pages: pages of a PDF.
    """

    max_mb: int = 50
    max_unpacked_mb: int = 500
    max_members: int = 10_000
    max_ratio: int = 200
    max_nesting: int = 2
    max_characters: int = 1_000_000
    max_pages: int = 2_000

    @property
    def file_bytes(self) -> int:
        """The most bytes of one file."""
        return self.max_mb * _MEGABYTE

    @property
    def unpacked_bytes(self) -> int:
        """The most bytes that an archive unpacks to."""
        return self.max_unpacked_mb * _MEGABYTE


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Everything that decides how files become articles.

    Args:
        encoding: the declared encoding of text files; None finds it.
        errors: `strict` fails an article with undecodable bytes, `replace` puts U+FFFD in their place.
        columns: the names of columns.
        limits: what one file may cost.
    """

    encoding: str | None = None
    errors: Errors = "strict"
    columns: Columns = field(default_factory=Columns)
    limits: Limits = field(default_factory=Limits)


def parse_columns(text: str | None) -> Columns:
    """Return the column names of `id=编号,text=正文`; what is left out keeps its own name.

    Args:
        text: pairs of our name and theirs; None changes nothing.

    Raises:
        UsageError: a pair is malformed or its left side is none of our names.
    """
    known = [entry.name for entry in fields(Columns)]
    remedy = f"write --columns id=编号,text=正文; the names are {', '.join(known)}"
    names: dict[str, str] = {}
    for pair in (text or "").replace("，", ",").split(",") if text else ():
        ours, sign, theirs = (part.strip() for part in pair.partition("="))
        if ours not in known or not sign or not theirs or ours in names:
            raise UsageError(f"the column {pair.strip()!r} is not understood", remedy=remedy)
        names[ours] = theirs
    return Columns(**names)


def check_errors(name: str) -> Errors:
    """Return the name if it says what to do with undecodable bytes.

    Args:
        name: `strict` or `replace`.

    Raises:
        UsageError: it is another word.
    """
    for known in get_args(Errors):
        if name == known:
            return known  # type: ignore[no-any-return]
    raise UsageError(f"--errors {name!r} is not known", remedy="use strict or replace")
