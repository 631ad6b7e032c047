"""Publication dates as pages, files and tables state them; a date that is not stated is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from oncospan.errors import UsageError

_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"(?P<year>{_YEAR})(?:[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})|年(?P<month2>\d{{1,2}})月(?P<day2>\d{{1,2}})日?"
    rf"|(?P<month3>\d\d)(?P<day3>\d\d))"
)
_TIME = r"(?:\s*(?:[T ]?\d{1,2}[::时点]\d{1,2}(?:[::分]\d{1,2}(?:\.\d{1,9})?)?秒?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?"
_WHOLE = re.compile(rf"{_DAY.pattern}{_TIME}")
_LABEL = r"(?:发布|发表|發布|發佈|發表|刊登|出版|更新|上线|上線|日期|时间|時間|published|date)"
#: A line that states when the article appeared: 发布时间:2025-12-20 10:30, 2025年12月20日 来源:药智网.
_STATED = re.compile(
    rf"\s*(?:date:\s*|(?:{_LABEL}(?:日期|时间|時間|于|於|on)?\s*[::]\s*))[\"']?{_DAY.pattern}{_TIME}(?P<rest>.{{0,40}})",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\s*{_DAY.pattern}{_TIME}\s*(?:(?:来源|來源|作者|编辑|編輯|文)\s*[::/|].{{0,40}})?\s*")
#: How far down the first lines of an article reach.
_REACH = 8
_LONGEST = 100


def parse_day(value: object) -> date | None:
    """Return the day that a cell or an attribute states, or None where it states none.

    Args:
        value: `2025-12-20`, `2025年12月20日 10:30`, `20251220`, a date or a datetime, or nothing.

    Raises:
        ValueError: it is something else.
    """
    if value is None or value == "" or value != value:  # noqa: PLR0124 - an empty cell of a table is not a number
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.40} is no date")  # noqa: TRY004 - pydantic takes ValueError for a wrong value
    if not value.strip():
        return None
    found = _WHOLE.fullmatch(value.strip())
    day = _read(found) if found else None
    if day is None:
        raise ValueError(f"{value!r:.40} is no date")
    return day


def read_published(published: date | str | None) -> date | None:
    """Return a publication date that a caller gave.

    Args:
        published: a date, `2025-12-20`, or None where there is none.

    Raises:
        UsageError: it is no date.
    """
    try:
        return date.fromisoformat(published) if isinstance(published, str) else published
    except ValueError:
        raise UsageError(f"{published!r} is no date", remedy="write published='2025-12-20'") from None


def find_day(lines: Iterable[str]) -> date | None:
    """Return the publication date that the first lines of an article state, if one of them does nothing else.

    Args:
        lines: the article's lines.
    """
    seen = 0
    for line in lines:
        if not line.strip():
            continue
        found = (_STATED.fullmatch(line) or _ALONE.fullmatch(line)) if len(line) <= _LONGEST else None
        if found:
            return _read(found)
        seen += 1
        if seen == _REACH:
            break
    return None


def _read(found: re.Match[str]) -> date | None:
    month = found["month"] or found["month2"] or found["month3"]
    day = found["day"] or found["day2"] or found["day3"]
    try:
        return date(int(found["year"]), int(month), int(day))
    except ValueError:
        return None
