"""Calendar values: what is known of a date, as EDTF (ISO 8601-2) and as first and last day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

#: EDTF level 1 codes of quarters (33 to 36) and level 2 codes of halves (40, 41) of a year.
QUARTERS = {1: 33, 2: 34, 3: 35, 4: 36}
HALVES = {1: 40, 2: 41}
#: First and last day of 上旬, 中旬 and 下旬; the last day of 下旬 is the month's.
TENS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


@dataclass(frozen=True, slots=True)
class Point:
    """A date as far as it is known.

    Args:
        year: the year; None where it is open.
        month: 1 to 12.
        day: 1 to 31.
        quarter: 1 to 4.
        half: 1 or 2.
        ten: `上旬`, `中旬` or `下旬` of the month.
        span: `198X` or `20XX`: a decade or century.
        depth: how precise an open date is: `year`, `month` or `day`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    ten: str | None = None
    span: str | None = None
    depth: str = "year"

    @property
    def valid(self) -> bool:
        """The calendar has such a day."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        last = monthrange(self.year or 2024, self.month)[1] if self.month else 31
        return 1 <= self.day <= last

    @property
    def key(self) -> tuple[int, int, int]:
        """What dates are sorted by: their first month and day."""
        return self.year or 0, self._months()[0] if self.month or self.quarter or self.half else 0, self.day or 0

    def edtf(self) -> str:
        """Return the date in EDTF; an open year is `XXXX`."""
        if self.span:
            return self.span
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.quarter:
            return f"{year}-{QUARTERS[self.quarter]}"
        if self.half:
            return f"{year}-{HALVES[self.half]}"
        if self.month is None:
            return year + {"year": "", "month": "-XX", "day": "-XX-XX"}[self.depth]
        month = f"{year}-{self.month:02d}"
        if self.ten:
            first, last = TENS[self.ten]
            last = min(last, monthrange(self.year or 2024, self.month)[1])
            return f"{month}-{first:02d}/{month}-{last:02d}"
        if self.day is None:
            return month + ("-XX" if self.depth == "day" else "")
        return f"{month}-{self.day:02d}"

    def days(self) -> tuple[date, date] | None:
        """Return the first and last day, or None where the year is open."""
        if self.span:
            low, high = int(self.span.replace("X", "0")), int(self.span.replace("X", "9"))
            return date(low, 1, 1), date(high, 12, 31)
        if self.year is None or (self.month is None and self.depth != "year"):
            return None
        first, last = self._months()
        if self.day is not None:
            return date(self.year, first, self.day), date(self.year, first, self.day)
        end = monthrange(self.year, last)[1]
        if self.ten:
            begin, stop = TENS[self.ten]
            return date(self.year, first, begin), date(self.year, first, min(stop, end))
        return date(self.year, first, 1), date(self.year, last, end)

    def _months(self) -> tuple[int, int]:
        if self.quarter:
            return 3 * self.quarter - 2, 3 * self.quarter
        if self.half:
            return 6 * self.half - 5, 6 * self.half
        if self.month:
            return self.month, self.month
        return 1, 12
