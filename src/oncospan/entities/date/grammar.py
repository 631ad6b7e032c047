"""How dates are written: Chinese, numeric and English forms, each read from its first character."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from oncospan.entities.date.calendar import Point
from oncospan.matching.numeral import read_numeral

#: Words that stand for a year seen from another date, and how far off it is; `here` counts from the publication,
#: `there` from the last date told.
YEAR_WORDS = {
    "今年": ("here", 0), "本年": ("here", 0), "去年": ("here", -1), "明年": ("here", 1), "前年": ("here", -2), "后年": ("here", 2),
    "同年": ("there", 0), "当年": ("there", 0), "次年": ("there", 1), "翌年": ("there", 1), "上年": ("there", -1),
    "上一年": ("there", -1), "转年": ("there", 1),
}  # fmt: skip
MONTH_WORDS = {
    "本月": ("here", 0), "上月": ("here", -1), "上个月": ("here", -1), "下月": ("here", 1), "下个月": ("here", 1),
    "同月": ("there", 0), "当月": ("there", 0), "次月": ("there", 1),
}  # fmt: skip
QUARTER_WORDS = {"本季度": ("here", 0), "上季度": ("here", -1), "上个季度": ("here", -1), "下季度": ("here", 1)}
DAY_WORDS = {
    "今日": ("here", 0), "今天": ("here", 0), "昨日": ("here", -1), "昨天": ("here", -1), "明日": ("here", 1), "明天": ("here", 1),
    "同日": ("there", 0), "当日": ("there", 0), "当天": ("there", 0), "同一天": ("there", 0), "次日": ("there", 1),
}  # fmt: skip

_HAN_DIGIT = "零〇○一二三四五六七八九"
#: What must stand behind a year of two digits: 07年第三季度, 24年3月, 19年底.
_SHORT_TAIL = r"(?:(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月|第?[一二三四1-4首]季度|[上下]半年|(?:年?底|年初|年末)(?!薪))"
_GAP = r"[ \n]?"
_YEAR = rf"(?:(?P<year>(?:1[6-9]|20)\d{{2}}|[{_HAN_DIGIT}]{{4}})|(?P<short>(?:\d{{2}}|0\d{{2}}|1[01]\d|[零〇九八][{_HAN_DIGIT}])(?= ?年 ?{_SHORT_TAIL}))) ?年"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月(?:份)?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[ ]?[日号](?![本元军语])"
_TEN = r"(?P<ten>上旬|中旬|下旬)"
_EDGE = r"(?P<edge>年?(?:初|底|末(?!期|次|线|端|梢|日)|中(?!国|位|心|期|央|的|华|美|欧|日|旬)))"
_DASH = r" ?(?:--|[-~]|(?<!—)—(?!—)|至|到) ?"
_WORD_YEAR = "|".join(sorted(YEAR_WORDS, key=len, reverse=True))
_WORD_MONTH = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))

CHINESE = re.compile(
    rf"(?:(?:{_YEAR}|(?P<word>{_WORD_YEAR})))?(?:(?<=年){_GAP}|)"
    rf"(?:第?(?P<quarter>[首一二三四1-4])(?:个)?季度|(?P<three>前三季度)|(?P<half>[上下])半年"
    rf"|(?P<monthword>{_WORD_MONTH})|{_MONTH})?"
    rf"(?:(?<=[月份]){_GAP}(?:{_DAY}|{_TEN}))?"
    rf"(?:(?<=[年月份]){_EDGE})?"
)
LONE_DAY = re.compile(_DAY)
NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<sep>[-/.]) ?(?P<month>1[0-2]|0?[1-9])(?:(?P=sep) ?(?P<day>3[01]|[12]\d|0?[1-9]))?(?![\d/%]|\.\d|-\d|[a-zA-Z])"
)
COMPACT = re.compile(r"(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_MONTHS = "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
ENGLISH = re.compile(
    rf"(?:(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)? (?P<month>{_MONTHS})\.?,? (?P<year>(?:19|20)\d{{2}})"
    rf"|(?P<month2>{_MONTHS})\.? (?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?, ?(?P<year2>(?:19|20)\d{{2}})"
    rf"|(?P<year3>(?:19|20)\d{{2}}) (?P<month3>{_MONTHS})\.?(?: (?P<day3>3[01]|[12]\d|0?[1-9]))?(?!\d)"
    rf"|(?P<month4>{_MONTHS})\.?,? (?P<year4>(?:19|20)\d{{2}}))(?![0-9A-Za-z])"
)
QUARTER = re.compile(
    r"(?:(?P<year>(?:20)\d{2})(?: ?年)? ?(?P<kind>[QqHh])(?P<number>[1-4])|(?P<kind2>[QqHh])(?P<number2>[1-4])[ ,/]?(?P<year2>20\d{2})"
    r"|(?P<number3>[1-4])(?P<kind3>[QH])(?P<year3>\d{2}))(?![0-9A-Za-z])"
)
DECADE = re.compile(
    r"(?:(?P<century>上世纪|上个世纪|本世纪|(?:19|20|21)世纪)(?:的)?)?(?P<year>(?:1[89]|20)\d0|\d0|[一二三四五六七八九]十) ?年代(?:初期?|中期|末期?|后期)?"
)
CENTURY = re.compile(r"(?P<number>1[89]|2[01]|二十一|二十|十九)世纪(?!\d0年代|[一二三四五六七八九]十年代|的?\d0年代)")
_MONTH_NUMBER = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A date as written, before an open year is resolved.

    Args:
        start: first position in the folded text.
        end: position behind it.
        first: the date, or the first end of a range.
        last: the other end of a range.
        anchor: for words such as 同年 or 上月: the kind (`year`, `month`, `day`), where they count from, how far.
        rule: the rule that read it.
    """

    start: int
    end: int
    first: Point
    last: Point | None = None
    anchor: tuple[str, str, int] | None = None
    rule: str = "date.chinese"


