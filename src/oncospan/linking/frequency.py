"""Frequency: how often an alteration occurs, and in what."""

from __future__ import annotations

import re

from oncospan.linking.reading import Fact, Reading
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_RATE = re.compile(
    r"(?:检出率|发生率|发生频率|突变率|突变频率|融合率|扩增率|携带率|频率|比例|占比|占|见于|存在于|约有|阳性率|发现于|为)"
)
_BEHIND = re.compile(
    r"的?[^,。;]{0,24}?(?:患者|病例|肿瘤|人群|者|[癌瘤病])[^,。;]{0,10}?(?:存在|携带|伴有|具有|发生|检出|含有|有)"
)
_NOT = re.compile(r"缓解率|有效率|生存|ORR|DCR|PFS|OS|CR|PR|风险|应答|反应率|阳性表达|丰度|不良|耐药后|治疗")
_WHERE = re.compile(
    r"(?:(?<!存)在|见于|占)(?:我国|中国)?(?:常见癌种:)?(?P<disease>[^,。;()约占为达在]{2,30}?)(?:患者)?(?:中(?![胚枢性位国期心重])|里|内|的(?:总体)?(?:检出率|发生率|突变率|频率|比例)|(?=约|占|仅|可|高达|,))"
)
_LIKE = re.compile(r"(?:比如|例如|如|包括|常见癌种:)(?P<disease>[^。;(),]{2,30}?)(?:等|,|中|$)")
_THIS = re.compile(r"(?:这种|该|此类|上述|这一)(?:基因)?(?:突变|融合|变异|重排)|它")


def link_frequency(reading: Reading) -> list[Fact]:
    """Return how often alterations occur, one record for each alteration and figure."""
    facts: list[Fact] = []
    last: Candidate | None = None
    if not reading.has("MUTATION") or not reading.has("PERCENT"):
        return facts
    for paragraph in reading.paragraphs():
        if reading.document.section_at(paragraph.start) in ("references", "table"):
            continue
        for sentence in reading.sentences(paragraph):
            mutations = reading.within(*sentence, "MUTATION")
            for percent in reading.within(*sentence, "PERCENT"):
                fact, last = _read(reading, sentence, percent, mutations, last)
                if fact is not None:
                    facts.append(fact)
            last = mutations[-1] if mutations else last
    return _distinct(facts)


def _distinct(facts: list[Fact]) -> list[Fact]:
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        kept.setdefault(
            (fact.fields["alteration"], fact.fields["low"], fact.fields["high"], fact.fields["disease"]), fact
        )
    return list(kept.values())


def _read(
    reading: Reading, sentence: Span, percent: Candidate, mutations: list[Candidate], last: Candidate | None
) -> tuple[Fact | None, Candidate | None]:
    text = reading.text
    clause = next((c for c in reading.clauses(sentence) if c.start <= percent.start < c.end), sentence)
    before = text[clause.start : percent.start]
    inside = [mutation for mutation in mutations if clause.start <= mutation.start < clause.end]
    ahead = [mutation for mutation in inside if mutation.end <= percent.start]
    behind = [mutation for mutation in inside if mutation.start >= percent.end]
    if _NOT.search(text, clause.start, clause.end) or reading.within(*clause, "DRUG", "HARM"):
        return None, last
    subject: Candidate | None = None
    if ahead and _RATE.search(text, ahead[-1].end, percent.start):
        subject, trail, rule = ahead[-1], "explicit", "frequency.head_value"
    elif _BEHIND.match(text, percent.end) and (behind or _THIS.search(text, percent.end, clause.end)):
        subject, rule = (behind[0] if behind else last), "frequency.value_first"
        trail = "explicit" if behind else "anaphora"
    elif re.search(r"检出率|发生率|频率|突变率", before) and not ahead:
        earlier = [mutation for mutation in mutations if mutation.end <= clause.start]
        subject, trail, rule = (earlier[-1] if earlier else last), "ellipsis", "frequency.carried"
    if subject is None or subject.negated or not isinstance(percent.norm, tuple):
        return None, last
    start = min(clause.start, subject.start) if subject.start >= sentence.start else clause.start
    fields: dict[str, object] = {
        "alteration": str(subject.norm[0]),
        "disease": _disease(text, sentence, clause, percent),
        "low": percent.norm[0],
        "high": percent.norm[1],
        "unit": percent.norm[2],
        "qualifier": percent.qualifier,
    }
    fact = Fact("frequency", start, percent.end, rule, trail, fields, (Span(percent.start, percent.end),), "medium")
    return fact, subject


def _disease(text: str, sentence: Span, clause: Span, percent: Candidate) -> str | None:
    stretches = ((clause.start, percent.start), (sentence.start, percent.start), (percent.end, clause.end))
    for start, end in stretches:
        found = [*_WHERE.finditer(text, start, end), *_LIKE.finditer(text, start, end)]
        if found:
            return max(found, key=lambda one: one.start())["disease"].strip(":")
    return None
