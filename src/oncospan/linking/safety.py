"""Safety told without a figure: AEs of grade 1-2 for the most part, no new signal, no fatal event."""

from __future__ import annotations

import re

from oncospan.linking.reading import Fact, Reading
from oncospan.model import Span

_GRADES = re.compile(
    r"[^,。;]{0,16}?(?:多|多数|大多|大多数|主要|均|绝大多数|几乎均)?为 ?(?P<grade>[1-5] ?[-~至/、或] ?[1-5]|[1-5]) ?级"
)
_NONE = re.compile(
    r"(?:无|未(?:发生|出现|报告|见|发现))(?:任何)?(?P<event>新的安全性信号|(?:致命性|致死性|[3-5](?:[-/][45])?级(?:及以上)?)[^,。;]{0,6}?(?:TRAEs?|AEs?|不良事件|不良反应)|治疗相关死亡|(?:治疗|药物)相关性?死亡)"
)


def link_safety(reading: Reading) -> list[Fact]:
    """Return what a passage says of harm without figures; the drug is the paragraph's subject."""
    facts: list[Fact] = []
    subject: tuple[str, ...] = ()
    for paragraph in reading.paragraphs():
        if reading.document.section_at(paragraph.start) in ("references", "table"):
            continue
        named = reading.within(*paragraph, "DRUG")
        for sentence in reading.sentences(paragraph):
            if not (reading.within(*sentence, "HARM") or _NONE.search(reading.text, *sentence)):
                continue
            for clause in reading.clauses(sentence):
                drugs = [item for item in named if item.start < clause.end]
                told = (str(drugs[-1].norm),) if drugs else subject if not named else ()
                if told and len({item.norm for item in named if sentence.start <= item.start < clause.end}) < 2:
                    facts += _read_clause(reading, clause, told)
        subject = (str(named[-1].norm),) if named else subject
    return facts


def _read_clause(reading: Reading, clause: Span, subject: tuple[str, ...]) -> list[Fact]:
    text = reading.text
    facts = []
    for harm in reading.within(*clause, "HARM"):
        found = _GRADES.match(text, harm.end, clause.end)
        if found and not harm.norm[1]:
            grade = re.sub(r"[~至/、或]", "-", found["grade"].replace(" ", ""))
            facts.append(_fact(clause, found.end(), subject, str(harm.norm[0]), grade, negated=False))
    facts += [
        _fact(clause, found.end(), subject, found["event"], None, negated=True)
        for found in _NONE.finditer(text, clause.start, clause.end)
    ]
    return facts


def _fact(clause: Span, end: int, drugs: tuple[str, ...], event: str, grade: str | None, *, negated: bool) -> Fact:
    fields: dict[str, object] = {
        "drugs": list(drugs), "event": event, "grade": grade, "low": None, "high": None, "unit": None,
        "qualifier": None, "arm": None, "negated": negated,
    }  # fmt: skip
    return Fact("safety", clause.start, end, "safety.statement", "ellipsis", fields, (), "medium")