def read_chinese(text: str, start: int, *, taiwan: bool) -> Reading | None:
    """Return the Chinese date that starts at a position: 2024年6月13日, 同年9月, 上月, 6月上旬, 前三季度.

    Args:
        text: the folded text.
        start: where it must start.
        taiwan: the text counts years as Taiwan does, so 112年 is 2023.
    """
    found = CHINESE.match(text, start)
    if not found or found.end() == start:
        return None
    groups = found.groupdict()
    year = _year(groups["year"], groups["short"], taiwan=taiwan)
    if groups["short"] and year is None:
        return None
    anchor = None
    if groups["word"]:
        anchor = ("year", *YEAR_WORDS[groups["word"]])
    elif groups["monthword"]:
        anchor = ("month", *MONTH_WORDS[groups["monthword"]])
    month, day = _small(groups["month"]), _small(groups["day"])
    edge = groups["edge"]
    end = start + len(found.group().rstrip(" \n"))
    if anchor and _not_a_word(text, start, groups["word"] or groups["monthword"]):
        return None
    if edge and month is None and not groups["monthword"]:
        month = {"初": 1, "底": 12, "末": 12}.get(edge[-1])
    point = Point(
        year, month, day, quarter=_small(groups["quarter"]), half={"上": 1, "下": 2}.get(groups["half"] or ""), ten=groups["ten"],
        depth="day" if day or groups["ten"] else "month" if month or groups["monthword"] else "year",
    )  # fmt: skip
    last = replace(point, quarter=3) if groups["three"] else None
    if groups["three"]:
        point = replace(point, quarter=1)
    if not point.valid or (year is None and anchor is None and month is None and not point.quarter and not point.half):
        return None
    rule = "date.relative" if anchor else "date.chinese"
    return Reading(start, end, point, last, anchor, rule)


def _not_a_word(text: str, start: int, word: str) -> bool:
    """同年 in 同年龄, 次年 in 本次年会 and 当月 in 相当月经 are no years or months."""
    before, behind = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
    if behind in ("龄", "级", "会", "纪", "轻", "薪", "资") and word.endswith("年"):
        return True
    if word in ("次年", "次月"):
        return (
            before in ("本", "此", "每", "该", "首", "一", "两", "多", "这", "上", "下", "再", "几") or before.isdigit()
        )
    if word == "同年" and before in ("不", "相"):
        return True
    return word in ("当年", "当月") and before in ("相", "正", "想", "应", "适", "恰")


