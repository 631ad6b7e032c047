"""Quarters and halves in letters, decades and centuries: 2025Q1, 1H25, 上世纪80年代, 1990s, 21世纪."""

from __future__ import annotations

import re

from oncospan.entities.date.calendar import Point
from oncospan.entities.date.grammar import Reading
from oncospan.matching.numeral import read_numeral

_LETTERS = tuple(
    re.compile(rf"{pattern}(?![0-9A-Za-z])")
    for pattern in (
        # The second quarter of a range stands without its year: 2023Q1-Q3.
        r"(?P<year>20\d{2})(?: ?年)? ?(?P<kind>[QqHh])(?P<number>[1-4])(?: ?[-~至] ?[Qq](?P<last>[1-4]))?",
        r"(?P<kind>[QqHh])(?P<number>[1-4])(?:[ ,/]{0,2}(?P<year>20\d{2})| ?['’](?P<short>[1-3]\d))",
        r"(?P<number>[1-4])(?P<kind>[QH]) ?(?:(?P<year>20\d{2})|(?P<short>\d{2}))",
        r"(?P<short>1[5-9]|2\d|3\d)(?P<kind>[QH])(?P<number>[1-4])",
    )
)
#: What each of them begins with, so that plain numbers are passed over.
_OPENS_LETTERS = re.compile(r"20\d{2}(?: ?年)? ?[QqHh]|[QqHh][1-4]|[1-4][QH]|\d\d[QH]")
_TENS = r"[一二三四五六七八九]十|\d0"
_CENTURY_NAME = r"上个?世纪|本世纪|(?:1[5-9]|2[01]|十[五六七八九]|二十一|二十)世纪"
_DECADE = re.compile(
    rf"(?:(?P<century>{_CENTURY_NAME})(?:的)?)?(?P<year>(?:1[89]|20)\d0|{_TENS})"
    rf"(?: ?年代?(?:--|[-~至到])(?P<last>(?:1[89]|20)\d0|{_TENS})|(?:--|[-~至到])(?P<last2>{_TENS}))? ?年代"
)
#: 七八十年代 are the seventies and eighties.
_PAIR = re.compile(
    rf"(?:(?P<century>{_CENTURY_NAME})的?)?(?P<low>[一二三四五六七八])(?P<high>[二三四五六七八九])十年代"
)
_ENGLISH_DECADE = re.compile(r"(?P<year>(?:1[89]|20)\d0)['’]?s(?![A-Za-z])")
_CENTURY = re.compile(rf"(?P<century>{_CENTURY_NAME})")
#: What a decade or a century begins with.
_OPENS_DECADE = re.compile(
    r"(?:上个?|本|\d\d|[一二三四五六七八九十]{1,3})世纪|(?:\d\d)?\d0 ?[年\-~至到'’s]|[一二三四五六七八九]{1,2}十 ?[年\-~至到]"
)
_CENTURIES = {"上": 19, "上个": 19, "本": 20}


def read_quarter(text: str, start: int) -> Reading | None:
    """Return a quarter or half in letters: 2025Q1, Q3 2024, Q1'25, 1Q25, 2024H1.

    Args:
        text: the folded text.
        start: where it must start.
    """
    if not _OPENS_LETTERS.match(text, start):
        return None
    for pattern in _LETTERS:
        found = pattern.match(text, start)
        if found:
            break
    else:
        return None
    groups = found.groupdict()
    half = found["kind"].upper() == "H"
    number, year = int(found["number"]), int(groups.get("year") or f"20{groups.get('short')}")
    if half:
        if number > 2 or groups.get("last"):
            return None
        return Reading(start, found.end(), Point(year, half=number), rule="date.quarter")
    last = Point(year, quarter=int(groups["last"])) if groups.get("last") else None
    if last and last.quarter is not None and last.quarter <= number:
        return None
    return Reading(start, found.end(), Point(year, quarter=number), last, rule="date.quarter")


def read_decade(text: str, start: int) -> Reading | None:
    """Return a decade or century: 上世纪80年代, 20世纪50-60年代, 1990s, 21世纪.

    Args:
        text: the folded text.
        start: where it must start.
    """
    if not _OPENS_DECADE.match(text, start):
        return None
    found = _DECADE.match(text, start)
    if found:
        base = _century(found["century"]) if found["century"] else None
        first = _span(found["year"], base)
        written = found["last"] or found["last2"]
        last = _span(written, int(first[:2])) if written else None
        if last is not None and last <= first:
            return None
        final = Point(span=last) if last else None
        return Reading(start, found.end(), Point(span=first), final, rule="date.decade")
    found = _PAIR.match(text, start)
    if found and (found["century"] or found["low"] in "四五六七八九"):
        base = _century(found["century"]) if found["century"] else 19
        low, high = (int(read_numeral(found[side]) or 0) for side in ("low", "high"))
        if high == low + 1:
            return Reading(
                start, found.end(), Point(span=f"{base}{low}X"), Point(span=f"{base}{high}X"), rule="date.decade"
            )
    found = _ENGLISH_DECADE.match(text, start)
    if found:
        return Reading(start, found.end(), Point(span=found["year"][:3] + "X"), rule="date.decade")
    found = _CENTURY.match(text, start)
    if not found:
        return None
    return Reading(start, found.end(), Point(span=f"{_century(found['century'])}XX"), rule="date.century")


def _century(name: str) -> int:
    """Return 19 for 20世纪 and 上世纪: the first digits of its years."""
    word = name.removesuffix("世纪")
    return _CENTURIES.get(word) or int(word if word.isdigit() else read_numeral(word) or 0) - 1


def _span(written: str, base: int | None) -> str:
    """Return `198X` for 80 or 八十; without a century 00年代 to 20年代 are of ours."""
    digits = written if written.isdigit() else f"{int(read_numeral(written) or 0):02d}"
    if len(digits) == 4:
        return digits[:3] + "X"
    return f"{base or (20 if digits[0] in '012' else 19)}{digits[0]}X"
