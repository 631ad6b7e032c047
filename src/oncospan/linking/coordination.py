"""Lists of treatments: A、B和C stand together, A与B比较 and A(商品名B) do not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncospan.linking.reading import Reading
from oncospan.linking.treatments import Treatment

_AND = re.compile(
    r"(?:(?:的)?(?:新增|新)?适应症)?(?: ?[于在]?(?:\d{4}年|同年|次年|今年|去年)(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]半年|[初底])?)?(?: ?(?:®|™|单抗|胶囊|片|注射液|制剂|的?(?:皮下|口服|静脉|新)(?:注射)?(?:制剂|剂型)))?(?: ?\([^()\n]{1,60}\))? ?(?:、|和|与|及|以及|还有|,以及|,和)"
    r"(?: ?[^,。;、\d和与]{1,12}(?:\([^()\n]{1,20}\))?[^,。;、\d和与]{0,4}(?:的|旗下))? ?(?:注射用|口服)?"
)
_COMPARED = re.compile(r"[^,。;]{0,20}?(?:比较|相比|对比|对照|头对头)")
_OPEN_BRACKET = re.compile(r"\(([^()\n]*)\Z")
_ALIAS = re.compile(r"[^()]{0,6}(?:商品名|英文名|通用名|代号)")


def coordinate(reading: Reading, treatments: Sequence[Treatment]) -> list[list[Treatment]]:
    """Return the lists of treatments of a stretch; what a bracket behind one repeats or explains is none.

    Args:
        reading: the article.
        treatments: those of the stretch, sorted; the ones without drugs are left out.
    """
    text = reading.text
    lists: list[list[Treatment]] = []
    for treatment in treatments:
        if not treatment.drugs or treatment.anaphor is not None:
            continue
        bracket = _OPEN_BRACKET.search(text, max(0, treatment.start - 80), treatment.start)
        if bracket and ((lists and bracket.start() >= lists[-1][-1].start) or _ALIAS.match(bracket[1])):
            continue
        between = text[lists[-1][-1].end : treatment.start] if lists else None
        joined = between is not None and (not between or _AND.fullmatch(between))
        if joined and not _is_compared(text, between or "", treatment.end):
            lists[-1].append(treatment)
        else:
            lists.append([treatment])
    return lists


def _is_compared(text: str, between: str, end: int) -> bool:
    """`将A与B比较`: B is no subject beside A."""
    return bool(re.search(r"与|和", between) and _COMPARED.match(text, end))
