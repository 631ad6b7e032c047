"""The stream of a sentence: treatments, endpoints, values and the words that tie them, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from oncospan.linking.grades import grade_list
from oncospan.linking.reading import Reading
from oncospan.linking.treatments import Treatment, find_treatments
from oncospan.matching.candidates import Candidate
from oncospan.model import Qualifier, Span

Kind = Literal["treatment", "endpoint", "value", "ratio", "interval", "p", "count", "trial", "joint"]

#: How two neighbours of a list are joined.
JOINTS = re.compile(
    r" {0,3}(?:(?P<versus>vs?\.?|对比?|比|versus|较之?|优于|高于|不敌)|(?P<list>、|和|与|及|以及|以及|/|,)) {0,3}",
    re.IGNORECASE,
)
VERSUS = re.compile(r" {0,3}(?:vs?\.?|对比?|比|versus|较之?|优于|高于|不敌) {0,3}", re.IGNORECASE)
_LANDMARK_GAP = re.compile(
    r"(?:时|的|时的| |整体|预估|估计|及以上)?(?:的)? ?(?:预估|估计|累积|独立评审委员会评估的|研究者评估的|BICR评估的)?"
)
_MEDIAN_BEFORE = re.compile(r"(?:中位|mPFS|m)(?:数)?(?:随访)?\Z")
#: `中位TTA:39.6个月`: an abbreviation that no endpoint of the vocabulary has is still an endpoint.
_UNKNOWN = re.compile(r"中位(?P<name>[A-Z]{2,5})(?![A-Za-z0-9])")
_NUMBER_BEFORE = re.compile(
    r"(?<![\d.A-Za-z])(?P<number>\d{1,4}(?:\.\d{1,3})?)(?P<joint> ?(?:vs?\.?|对比?|比|较|、|和|与|及|versus) ?)\Z",
    re.IGNORECASE,
)
_WITH_INTERVAL = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,2})?) ?\((?:9\d(?:\.\d{1,3})?% ?)?CI[^()]{3,24}\)")
_UNIT_LAST = re.compile(
    rf"(?<![\d.])(?:{_WITH_INTERVAL.pattern.replace('?P<number>', '')} ?(?:个月)?(?:、|和|与|及) ?){{0,3}}{_WITH_INTERVAL.pattern.replace('?P<number>', '')} ?(?P<unit>个月|月|年|%)"
)
#: A median not reached keeps its place in a list: `两组中位rPFS分别为未达到和23.5个月`.
_NOT_REACHED = re.compile(
    r"(?:尚|均|仍|暂)?(?:未达到?(?!统计|主要|终点|预设|优效|显著|非劣|界值|共同)|未成熟|不可评估|无法估计)|(?<![A-Za-z])N[RE](?![A-Za-z])"
)
_OPEN_END = re.compile(r"未达|未成熟|不可评估|无法估计|N[RE]")
_LEVEL = re.compile(r" ?(?:双侧|单侧)? ?(?:CI|C\.I|可信区间|置信区间)", re.IGNORECASE)
_NO_FIGURE_BEFORE = re.compile(
    r"随访(?:时间|期)?(?:为|达|至|了|满|仅|约|超过)? ?\Z|每|治疗|服药|用药|第|停药|年龄|近|过去|未来|后续"
)
_TOLD_BEFORE = re.compile(r"延长|达|为")
_NO_FIGURE_BEHIND = re.compile(
    r"(?:后|内|时|的随访|随访|前|龄|以来|一次|1次|期间|来|(?:以上|及以上)?(?:的)?(?:者|患者|受试者|病例))"
)
_RATE_BEHIND = re.compile(r"[^,。;()\d]{1,12}(?:发生率|累积|率)")
_BARE_PAIR = re.compile(
    r"\((?P<left>\d{1,3}(?:\.\d{1,2})?) ?(?:vs?\.?|对|比|较) ?(?P<right>\d{1,3}(?:\.\d{1,2})?)(?=[),;])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Head:
    """An endpoint as a column head.

    Args:
        name: `PFS`, `ORR`, ...
        measure: see the endpoint room; `share` once a landmark or 率 makes it one; `harm`.
        landmarks: the times it is read at, as stated: `24 month`.
        median: the words call it a median.
        grade: of an adverse event (`≥3`).
        longest: the words call it the longest one seen.
    """

    name: str
    measure: str
    landmarks: tuple[str, ...] = ()
    median: bool = False
    grade: str = ""
    longest: bool = False


class Value(NamedTuple):
    """A figure that may fill a cell."""

    low: float
    high: float
    unit: str
    qualifier: Qualifier = "eq"


class Token(NamedTuple):
    """One element of the stream, at its place in the folded text."""

    kind: Kind
    start: int
    end: int
    content: Treatment | Head | Value | Candidate


def make_stream(reading: Reading, span: Span, labels: Mapping[str, tuple[str, ...]]) -> list[Token]:
    """Return the tokens of a stretch, sorted by start; `labels` are the article's own names of treatments."""
    treatments = [Token("treatment", t.start, t.end, t) for t in find_treatments(reading, span, labels)]
    items = reading.within(*span)
    if not any(item.label in _FIGURES for item in items):
        trials = [Token("trial", item.start, item.end, item) for item in items if item.label == "TRIAL"]
        return sorted([*treatments, *trials], key=_place) if trials else treatments
    heads, used = _heads(reading, span)
    values = _values(reading, span, used)
    others = [Token(_OTHERS[item.label], item.start, item.end, item) for item in items if item.label in _OTHERS]
    inside = [Span(token.start, token.end) for token in treatments]
    rest = [t for t in [*heads, *values, *others] if not any(s.start <= t.start < s.end for s in inside)]
    return sorted([*treatments, *rest], key=_place)


