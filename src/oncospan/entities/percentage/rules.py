"""The grammar of percentages: the number or range that a sign closes, written in digits or in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from oncospan.matching.numeral import NUMERAL, read_numeral
from oncospan.matching.pattern import ending, match_ending

_DIGITS = r"\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,6})?"
#: Not in the middle of a number; behind a full stop a new one may start: `88%vs.68%`.
_LEFT = r"(?<!\d)(?<!\d\.)"
_DASH = r"(?: ?(?:--|[-~]|(?<!—)—(?!—)|至|到) ?| to )"
#: A sign belongs to the number unless it joins it to a name, a number or a bracket: `PD-1`, `10%-20%`.
_SIGN = r"(?:(?<![A-Za-z0-9%)\]])[-+])?"
_RANGE = ending(
    rf"(?P<low>{_SIGN}{_LEFT}{_DIGITS}) ?(?P<sign>[%‰]?){_DASH}(?P<high>(?:\+|(?<![-—])-)?{_DIGITS}) ?"
    # `50%80%`: a scan that lost the tilde
    rf"|(?P<low_glued>{_LEFT}\d{{1,3}}(?:\.\d{{1,4}})?)%(?P<high_glued>\d{{1,3}}(?:\.\d{{1,4}})?)"
)
#: The sign behind the bracket is shared: 疗效为(5-20)%.
_BRACKET = ending(rf"\((?P<low>{_SIGN}{_LEFT}{_DIGITS}){_DASH}(?P<high>{_DIGITS}) ?\) ?")
#: The last characters of a dash, and the sign of a range whose dash is lost.
_JOINTS = frozenset("-~—至到o%")
_POINT = ending(rf"(?P<low>(?:负|{_SIGN}){_LEFT}{_DIGITS}k?) {{0,4}}")
_INTERVAL = ending(
    rf"(?:CI|可信区间|置信区间)[:,为是 (\[]{{0,3}}(?P<low>[-+]?{_DIGITS}) ?%? ?[,;、] ?(?P<high>[-+]?{_DIGITS}) ?"
)
#: A number without a sign of its own may follow the name of a rate at once; behind other letters it is part of a
#: name: FEF25-75%, PD-L1-50%.
_RATE = re.compile(r"(?:CI|[OCI]RR|[DB]CR|CR|PR|SD|PD|TPS|CPS|TC|IC|ER|OS|[PDE]FS|VAF|率)\Z")
#: Digits of a marker or test: FEV1%, CD8%, Ki-67% name a share and tell none.
_MARKER = re.compile(r"(?:FEV|CD|Ki-?|[FM]EF|[FM]EF\d\d-|VO|HbA)\Z", re.IGNORECASE)
_HAN = rf"[{NUMERAL}点]{{1,12}}"
_HAN_POINT = ending(rf"(?<![{NUMERAL}第])(?P<low>{_HAN}) {{0,4}}")
_HAN_RANGE = ending(rf"(?<![{NUMERAL}第])(?P<low>{_HAN}) ?个?{_DASH}(?P<high>{_HAN}) ?")
_AFTER = re.compile(
    rf"(?P<gap> {{0,3}})(?P<low>负?{_DIGITS}(?: ?k(?![A-Za-z]))?|{_HAN}|百)(?:%?(?P<dash>{_DASH})(?:(?:百分之|千分之) ?)?(?P<high>{_DIGITS}|{_HAN}))?",
    re.IGNORECASE,
)
_TENTH = ending(
    rf"(?<![{NUMERAL}第\d.])(?P<low>[一二两三四五六七八九十半]|\d{{1,2}}(?:\.\d)?|[一二三四五六七八九]点[一二三四五六七八九])"
    rf"(?: ?成)?(?:(?:到|至|[-~]) ?(?P<high>[一二两三四五六七八九十]|\d{{1,2}}))? ?"
)
_TENTH_TAIL = re.compile(r"(?P<digit>[一二三四五六七八九]|半)(?![十百千万个年月日天种项家例名位款至到人次倍点])")
#: Two neighbours tell a range: 二三成, 百分之七八, 十五六个百分点; 二三十 is as vague as 几十.
_PAIR = re.compile(r"(?P<ten>十?)(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])")
_PAIR_BEFORE = ending(_PAIR.pattern)
#: What makes 成 part of another word: 三成员, 两成分, 二成人, 五成熟, 一成不变, 八成新.
_FEW = tuple("一二两三四五六七八九")
_TWO_DIGITS = re.compile(r"[一二两三四五六七八九]{2}")
_MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_NO_TENTH = re.compile(
    r"员|群|分(?!之)|人(?!群|口|士|均)|不变|熟|新|年|立|长|功|果|型|品|就|为(?:一|了)|因|体|本|套|组|绩|交|双|对|语"
)
#: 他八成会再来 guesses and counts nothing.
_PERHAPS = re.compile(r"会|要|得(?!到)|没|跟|不会|可能")


class Quantity(NamedTuple):
    """A percentage in the folded text: its place and its numbers."""

    start: int
    end: int
    low: float
    high: float
    rule: str


def read_sign(text: str, sign: int, end: int) -> Quantity | None:
    """Return the number or range that ends at a percent or permille sign, or at 个百分点.

    Args:
        text: the folded text.
        sign: where the sign starts.
        end: position behind the sign.
    """
    return _read_range(text, sign, end) or _read_point(text, sign, end)


def _read_range(text: str, sign: int, end: int) -> Quantity | None:
    for pattern, width in _range_patterns(text, sign):
        found = match_ending(pattern, text, sign, width)
        if not found:
            continue
        groups = found.groupdict()
        side = "low" if groups["low"] else "low_glued"
        low, high = _number(groups[side]), _number(groups["high"] or groups["high_glued"])
        start = found.start() if pattern is _BRACKET else found.start(side)
        if low is None or high is None or (pattern is _RANGE and _in_name(text, start, signed=groups["sign"] != "")):
            continue
        if low > high and low < 0:
            # 缩小幅度为-12%~-30%: what shrinks is told from the smaller to the larger change
            low, high = high, low
        if low <= high:
            return Quantity(start, end, low, high, "percentage.range")
    return None


def _range_patterns(text: str, sign: int) -> Iterator[tuple[re.Pattern[str], int]]:
    """Yield the patterns of a range that may end at a sign, by what stands before the last number."""
    if text.find("CI", max(0, sign - 40), sign) >= 0 or text.find("区间", max(0, sign - 40), sign) >= 0:
        yield _INTERVAL, 40
    joint = text[max(0, sign - 32) : sign].rstrip("0123456789,. +")[-1:]
    if joint in _JOINTS or joint.isdecimal():
        yield _RANGE, 32
    if joint == ")":
        yield _BRACKET, 32


def _read_point(text: str, sign: int, end: int) -> Quantity | None:
    before = text[max(0, sign - 20) : sign]
    number = before.rstrip("0123456789,.k ")
    # the number, with the sign before it
    width = 20 if number[-1:].isdecimal() else len(before) - len(number) + 1
    found = match_ending(_POINT, text, sign, min(20, width))
    low = _number(found["low"]) if found else None
    if found is None or low is None or _MARKER.search(text, max(0, found.start() - 8), found.start()):
        return None
    return Quantity(found.start(), end, low, low, "percentage.sign")


def _in_name(text: str, start: int, *, signed: bool) -> bool:
    """Tell whether the digits at a position go on from a name: L1 in PD-L1-50%."""
    if not text[max(0, start - 1) : start].isascii() or not text[start - 1 : start].isalpha():
        return False
    return not signed and not _RATE.search(text, max(0, start - 4), start)


def read_points(text: str, sign: int, end: int) -> Quantity | None:
    """Return the number or range before 百分点, also in Chinese numerals.

    Args:
        text: the folded text.
        sign: where 百分点 or 个百分点 starts.
        end: position behind it.
    """
    quantity = read_sign(text, sign, end)
    if quantity:
        return quantity._replace(rule="percentage.points")
    pair = match_ending(_PAIR_BEFORE, text, sign, 4)
    ends = _neighbours(pair) if pair else None
    if pair and ends and text[pair.start() - 1 : pair.start()] not in (*NUMERAL, "第"):
        return Quantity(pair.start(), end, *ends, "percentage.points")
    for pattern, width in ((_HAN_RANGE, 28), (_HAN_POINT, 16)):
        found = match_ending(pattern, text, sign, width)
        if found:
            low = read_numeral(found["low"])
            high = read_numeral(found.groupdict().get("high") or found["low"])
            if low is not None and high is not None and low <= high:
                return Quantity(found.start(), end, low, high, "percentage.points")
    return None


def read_share(text: str, start: int, end: int) -> Quantity | None:
    """Return the number or range behind 百分之 or 千分之.

    Args:
        text: the folded text.
        start: where 百分之 starts.
        end: position behind it.
    """
    if start and (text[start - 1] in NUMERAL or text[start - 1] == "几"):
        return None
    pair = _PAIR.match(text, end)
    ends = _neighbours(pair) if pair else None
    if pair and ends and text[pair.end() : pair.end() + 1] not in (*NUMERAL, "点"):
        return Quantity(start, pair.end(), *ends, "percentage.share")
    found = _AFTER.match(text, end)
    if not found:
        return None
    low, stop = _longest_number(found["low"], found.start("low"))
    high = low
    if found["high"] and stop == found.end("low"):
        other = _number(found["high"])
        if other is not None and low is not None and other >= low:
            high, stop = other, found.end("high")
    if low is None or high is None:
        return None
    return Quantity(start, stop, low, high, "percentage.share")


def read_parts(text: str, start: int, end: int) -> Quantity | None:
    """Return the number behind 万分之, 百万分之 and their like as a percentage.

    Args:
        text: the folded text.
        start: where 万分之 starts.
        end: position behind it.
    """
    begin, whole = start, 10_000.0
    while begin and text[begin - 1] in _MULTIPLES:
        begin -= 1
        whole *= _MULTIPLES[text[begin]]
    if begin and (text[begin - 1] in NUMERAL or text[begin - 1] == "几"):
        return None
    found = _AFTER.match(text, end)
    if not found:
        return None
    low, stop = _longest_number(found["low"], found.start("low"))
    if low is None:
        return None
    share = round(low * 100 / whole, 12)
    return Quantity(begin, stop, share, share, "percentage.parts")


def _neighbours(pair: re.Match[str]) -> tuple[float, float] | None:
    """Return 7 and 8 for 七八, 15 and 16 for 十五六; None where the digits are no neighbours."""
    low, high = read_numeral(pair["low"]), read_numeral(pair["high"])
    if low is None or high != low + 1:
        return None
    return (low + 10, high + 10) if pair["ten"] else (low, high)


def _longest_number(text: str, start: int) -> tuple[float | None, int]:
    """Read as much as makes a number: in 百分之七十百分位 it ends behind 七十."""
    if text == "百":
        return 100.0, start + 1
    for length in range(len(text), 0, -1):
        value = _number(text[:length])
        if value is not None and (text[length:].startswith((*_FEW, "十")) or _TWO_DIGITS.fullmatch(text[:length])):
            # 百分之三五 is a few: no number is written out.
            return None, start
        if value is not None:
            return value, start + length
    return None, start


def read_tenths(text: str, start: int, end: int, *, is_word: bool) -> Quantity | None:
    """Return the tenths that 成 counts: 三成, 七成五, 三到五成.

    Args:
        text: the folded text.
        start: where 成 stands.
        end: position behind it.
        is_word: no word goes on behind 成, by jieba.
    """
    pair = match_ending(_PAIR_BEFORE, text, start, 2)
    ends = _neighbours(pair) if pair else None
    if (
        pair
        and ends
        and is_word
        and not _NO_TENTH.match(text, end)
        and text[start - 3 : start - 2] not in tuple(NUMERAL)
    ):
        return Quantity(pair.start(), end, ends[0] * 10, ends[1] * 10, "percentage.tenths")
    found = match_ending(_TENTH, text, start, 10)
    if not found or _NO_TENTH.match(text, end) or (found["low"] == "十" and text[end : end + 1] == "的"):
        return None
    if _PERHAPS.match(text, end) and (found.start() == 0 or text[found.start() - 1] in "\n。,;:!?我你您他她它这那人"):
        return None
    low = _tenth(found["low"])
    high = _tenth(found["high"]) if found["high"] else low
    if low is None or high is None or low > high or high > 100:
        return None
    stop = end
    tail = (
        _TENTH_TAIL.match(text, end) or _TENTH_TAIL.match(text, end + 1)
        if text[end : end + 1] == " "
        else _TENTH_TAIL.match(text, end)
    )
    if tail and not found["high"]:
        low = high = low + (5 if tail["digit"] == "半" else _tenth(tail["digit"]) / 10)  # type: ignore[operator]
        stop = tail.end()
    elif not is_word:
        return None
    return Quantity(found.start(), stop, low, high, "percentage.tenths")


def _tenth(text: str) -> float | None:
    if text == "半":
        return 5.0
    value = float(text) if text[0].isdigit() else read_numeral(text)
    return None if value is None else round(value * 10, 6)


def _number(text: str) -> float | None:
    negative = text.startswith(("负", "-"))
    bare = text.lstrip("负+-").replace(",", "")
    thousands = bare[-1:] in ("k", "K")
    bare = bare.rstrip("kK ")
    value = float(bare) if bare[:1].isdigit() else read_numeral(bare)
    if value is None:
        return None
    value = value * 1000 if thousands else value
    return -value if negative else value
