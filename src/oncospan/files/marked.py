"""Marked text: `⟦奥希替尼|DRUG osimertinib⟧组`, the notation of examples.txt and of `oncospan show`.

The words behind the bar are the label and the normal form:
`DRUG osimertinib`, `PERCENT 75 percent`, `PERCENT 1..5 percent about`, `DATE 2018-12/2019-03`,
`MUTATION BRCA1:mutation BRCA2:mutation`, `MUTATION EGFR:mutation negated`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from oncospan.errors import OncospanError
from oncospan.model import Mention

_MARK = re.compile(r"⟦([^⟦⟧|]+)\|([A-Z]+) ([^⟦⟧|]+)⟧")


class Mark(NamedTuple):
    """One marked stretch: its place in the bare text, its label and its normal form as words."""

    start: int
    end: int
    label: str
    norm: str


class Example(NamedTuple):
    """One line of examples.txt: its number, the bare text, the marks, and the publication date in force."""

    line: int
    text: str
    marks: tuple[Mark, ...]
    published: date | None


def render(text: str, mentions: Iterable[Mention]) -> str:
    """Return the text with every mention marked.

    Args:
        text: the article's text.
        mentions: sorted by start, not overlapping.
    """
    pieces: list[str] = []
    at = 0
    for mention in mentions:
        pieces.append(text[at : mention.start])
        pieces.append(f"⟦{mention.text}|{mention.label} {mention.describe()}⟧")
        at = mention.end
    return "".join([*pieces, text[at:]])


def parse(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the bare text of a marked one, and its marks."""
    pieces: list[str] = []
    marks: list[Mark] = []
    at = length = 0
    for found in _MARK.finditer(marked):
        before = marked[at : found.start()]
        quoted, label, norm = found.groups()
        start = length + len(before)
        marks.append(Mark(start, start + len(quoted), label, norm))
        pieces += [before, quoted]
        length = start + len(quoted)
        at = found.end()
    return "".join([*pieces, marked[at:]]), tuple(marks)


def read_examples(content: str, path: str) -> list[Example]:
    """Return the examples of an examples.txt.

    A line is one text; `⏎` in it is a line end. `#` starts a comment line, `@published 2025-12-20` sets the
    publication date of the lines below it, `@published` alone unsets it.

    Args:
        content: the file's text.
        path: its name, for errors.

    Raises:
        OncospanError: a mark is malformed.
    """
    examples: list[Example] = []
    published: date | None = None
    for number, line in enumerate(content.split("\n"), start=1):
        if line.startswith("@published"):
            day = line.removeprefix("@published").strip()
            published = date.fromisoformat(day) if day else None
        elif line.strip() and not line.startswith("#"):
            text, marks = parse(line.replace("⏎", "\n"))
            if "⟦" in text or "⟧" in text:
                raise OncospanError("a mark is not of the form ⟦text|LABEL norm⟧", path=path, line=number)
            examples.append(Example(number, text, marks, published))
    return examples
