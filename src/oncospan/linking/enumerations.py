"""Decisions told once for several drugs that follow as a list: 批准了以下三款:A(3月);B(5月), 包括C、D和E."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oncospan.linking.coordination import coordinate
from oncospan.linking.occasions import find_agencies, find_dates
from oncospan.linking.reading import Reading
from oncospan.linking.treatments import Treatment, find_treatments
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

#: What is counted or announced before a list: `四款抗癌药`, `3个品种`, `以下几项`, `方案有两个`.
_COUNTED = re.compile(
    r"(?:(?:\d{1,2} ?|[一二三四五六七八九十两几多数])(?:款|种|个|项|只|支|张)(?!月|周|国家|地区|大洲|(?:新)?适应症|认定|资格|临床|研究|中心|工作日)"
    r"|以下|如下|下列|名单|时间表|时间线|一览|品种|新药|药物|药品|抑制剂|单抗|ADC|CAR-T|方案|组合|产品|疗法)"
)
#: Where the list begins.
_COLON = re.compile(r"[^。;:!?\n]{0,50}?(?P<mark>(?:包括|有|是|为|分别是|分别为)? ?:)")
_LISTS = re.compile(
    r"[^。;:!?\n]{0,50}?(?P<mark>(?:,|——)(?:其中)?(?:包括(?:了)?|分别是|分别为|即)|(?:(?<=品种)|(?<=药品)|(?<=药物)|(?<=产品)|(?<=方案)|(?<=的))(?:有|为|是)|包括|分别为|分别是)"
)
_EXCEPTED = re.compile(r"(?:®|[^,。;、()]{0,4})?(?:\([^()]{1,30}\))?(?:以外|之外|除外)")
_NO_MEMBER = re.compile(
    r"(?:联合|与|和|同|较|比|对|含|加|经|既往|用于|治疗|基于|不同于|除|抗|针对|评估|比较|源自|来自|改变)[^,。;:、]{0,6}\Z"
)
_UNSURE = re.compile(r"待(?!遇)|预计|有望|尚未|仍在|未获")
_SHARED = re.compile(r"[^,。;()]{0,6}\((?:均|都|同)")
_DATED_BRACKET = re.compile(r"[^()。;]{0,40}\([^()]{0,30}\Z")
#: How far into an item its drug may stand: `信达生物与葆元医药的他雷替尼`.
_LEAD = 26
_FURTHEST = 600


@dataclass(frozen=True, slots=True)
class Member:
    """One drug, or one combination, of a list that is decided on.

    Args:
        treatment: the drug.
        region: from its name to the next member.
        whole: the region is an item of its own, closed by semicolons.
    """

    treatment: Treatment
    region: Span
    whole: bool


def find_members(
    reading: Reading, labels: Mapping[str, tuple[str, ...]], event: Candidate, since: int, stop: int
) -> list[Member]:
    """Return the drugs of the list that a decision announces, or nothing where it announces none.

    Args:
        reading: the article.
        labels: its own labels of treatments.
        event: the decision's word.
        since: where the decision's own stretch begins.
        stop: where the sentence ends.
    """
    text = reading.text
    begins = _begin(reading, event, since, stop)
    if begins is None:
        return []
    full_stop = text.find("。", begins, stop)
    ends = min(full_stop if full_stop >= 0 else stop, begins + _FURTHEST)
    if text[begins - 1] != ":":
        ends = _split(text, begins, ends)[0].end
    members = read_members(reading, labels, Span(begins, ends))
    last = max((member.region.end for member in members), default=begins)
    if reading.within(begins, last, "REGULATORY") or _UNSURE.search(text, begins, min(ends, last + 4)):
        return []
    return members if len(members) > 1 or event.norm[1] in ("listing", "denied") else []


def read_members(reading: Reading, labels: Mapping[str, tuple[str, ...]], body: Span) -> list[Member]:
    """Return the drugs of a list: the first of each item between semicolons, or those it begins with.

    Args:
        reading: the article.
        labels: its own labels of treatments.
        body: the list.
    """
    items = _split(reading.text, *body)
    return [member for item in items for member in _read_item(reading, labels, item, whole=len(items) > 1)]


def is_excepted(text: str, end: int) -> bool:
    """Tell whether a drug that ends at a position is left out of what is told: `佐妥昔单抗以外的五款`."""
    return bool(_EXCEPTED.match(text, end))


def _begin(reading: Reading, event: Candidate, since: int, stop: int) -> int | None:
    """Return where a list begins behind a decision that counts or announces what it decides on."""
    text = reading.text
    mark = _COLON.match(text, event.end, stop) or _LISTS.match(text, event.end, stop)
    if mark is None or reading.within(event.end, mark.end(), "REGULATORY"):
        return None
    if any(not is_excepted(text, drug.end) for drug in reading.within(event.end, mark.end(), "DRUG")):
        return None
    announced = text[since : event.start] + "|" + text[event.end : mark.start("mark")]
    if not _COUNTED.search(announced) and not mark["mark"].startswith(",包括"):
        return None
    return mark.end()


def _split(text: str, start: int, end: int) -> list[Span]:
    """Cut a list at its semicolons."""
    spans, depth, at = [], 0, start
    for place in range(start, end):
        character = text[place]
        depth += (character == "(") - (character == ")")
        if character == ";" and depth <= 0:
            spans.append(Span(at, place))
            at = place + 1
    return [*spans, Span(at, end)]


def _read_item(reading: Reading, labels: Mapping[str, tuple[str, ...]], item: Span, *, whole: bool) -> list[Member]:
    """Return the members of one item: the list of drugs that it begins with."""
    text = reading.text
    lists = coordinate(reading, find_treatments(reading, item, labels))
    if not lists or lists[0][0].arm or lists[0][0].role == "control":
        return []
    first = lists[0]
    before = text[item.start : first[0].start]
    if len(before) > _LEAD or _NO_MEMBER.search(before):
        return []
    last = item.end if whole else _list_end(text, first[-1].end, item.end)
    ends = [*(treatment.start for treatment in first[1:]), last]
    return [
        Member(treatment, Span(item.start if whole and len(first) == 1 else treatment.start, end), whole)
        for treatment, end in zip(first, ends, strict=True)
    ]


def _list_end(text: str, start: int, end: int) -> int:
    """Return where the bracket closes that stands behind the last drug of a list, or where its clause ends."""
    found = re.match(r"[^,。;()]{0,12}\([^()]{1,60}\)", text[start:end])
    if found:
        return start + found.end()
    comma = re.search(r"[,。;]", text[start:end])
    return start + comma.start() if comma else end


def date_members(reading: Reading, members: Sequence[Member]) -> list[Candidate | None]:
    """Return each member's own date, where the list gives it one: `A(3月)、B和C(均为6月)`."""
    dates = [_own_date(reading, member) for member in members]
    text = reading.text
    for place in range(len(members) - 2, -1, -1):
        shared = _SHARED.match(text, members[place + 1].treatment.end)
        if dates[place] is None and shared:
            dates[place] = dates[place + 1]
    return dates


def _own_date(reading: Reading, member: Member) -> Candidate | None:
    dates = find_dates(reading, *member.region)
    bracketed = [date for date in dates if _DATED_BRACKET.match(reading.text[member.treatment.end : date.start] or "-")]
    found = bracketed or (dates if member.whole else [])
    return found[0] if len(found) == 1 else None


def agencies_of(reading: Reading, member: Member) -> list[Candidate]:
    """Return the agencies that a member's own bracket names: `A(FDA,2021年)、B(中国,2024年)`."""
    text = reading.text
    bracket = re.compile(r"[^,。;()]{0,8}\(").match(text, member.treatment.end, member.region.end)
    closed = text.find(")", bracket.end(), member.region.end) if bracket else -1
    return find_agencies(reading, bracket.end(), closed) if bracket and closed > 0 else []
