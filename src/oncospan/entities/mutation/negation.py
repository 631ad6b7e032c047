"""Whether a text denies an alteration: 无EGFR突变, EGFR突变阴性, 未检出T790M."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

# `无论`, `无进展生存`, `无病`, `非小细胞` are other words; the cue stands right before the alteration or its list.
_DENIAL = re.compile(
    r"(?:无(?!论|进展|病|复发|事件|效|法|需|疑|关|瘤|创|症状|药)|没有|不(?:携带|伴有?|存在|含有?|合并|具有|具备)"
    r"|未(?:见|携带|能?检出|检测到|检测出|检见|发现|发生|伴有?|出现|合并|存在)"
    r"|排除|除外|缺乏|(?<![A-Za-z])(?:without|no|non)(?![A-Za-z]))[ ]?"
    r"(?:(?:新的|新发|已知的?|明确的?|任何|其他|可靶向的?|可用药的?|继发的?|获得性|有|检出|携带|存在|伴有?|合并|明显的?"
    r"|致病性?|敏感|驱动基因|已|的|-)[ ]?){0,4}[A-Za-z0-9/、,和或及与 \-]{0,40}\Z"
    # `非V600E` is said of that variant alone: in `非V600E的BRAF突变` the mutation is there
    r"|非[ ]?\Z"
)
_NEGATIVE = re.compile(
    r"[ ]?(?:基因)?(?:突变|位点|检测|状态|结果|基因|融合|重排){0,2}[ ]?(?:均|都|皆|也|检测|结果){0,2}(?:为|呈|是|示)?"
    r"(?:阴性|未检出|未检测到|未见|缺如|\([ ]?(?:-|阴性)[ ]?\)|-?[ ]?negative)"
)
_BESIDE = re.compile(
    r"[ ]?(?:突变|融合|基因){0,2}[ ]?(?:或者?|和/或|和|及|与|、|/|以及|且)[ ]?(?:无|没有)?[ ]?(?:[A-Za-z0-9/、\-]{1,30}[ ]?)?"
)
_WIDTH = 70


def find_denied(text: str, places: Sequence[tuple[int, int]]) -> set[int]:
    """Return the starts of the alterations that the text denies.

    A denial holds for a whole list: `无EGFR突变或ALK融合`, `EGFR突变和ALK融合阴性`.

    Args:
        text: the folded text.
        places: start and end of the alterations, sorted, none overlapping.
    """
    joined = [_BESIDE.fullmatch(text, left[1], right[0]) is not None for left, right in pairwise(places)]
    denied: set[int] = set()
    ahead = False
    for (start, _), beside in zip(places, [False, *joined], strict=False):
        ahead = (ahead and beside) or _DENIAL.search(text, max(0, start - _WIDTH), start) is not None
        if ahead:
            denied.add(start)
    behind = False
    for (start, end), beside in zip(reversed(places), [False, *reversed(joined)], strict=False):
        behind = (behind and beside) or _NEGATIVE.match(text, end) is not None
        if behind:
            denied.add(start)
    return denied
