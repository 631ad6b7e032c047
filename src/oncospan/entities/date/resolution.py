"""Open years: resolved by the publication date, by the article's date line, or by what the paragraph told before.

Today's date is never used; where nothing fixes the year it stays open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from oncospan.entities.date.calendar import Point
from oncospan.entities.date.grammar import Reading

_DATELINE = re.compile(
    r"(?:发布|发表|更新|刊登|出版|上传|报道)?(?:时间|日期)[::] ?(?P<day>20\d{2} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2})"
    r"|(?:^|\n)[^\n]{0,30}(?P<byline>20\d{2}[-/.]\d{1,2}[-/.]\d{1,2})(?: \d{1,2}:\d{2}(?::\d{2})?)?[^\n]{0,30}(?:\n|$)"
    r"|(?:讯|电|报道)[)】 ]{0,2}(?P<wire>20\d{2}年\d{1,2}月\d{1,2}日)"
)


def find_dateline(text: str) -> date | None:
    """Return the date that an article gives for itself, in its first or last lines, or None."""
    for part in (text[:400], text[-400:]):
        for found in _DATELINE.finditer(part):
            numbers = re.findall(r"\d+", found["day"] or found["byline"] or found["wire"])
            try:
                return date(*map(int, numbers[:3]))
            except ValueError:
                continue
    return None


#: What is announced without its year lies at the most this many months ahead.
_AHEAD_MONTHS = 8


@dataclass(slots=True)
class Story:
    """What has been told of time so far.

    Args:
        published: the publication date, if known.

    Attributes:
        told: the date told last.
        full: the whole date told last.
        paragraph: where the paragraph begins that is being read.
        meeting: the year of the meeting that the title names; a report on it tells that year's months.
        seen: the dates of the paragraph.
        ahead: what is read now lies in the future: 预计3月获批.
        current: the month in which the text was written, where it says so: `上月(9月)` was written in October.
    """

    published: date | None
    told: Point | None = None
    full: Point | None = None
    paragraph: int = field(default=-1)
    meeting: int | None = None
    seen: list[Point] = field(default_factory=list)
    current: int | None = None
    ahead: bool = False

    def resolve(self, reading: Reading, paragraph: int) -> Reading:
        """Return the reading with its year as far as it can be known, and remember it."""
        if paragraph != self.paragraph:
            self.paragraph = paragraph
            self.seen = []
        first = self._resolve_word(reading) if reading.anchor else self._resolve_open(reading.first)
        last = reading.last
        if last is not None and last.year is None and first.year is not None:
            last = replace(last, year=first.year)
        if reading.last_anchor is not None and last is not None:
            self._remember(first)
            last = self._resolve_word(replace(reading, first=last, anchor=reading.last_anchor))
        self._remember(last or first)
        if first is reading.first and last is reading.last:
            return reading
        return replace(reading, first=first, last=last)

    def resolve_day(self, day: int) -> Point:
        """Return 21日 in the month told last."""
        month = self.told.month if self.told else None
        point = Point(self.told.year if self.told else None, month, day, depth="day")
        return point if point.valid else Point(depth="day")

    def _remember(self, point: Point) -> None:
        if point.span:
            return
        self.told = point
        self.seen.append(point)
        if point.year is not None and point.month and point.day:
            self.full = point

    def _resolve_open(self, point: Point) -> Point:
        if point.year is not None or point.span:
            return point
        year = self._year_of(point)
        resolved = replace(point, year=year)
        return resolved if resolved.valid else point

    def _year_of(self, point: Point) -> int | None:
        if self.published is None and self.seen and self.seen[-1].year is None:
            # 2023年底耐药, 今年3月换药, 7月复查: the year has moved on, nobody knows where
            return self.meeting
        earlier = next((seen for seen in reversed(self.seen) if seen.year is not None), None)
        if earlier is not None and earlier.year is not None:
            if point.month is None or earlier.month is None or point.month >= earlier.month or self._only_year_told():
                return earlier.year
            if self.published is None or earlier.year < self.published.year - 1:
                return None
        if self.published is None:
            return self.meeting
        year = self.published.year
        if self.ahead and point.month and (point.month - self.published.month) % 12 <= _AHEAD_MONTHS:
            return year + (point.month < self.published.month)
        if point.month and (point.month, point.day or 1) > (self.published.month, self.published.day):
            return year if point.month - self.published.month <= 1 else year - 1
        return year

    def _only_year_told(self) -> bool:
        """A bare year at the head (2023年…, 3月获批) governs every month behind it."""
        return any(seen.year is not None and seen.month is None for seen in self.seen[:1])

    def _resolve_word(self, reading: Reading) -> Point:
        kind, whence, offset = reading.anchor or ("year", "here", 0)
        base = self._base(whence)
        point = reading.first
        if kind == "year":
            if offset == -1 and whence == "there":
                # 较上年增长: the year before the one reported on, which the text seldom fixes
                base = None
            return replace(point, year=None if base is None or base.year is None else base.year + offset)
        if kind == "month":
            if base is None and whence == "here" and self.current:
                return replace(point, month=(self.current - 1 + offset) % 12 + 1)
            if base is None or base.month is None:
                return replace(point, depth="day" if point.day else "month")
            index = base.month - 1 + offset
            year = None if base.year is None else base.year + index // 12
            return replace(point, year=year, month=index % 12 + 1)
        if kind == "quarter":
            if base is None or base.month is None or base.year is None:
                return replace(point, depth="month")
            index = (base.month - 1) // 3 + offset
            return Point(base.year + index // 4, quarter=index % 4 + 1)
        if base is None or base.day is None or base.month is None:
            return (
                Point(base.year if base else None, base.month if base else None, depth="day")
                if base and base.month
                else Point(depth="day")
            )
        if base.year is None:
            return replace(base, depth="day") if offset == 0 else Point(depth="day")
        moved = date(base.year, base.month, base.day) + timedelta(days=offset)
        return Point(moved.year, moved.month, moved.day, depth="day")

    def _base(self, whence: str) -> Point | None:
        if whence == "here":
            day = self.published
            return Point(day.year, day.month, day.day, depth="day") if day else None
        return self.told
