"""English dates: 20 Jul 2021, Jul 20, 2021, 2021 Jul 20, July 2021, and their ranges."""

from __future__ import annotations

import re

from oncospan.entities.date.calendar import Point
from oncospan.entities.date.grammar import Reading

_MONTHS = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19|20)\d{2}"
_NTH = r"(?:st|nd|rd|th)?"
_POINTS = tuple(
    re.compile(rf"{pattern}(?![0-9A-Za-z])", re.IGNORECASE)
    for pattern in (
        rf"(?P<day>{_DAY}){_NTH}(?: |-)(?P<month>{_MONTHS})\.?(?:,? |-)(?P<year>{_YEAR})",
        rf"(?P<month>{_MONTHS})\.? (?P<day>{_DAY}){_NTH},? ?(?P<year>{_YEAR})",
        rf"(?P<year>{_YEAR}) (?P<month>{_MONTHS})\.?(?: (?P<day>{_DAY}))?",
        rf"(?P<month>{_MONTHS})(?:\.?,? |(?<=[a-z]))(?P<year>{_YEAR})",
    )
)
_MONTHS_RANGE = re.compile(
    rf"(?P<month>{_MONTHS})\.?,? (?P<from>{_YEAR}) ?(?:-|to|through|until) ?(?P<month2>{_MONTHS})\.?,? (?P<year>{_YEAR})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_RANGES = tuple(
    re.compile(rf"{pattern}(?![0-9A-Za-z])", re.IGNORECASE)
    for pattern in (
        rf"(?P<month>{_MONTHS})\.? (?P<day>{_DAY}) ?(?:-|to) ?(?:(?P<month2>{_MONTHS})\.? )?(?P<day2>{_DAY}),? (?P<year>{_YEAR})",
        rf"(?P<day>{_DAY})(?: (?P<month>{_MONTHS}))? ?(?:-|to) ?(?P<day2>{_DAY}) (?P<month2>{_MONTHS})\.?,? (?P<year>{_YEAR})",
    )
)
#: 20/07/2021 and 20-07-2021 as Hong Kong writes them.
_DAY_FIRST = re.compile(rf"(?P<day>{_DAY})(?P<mark>[/-])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<year>{_YEAR})(?![\d/-])")
#: Every pattern begins with a month, or with a number that one of these follows.
_OPENS = re.compile(r"\d{1,4}(?:st|nd|rd|th)?(?:[ \-/]|to)|[jfmasond]", re.IGNORECASE)
_LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


def read_english(text: str, start: int) -> Reading | None:
    """Return the English date or range that starts at a position, in any of its orders.

    Args:
        text: the folded text.
        start: where it must start.
    """
    if not text[start].isdigit() and (not text[start].isupper() or text[start - 1 : start] in _LETTERS):
        return None
    if not _OPENS.match(text, start):
        return None
    if found := _MONTHS_RANGE.match(text, start):
        low = Point(int(found["from"]), _NUMBERS[found["month"][:3].lower()])
        high = Point(int(found["year"]), _NUMBERS[found["month2"][:3].lower()])
        return Reading(start, found.end(), low, high, rule="date.english")
    for pattern in _RANGES:
        found = pattern.match(text, start)
        if found:
            return _read_range(found)
    for pattern in _POINTS:
        found = pattern.match(text, start)
        if found:
            day = found.groupdict().get("day")
            point = Point(int(found["year"]), _NUMBERS[found["month"][:3].lower()], int(day) if day else None)
            return Reading(start, found.end(), point, rule="date.english") if point.valid else None
    found = _DAY_FIRST.match(text, start)
    if found:
        point = Point(int(found["year"]), int(found["month"]), int(found["day"]))
        return Reading(start, found.end(), point, rule="date.english") if point.valid else None
    return None


def _read_range(found: re.Match[str]) -> Reading | None:
    first, last = found["month"] or found["month2"], found["month2"] or found["month"]
    low, high = (
        Point(int(found["year"]), _NUMBERS[name[:3].lower()], int(found[day]))
        for name, day in ((first, "day"), (last, "day2"))
    )
    if not (low.valid and high.valid) or (low.month, low.day) >= (high.month, high.day):
        return None
    return Reading(found.start(), found.end(), low, high, rule="date.english")
