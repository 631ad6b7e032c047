"""The harm room: names of adverse events, with the grade before them (≥3级TRAE, 3/4级中性粒细胞减少)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from oncospan.matching.candidates import Candidate
from oncospan.matching.pattern import ending, has_edges, match_ending
from oncospan.matching.room import Hit
from oncospan.text.document import Document
from oncospan.text.fold import fold

_GRADE = ending(
    r"(?P<grade>(?:≥ ?|>= ?|>)?[1-5](?: ?[-~/至或及] ?[1-5])?) ?级(?:或以上|及以上|以上|或更高)?(?:的|别)?(?:治疗相关的?|药物相关的?|血液学?)?"
    r"|(?P<chinese>[一二三四五](?:至|到|、)?[一二三四五]?)级(?P<above>或以上|及以上|以上)?(?:的)?"
)
_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5"}


@cache
def load_harms() -> dict[str, str]:
    """Return the adverse events by folded surface."""
    content = (resources.files("oncospan.entities.harm") / "lexicon.csv").read_text(encoding="utf-8")
    return {fold(row["surface"]): row["event"] for row in csv.DictReader(content.splitlines())}


class HarmRoom:
    """Finds adverse events; the norm is `(event, grade)`, the grade empty where none is stated."""

    label = "HARM"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield every name of an adverse event."""
        yield from load_harms().items()

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the adverse events of a document."""
        text = document.text
        found = []
        for start, end, event in hits:
            if not has_edges(text, start, end):
                continue
            grade = match_ending(_GRADE, text, start, 14)
            begin = grade.start() if grade else start
            found.append(Candidate(self.label, begin, end, (str(event), _read_grade(grade)), "harm.name"))
        return found


def _read_grade(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    if found["grade"]:
        grade = re.sub(r"[~/至或及]", "-", found["grade"].replace(" ", "")).replace(">=", "≥")
        above = re.search(r"以上|更高", found.group()) and not grade.startswith(("≥", ">"))
        return f"≥{grade}" if above else grade
    digits = [_DIGITS[character] for character in found["chinese"] if character in _DIGITS]
    return ("≥" if found["above"] else "") + "-".join(digits)
