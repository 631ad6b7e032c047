"""Grades of adverse events that stand at the head of a list: `3级及以上不良反应为腹泻(12%)和皮疹(5%)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncospan.matching.candidates import Candidate

_GENERIC = frozenset({"adverse event", "treatment-related adverse event", "treatment-emergent adverse event"})
#: 为, 包括 and the like between the general word and the first event of its list.
_OPENS = re.compile(r"[^。;]{0,30}?(?:为|包括|有|是|如|:)(?:以下|以|了)?\Z")
#: Figures, brackets and joints between two events of a list.
_GOES_ON = re.compile(r"[\s\d.%()\[\]、,和与及以vs对比/±~-]*\Z")


def grade_list(text: str, harms: Sequence[Candidate]) -> dict[int, str]:
    """Return the grades that events without one have from the head of their list, by where they start.

    Args:
        text: the folded text.
        harms: the adverse events of a sentence, sorted.
    """
    grades: dict[int, str] = {}
    grade, listed = "", False
    for index, harm in enumerate(harms):
        event, own = str(harm.norm[0]), str(harm.norm[1])
        if event in _GENERIC or own:
            grade, listed = own if event in _GENERIC else "", False
            continue
        between = text[harms[index - 1].end : harm.start] if index else ""
        listed = bool(grade) and bool((_GOES_ON if listed else _OPENS).match(between))
        if listed:
            grades[harm.start] = grade
        else:
            grade = ""
    return grades
