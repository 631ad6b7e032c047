"""How dates are written: Chinese and numeric forms, each read from its first character."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from oncospan.entities.date.calendar import Point
from oncospan.matching.numeral import read_numeral

#: Words that stand for a year seen from another date, and how far off it is; `here` counts from the publication,
#: `there` from the last date told.
YEAR_WORDS = {
    "大前年": ("here", -3), "今年": ("here", 0), "本年": ("here", 0), "去年": ("here", -1), "明年": ("here", 1), "前年": ("here", -2), "后年": ("here", 2),
    "同年": ("there", 0), "当年": ("there", 0), "次年": ("there", 1), "翌年": ("there", 1), "上年": ("there", -1),
    "上一年": ("there", -1), "转年": ("there", 1),
}  # fmt: skip
MONTH_WORDS = {
    "本月": ("here", 0), "上月": ("here", -1), "上个月": ("here", -1), "下月": ("here", 1), "下个月": ("here", 1),
    "同月": ("there", 0), "当月": ("there", 0), "次月": ("there", 1),
}  # fmt: skip
QUARTER_WORDS = {
    "本季度": ("here", 0), "上季度": ("here", -1), "上个季度": ("here", -1), "上一季度": ("here", -1),
    "下季度": ("here", 1), "下个季度": ("here", 1), "下一季度": ("here", 1),
}  # fmt: skip
DAY_WORDS = {
    "今日": ("here", 0), "今天": ("here", 0), "昨日": ("here", -1), "昨天": ("here", -1), "前天": ("here", -2), "前日": ("here", -2), "明日": ("here", 1), "明天": ("here", 1),
    "同日": ("there", 0), "当日": ("there", 0), "当天": ("there", 0), "同一天": ("there", 0), "次日": ("there", 1),
}  # fmt: skip

_HAN_DIGIT = "零〇○一二三四五六七八九"
#: What must stand behind a year of two digits: 07年第三季度, 24年3月, 19年底.
_SHORT_TAIL = (
    r"(?:(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月|第?[一二三四1-4首]季度|[上下]半年|(?:年?底|年初|年末)(?!薪)"
    # 24年ASCO, 23年年报: what comes once a year
    r"|(?:年报|全年|年度?报告|医保(?:谈判|目录)|ASCO|ESMO|AACR|ASH|WCLC|CSCO|SABCS|EHA|ELCC))"
)
_GAP = r"[ \n]?"
_YEAR = rf"(?:(?P<year>(?:1[6-9]|20)\d{{2}}|[{_HAN_DIGIT}]{{4}})|(?P<short>(?:\d{{2}}|0\d{{2}}|[零〇九八][{_HAN_DIGIT}])(?= ?年 ?{_SHORT_TAIL})|1[01]\d(?= ?年))|(?P<era>民国 ?(?:1?\d{{1,2}}|[一二三四五六七八九十百零〇]{{1,5}})))(?: ?年|(?=第?[一二三四1-4]季度|[上下]半年|前三季度))"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月(?:份)?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[ ]?[日号](?![本元军语])"
_TEN = r"(?P<ten>上旬|中旬|下旬)"
_EDGE = r"(?P<edge>年?(?:初|底|末(?!期|次|线|端|梢|日)|中(?!国|位|心|期|央|的|华|美|欧|日|旬)))"
_DASH = r" ?(?:--|[-~]|(?<!—)—(?!—)|至|到) ?"
_WORD_YEAR = "|".join(sorted(YEAR_WORDS, key=len, reverse=True))
_WORD_MONTH = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))

CHINESE = re.compile(
    rf"(?:(?:{_YEAR}|(?P<word>{_WORD_YEAR})))?(?:(?<=年){_GAP}|)"
    rf"(?:第?(?P<quarter>[首一二三四1-4])(?:(?<=第.)个)?季度|(?P<three>前三季度)|(?P<half>[上下])半年"
    rf"|(?P<monthword>{_WORD_MONTH})|{_MONTH})?"
    rf"(?:(?<=[月份]){_GAP}(?:{_DAY}|{_TEN}))?"
    rf"(?:(?<=[年月份]){_EDGE})?"
)
#: `2024年报`, `2024年会上`: the yearly report and meeting keep their 年; `2024年会获批` does not.
_YEARLY = re.compile(r"报(?!道|告|名|销|批|送|价)|会(?=上|期间|中|[,。》」、])")
LONE_DAY = re.compile(_DAY)
NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<sep>[-/.]) ?(?P<month>1[0-2]|0?[1-9])(?:(?P=sep) ?(?P<day>3[01]|[12]\d|0?[1-9]))?(?![\d/%]|\.\d|-\d|[a-zA-Z])"
)
COMPACT = re.compile(r"(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")


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
        last_anchor: the same for the other end: 前年11月到去年3月.
    """

    start: int
    end: int
    first: Point
    last: Point | None = None
    anchor: tuple[str, str, int] | None = None
    rule: str = "date.chinese"
    last_anchor: tuple[str, str, int] | None = None


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
    year = _era(groups["era"]) or _year(groups["year"], groups["short"], taiwan=taiwan)
    if (groups["short"] or groups["era"]) and year is None:
        return None
    anchor = None
    if groups["word"]:
        anchor = ("year", *YEAR_WORDS[groups["word"]])
    elif groups["monthword"]:
        anchor = ("month", *MONTH_WORDS[groups["monthword"]])
    month, day = _small(groups["month"]), _small(groups["day"])
    edge = groups["edge"]
    end = start + len(found.group().rstrip(" \n"))
    if groups["year"] and text[end - 1 : end] == "年" and _YEARLY.match(text, end):
        end -= 1
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
    """同年 in 同年龄, 本年 in 日本年会, 前年 in 治疗前年均 and 次月 in 末次月经 are no years or months."""
    before, behind = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
    if word.endswith("年") and behind in ("龄", "级", "会", "纪", "轻", "薪", "资", "代", "限", "均", "份", "化"):
        return True
    if word.endswith("月") and behind in ("经", "龄", "份", "均") and not (behind == "份" and word[0] in "本上下当次"):
        return True
    if word in ("次年", "次月") and before.isdigit():
        return True
    return bool(before) and before in _GOES_ON.get(word[0] if word != "上一年" else "", "")


