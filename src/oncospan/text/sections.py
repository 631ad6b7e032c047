"""Sections: title, body, caption, table and references, told apart line by line."""

from __future__ import annotations

import re
from typing import NamedTuple

_REFERENCES = re.compile(r"[\[【#\s]*(?:参\s?考\s?文\s?献|references?|引用文献|文献来源)[\]】:\s]*", re.IGNORECASE)
_REFERENCE = re.compile(r"\s*(?:\[\d{1,3}\]|\d{1,3}[.、])")
_CAPTION = re.compile(
    r"\s*(?:[图表]\s?(?:\d{1,2}|[一二三四五六七八九十]|\s)|(?:fig(?:ure)?|tab(?:le)?)[. ]{1,2}\d"
    r"|图片来源|数据来源|资料来源|图源)",
    re.IGNORECASE,
)
_TABLE = re.compile(r"(?:[^\t\n]*\t){2}|[^|｜\n]*[|｜][^|｜\n]*[|｜]|\s*</?(?:table|tr|td|html|body)\b")
#: No line of a table is without one of them.
_TABLE_MARKS = ("\t", "|", "｜", "<")
_LONGEST_HEADING = 40
_STATEMENT = re.compile(r"[。!?;,]\s*$")


class Section(NamedTuple):
    """A run of lines of one kind.

    Args:
        start: first position in the folded text.
        end: position behind the last line end.
        kind: `title`, `body`, `caption`, `table` or `references`.
    """

    start: int
    end: int
    kind: str


def split_sections(text: str) -> list[Section]:
    """Return the sections of a folded text; together they cover it.

    Args:
        text: the folded text.
    """
    sections: list[Section] = []
    at = 0
    references = False
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if _REFERENCES.fullmatch(stripped):
            references = True
        elif (
            references and len(stripped) > _LONGEST_HEADING and not _REFERENCE.match(line) and _chinese_prose(stripped)
        ):
            references = False
        kind = "references" if references else _kind(line, stripped)
        if sections and sections[-1].kind == kind:
            sections[-1] = sections[-1]._replace(end=at + len(line))
        else:
            sections.append(Section(at, at + len(line), kind))
        at += len(line)
    return sections


def _kind(line: str, stripped: str) -> str:
    if not stripped:
        return "body"
    if _CAPTION.match(line) and len(stripped) <= 2 * _LONGEST_HEADING:
        return "caption"
    if any(mark in line for mark in _TABLE_MARKS) and _TABLE.match(line):
        return "table"
    if len(stripped) <= _LONGEST_HEADING and not _STATEMENT.search(stripped):
        return "title"
    return "body"


def _chinese_prose(line: str) -> bool:
    return line.endswith("。") and sum("一" <= character <= "鿿" for character in line) > len(line) // 2