def _place(token: Token) -> tuple[int, int]:
    return token.start, token.end


#: Without one of these a sentence tells no figure: only its treatments matter, for what follows.
_FIGURES = frozenset({"PERCENT", "DURATION", "RATIO", "ENDPOINT", "HARM", "INTERVAL", "P_VALUE"})
_OTHERS: dict[str, Kind] = {
    "RATIO": "ratio", "INTERVAL": "interval", "P_VALUE": "p", "COUNT": "count", "TRIAL": "trial",
}  # fmt: skip


def _heads(reading: Reading, span: Span) -> tuple[list[Token], set[int]]:
    """Return the column heads, and the starts of the durations that are their landmarks."""
    text = reading.text
    endpoints = _merge_symbols(text, reading.within(span.start, span.end, "ENDPOINT"))
    used: set[int] = set()
    tokens = []
    for start, end, name, measure in endpoints:
        marks, begin = _landmarks(reading, span, start, used)
        median = (
            measure == "median"
            or text[end : end + 3] == "中位数"
            or bool(_MEDIAN_BEFORE.search(text, max(0, begin - 8), start))
        )
        longest = text[max(0, begin - 3) : begin].endswith("最长")
        head = Head(name, "time" if measure == "median" else measure, marks, median, longest=longest)
        tokens.append(Token("endpoint", begin, end, head))
    known = {end for _, end, _, _ in endpoints}
    tokens += [
        Token("endpoint", found.start(), found.end(), Head("other", "time"))
        for found in _UNKNOWN.finditer(text, *span)
        if found.end() not in known
    ]
    harms = reading.within(span.start, span.end, "HARM")
    grades = grade_list(text, harms)
    for item in harms:
        grade = str(item.norm[1]) or grades.get(item.start, "")
        tokens.append(Token("endpoint", item.start, item.end, Head(str(item.norm[0]), "harm", grade=grade)))
    return tokens, used


def _merge_symbols(text: str, endpoints: list[Candidate]) -> list[tuple[int, int, str, str]]:
    """Read 无进展生存(PFS)率 as one head."""
    merged: list[tuple[int, int, str, str]] = []
    for item in endpoints:
        name, measure = str(item.norm[0]), str(item.norm[1])
        start, end = item.start, item.end
        if merged:
            previous = merged[-1]
            between = text[previous[1] : start]
            if between in ("(", " (", ":", ",", "-", "") and (previous[2] == name or name.endswith(previous[2])):
                start, measure = previous[0], (previous[3] if previous[3] in ("share", "rate", "median") else measure)
                merged.pop()
        if text[end : end + 1] == ")" and "(" in text[start:end]:
            end += 1
        if text[end : end + 1] == "率":
            end += 1
            measure = "share" if measure in ("time", "median", "share") else "rate"
        merged.append((start, end, name, measure))
    return merged


