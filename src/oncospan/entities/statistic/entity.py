"""The statistic room: hazard ratios with their intervals, intervals in brackets, P values, counts of patients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from oncospan.matching.candidates import Candidate
from oncospan.matching.pattern import LEFT_EDGE
from oncospan.matching.room import Hit
from oncospan.text.document import Document

_TRIGGERS = {
    **dict.fromkeys(("hr", "风险比", "危险比", "hazard ratio"), "ratio"),
    **dict.fromkeys(("ci", "可信区间", "置信区间", "c.i"), "interval"),
    **dict.fromkeys(("p=", "p<", "p =", "p <", "p值", "p>", "p >", "p≤", "p ≤"), "p"),
    **dict.fromkeys(("例", "n=", "n =", "名"), "count"),
}
_N = r"\d{1,3}(?:\.\d{1,5})?"
_RATIO = re.compile(
    rf"(?:hr|风险比|危险比|hazard ratio)(?: ?[(\[](?:hr|hazard ratio)[)\]])?值? ?(?:同?[为是:=]|低至|达到?|仅|分别[为是]?|依次为?)? ?[:=]? ?(?P<value>{_N})(?![\d.]*%)",
    re.IGNORECASE,
)
_LISTED = re.compile(rf" ?(?:、|和|与|及|,) ?(?P<value>{_N})(?![\d.]*[%个月年])")
_INTERVAL = re.compile(
    rf"(?:ci|可信区间|置信区间|c\.i)\.?(?: ?\(ci\))?[ :=为,是(\[]{{0,3}}"
    rf"(?P<low>-?{_N})(?: ?%| ?个?月)? ?(?:[-~—,至到]|--) ?(?P<high>-?{_N}|nr|ne|未达到|不可估计)",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"(\d{2}(?:\.\d{1,4})?) ?% ?\Z")
_P = re.compile(r"p ?(?:值)? ?(?:[=<>≤:为]|均?<) ?(?:= ?)?(?P<value>0?\.\d{1,7}|1\.0{1,3})", re.IGNORECASE)
_BARE_INTERVAL = re.compile(rf" ?\(({_N}) ?(?:[-~—,]|--) ?({_N})(?=[,;)])")
_COUNT_AFTER = re.compile(r"n ?= ?(\d{1,6})", re.IGNORECASE)
_COUNT_BEFORE = re.compile(r"(?<![\d.])(\d{1,6}) ?\Z")


class StatisticRoom:
    """Finds RATIO `(value, value, "ratio")`, INTERVAL `(low, high, level)`, P_VALUE and COUNT."""

    label = "STATISTIC"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield the words that announce a statistic."""
        yield from _TRIGGERS.items()

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the statistics of a document."""
        found: list[Candidate] = []
        for start, end, kind in hits:
            if kind == "ratio":
                found += _read_ratio(document.text, start)
            elif kind == "interval":
                found += _read_interval(document.text, start)
            elif kind == "p":
                found += _read_p(document.text, start)
            else:
                found += _read_count(document.text, start, end)
        return found


def _read_ratio(text: str, start: int) -> list[Candidate]:
    if re.match(LEFT_EDGE, text[start - 1 : start] or " ") is None or (
        text[start - 1 : start].isalnum() and text[start - 1].isascii()
    ):
        return []
    match = _RATIO.match(text, start)
    if not match or float(match["value"]) > 10:
        return []
    value = float(match["value"])
    found = [Candidate("RATIO", start, match.end(), (value, value, "ratio"), "statistic.hazard_ratio")]
    if "分别" in match.group() or "依次" in match.group():
        found += _read_listed(text, match.end())
        return found
    bare = _BARE_INTERVAL.match(text, match.end())
    if bare and float(bare[1]) <= value <= float(bare[2]):
        norm = (float(bare[1]), float(bare[2]), "95")
        found.append(Candidate("INTERVAL", bare.start(1), bare.end(2), norm, "statistic.bare_interval"))
    return found


def _read_listed(text: str, start: int) -> list[Candidate]:
    """`HR分别为0.55和0.66`: the ratios of a list behind the first one."""
    found = []
    while listed := _LISTED.match(text, start):
        value = float(listed["value"])
        found.append(
            Candidate("RATIO", listed.start("value"), listed.end(), (value, value, "ratio"), "statistic.hazard_ratio")
        )
        start = listed.end()
    return found


def _read_interval(text: str, start: int) -> list[Candidate]:
    if start and text[start - 1].isascii() and text[start - 1].isalpha():
        return []
    match = _INTERVAL.match(text, start)
    if not match:
        return []
    level = _LEVEL.search(text, max(0, start - 9), start)
    low = float(match["low"])
    try:
        high = float(match["high"])
    except ValueError:
        high = float("inf")
    begin = level.start() if level else start
    return [Candidate("INTERVAL", begin, match.end(), (low, high, level[1] if level else "95"), "statistic.interval")]


def _read_p(text: str, start: int) -> list[Candidate]:
    if start and text[start - 1].isascii() and text[start - 1].isalnum():
        return []
    match = _P.match(text, start)
    return [Candidate("P_VALUE", start, match.end(), match.group().replace(" ", ""), "statistic.p")] if match else []


def _read_count(text: str, start: int, end: int) -> list[Candidate]:
    match = _COUNT_AFTER.match(text, start)
    if match:
        return [Candidate("COUNT", start, match.end(), match[1], "statistic.n")]
    before = _COUNT_BEFORE.search(text, max(0, start - 8), start)
    if not before or text[start:end] not in "例名":
        return []
    return [Candidate("COUNT", before.start(), end, before[1], "statistic.cases")]
