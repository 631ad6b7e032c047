"""The duration room: numbers with a unit of time; months written 12个月 and 12月龄 are told apart from dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from oncospan.matching.candidates import Candidate
from oncospan.matching.numeral import NUMERAL, read_numeral
from oncospan.matching.pattern import ending, match_ending
from oncospan.matching.room import Hit
from oncospan.model import Qualifier
from oncospan.text.document import Document

_UNITS = {
    "个月": "month", "個月": "month", "月": "month", "months": "month", "month": "month", "mo": "month",
    "周": "week", "星期": "week", "weeks": "week", "week": "week", "年": "year", "years": "year", "year": "year",
    "天": "day", "日": "day", "days": "day",
}  # fmt: skip
_NUMBER = r"(?:(?<![\d.A-RT-Za-z])|(?<=[vV][sS]\.))\d{1,4}(?:\.\d{1,3})?"
_RANGE = ending(rf"(?P<low>{_NUMBER}) ?(?:个月|年|周)? ?(?:[-~—至到]|--) ?(?P<high>\d{{1,4}}(?:\.\d{{1,3}})?)[ +]?")
_POINT = ending(rf"(?P<low>{_NUMBER})[ +]?")
_CHINESE = ending(rf"(?P<low>[{NUMERAL}半]{{1,4}}) ?")
_BEFORE: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (ending("超过了?|超|逾|大于|>|长于|多于|高于"), "gt"),
    (ending("至少|不少于|不低于|≥"), "ge"),
    (ending("不足|不到|少于|小于|<|短于"), "lt"),
    (ending("不超过|至多|最多|≤"), "le"),
    (ending("约为?|大约|近|将近|接近"), "about"),
)
#: The last characters of such words.
_LAST = frozenset("过了超逾于>少≥足到<多≤约为近")
_BEHIND = re.compile(r" ?(?:(?P<ge>以上|及以上|或更长)|(?P<about>左右|上下))")


class DurationRoom:
    """Finds durations; the norm is `(low, high, unit)`."""

    label = "DURATION"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield every unit of time."""
        yield from _UNITS.items()

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the durations of a document."""
        found = []
        for start, end, unit in hits:
            candidate = self._read(document.text, start, end, str(unit))
            if candidate:
                found.append(candidate)
        return found

    def _read(self, text: str, start: int, end: int, unit: str) -> Candidate | None:
        word = text[start:end]
        if word.isascii() and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
            return None
        if word in "月日" and text[end : end + 1] not in (",", "。", ";", ")", " ", "v", "和", "、", "", "\n"):
            return None
        number = match_ending(_RANGE, text, start, 16) or match_ending(_POINT, text, start, 9)
        if number:
            low = float(number["low"])
            high = float(number.groupdict().get("high") or low)
        else:
            number = match_ending(_CHINESE, text, start, 5)
            if not number or number["low"] == "半":
                return None
            value = read_numeral(number["low"].replace("半", ""))
            if value is None:
                return None
            low = high = value
        if (
            low > high
            or (unit == "year" and low >= 1000)
            or (word in ("年", "月", "日") and _is_calendar(text, number.start()))
        ):
            return None
        qualifier, stop = _qualify(text, number.start(), end)
        return Candidate(self.label, number.start(), stop, (low, high, unit), "duration.unit", qualifier=qualifier)


def _is_calendar(text: str, start: int) -> bool:
    """Tell whether a number with 月 or 日 goes on from a year or month: 2024年3月, 3月12日."""
    return text[start - 1 : start] in ("年", "月") or text[start - 2 : start] in ("年 ", "月 ")


def _qualify(text: str, start: int, end: int) -> tuple[Qualifier, int]:
    for pattern, name in _BEFORE if text[start - 1 : start] in _LAST else ():
        if match_ending(pattern, text, start, 4):
            return name, end
    behind = _BEHIND.match(text, end)
    if behind:
        return ("ge" if behind["ge"] else "about"), end
    return "eq", end
