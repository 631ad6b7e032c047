"""What looks like a date and is none: durations, ages, follow-up, doses, identifiers."""

from __future__ import annotations

import re

from oncospan.entities.date.grammar import Reading

_DURATION_BEFORE = re.compile(
    r"(?:(?<!批准)[术产疗药诊病发]后|停药|随访(?:时间|期|了)?|中位|生存(?:期|时间)?|存活|龄|岁|病[史程]|病史约|维持|持续|疗程|每隔?|满|约|近|不足|超过|"
    r"至少|长达|仅|[≥≤><=]|(?<!年)(?<!月)(?<!日)[-~]|延长|缩短|PFS|OS|DoR|DFS|EFS|TTP|时间为?|期为|期达|周期|复查|间隔|历时|为期|共|范围[:为]?|过去|前|平均|"
    r"已|延迟|推迟|提前|服用|口服|用药|头|首|(?<![到抵])达|怀胎|怀孕|妊娠|孕|连续|大约|最长|最短)(?:为|了|达|:)? ?\Z"
)
#: What holds for one month of a list holds for all: 术后1月、3月、6月.
_LIST_BEFORE = re.compile(r"(?<![\d年])(?<!年 )(?:\d{1,2} ?月? ?[、,和及与] ?){1,6}\Z")
_LIST_BEHIND = re.compile(r"(?: ?[、,和及与] ?\d{1,2} ?月){1,6}")
#: 治疗6月 lasts, but 该治疗6月获批 has a month.
_TREATED_BEFORE = re.compile(r"(?:治疗|化疗|放疗|给药|用药|缓解|稳定|无进展|使用)(?:了|达)? ?\Z")
_DURATION_BEHIND = re.compile(
    r"(?:龄|大(?:的|婴|小|[,。、);]|$)|余|多|内|之内|(?:以)?后(?=[,。;、的]|出现|复查|随访|进展|死亡|复发|停药|评估|患者|病灶|再次|肿瘤|行|因|$)"
    r"|一次|[1-9一二两三]次|婴|间(?!隔)|来|生存|无进展|无病|PFS|OS|DFS|EFS|DoR|ORR|刊|报|经|左右(?![^,。;]{0,6}(?:获|批|公布|上市|启动|召开))|饼|光|亮|球|子|怀胎|复查|随访|评估|疗程"
    r"|\((?:范围|95%|IQR|四分位)|[-~至]\d{1,2}月?\)|时(?:的)?(?:PFS|OS|DFS|无|生存|ORR|评估|复查))"
)
_EVENT_BEHIND = re.compile(
    r"(?:底|初|末|份|中旬|起|[^,。;]{0,6}(?:获|批|公布|上市|启动|发表|召开|举行|宣布|亮相|登陆))"
)
_SPAN_BEFORE = re.compile(
    r"(?:病[史程]|随访|生存|存活|[术产疗诊病]后|长达|历时|持续|已|近|约|满|过去|[^\d]岁|病)(?:时间)?(?:为|了|达|约)? ?\Z"
)
_SPAN_BEHIND = re.compile(r"余|多|后|前|龄|时死亡|死亡|[,。;]?(?:加重|再发|入院)")
_COUNT_BEFORE = re.compile(r"(?:连续|近|前|过去|每|每个|\d个|[两三四]个|共|历经|第[一二三1-3][、和与及])\Z")
_MEASURED = re.compile(r" ?(?:[mμn]?[gLlm](?![A-Za-z])|mg|ml|cm|mm|μ|IU|U/|例|名|个|元|万|亿|倍|分|岁|天|周|%)")
_DAY_BEFORE = re.compile(r"(?:每|第|服药|治疗|给药|住院|用药|隔|期|共|连续|术后|满|约|近|内|\d)(?:为|了|了约)? ?\Z")
_DAY_BEHIND = re.compile(
    r"(?:龄|内|后|疗程|剂量|一次|1次|次|用量|均|游|子|常|程|间|志|报|期|光|前|以上|[\d一二两三四]次|染色|外显|内含|楼|线|受试|患者|病例)"
)
_IDENTIFIER = re.compile(
    r"(?:[A-Za-z0-9]-|NCT ?|CTR ?|No\. ?|编号[::为]? ?|批号[::为]? ?|doi:?\S{0,40}|ISSN ?|ISBN ?|国药准字[A-Z]?|[A-Z]{3,5}S?|https?://\S{0,80}|www\.\S{0,80}|/\d{0,4}|批准文号|[_=&?])\Z",
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
        before[-1:].isdigit() or (re.search(r"\d\.\Z|[A-Za-z]\Z", before) and not _says_year(reading, written))
    ):
        return True
    if not _says_year(reading, written) and _in_identifier(text, reading):
        return True
    if (
        reading.rule == "date.numeric"
        and point.day is None
        and ((before.endswith(",") and before[-2:-1].isdigit()) or _MEASURED.match(behind))
    ):
        return True
    if reading.rule == "date.chinese" and point.quarter and point.year is None and _COUNT_BEFORE.search(before):
        return True
    if point.year is not None and _is_short(written) and reading.last is None:
        return bool(_SPAN_BEFORE.search(before) or _SPAN_BEHIND.match(behind))
    if point.year is None and reading.anchor is None and point.month and point.day is None and not point.ten:
        return _is_duration(text[max(0, reading.start - 30) : reading.start], text[reading.end : reading.end + 30])
    return False


def _says_year(reading: Reading, written: str) -> bool:
    """Tell whether letters may touch a date in front: FDA2025年6月3日, ASCO2024."""
    return reading.rule == "date.meeting" or bool(re.match(r"(?:19|20)\d\d ?年 ?\d{1,2} ?月", written))


def _is_short(written: str) -> bool:
    """Tell whether the year has two digits and a month follows: 20年3月 may be how long something took."""
    return bool(re.match(r"\d\d年(?: ?\d{1,2} ?月)?\Z", written))


def _is_duration(before: str, behind: str) -> bool:
    """Tell whether a month without a year counts months."""
    before = _LIST_BEFORE.sub("", before)
    listed = _LIST_BEHIND.match(behind)
    if _DURATION_BEFORE.search(before) or _DURATION_BEHIND.match(behind, listed.end() if listed else 0):
        return True
    if before.endswith(("个", "第", "几", "数", "整", "半")) or re.search(r"\d ?年 ?(?:零|又|加)?\Z", before):
        return True
    return bool(_TREATED_BEFORE.search(before)) and not _EVENT_BEHIND.match(behind)


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
    # 2020/2021年 is a pair of years
    if (
        re.search(r"(?<!\d)(?:19|20)\d{2}/\Z", text[max(0, reading.start - 6) : reading.start])
        and reading.rule == "date.chinese"
    ):
        return False
    return bool(_IDENTIFIER.search(text, max(0, reading.start - 90), reading.start))
