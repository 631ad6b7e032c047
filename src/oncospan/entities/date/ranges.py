"""Ranges of dates that share a year or month: 2018年12月至2019年3月, 9月26日-9月30日, 2008-2012年, 2019年1-5月."""

from __future__ import annotations

import re
from dataclasses import replace

from oncospan.entities.date.calendar import Point
from oncospan.entities.date.grammar import Reading, read_chinese, read_numeric

_DASH = re.compile(r"(?: ?\([^()\n]{1,4}\))? ?(?:--|[-~]|(?<!—)—(?!—)|至|到) ?")
_YEARS = re.compile(
    r"(?P<low>(?:1[6-9]|20)\d{2}) ?(?:--|[-~]|(?<!—)—(?!—)|至|到) ?(?P<high>(?:1[6-9]|20)\d{2}|\d{2}) ?年(?! ?\d{1,2} ?月)"
)
_MONTHS = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2}) ?年 ?)?(?P<low>1[0-2]|0?[1-9]) ?(?:--|[-~]|至|到) ?(?P<high>1[0-2]|0?[1-9]) ?月(?:份)?"
)
_DAYS = re.compile(
    r"(?:(?P<year>(?:19|20|0)\d{2}) ?年 ?)?(?P<month>1[0-2]|0?[1-9]) ?月 ?(?P<low>3[01]|[12]\d|0?[1-9]) ?日?(?: ?\([^()\n]{1,4}\))? ?(?:--|[-~]|(?<!—)—(?!—)|至|到) ?(?P<high>3[01]|[12]\d|0?[1-9]) ?日"
)


def read_range(text: str, start: int, *, taiwan: bool) -> Reading | None:
    """Return the range of dates that starts at a position, or None.

    Args:
        text: the folded text.
        start: where it must start.
        taiwan: the text counts years as Taiwan does.
    """
    return (
        _read_days(text, start)
        or _read_points(text, start, taiwan=taiwan)
        or _read_years(text, start)
        or _read_months(text, start)
    )


def _read_years(text: str, start: int) -> Reading | None:
    found = _YEARS.match(text, start)
    if not found:
        return None
    low = int(found["low"])
    high = int(found["high"]) if len(found["high"]) == 4 else low // 100 * 100 + int(found["high"])
    return Reading(start, found.end(), Point(low), Point(high), rule="date.range") if low < high else None


def _read_months(text: str, start: int) -> Reading | None:
    found = _MONTHS.match(text, start)
    if not found:
        return None
    year = int(found["year"]) if found["year"] else None
    low, high = int(found["low"]), int(found["high"])
    if low >= high:
        return None
    first, last = (Point(year, month, depth="month") for month in (low, high))
    return Reading(start, found.end(), first, last, rule="date.range")


def _read_days(text: str, start: int) -> Reading | None:
    found = _DAYS.match(text, start)
    if not found:
        return None
    written = found["year"]
    year = None if not written else int(written) if len(written) == 4 else 2000 + int(written)
    first, last = (Point(year, int(found["month"]), int(found[side]), depth="day") for side in ("low", "high"))
    if not (first.valid and last.valid) or int(found["low"]) >= int(found["high"]):
        return None
    return Reading(start, found.end(), first, last, rule="date.range")


def _read_points(text: str, start: int, *, taiwan: bool) -> Reading | None:
    """Read two whole dates with a dash between them; the second takes the year of the first where it has none."""
    first = read_chinese(text, start, taiwan=taiwan) or read_numeric(text, start)
    if first is None or first.last is not None:
        return None
    dash = _DASH.match(text, first.end)
    if not dash:
        return None
    second = read_chinese(text, dash.end(), taiwan=taiwan) or read_numeric(text, dash.end())
    if second is None or second.last is not None or (second.anchor and second.anchor[1] == "here" and not first.anchor):
        return None
    if second.anchor is not None or (second.first.year is None and second.first.month is None):
        return None
    last = second.first
    if last.year is None and first.first.year is not None:
        last = replace(last, year=first.first.year)
    if first.first.year is not None and last.year is not None and _key(first.first) >= _key(last):
        return None
    return replace(first, end=second.end, last=last, rule="date.range")


def _key(point: Point) -> tuple[int, int, int]:
    return point.year or 0, point.month or 0, point.day or 0