def _landmarks(reading: Reading, span: Span, start: int, used: set[int]) -> tuple[tuple[str, ...], int]:
    """Return the landmarks that stand before an endpoint (12、24和36个月OS率), and where they begin."""
    text = reading.text
    durations = reading.within(span.start, start, "DURATION")
    if not durations:
        return (), start
    last = durations[-1]
    if not float(last.norm[0]).is_integer():
        # `以7.1个月的OS`: a fraction of a month is a figure and no time of a visit
        return (), start
    if not _LANDMARK_GAP.fullmatch(text, last.end, start) or text[max(0, last.start - 2) : last.start] == "随访":
        return (), start
    marks = [last]
    used.add(last.start)
    for earlier in reversed(durations[:-1]):
        if text[earlier.end : marks[0].start].strip() not in ("、", "和", "与", "及") or _is_figure(reading, earlier):
            break
        marks.insert(0, earlier)
        used.add(earlier.start)
    unit = str(last.norm[2])
    names = [f"{float(item.norm[0]):g} {item.norm[2]}" for item in marks]
    begin = marks[0].start
    while found := _NUMBER_BEFORE.search(text, max(span.start, begin - 12), begin):
        if float(found["number"]) != int(float(found["number"])) or found["joint"].strip() not in (
            "、",
            "和",
            "与",
            "及",
        ):
            break
        names.insert(0, f"{float(found['number']):g} {unit}")
        begin = found.start()
    return tuple(names), begin


def _is_figure(reading: Reading, duration: Candidate) -> bool:
    """`中位PFS 9.1个月、5年PFS率仅8%`: the figure of an endpoint right before it is no time of a visit."""
    near = reading.within(max(0, duration.start - 12), duration.start, "ENDPOINT")
    gap = reading.text[near[-1].end : duration.start] if near else "("
    return not float(duration.norm[0]).is_integer() or bool(re.fullmatch(r" ?(?:为|是|达|仅|仅为|约)? ?", gap))


def _values(reading: Reading, span: Span, used: set[int]) -> list[Token]:
    text = reading.text
    tokens = []
    intervals = [Span(item.start, item.end) for item in reading.within(span.start, span.end, "INTERVAL")]
    for item in reading.within(span.start, span.end, "PERCENT", "DURATION"):
        if any(Span(item.start, item.end).overlaps(other) for other in intervals):
            continue
        if item.label == "DURATION" and (item.start in used or _is_no_figure(text, item)):
            continue
        low, high, unit = float(item.norm[0]), float(item.norm[1]), str(item.norm[2])
        if item.label == "PERCENT" and _is_level(text, item):
            continue
        value = Value(low, high, unit, item.qualifier or "eq")
        tokens.append(Token("value", item.start, item.end, value))
        start = item.start
        while found := _NUMBER_BEFORE.search(text, max(span.start, start - 14), start):
            start = found.start("number")
            number = float(found["number"])
            tokens.append(Token("value", start, found.end("number"), Value(number, number, unit)))
    tokens += _values_before_interval(text, span)
    for found in _NOT_REACHED.finditer(text, *span) if _OPEN_END.search(text, *span) else ():
        tokens.append(Token("value", found.start(), found.end(), Value(0.0, 0.0, "none")))
    for pair in _BARE_PAIR.finditer(text, span.start, span.end):
        for side in ("left", "right"):
            number = float(pair[side])
            tokens.append(Token("value", pair.start(side), pair.end(side), Value(number, number, "bare")))
    return tokens


def _values_before_interval(text: str, span: Span) -> list[Token]:
    """Read `9.0(95%CI:3.0~15.0)个月和7.4(95%CI:4.8~9.8)个月`: the interval stands between a number and its unit."""
    tokens: list[Token] = []
    if text.find("CI", *span) < 0:
        return tokens
    for found in _UNIT_LAST.finditer(text, span.start, span.end):
        unit = {"个月": "month", "月": "month", "年": "year", "%": "percent"}[found["unit"]]
        for part in _WITH_INTERVAL.finditer(text, found.start(), found.end()):
            number = float(part["number"])
            behind = re.match(r" ?(?:个月|月|年|%)", text[part.end() : part.end() + 3])
            end = part.end() + behind.end() if behind else part.end("number")
            tokens.append(Token("value", part.start("number"), end, Value(number, number, unit)))
    return tokens


def _is_level(text: str, item: Candidate) -> bool:
    return bool(_LEVEL.match(text, item.end, item.end + 8))


def _is_no_figure(text: str, item: Candidate) -> bool:
    """Follow-up, cycles, ages and points of treatment are no figures of an endpoint."""
    before = text[max(0, item.start - 8) : item.start]
    behind = text[item.end : item.end + 6]
    if _NO_FIGURE_BEFORE.search(before) and not _TOLD_BEFORE.search(before[-3:]):
        return True
    return bool(_NO_FIGURE_BEHIND.match(behind)) or bool(
        _RATE_BEHIND.match(text, item.end, item.end + 16) and float(item.norm[0]).is_integer()
    )