def _year(text: str | None, short: str | None, *, taiwan: bool) -> int | None:
    if text:
        value = int(text) if text.isdigit() else read_numeral(text)
        return int(value) if value is not None and value >= 1600 else None
    if short is None:
        return None
    if len(short) == 3 and short[0] == "0":
        return 2000 + int(short)
    if len(short) == 3:
        return 1911 + int(short) if taiwan else None
    if taiwan:
        return 1911 + int(short)
    short = short if short.isdigit() else f"{int(read_numeral(short) or 0):02d}"
    return (2000 if int(short) <= 40 else 1900) + int(short)


def _small(text: str | None) -> int | None:
    if text is None:
        return None
    if text == "首":
        return 1
    value = float(text) if text.isdigit() else read_numeral(text)
    return None if value is None else int(value)


def read_numeric(text: str, start: int) -> Reading | None:
    """Return the date in digits that starts at a position: 2024-06-13, 2024/5/3, 2023.11."""
    found = NUMERIC.match(text, start)
    if not found:
        return None
    if found["day"] is None and (
        found["sep"] == "/" or (found["sep"] == "." and len(found["month"]) == 1 and not _dashed(text, found))
    ):
        return None
    point = Point(int(found["year"]), int(found["month"]), _small(found["day"]))
    return Reading(start, found.end(), point, rule="date.numeric") if point.valid else None


def _dashed(text: str, found: re.Match[str]) -> bool:
    """2018.12-2019.3: one digit is a month only at the end or the beginning of a range."""
    return text[found.start() - 1 : found.start()] in ("-", "~") or text[found.end() : found.end() + 1] in ("-", "~")


def read_english(text: str, start: int) -> Reading | None:
    """Return the English date that starts at a position, in any of its four orders."""
    found = ENGLISH.match(text, start)
    if not found:
        return None
    groups = found.groupdict()
    year = groups["year"] or groups["year2"] or groups["year3"] or groups["year4"]
    name = groups["month"] or groups["month2"] or groups["month3"] or groups["month4"]
    day = groups["day"] or groups["day2"] or groups["day3"]
    point = Point(int(year), _MONTH_NUMBER[name[:3].lower()], _small(day))
    return Reading(start, found.end(), point, rule="date.english") if point.valid else None


def read_quarter(text: str, start: int) -> Reading | None:
    """Return a quarter or half in letters: 2025Q1, Q3 2024, 1Q25, 2024H1."""
    found = QUARTER.match(text, start)
    if not found:
        return None
    kind = (found["kind"] or found["kind2"] or found["kind3"]).upper()
    number = int(found["number"] or found["number2"] or found["number3"])
    year = int(found["year"] or found["year2"] or f"20{found['year3']}")
    if kind == "H" and number > 2:
        return None
    point = Point(year, quarter=number) if kind == "Q" else Point(year, half=number)
    return Reading(start, found.end(), point, rule="date.quarter")


def read_decade(text: str, start: int) -> Reading | None:
    """Return a decade or century: 上世纪80年代, 1990年代, 21世纪."""
    found = DECADE.match(text, start)
    if found:
        digits = found["year"] if found["year"].isdigit() else str(int(read_numeral(found["year"]) or 0))
        century = found["century"] or ""
        if len(digits) == 4:
            span = digits[:3] + "X"
        else:
            base = {"上": "19", "本": "20", "1": "18", "2": "19"}.get(century[:1], "19")
            base = "20" if century.startswith("21") else base
            span = f"{base}{digits[0]}X"
        return Reading(start, found.end(), Point(span=span), rule="date.decade")
    found = CENTURY.match(text, start)
    if not found:
        return None
    number = int(found["number"]) if found["number"].isdigit() else int(read_numeral(found["number"]) or 0)
    return Reading(start, found.end(), Point(span=f"{number - 1}XX"), rule="date.century")