#: What makes the first character of a word the end of another: 不同, 声明, 治疗前, 术后, 以上, 日本, 末次, 相当.
_GOES_ON = {
    "同": "不相", "明": "声证说发表", "前": "疗术组药病诊政此之以年", "后": "疗术组药病诊政此之以情革然", "上": "以之",
    "下": "以之", "本": "日基成样版资", "次": "本此每该首一两多这上下再几末", "当": "相正想应适恰", "今": "如现当",
}  # fmt: skip


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
    short = short if short.isdigit() else f"{int(read_numeral(short) or 0):02d}"
    if taiwan and int(short) > 60:
        return 1911 + int(short)
    return (2000 if int(short) <= 40 else 1900) + int(short)


def _era(text: str | None) -> int | None:
    """民國112年 is 2023, written in digits or numerals."""
    if text is None:
        return None
    number = text.removeprefix("民国").strip()
    value = int(number) if number.isdigit() else read_numeral(number)
    return 1911 + int(value) if value else None


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


_NUMERIC_RANGE = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<sep>[-/.])(?P<month>1[0-2]|0?[1-9])(?:(?P=sep)(?P<day>3[01]|[12]\d|0?[1-9]))?"
    rf"{_DASH}(?:(?P<year2>(?:19|20)\d{{2}})(?P=sep))?(?P<month2>1[0-2]|0?[1-9])"
    r"(?:(?P=sep)(?P<day2>3[01]|[12]\d|0?[1-9]))?(?![\d/%]|\.\d|[-A-Za-z])"
)


def read_numeric_range(text: str, start: int) -> Reading | None:
    """Return the range in digits that starts at a position: 2019.01-2020.03, 2024.5.31-6.4.

    Args:
        text: the folded text.
        start: where it must start.
    """
    found = _NUMERIC_RANGE.match(text, start)
    # Both ends are equally precise, and 2019.01-05 may be anything.
    if not found or (found["day"] is None) != (found["day2"] is None) or not (found["year2"] or found["day2"]):
        return None
    year = int(found["year"])
    low = Point(year, int(found["month"]), _small(found["day"]))
    high = Point(int(found["year2"] or year), int(found["month2"]), _small(found["day2"]))
    if not (low.valid and high.valid) or low.key >= high.key:
        return None
    return Reading(start, found.end(), low, high, rule="date.range")


def _dashed(text: str, found: re.Match[str]) -> bool:
    """2018.12-2019.3: one digit is a month only at the end or the beginning of a range."""
    return text[found.start() - 1 : found.start()] in ("-", "~") or text[found.end() : found.end() + 1] in ("-", "~")
