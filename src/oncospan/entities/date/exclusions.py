"""What looks like a date and is none: durations, ages, follow-up, doses, identifiers."""

from __future__ import annotations

import re

from oncospan.entities.date.grammar import Reading

_DURATION_BEFORE = re.compile(
    r"(?:术后|产后|化疗后|治疗后|停药|随访(?:时间|期)?|中位|生存期|生存时间|存活|龄|维持|持续|疗程|每隔?|满|约|近|不足|超过|至少|长达|仅|[≥≤><=~-]|延长|缩短|PFS|OS|DoR|DFS|EFS|TTP|时间为?|期为|期达|周期|复查|间隔|历时|为期|共)(?:为|了|达|:)? ?\Z"
)
_DURATION_BEHIND = re.compile(
    r"(?:龄|大(?:的|婴|小)|余|多|内|之内|后(?=[,。;的]|出现|复查)|一次|1次|婴|间|来|生存|无进展|无病|PFS|OS|DFS|EFS|刊|报|经|饼|光|亮|球|子)"
)
_DAY_BEFORE = re.compile(r"(?:每|第|服药|治疗|给药|住院|用药|隔|期|共|连续|术后|满|约|近|内|\d)(?:为|了|了约)? ?\Z")
_DAY_BEHIND = re.compile(r"(?:龄|内|后|疗程|剂量|一次|1次|次|用量|均|游|子|常|程|间|志|报|期|光|前|以上)")
_IDENTIFIER = re.compile(
    r"(?:[A-Za-z0-9]-|NCT ?|CTR ?|doi:?\S{0,40}|ISSN ?|ISBN ?|国药准字[A-Z]?|[A-Z]{3,5}S?|https?://\S{0,80}|www\.\S{0,80}|/\d{0,4}|批准文号|[_=&?])\Z",
    re.IGNORECASE,
)


def is_none(text: str, reading: Reading) -> bool:
    """Tell whether a reading that the grammar allows is no date where it stands.

    Args:
        text: the folded text.
        reading: what was read.
    """
    before = text[max(0, reading.start - 12) : reading.start]
    behind = text[reading.end : reading.end + 6]
    point = reading.first
    written = text[reading.start : reading.end]
    if written[0].isdigit() and (
        before[-1:].isdigit() or (re.search(r"\d\.\Z|[A-Za-z]\Z", before) and reading.rule != "date.meeting")
    ):
        return True
    if _in_identifier(text, reading):
        return True
    lone_month = point.year is None and reading.anchor is None and point.month is not None and point.day is None
    if lone_month and not point.ten:
        if (
            _DURATION_BEFORE.search(before)
            or _DURATION_BEHIND.match(behind)
            or before.endswith(("个", "第", "几", "数", "整", "半"))
        ):
            return True
        if re.search(r"\d ?年 ?(?:零|又|加)?\Z", before):
            return True
    return False


def is_lone_day(text: str, start: int, end: int) -> bool:
    """Tell whether a day without a month (21日) may be a date: not 每3日, 第8日, 7日内."""
    before, behind = text[max(0, start - 8) : start], text[end : end + 4]
    if _DAY_BEFORE.search(before) or _DAY_BEHIND.match(behind):
        return False
    return not before or bool(
        re.search(r"[\n,。;:(、—\]】于在至自和及与从到当截]\Z|[一-鿿]\.\Z|(?:今|本月|上午|下午)\Z", before)
    )


def _in_identifier(text: str, reading: Reading) -> bool:
    if not text[reading.start].isdigit():
        return False
    return bool(_IDENTIFIER.search(text, max(0, reading.start - 90), reading.start))
