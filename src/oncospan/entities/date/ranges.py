"""Ranges of dates that share a year or month: 2018年12月至2019年3月, 9月26日-9月30日, 2008-2012年, 2019年1-5月."""

from __future__ import annotations

import re
from dataclasses import replace

from oncospan.entities.date.calendar import Point
from oncospan.entities.date.grammar import Reading, read_chinese, read_numeric, read_numeric_range
from oncospan.matching.numeral import read_numeral

_DASH = re.compile(r"(?: ?\([^()\n]{1,4}\))? ?(?:--|[-~]|——?(?!—)|起?至|到) ?")
_HAN_YEAR = "[零〇○一二三四五六七八九]{4}"
_YEARS = re.compile(
    rf"(?P<low>(?:1[6-9]|20)\d{{2}}|{_HAN_YEAR}) ?(?:--|[-~]|(?<!—)—(?!—)|至|到) ?"
    rf"(?P<high>(?:1[6-9]|20)\d{{2}}|\d{{2}}|{_HAN_YEAR}) ?年(?! ?\d{{1,2}} ?月)"
)
_TO = r"(?:--|[-~]|——?(?!—)|至|到)"
_MONTHS = re.compile(
    rf"(?:(?P<year>(?:19|20)\d{{2}}) ?年 ?)?(?P<low>1[0-2]|0?[1-9]) ?{_TO} ?(?P<high>1[0-2]|0?[1-9]) ?月(?:份)?"
)
_DAY_NUMBER = r"3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DAYS = re.compile(
    r"(?:(?P<year>(?:19|20|0)\d{2}) ?年 ?)?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月 ?"
    rf"(?P<low>{_DAY_NUMBER}) ?[日号]?(?: ?\([^()\n]{{1,4}}\))? ?{_TO} ?(?P<high>{_DAY_NUMBER}) ?[日号](?![本元军])"
)
_QUARTERS = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2}) ?年 ?)?(?:第?(?P<low>[一二三1-3])(?:季度)?(?:[-~至到]|--)第?|前(?=[两二三]))"
    r"(?P<high>[二两三四2-4])个?季度"
)
_QUARTER_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


#: What joins the ends of a range, or makes one of quarters; no date before it is longer than the reach.
_JOINED = re.compile(r"[-~—至到季]")
_REACH = 48


def read_range(text: str, start: int, whole: Reading | None, *, taiwan: bool) -> Reading | None:
    """Return the range of dates that starts at a position, or None.

    Args:
        text: the folded text.
        start: where it must start.
        whole: the date that starts there, if one does.
        taiwan: the text counts years as Taiwan does.
    """
    if not _JOINED.search(text, start, start + _REACH):
        return None
    return (
        _read_days(text, start)
        or read_numeric_range(text, start)
        or _read_points(text, whole, taiwan=taiwan)
        or _read_quarters(text, start)
        or _read_years(text, start)
        or _read_months(text, start)
    )


def _read_years(text: str, start: int) -> Reading | None:
    found = _YEARS.match(text, start)
    if not found:
        return None
    low, high = (_number(found[side]) for side in ("low", "high"))
    high = high if high > 99 else low // 100 * 100 + high
    return Reading(start, found.end(), Point(low), Point(high), rule="date.range") if 1600 <= low < high else None


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
    month, low, high = (_number(found[side]) for side in ("month", "low", "high"))
    first, last = (Point(year, month, day, depth="day") for day in (low, high))
    if not (first.valid and last.valid) or low >= high:
        return None
    return Reading(start, found.end(), first, last, rule="date.range")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(read_numeral(text) or 0)


def _read_points(text: str, first: Reading | None, *, taiwan: bool) -> Reading | None:
    """Read two whole dates with a dash between them; the second takes the year of the first where it has none."""
    if first is None or first.last is not None:
        return None
    dash = _DASH.match(text, first.end)
    if not dash:
        return None
    second = read_chinese(text, dash.end(), taiwan=taiwan) or read_numeric(text, dash.end())
    if second is None or second.last is not None:
        return None
    last: Point | None = second.first
    if second.anchor is None and second.first.year is None:
        last = _complete(first.first, second.first)
    elif second.anchor and second.anchor[0] == "month":
        return None
    if last is None or (first.first.year and last.year and first.first.key >= last.key):
        return None
    return replace(first, end=second.end, last=last, last_anchor=second.anchor, rule="date.range")


def _complete(first: Point, last: Point) -> Point | None:
    """Give the second end the year of the first, or the next: 2020年11月至3月."""
    if last.month is None and last.quarter is None and last.half is None:
        return None
    later = bool(last.month and first.month and (last.month, last.day or 0) < (first.month, first.day or 0))
    return replace(last, year=first.year + later) if first.year is not None else None if later else last


def _read_quarters(text: str, start: int) -> Reading | None:
    """Read 2023年一至三季度, 前两季度."""
    found = _QUARTERS.match(text, start)
    if not found:
        return None
    year = int(found["year"]) if found["year"] else None
    low, high = (_QUARTER_NUMBERS[found[side] or "一"] for side in ("low", "high"))
    if low >= high:
        return None
    return Reading(start, found.end(), Point(year, quarter=low), Point(year, quarter=high), rule="date.range")
