"""Comparisons: which two treatments a sentence sets against each other, and which of them is under test."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from oncospan.linking.treatments import Treatment

_AGAINST = re.compile(
    r".{0,24}?(?:对比|头对头(?:比较)?|优于|胜过|战胜|击败|超过|逊于|不及|输给|不劣于|非劣于|相较于?|相比于?|比较|较|比|vs?\.?|versus|对照|对阵|PK)(?:了|于|换用|单用|使用|接受|换用|单独使用|医生选择的|研究者选择的|传统|标准|常规|单独|单纯|铂类|含铂化疗|化疗|联合|[+±])* ?",
    re.IGNORECASE,
)
_COMPARED_BEFORE = re.compile(
    r"(?:相较于|相比于|相比|较之|相对于|对比|与|和|同|跟)(?:单用|单独使用|标准|传统|单纯|接受|使用)?\Z"
)
_COMPARED_BEHIND = re.compile(
    r"(?:治疗|单药|方案|组|单药治疗|联合化疗|进行|作|做|了){0,3}(?:的)?(?:相比|比较|相较|对比|头对头|对照|正面|对决|直接|PK)"
)
_BESIDE = re.compile(
    r" ?(?:治疗|单药|方案|组|单药治疗|联合化疗|在[^,。;]{1,16}中){0,2}(?:与|和|同|较|对比?|比)(?:单用|单独使用|标准|传统|单纯|接受|使用|(?:研究者|医生|医师)(?:所)?选(?:择)?的?)? ?"
)
#: `依沃西对帕博利珠单抗`, `III期头对头克唑替尼`
_DIRECT = re.compile(r" ?(?:单药|方案)?[^,。;]{0,6}(?:对|头对头)(?:单用|单药)? ?")
#: `比较A与B`, `对比A和B`: the verb stands before both.
_COMPARE_VERB = re.compile(r"(?:比较|对比|头对头评估|头对头比较)(?:了|的是|的)?\Z")
_DETAIL = re.compile(
    r"\([^()]*\)|\d{1,4}(?:\.\d+)? ?(?:mg|g|μg)(?:/(?:kg|m2|d|次))?(?: ?(?:qd|bid|tid|q\d?w|每[日天周]\S次|口服|单药))*"
)
_LABEL = re.compile(r"[A-Z]{1,3}组|观察组|对照组|试验组|实验组|研究组|联合组|单药组")
_RANDOM = re.compile(r"随机|[1-3]:[1-3]")
_OR_ELSE = re.compile(r"[^。;]{0,24}?[,、 ]?或(?:者)?(?:继续|接受|仅|单用|标准|安慰剂|化疗|观察|使用)")
_COUNTED = re.compile(
    r"(?:\d{1,5} ?例)?(?: ?(?:组|和|与|及|或|对|vs\.?|、|,) ?|(?:单药|维持|治疗){0,3}(?:,|和|与|及|或|、))(?:单纯|接受|使用|单用)?",
    re.IGNORECASE,
)
_LISTED_NEXT = re.compile(r"(?:单药|治疗|方案|维持|联合化疗|组|\([^()]{0,12}\)| ){0,3}(?:、|和|与|及|以及|,) ?")
_ALLOCATED = re.compile(r"随机|分为|分配|1:1|2:1|分至|分入")
_RECEIVED = re.compile(r"接受|分为|分至|至|予|为|入")
_PATIENTS = re.compile(r" ?(?:\(n ?=|\d{1,5} ?例)")
_EACH = re.compile(r"(?=[^,。;]{0,8}的)[^,。;]{0,30}?分别")
#: Treatments further apart than this are not compared by the words between them.
_REACH = 60
#: The members of a list of arms stand this close.
_LISTED = 4


class Comparison(NamedTuple):
    """Two treatments set against each other.

    Args:
        experimental: the one under test.
        control: what it is compared with.
        named: both are the subject of what follows, so that 前者 and 后者 mean them.
    """

    experimental: Treatment
    control: Treatment
    named: bool = True


def find_comparison(text: str, treatments: Sequence[Treatment], *, figures: bool) -> Comparison | None:
    """Return the comparison that a sentence opens, or None.

    Args:
        text: the folded text.
        treatments: the treatments of the sentence with their drugs, sorted.
        figures: the sentence tells endpoints; `A和B的临床试验分别于2012年和2014年启动` compares nobody.
    """
    for index, (left, right) in enumerate(pairwise(treatments)):
        between = _DETAIL.sub("", text[left.end : right.start])
        if "both" in (left.anaphor, right.anaphor) or len(between) > _REACH:
            continue
        if _is_pair(text, left, right, between):
            return Comparison(left, right)
        if _is_measure(text, left, between):
            return Comparison(right, left, named=False)
        if _reads_as_comparison(text, left, right, between, figures=figures):
            third = treatments[index + 2] if index + 2 < len(treatments) else None
            if third and third.role == "control" and third.start - right.end <= _LISTED:
                # `联合组、单药组和化疗组`: the last of the list is what both are compared with
                return Comparison(left, third)
            if third and third.drugs and _LISTED_NEXT.fullmatch(text, right.end, third.start):
                # `A、B和C的ORR分别为80%、76%和70%`: a list of three sets nobody against anybody
                return None
            return Comparison(left, right) if index == 0 or left.drugs else None
    return None


def find_alternative(text: str, treatments: Sequence[Treatment]) -> Comparison | None:
    """`随机分配:改用卡米司群+CDK4/6抑制剂,或继续AI+CDK4/6抑制剂`: the second arm names no drug.

    Args:
        text: the folded text.
        treatments: the treatments of the sentence with their drugs, sorted.
    """
    named = [treatment for treatment in treatments if treatment.drugs]
    if len(named) != 1:
        return None
    only = named[0]
    if _RANDOM.search(text, max(0, only.start - 40), only.start) and _OR_ELSE.match(text, only.end):
        return Comparison(only, Treatment(only.end, only.end, (), "", role="control"))
    return None


def introduces_arms(text: str, arms: Sequence[Treatment]) -> bool:
    """Tell whether two arms stand beside each other by their names or numbers: `A组(n=40)…B组(n=40)…`.

    Args:
        text: the folded text.
        arms: the arms of a sentence, sorted.
    """
    if len(arms) < 2 or arms[0].drugs == arms[1].drugs:
        return False
    counted = re.match(r"(?:\(n ?=)? ?\d+ ?例?", text[arms[0].end : arms[0].end + 12])
    return bool(counted) or all(_LABEL.fullmatch(arm.label) for arm in arms[:2])


def _is_pair(text: str, left: Treatment, right: Treatment, between: str) -> bool:
    """A与B相比, A对B, 比较A与B."""
    if _BESIDE.fullmatch(between) and _COMPARED_BEHIND.match(text, right.end):
        return True
    if _DIRECT.fullmatch(between) and left.drugs and right.drugs:
        return True
    before = text[max(0, left.start - 8) : left.start]
    return bool(
        _COMPARE_VERB.search(before) and re.fullmatch(r" ?(?:与|和|及|、|同)(?:单用|单独使用|单纯)? ?", between)
    )


def _is_measure(text: str, left: Treatment, between: str) -> bool:
    """与B相比,A; 较之B,A: the first treatment is only what the second is measured by."""
    if _opens_as_measure(text, left):
        return True
    before = text[max(0, left.start - 8) : left.start]
    direct = before.endswith(("相较于", "相比于", "相比", "较之"))
    return bool(_COMPARED_BEFORE.search(before) and (_COMPARED_BEHIND.match(between) or direct))


def _opens_as_measure(text: str, left: Treatment) -> bool:
    """`与现行标准THP(…曲妥珠单抗+帕妥珠单抗)相比,X…`: what opens the sentence is what X is compared with."""
    start = max(text.rfind(mark, 0, left.start) for mark in "。;,\n") + 1
    opening = text[start : left.start].strip()
    closed = re.match(r"[^,。;]{0,12}?(?:相比(?:较)?|比较|相较|对比)?,", text[left.end : left.end + 16])
    if not closed or left.start - start > 30 or not re.match(r"(?:与|和|相较于?|相比于?|对比|较之)", opening):
        return False
    direct = re.match(r"(?:相较于|相比于|较之|相较)", opening)
    return bool(direct or re.search(r"相比|比较|相较|对比", closed.group()))


def _reads_as_comparison(text: str, left: Treatment, right: Treatment, between: str, *, figures: bool) -> bool:
    if _AGAINST.fullmatch(between) and not re.search(r"[;。]", between):
        return True
    if not _COUNTED.fullmatch(between):
        return False
    before = text[max(0, left.start - 60) : left.start]
    if _ALLOCATED.search(before) and _RECEIVED.search(before):
        return True
    if _PATIENTS.match(text, left.end) and _PATIENTS.match(text, right.end):
        return True
    if figures and _EACH.match(text, right.end):
        return bool(left.drugs)
    return (left.arm and right.arm) or (right.role == "control" and bool(left.drugs))
