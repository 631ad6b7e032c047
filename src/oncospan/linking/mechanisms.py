"""Resistance told by its mechanism: on the target, around it, or overcome, where no variant with its drug is named."""

from __future__ import annotations

import re

from oncospan.linking.reading import Fact, Reading
from oncospan.model import Span

CLASS = re.compile(
    r"(?:第?[一二三四1-4]代)?(?:[A-Z][A-Z0-9/-]{1,9}[- ]?)(?:TKIs?|抑制剂|单抗|靶向药物?|ADC)|(?:第?[一二三四1-4]代)(?:TKIs?|抑制剂)"
)
_OFF = re.compile(r"非靶点|off-target|旁路|脱靶", re.IGNORECASE)
#: `肿瘤通过激活其他旁路信号通路(如MAPK通路)来维持生长`
_PATHWAY = re.compile(r"通过(?P<what>激活[^,。;()]{0,20}?通路(?:\([^()\n]{1,24}\))?)")
_FAILS = re.compile(r"耐药|无效|失效|绕过")
#: `不受多种耐药性突变的影响`
_UNAFFECTED = re.compile(r"不受(?P<what>[^,。;不]{0,8}耐药性?突变)的?影响")
#: `针对含耐药突变的细胞、动物模型均显示出显著的抗肿瘤作用`
_ACTIVE = re.compile(
    r"(?:针对|对)(?:含有?|携带|伴有)?(?P<what>[^,。;含对]{0,6}耐药性?突变)[^,。;]{0,20}?(?:显示|表现|具有|展现)出?[^,。;]{0,8}"
    r"(?:抗肿瘤(?:作用|活性)|抑制(?:作用|活性)|疗效|敏感性)"
)
_STATEMENT_END = re.compile(r"[;。]")


def link_mechanisms(reading: Reading, paragraph: Span, sentence: Span) -> list[Fact]:
    """Return what a sentence says of mechanisms of resistance, and of drugs that overcome it.

    Args:
        reading: the article.
        paragraph: the paragraph, whose class of drugs a statement may go on with.
        sentence: the sentence.
    """
    facts: list[Fact] = []
    if "耐药" not in reading.text[sentence.start : sentence.end]:
        return facts
    for statement in statements(reading.text, sentence):
        facts += _pathways(reading, paragraph, statement)
        for pattern in (_UNAFFECTED, _ACTIVE):
            found = pattern.search(reading.text, *statement)
            drugs = reading.within(paragraph.start, statement.end, "DRUG") if found else []
            if found and drugs:
                facts.append(_fact(statement, found["what"], (str(drugs[-1].norm),), None, "sensitive", None))
    return facts


def statements(text: str, sentence: Span) -> list[Span]:
    """Return the parts of a sentence between its semicolons."""
    spans: list[Span] = []
    start = sentence.start
    for found in _STATEMENT_END.finditer(text, *sentence):
        spans.append(Span(start, found.start()))
        start = found.end()
    if start < sentence.end:
        spans.append(Span(start, sentence.end))
    return spans


def class_before(text: str, paragraph: Span, position: int) -> str | None:
    """Return the class of drugs that a paragraph spoke of last before a position."""
    found = list(CLASS.finditer(text, paragraph.start, position))
    return found[-1].group() if found else None


def _pathways(reading: Reading, paragraph: Span, statement: Span) -> list[Fact]:
    text = reading.text
    found = _PATHWAY.search(text, *statement)
    if not found or not _OFF.search(text, *statement) or not _FAILS.search(text, *statement):
        return []
    group = CLASS.search(text, *statement)
    named = group.group() if group else class_before(text, paragraph, statement.start)
    return [_fact(statement, found["what"], (), named, "resistant", "off_target")] if named else []


def _fact(
    statement: Span, what: str, drugs: tuple[str, ...], group: str | None, direction: str, kind: str | None
) -> Fact:
    fields: dict[str, object] = {
        "alteration": what, "drugs": sorted(drugs), "drug_class": group, "direction": direction, "kind": kind,
    }  # fmt: skip
    return Fact("resistance", statement.start, statement.end, "resistance.mechanism", "explicit", fields, (), "medium")
