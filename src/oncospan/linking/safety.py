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

#: System organ classes of MedDRA as Chinese articles write them.
_SYSTEMS = {
    "神经系统疾病": "nervous system disorders", "神经系统": "nervous system disorders", "心脏疾病": "cardiac disorders",
    "心血管系统": "cardiac disorders", "肝胆系统疾病": "hepatobiliary disorders", "肝胆系统": "hepatobiliary disorders",
    "胃肠系统疾病": "gastrointestinal disorders", "胃肠道疾病": "gastrointestinal disorders",
    "呼吸系统疾病": "respiratory disorders", "皮肤及皮下组织疾病": "skin and subcutaneous tissue disorders",
    "血液及淋巴系统疾病": "blood and lymphatic system disorders", "内分泌系统疾病": "endocrine disorders",
    "肾脏及泌尿系统疾病": "renal and urinary disorders", "眼部疾病": "eye disorders", "眼器官疾病": "eye disorders",
    "代谢及营养类疾病": "metabolism and nutrition disorders", "骨骼肌肉疾病": "musculoskeletal disorders",
}  # fmt: skip
_SIGNAL = re.compile(
    rf"(?:在|与|涉及|存在|出现)(?P<system>{'|'.join(sorted(_SYSTEMS, key=len, reverse=True))})"
    r"(?:方面)?(?:(?:有|存在|出现|检出)(?:明确的?|显著的?|阳性)?(?:副作用|不良反应|安全性?|风险)?信号|的?风险|相关)"
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
            facts += _read_signals(reading, sentence)
            if not (reading.within(*sentence, "HARM") or _NONE.search(reading.text, *sentence)):
                continue
            for clause in reading.clauses(sentence):
                drugs = [item for item in named if item.start < clause.end]
                told = (str(drugs[-1].norm),) if drugs else subject if not named else ()
                if told and len({item.norm for item in named if sentence.start <= item.start < clause.end}) < 2:
                    facts += _read_clause(reading, clause, told)
        subject = (str(named[-1].norm),) if named else subject
    return _distinct(facts)


def _distinct(facts: list[Fact]) -> list[Fact]:
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (str(fact.fields["drugs"]), fact.fields["event"], fact.fields["grade"], fact.fields["negated"])
        kept.setdefault(key, fact)
    return list(kept.values())


def _read_signals(reading: Reading, sentence: Span) -> list[Fact]:
    """Return the organ systems in which drugs show a signal: `拉罗替尼和恩曲替尼均在神经系统疾病方面有明确的副作用信号`."""
    facts: list[Fact] = []
    if not _SIGNAL.search(reading.text, *sentence):
        return facts
    for clause in reading.clauses(sentence):
        found = _SIGNAL.search(reading.text, *clause)
        if found is None:
            continue
        event = _SYSTEMS[found["system"]]
        facts += [
            _fact(clause, found.end(), (str(drug.norm),), event, None, negated=False)
            for drug in reading.within(clause.start, found.start("system"), "DRUG")
        ]
    return facts


def _read_clause(reading: Reading, clause: Span, subject: tuple[str, ...]) -> list[Fact]:
    text = reading.text
    facts = []
    for harm in reading.within(*clause, "HARM"):
        found = _GRADES.match(text, harm.end, clause.end)
        if found and not harm.norm[1]:
            grade = re.sub(r"[~至/、或]", "-", found["grade"].replace(" ", ""))
            end = found.end() + (3 if text.startswith("并可逆", found.end()) else 0)
            facts.append(_fact(clause, end, subject, str(harm.norm[0]), grade, negated=False))
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
