"""The date room: expressions that name a place on the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from oncospan.entities.date.bare import read_bare_year
from oncospan.entities.date.calendar import Point
from oncospan.entities.date.english import read_english
from oncospan.entities.date.exclusions import is_lone_day, is_none
from oncospan.entities.date.grammar import (
    COMPACT,
    DAY_WORDS,
    LONE_DAY,
    MONTH_WORDS,
    QUARTER_WORDS,
    YEAR_WORDS,
    Reading,
    read_chinese,
    read_numeric,
)  # fmt: skip
from oncospan.entities.date.periods import read_decade, read_quarter
from oncospan.entities.date.ranges import read_range
from oncospan.entities.date.resolution import Story, find_dateline
from oncospan.matching.candidates import Candidate
from oncospan.matching.numeral import read_numeral
from oncospan.matching.room import Hit
from oncospan.text.document import Document

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: What stands before the name of a month or a quarter in letters: 2021 Jul, 20 Jul, 13-17 September, 25Q1.
_HEAD = re.compile(r"(?<!\d)(?:\d{4}|(?:\d{1,2} ?- ?)?\d{1,2}(?:st|nd|rd|th)?)[ -]?\Z")
_DAY_FIRST = re.compile(r"(?<![\d/-])\d{1,2}([/-])\d{1,2}\1\Z")
#: 预计3月获批, 将于1月5日召开, 12月有望上市
_AHEAD = re.compile(r"(?:将|拟|预计|有望|计划|预期)(?:于|在|最快|最早)?\Z")
_AHEAD_BEHIND = re.compile(r"(?:底|初|份|前)?(?:将|有望|预计|拟)")
#: 上周五(2024年2月23日) tells when the text was written.
_SAID_BEFORE = re.compile(
    r"(?:今日|今天|今晨|昨日|昨天|昨晚|前天|本周[一二三四五六日天]?|上周[一二三四五六日天]?|周[一二三四五六日]|日前|近日)\(\Z"
)
_TODAY = re.compile(r"(?P<word>今|昨|本月|当)[ ]?\((?P<day>3[01]|[12]\d|0?[1-9])[日号]?\)[ ]?(?P<unit>日|天)?")
_YEARS_AGO = re.compile(r"([一二两三四五六七八九十]|\d{1,2}) ?年前的?\Z")
_MONTH_SAID = re.compile(r"[ ]?\([ ]?(1[0-2]|[1-9])[ ]?月")
_TAIWAN = re.compile(r"台灣|臺灣|台湾|健保|民國|民国|衛福部|卫福部|食藥署|食药署|臺北|台北|新台幣|新台币")
_TRADITIONAL = re.compile(r"[國學會這個們來時說對開關發藥癌療臨試驗間務實體]")


class DateRoom:
    """Finds DATE; the norm is EDTF."""

    label = "DATE"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield everything a date may be recognised by."""
        for word in (*YEAR_WORDS, *MONTH_WORDS, *QUARTER_WORDS, *DAY_WORDS):
            yield word, "word"
        for sign in ("年", "月", "日", "号", "季度", "半年", "年代", "世纪"):
            yield sign, "sign"
        for name in _MONTH_NAMES:
            yield name, "month"
        for digits in ("19", "20"):
            yield digits, "year"
        for letter in ("q1", "q2", "q3", "q4", "h1", "h2", "1q2", "2q2", "3q2", "4q2", "1h2", "2h2"):
            yield letter, "quarter"
        yield "民国", "word"
        yield "今(", "today"
        yield "昨(", "today"

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the dates of a document, in the order of the text."""
        text = document.text
        taiwan = bool(_TAIWAN.search(text)) and bool(_TRADITIONAL.search(document.article.text))
        story = Story(document.article.published or find_dateline(text))
        title_end = text.find("\n")
        found: list[Candidate] = []
        at = 0
        for start in _starts(text, hits):
            if start < at:
                continue
            reading = _read(document, start, story, taiwan=taiwan)
            if reading is None:
                continue
            if reading.rule == "date.meeting" and start < title_end:
                story.meeting = reading.first.year
            _note_month(text, reading, story)
            story.ahead = bool(_AHEAD.search(text, max(0, start - 6), start) or _AHEAD_BEHIND.match(text, reading.end))
            resolved = story.resolve(_shift(text, reading, story), _paragraph(text, start))
            found.append(_candidate(resolved))
            at = reading.end
        return found


def _paragraph(text: str, start: int) -> int:
    """Return where the paragraph begins; a line that breaks off without a full stop goes on in the next."""
    at = text.rfind("\n", 0, start)
    while at > 0 and text[at - 1] not in _ENDS and not _ITEM.match(text, at + 1):
        above = text.rfind("\n", 0, at)
        if not _SHORTEST <= at - above <= _LONGEST:
            break
        at = above
    return at


def _note_month(text: str, reading: Reading, story: Story) -> None:
    """Learn from 上月(9月) or 上周五(2024年2月23日) when the text was written."""
    day = reading.first.days() if reading.first.day and reading.last is None else None
    if day and story.published is None and _SAID_BEFORE.search(text, max(0, reading.start - 6), reading.start):
        story.published = day[0]
    said = _MONTH_SAID.match(text, reading.end)
    if said and reading.anchor and reading.anchor[:2] == ("month", "here"):
        story.current = (int(said[1]) - 1 - reading.anchor[2]) % 12 + 1


def _shift(text: str, reading: Reading, story: Story) -> Reading:
    """三年前的2月26日 lies three years before the year told last."""
    before = _YEARS_AGO.search(text, max(0, reading.start - 8), reading.start)
    if not before or reading.first.year is not None or reading.anchor:
        return reading
    years = int(before[1]) if before[1].isdigit() else int(read_numeral(before[1]) or 0)
    told = story.told.year if story.told else story.published.year if story.published else None
    return replace(reading, first=replace(reading.first, year=told - years)) if told and years else reading


def _starts(text: str, hits: Sequence[Hit]) -> list[int]:
    """Return the places where a date may start, sorted."""
    starts: set[int] = set()
    for start, _, kind in hits:
        if text[start] not in _NO_HEADS and (text[start] != "年" or text[start - 1 : start] in ("年", "月", "份")):
            starts.add(start)
        if kind == "sign":
            for width in range(1, 12):
                place = start - width
                if place < 0 or text[place] not in _HEAD_CHARACTERS:
                    break
                if place == 0 or text[place - 1] not in _NUMBER_CHARACTERS or text[place] in "上下前第":
                    starts.add(place)
        elif kind in ("month", "quarter"):
            head = _HEAD.search(text, max(0, start - 10), start)
            if head:
                starts.add(head.start())
        elif kind == "year":
            # 20/07/2021 and 15-31 of a month end with the year
            head = _DAY_FIRST.search(text, max(0, start - 6), start)
            if head:
                starts.add(head.start())
    return sorted(start for start in starts if not _COUNTED.match(text, start))


#: A line of a wrapped paragraph is as long as a page is wide.
_SHORTEST, _LONGEST = 15, 80
_ENDS = frozenset('。!?;:…\n ”"')
_ITEM = re.compile(r"[ \n*•·●■◆▶【#《(|-]|\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]{1,3}[、.]")
#: Signs that close a date and never open one; 年 opens only 年底 behind another sign.
_NO_HEADS = frozenset("月日号季半世")
#: 12个月 and 三个周期 are counted.
_COUNTED = re.compile(r"[0-9零〇○一二三四五六七八九十]{1,4} ?个(?!季)")
_NUMBER_CHARACTERS = frozenset("0123456789零〇○一二三四五六七八九十")
_HEAD_CHARACTERS = _NUMBER_CHARACTERS | frozenset(" \n-~—至到上下前第个年月日世纪的本()")


def _read(document: Document, start: int, story: Story, *, taiwan: bool) -> Reading | None:
    text = document.text
    today = _TODAY.match(text, start) if text[start] in "今昨本当" else None
    if today:
        return _read_today(today, story)
    if start and text[start].isdigit() and text[start - 1].isdigit():
        return None
    readings = _readings(text, start, taiwan=taiwan)
    for reading in sorted(readings, key=lambda reading: -reading.end):
        if not is_none(text, reading):
            return reading
    compact = COMPACT.match(text, start)
    if compact and re.search(r"(?:日期|时间|发布|截至|更新)[::]? ?\Z", text[max(0, start - 6) : start]):
        point = Point(int(compact["year"]), int(compact["month"]), int(compact["day"]))
        return Reading(start, compact.end(), point, rule="date.compact")
    day = LONE_DAY.match(text, start)
    month_in_reach = bool(day and story.told and story.told.month and story.paragraph == _paragraph(text, start))
    if day and month_in_reach and is_lone_day(text, start, day.end()):
        lone = story.resolve_day(int(day["day"])) if day["day"].isdigit() else None
        return Reading(start, day.end(), lone, rule="date.day") if lone and lone.month else None
    return read_bare_year(text, start, document.section_at(start))


def _readings(text: str, start: int, *, taiwan: bool) -> list[Reading]:
    """Return every reading of the grammar at a position; what is written with letters is read by no Chinese rule."""
    first = text[start]
    found = [read_english(text, start), read_quarter(text, start)] if first.isascii() else []
    numeric = read_numeric(text, start) if first.isdigit() else None
    if not first.isalpha() or not first.isascii():
        chinese = read_chinese(text, start, taiwan=taiwan)
        found += [read_decade(text, start), read_range(text, start, chinese or numeric, taiwan=taiwan), chinese]
    found.append(numeric if first.isdigit() else _read_word(text, start))
    return [reading for reading in found if reading is not None]


def _read_word(text: str, start: int) -> Reading | None:
    """Return a day or quarter named by a word: 今日, 同日, 次日, 本季度."""
    for length in (4, 3):
        word = text[start : start + length]
        if word in QUARTER_WORDS:
            anchor = ("quarter", *QUARTER_WORDS[word])
            return Reading(start, start + length, Point(depth="month"), anchor=anchor, rule="date.relative")
    for length in (3, 2):
        word = text[start : start + length]
        if word == "前日" and (
            text[start - 1 : start] not in ("", *"\n。,;:(、于在") or text[start + 2 : start + 3] == "本"
        ):
            return None
        if word in DAY_WORDS and not (word == "次日" and text[start - 1 : start] in ("每", "一", "1", "2", "3", "4")):
            if word in ("当日", "当天") and not re.search(
                r"(?:^|[\n,。;:(、—\]于在自至])\Z", text[max(0, start - 1) : start]
            ):
                return None
            if word == "同日" and text[start - 1 : start] in ("不", "相"):
                return None
            behind = text[start + length : start + length + 1]
            if text[max(0, start - 2) : start] == "时至":
                return None
            if behind in ("益", "报", "头", "剂", "的", "需") and word in ("今日", "今天", "明天", "次日"):
                return None
            return Reading(
                start, start + length, Point(depth="day"), anchor=("day", *DAY_WORDS[word]), rule="date.relative"
            )
    return None


def _read_today(found: re.Match[str], story: Story) -> Reading:
    """Read 今(17)日: the day is written, the month is that of the publication."""
    published = story.published
    day = int(found["day"])
    point = (
        Point(published.year, published.month, day, depth="day") if published else Point(None, None, day, depth="day")
    )
    return Reading(found.start(), found.end(), point, rule="date.relative")


def _candidate(reading: Reading) -> Candidate:
    first, last = reading.first, reading.last
    days = first.days()
    norm, start, end = _edtf(first), days[0] if days else None, days[1] if days else None
    if last is not None:
        final = last.days()
        norm = f"{norm}/{last.edtf()}"
        end = final[1] if final else None
        start = start if final else None
    return Candidate("DATE", reading.start, reading.end, norm, reading.rule, start_date=start, end_date=end)


def _edtf(point: Point) -> str:
    if point.month is None and point.day is not None:
        year = "XXXX" if point.year is None else f"{point.year:04d}"
        return f"{year}-XX-{point.day:02d}"
    return point.edtf()
